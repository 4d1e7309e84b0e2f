import type { DataSource } from 'typeorm';
import {
  historyOf,
  readActions,
  type ActionRow,
  type HistoryLine,
  type Reader,
} from './actions.repository.js';
import { isClosed } from './action.machine.js';
import { promisesIn } from './promises.js';
import type { OwnerView } from './owners.repository.js';

/** A promise as its owner sees it: with everything that was reported, and the office's words about it. */
export interface OwedPromise extends ActionRow {
  closed: boolean;
  history: HistoryLine[];
}

/** How many closed ones an owner still sees: an old phone loads the page in a moment. */
const closedShown = 10;
const lastLines = 6;

/** Everything that an owner owes its office, and the last things that it has done. */
export async function owedBy(
  db: DataSource,
  owner: OwnerView,
): Promise<{ promises: OwedPromise[]; older: number }> {
  const rows = await readActions(db, `a.owner_id = $1 AND a.office_id = $2 AND a.state <> 'dropped'`, [
    owner.id,
    owner.officeId,
  ]);
  const { open, closed, older } = promisesIn(rows, closedShown);
  const shown = [...open, ...closed];
  const lines = await historyOf(
    db,
    shown.map(({ id }) => id),
  );
  const told = lines.filter(({ verb }) => verb !== 'create' && verb !== 'change');
  const byAction = Map.groupBy(told, ({ actionId }) => actionId);
  const promises = shown.map((row) => ({
    ...row,
    closed: isClosed(row.state),
    history: (byAction.get(row.id) ?? []).slice(-lastLines),
  }));
  return { promises, older };
}

/** Another owner's follow-up does not exist behind this link. */
export async function ownsAction(db: Reader, owner: OwnerView, id: number): Promise<boolean> {
  const rows = (await db.query(
    'SELECT 1 FROM action_item WHERE id = $1 AND owner_id = $2 AND office_id = $3',
    [id, owner.id, owner.officeId],
  )) as unknown[];
  return rows.length > 0;
}

export { findOwnerView, owedLink, type OwnerView } from './owners.repository.js';
