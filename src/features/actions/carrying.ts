import type { Clock } from '../../clock.js';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { lockAction, officeAuthor, type ActionDeps } from './acting.js';
import {
  historyOf,
  readActions,
  type ActionRow,
  type HistoryLine,
  type Reader,
} from './actions.repository.js';
import type { Evaluation } from './actions.schema.js';
import { askedAbout, evaluatedAt } from './asked.js';
import { addNote, mustSay, wasSent } from './notes.js';
import { stepByOffice } from './stepping.js';

/** A follow-up of an earlier event, asked about at a later one, with what was recorded there. */
export interface EvaluatedAction extends ActionRow {
  notesHere: HistoryLine[];
}

/**
 * "Evaluasi RTL sebelumnya", agenda item 1 of an event: what was carried into it, and while it is not over, or
 * nobody has begun to ask there, what would be carried today. Each with how often it was carried, and what was recorded here.
 */
export async function evaluationOf(tx: Reader, eventId: number): Promise<EvaluatedAction[]> {
  const rows = await readActions(tx, evaluatedAt, [eventId]);
  const history = Map.groupBy(
    await historyOf(
      tx,
      rows.map(({ id }) => id),
      eventId,
    ),
    (line) => line.actionId,
  );
  return rows.map((row) => ({ ...row, notesHere: history.get(row.id) ?? [] }));
}

/**
 * Carries what is asked about into an event: one row for each, so that doing it again adds only what is new.
 * Called when the minutes of an event are begun.
 * @returns how many were carried now
 */
export async function carryActions(tx: Tx, clock: Clock, eventId: number): Promise<number> {
  const carried = (await tx.query(
    `INSERT INTO action_carry (action_id, event_id, at)
     SELECT a.id, v.id, $2 FROM event v JOIN action_item a ON ${askedAbout} WHERE v.id = $1 ORDER BY a.id
     ON CONFLICT DO NOTHING RETURNING action_id`,
    [eventId, clock.now()],
  )) as unknown[];
  return carried.length;
}

/** @throws NotFound for one that is not asked about at this event */
async function mustBeAsked(tx: Tx, eventId: number, id: number): Promise<void> {
  const asked = await evaluationOf(tx, eventId);
  if (!asked.some((action) => action.id === id)) throw new NotFound();
}

/**
 * Records at a later event what became of a follow-up; it is carried there with that, and the follow-up's own
 * history says so. The caller has found the event through the actor's office.
 * @throws NotFound for one that is not asked about there; else as stepAction does
 */
export function recordEvaluation(
  { db, clock }: ActionDeps,
  actor: OfficeActor,
  { eventId, actionId }: { eventId: number; actionId: number },
  { act, version, clientId, text }: Evaluation,
): Promise<void> {
  if (act === 'note') mustSay({ text, url: '' }, undefined);
  return inTransaction(db, async (tx) => {
    const action = await lockAction(tx, clock, actor.office.id, actionId);
    await mustBeAsked(tx, eventId, actionId);
    if (await wasSent(tx, actionId, clientId)) return;
    await carryActions(tx, clock, eventId);
    const author = { ...officeAuthor(actor, eventId), way: 'office' as const };
    await addNote(tx, action, author, { clientId, text, url: '' });
    if (act !== 'note') await stepByOffice(tx, action, actor, act, { version, eventId });
  });
}
