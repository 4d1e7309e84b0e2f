import type { DataSource } from 'typeorm';
import type { OfficeActor } from '../accounts/permissions.js';
import { readActions, type ActionRow } from './actions.repository.js';
import type { ActionFilter } from './actions.schema.js';
import { countStates, keyOf, listActions, pageSize, type StateCounts } from './list.repository.js';
import { promisesIn, type Promises } from './promises.js';
import { ownersOf, type OwnerChoice } from './owners.repository.js';

export interface Board {
  actions: ActionRow[];
  /** Key of the next page, if there is one. */
  next: string | null;
  picture: StateCounts;
  owners: OwnerChoice[];
}

/**
 * A page of the board with its picture of states.
 * @param today the office's date, for what is overdue
 */
export async function boardOf(
  db: DataSource,
  actor: OfficeActor,
  filter: ActionFilter,
  today: string,
): Promise<Board> {
  const rows = await listActions(db, actor, filter, today);
  const actions = rows.slice(0, pageSize);
  const last = actions.at(-1);
  return {
    actions,
    next: rows.length > pageSize && last ? keyOf(last) : null,
    picture: await countStates(db, actor, filter, today),
    owners: await ownersOf(db, actor.office.id),
  };
}

/** How many closed ones the page of an owner shows; the board has the others. */
const closedShown = 20;

/** Follow-ups of one owner of the office: all that are open, and the last of those closed. */
export async function actionsOfOwner(
  db: DataSource,
  actor: OfficeActor,
  ownerId: number,
): Promise<Promises<ActionRow>> {
  const where = 'a.owner_id = $1 AND a.office_id = $2';
  return promisesIn(await readActions(db, where, [ownerId, actor.office.id]), closedShown);
}
