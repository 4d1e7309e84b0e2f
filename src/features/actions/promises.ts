import { isClosed } from './action.machine.js';
import type { ActionRow } from './actions.repository.js';

/** Follow-ups of one owner as they are read: what is open, the nearest target first, and what is closed. */
export interface Promises<Row> {
  open: Row[];
  /** The newest first, as many as are shown. */
  closed: Row[];
  /** Closed ones that are not shown: a page says how many. */
  older: number;
}

const due = ({ dueOn }: ActionRow) => dueOn ?? '9999';

/** @param closedShown how many closed ones are shown; none of the open ones is left out */
export function promisesIn(rows: ActionRow[], closedShown: number): Promises<ActionRow> {
  const open = rows.filter(({ state }) => !isClosed(state));
  const closed = rows.filter(({ state }) => isClosed(state));
  return {
    open: open.sort((a, b) => due(a).localeCompare(due(b)) || a.id - b.id),
    closed: closed.sort((a, b) => b.id - a.id).slice(0, closedShown),
    older: Math.max(0, closed.length - closedShown),
  };
}
