import { inTransaction, type Tx } from '../../database/data-source.js';
import { Conflict, InvalidInput, NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { findMinutes, openForWriting } from './access.js';
import type { MinutesDeps } from './blocks.service.js';
import {
  deleteRow,
  handoversOf,
  indicatorsOf,
  insertRow,
  replaceParts,
  reviewsOf,
  rowExists,
  updateRow,
  type ListTable,
} from './lists.repository.js';
import { institutionsOf } from './minutes.repository.js';
import type { HandoverForm, IndicatorForm, ReviewForm } from './minutes.schema.js';

/** The tables that minutes carry beside their lines, and the words of their addresses. */
export const listTables = {
  handovers: 'handover_entry',
  reviews: 'programme_review',
  indicators: 'indicator',
} as const satisfies Record<string, ListTable>;
export type ListName = keyof typeof listTables;

/**
 * What the page of the lists shows.
 * @throws NotFound for an event of another office; Conflict when nobody has begun to write
 */
export async function listsOf({ db }: MinutesDeps, actor: OfficeActor, eventId: number) {
  const tx = db.manager;
  const minutes = await findMinutes(tx, actor, eventId);
  if (!minutes) throw new Conflict('minutes.error.not_begun');
  return {
    minutes,
    handovers: await handoversOf(tx, eventId),
    reviews: await reviewsOf(tx, eventId),
    indicators: await indicatorsOf(tx, eventId),
    institutions: await institutionsOf(tx, eventId),
  };
}

interface RowKey {
  id: number | null;
  clientId: string | null;
  version: number;
}

const note = (tx: Tx, actor: OfficeActor, eventId: number, list: ListName) =>
  recordAudit(tx, byActor(actor), {
    action: 'minutes.list_changed',
    subject: ['minutes', eventId],
    fields: [list],
  });

/**
 * Adds a row, or changes the one of that id when it is still as its writer saw it.
 * @returns its id, or undefined when it was sent a second time
 * @throws InvalidInput at `version` when somebody else was faster, with what was typed kept
 */
async function saveRow(
  tx: Tx,
  actor: OfficeActor,
  eventId: number,
  list: ListName,
  key: RowKey,
  columns: Record<string, string | number | null>,
): Promise<number | undefined> {
  await openForWriting(tx, actor, eventId);
  const table = listTables[list];
  const { id, clientId, version } = key;
  if (id !== null) {
    if (!(await rowExists(tx, table, eventId, id)))
      throw InvalidInput.at('version', 'minutes.error.row_gone');
    if (!(await updateRow(tx, table, { eventId, id, version }, columns)))
      throw InvalidInput.at('version', 'minutes.error.row_taken');
  }
  const saved = id ?? (await insertRow(tx, table, eventId, clientId, columns));
  if (saved !== undefined) await note(tx, actor, eventId, list);
  return saved;
}

/** @throws InvalidInput as above, or at the LKS when it is none of the event's */
export function saveHandover(
  { db }: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  typed: HandoverForm,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { institutionId, document, number, receivedBy } = typed;
    const known = await institutionsOf(tx, eventId);
    if (!known.some(({ id }) => id === institutionId)) throw InvalidInput.at('institutionId', 'error.choose');
    const columns = { institution_id: institutionId, document, number, received_by: receivedBy };
    await saveRow(tx, actor, eventId, 'handovers', typed, columns);
  });
}

/** @throws InvalidInput as saveRow does */
export function saveReview(
  { db }: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  typed: ReviewForm,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { programme, result, note: remark } = typed;
    await saveRow(tx, actor, eventId, 'reviews', typed, { programme, result, note: remark });
  });
}

/**
 * Saves a figure with its parts, which must add up to it.
 * @throws InvalidInput at `total` with the difference, or as saveRow does
 */
export function saveIndicator(
  { db }: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  typed: IndicatorForm,
): Promise<void> {
  const parts = Object.values(typed.rows);
  const sum = parts.reduce((all, { value }) => all + value, 0);
  return inTransaction(db, async (tx) => {
    if (parts.length > 0 && sum !== typed.total)
      throw InvalidInput.at(
        'total',
        sum > typed.total ? 'indicator.error.too_much' : 'indicator.error.too_little',
        {
          sum,
          difference: Math.abs(sum - typed.total),
        },
      );
    const { name, year, source, total } = typed;
    const id = await saveRow(tx, actor, eventId, 'indicators', typed, { name, year, source, total });
    if (id !== undefined) await replaceParts(tx, id, parts);
  });
}

/** @throws NotFound for a row of another event; Conflict when somebody else changed it meanwhile */
export function removeRow(
  { db }: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  list: ListName,
  row: { id: number; version: number },
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await findMinutes(tx, actor, eventId);
    if (!(await rowExists(tx, listTables[list], eventId, row.id))) throw new NotFound();
    await openForWriting(tx, actor, eventId);
    if (!(await deleteRow(tx, listTables[list], { eventId, ...row })))
      throw new Conflict('minutes.error.row_taken');
    await note(tx, actor, eventId, list);
  });
}
