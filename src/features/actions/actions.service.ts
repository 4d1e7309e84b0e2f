import { inTransaction, type Tx } from '../../database/data-source.js';
import { InvalidInput } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, changedFields, recordAudit } from '../audit/audit.service.js';
import { findEventFor } from '../events/events.service.js';
import { ActionItem } from './action.entity.js';
import { isClosed, type Verb } from './action.machine.js';
import { keepChange, lockAction, mustBeAsSeen, officeAuthor, type ActionDeps } from './acting.js';
import {
  findMinutesLine,
  historyOf,
  isSeriesOf,
  readActions,
  type ActionRow,
  type HistoryLine,
  type Reader,
} from './actions.repository.js';
import type { ActionForm, NoteForm } from './actions.schema.js';
import { keepingEvidence, type Evidence } from './evidence.js';
import { addNote, mustSay, wasSent } from './notes.js';
import { ownerFrom } from './owners.service.js';
import { stepByOffice, type StepDetails } from './stepping.js';

export { findAction as findActionFor } from './actions.repository.js';
export { owedByInstitution } from './owners.repository.js';
export type { StepDetails } from './stepping.js';
export { carryActions, evaluationOf, type EvaluatedAction } from './carrying.js';
export type { ActionRow } from './actions.repository.js';

/** The RTL table of an event: what was agreed there, without what was dropped (docs/decisions/045). */
export const actionsOfEvent = (tx: Reader, eventId: number): Promise<ActionRow[]> =>
  readActions(tx, `a.event_id = $1 AND a.state <> 'dropped'`, [eventId]);

/** All that was agreed at an event, as its page shows it. */
export const allActionsOfEvent = (tx: Reader, eventId: number): Promise<ActionRow[]> =>
  readActions(tx, 'a.event_id = $1', [eventId]);

/** Changes and notes of one follow-up in one line of time, oldest first. */
export const timeLineOf = (tx: Reader, id: number): Promise<HistoryLine[]> => historyOf(tx, [id]);

/**
 * What the form of a new follow-up holds when it is made from a line of the minutes.
 * @throws NotFound for a line of another event
 */
export async function prefilledFrom(
  tx: Reader,
  eventId: number,
  blockId: number,
): Promise<{ problem?: string; title?: string; proposedBy?: string }> {
  const line = await findMinutesLine(tx, eventId, blockId);
  const proposedBy = line.institution ?? line.person;
  if (line.kind === 'issue') return { problem: line.text, proposedBy };
  if (line.kind === 'response') return { problem: line.above ?? '', title: line.text };
  return line.kind === 'decision' ? { title: line.text } : { problem: line.text, proposedBy };
}

/** Where a follow-up comes from: an event and perhaps a line of its minutes, or nowhere. */
export interface Origin {
  eventId: number | null;
  blockId: number | null;
}

/** What a form says, as it is stored. A series is only for those without an event. */
async function factsFrom(tx: Tx, actor: OfficeActor, form: ActionForm, eventId: number | null) {
  const { problem, title, proposedBy, involved, dueOn } = form;
  const seriesId = eventId === null ? form.seriesId : null;
  if (seriesId !== null && !(await isSeriesOf(tx, actor, seriesId)))
    throw InvalidInput.at('seriesId', 'error.choose');
  const ownerId = await ownerFrom(tx, actor, form);
  return { problem, title, proposedBy, involved, dueOn, seriesId, ownerId };
}

/**
 * Writes a follow-up down.
 * @returns its id
 * @throws NotFound for an event of another office, or a line that is not in its minutes
 * @throws InvalidInput at the owner's field, or `seriesId`
 */
export function createAction(
  { db, clock }: ActionDeps,
  actor: OfficeActor,
  { eventId, blockId }: Origin,
  form: ActionForm,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    if (eventId !== null) await findEventFor(tx, actor, eventId);
    if (eventId !== null && blockId !== null) await findMinutesLine(tx, eventId, blockId);
    const facts = await factsFrom(tx, actor, form, eventId);
    const now = clock.now();
    const { identifiers } = await tx.insert(ActionItem, {
      ...facts,
      eventId,
      blockId: eventId === null ? null : blockId,
      officeId: actor.office.id,
      createdBy: actor.userId,
      createdAt: now,
    });
    const id = Number(identifiers[0]?.id);
    await keepChange(tx, { id, state: 'open', now }, officeAuthor(actor), { verb: 'create' });
    await recordAudit(tx, byActor(actor), {
      action: 'action.created',
      subject: ['action', id],
      detail: { event: eventId },
    });
    return id;
  });
}

/**
 * Changes the facts of a follow-up that is not closed.
 * @throws NotFound, InvalidInput as createAction does, and at `version` when somebody was faster
 */
export function changeAction(
  { db, clock }: ActionDeps,
  actor: OfficeActor,
  id: number,
  form: ActionForm,
  version: number | undefined,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const action = await lockAction(tx, clock, actor.office.id, id);
    mustBeAsSeen(action, version);
    if (isClosed(action.state)) throw InvalidInput.at('version', 'action.error.closed');
    const before = await tx.findOneByOrFail(ActionItem, { id });
    const facts = await factsFrom(tx, actor, form, before.eventId);
    const fields = changedFields(before, facts);
    if (fields.length === 0) return;
    await tx.update(ActionItem, id, { ...facts, version: action.version + 1 });
    await keepChange(tx, action, officeAuthor(actor), { verb: 'change', fields });
    await recordAudit(tx, byActor(actor), { action: 'action.changed', subject: ['action', id], fields });
  });
}

/**
 * A person of the office takes a step.
 * @throws NotFound, Forbidden; InvalidInput at `version` when somebody was faster; Conflict when the state does
 * not allow it
 */
export function stepAction(
  { db, clock }: ActionDeps,
  actor: OfficeActor,
  id: number,
  verb: Verb,
  details: StepDetails,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await stepByOffice(tx, await lockAction(tx, clock, actor.office.id, id), actor, verb, details);
  });
}

/**
 * A person of the office adds a note; sending it twice is one note.
 * @throws NotFound; InvalidInput at `text` for one that says nothing
 */
export function noteAction(
  { db, clock }: ActionDeps,
  actor: OfficeActor,
  id: number,
  note: NoteForm,
  evidence: Evidence | undefined,
): Promise<void> {
  mustSay(note, evidence);
  return keepingEvidence(db, evidence, async (tx) => {
    const action = await lockAction(tx, clock, actor.office.id, id);
    if (await wasSent(tx, id, note.clientId)) return;
    await addNote(tx, action, { ...officeAuthor(actor), way: 'office' }, note, evidence);
  });
}

/** Makes open again what was deferred until today or before. @returns how many */
export async function resumeDeferred({ db, clock }: ActionDeps): Promise<number> {
  const due = (await db.query(
    `SELECT a.id, a.office_id AS "officeId" FROM action_item a JOIN office f ON f.id = a.office_id
     WHERE a.state = 'deferred' AND a.deferred_until <= ($1::timestamptz AT TIME ZONE f.zone)::date
     ORDER BY a.id LIMIT 200`,
    [clock.now()],
  )) as { id: number; officeId: number }[];
  // Locking is enough: a deferral whose day has come ends then.
  for (const { id, officeId } of due) await inTransaction(db, (tx) => lockAction(tx, clock, officeId, id));
  return due.length;
}
