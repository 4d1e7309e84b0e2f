import type { DataSource } from 'typeorm';
import {
  historyOf,
  readActions,
  type ActionRow,
  type HistoryLine,
  type Reader,
} from './actions.repository.js';
import { isClosed } from './action.machine.js';
import type { OwnerView } from './owners.repository.js';

/** A promise as its owner sees it: with everything that was reported, and the office's words about it. */
export interface OwedPromise extends ActionRow {
  closed: boolean;
  history: HistoryLine[];
}

/** How many closed ones an owner still sees: an old phone loads the page in a moment. */
const closedShown = 10;
const lastLines = 6;

/** Everything that an owner owes or owed its office, open ones first, the nearest target on top. */
export async function owedBy(db: DataSource, owner: OwnerView): Promise<OwedPromise[]> {
  const rows = await readActions(db, `a.owner_id = $1 AND a.office_id = $2 AND a.state <> 'dropped'`, [
    owner.id,
    owner.officeId,
  ]);
  const [done, open] = [
    rows.filter(({ state }) => isClosed(state)),
    rows.filter(({ state }) => !isClosed(state)),
  ];
  const due = (row: ActionRow) => row.dueOn ?? '9999';
  open.sort((a, b) => due(a).localeCompare(due(b)) || a.id - b.id);
  const shown = [...open, ...done.reverse().slice(0, closedShown)];
  const lines = await historyOf(
    db,
    shown.map(({ id }) => id),
  );
  const told = lines.filter(({ verb }) => verb !== 'create' && verb !== 'change');
  const byAction = Map.groupBy(told, ({ actionId }) => actionId);
  return shown.map((row) => ({
    ...row,
    closed: isClosed(row.state),
    history: (byAction.get(row.id) ?? []).slice(-lastLines),
  }));
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
