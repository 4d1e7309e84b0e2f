import type { OfficeActor } from '../accounts/permissions.js';
import { Bindings } from '../institutions/institutions.filter.js';
import {
  actionColumns,
  actionTables,
  overdueOn,
  withWord,
  type ActionRow,
  type Reader,
} from './actions.repository.js';
import type { ActionState } from './action.machine.js';
import type { ActionFilter } from './actions.schema.js';

export const pageSize = 25;

const likeText = (typed: string) => `%${typed.replace(/[\\%_]/g, '\\$&')}%`;

/** By target, none last; or by age, the oldest first. */
const orderOf = ({ order }: ActionFilter) =>
  order === 'age' ? 'a.created_at, a.id' : 'a.due_on NULLS LAST, a.id';

/** The key of a line, for the next page: its target, if any, and its id. */
export const keyOf = ({ dueOn, id }: Pick<ActionRow, 'dueOn' | 'id'>): string => `${dueOn ?? 'none'}_${id}`;

function afterPlace(after: string, { order }: ActionFilter, bind: Bindings): string {
  const [day = '', id = ''] = after.split('_');
  const number = `${bind.add(id)}::int`;
  if (order === 'age')
    return `(a.created_at, a.id) > (SELECT b.created_at, b.id FROM action_item b WHERE b.id = ${number})`;
  if (day === 'none') return `a.due_on IS NULL AND a.id > ${number}`;
  const date = `${bind.add(day)}::date`;
  return `(a.due_on > ${date} OR a.due_on IS NULL OR (a.due_on = ${date} AND a.id > ${number}))`;
}

/** Everything but the state: what the picture of states counts. */
function scopeOf(filter: ActionFilter, actor: OfficeActor, bind: Bindings, today: string): string[] {
  const parts = [`a.office_id = ${bind.add(actor.office.id)}`];
  if (filter.owner) parts.push(`a.owner_id = ${bind.add(filter.owner)}`);
  if (filter.event) parts.push(`a.event_id = ${bind.add(filter.event)}`);
  if (filter.series) parts.push(`coalesce(e.series_id, a.series_id) = ${bind.add(filter.series)}`);
  if (filter.due === 'overdue') parts.push(overdueOn(bind.add(today)));
  if (filter.q) {
    const typed = bind.add(likeText(filter.q));
    parts.push(`(a.title ILIKE ${typed} OR a.problem ILIKE ${typed} OR a.involved ILIKE ${typed})`);
  }
  return parts;
}

function whereOf(filter: ActionFilter, actor: OfficeActor, bind: Bindings, today: string): string {
  const parts = scopeOf(filter, actor, bind, today);
  if (filter.state === 'unclosed') parts.push('a.closed_at IS NULL');
  else if (filter.state !== 'all') parts.push(`a.state = ${bind.add(filter.state)}`);
  return parts.join(' AND ');
}

/** One page of the board in its order; one more than a page holds. */
export async function listActions(
  db: Reader,
  actor: OfficeActor,
  filter: ActionFilter,
  today: string,
): Promise<ActionRow[]> {
  const bind = new Bindings();
  const where = whereOf(filter, actor, bind, today);
  const place = filter.after ? `AND ${afterPlace(filter.after, filter, bind)}` : '';
  const rows = (await db.query(
    `SELECT ${actionColumns} ${actionTables} WHERE ${where} ${place}
     ORDER BY ${orderOf(filter)} LIMIT ${pageSize + 1}`,
    bind.values,
  )) as Omit<ActionRow, 'word'>[];
  return rows.map(withWord);
}

/** All that a filter finds, dropped ones aside, as an RTL table lists them. */
export async function exportedActions(
  db: Reader,
  actor: OfficeActor,
  filter: ActionFilter,
  today: string,
): Promise<ActionRow[]> {
  const bind = new Bindings();
  const where = whereOf(filter, actor, bind, today);
  const rows = (await db.query(
    `SELECT ${actionColumns} ${actionTables} WHERE ${where} AND a.state <> 'dropped'
     ORDER BY ${orderOf(filter)} LIMIT 5000`,
    bind.values,
  )) as Omit<ActionRow, 'word'>[];
  return rows.map(withWord);
}

export interface StateCounts {
  counts: Record<ActionState, number>;
  total: number;
  overdue: number;
}

/** How many there are in each state, and how many are overdue, whatever state the filter asks for. */
export async function countStates(
  db: Reader,
  actor: OfficeActor,
  filter: ActionFilter,
  today: string,
): Promise<StateCounts> {
  const bind = new Bindings();
  const where = scopeOf(filter, actor, bind, today).join(' AND ');
  const rows = (await db.query(
    `SELECT a.state, count(*)::int AS count, (count(*) FILTER (WHERE ${overdueOn(bind.add(today))}))::int AS overdue
     FROM action_item a LEFT JOIN event e ON e.id = a.event_id WHERE ${where} GROUP BY a.state`,
    bind.values,
  )) as { state: ActionState; count: number; overdue: number }[];
  const none = { open: 0, in_progress: 0, handed_in: 0, returned: 0, deferred: 0, verified: 0, dropped: 0 };
  const counts = { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
  const sum = (numbers: number[]) => numbers.reduce((whole, part) => whole + part, 0);
  return {
    counts,
    total: sum(rows.map(({ count }) => count)),
    overdue: sum(rows.map(({ overdue }) => overdue)),
  };
}
