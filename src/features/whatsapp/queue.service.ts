import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { markWrong } from './numbers.js';
import {
  claimNext,
  lastSentBy,
  lockMessage,
  markMessageSent,
  progressOf,
  putOff,
  release,
  unmarkSent,
  type AtQueue,
  type LastSent,
  type QueuedMessage,
  type QueueFilter,
} from './queue.repository.js';

const minute = 60_000;
/** Long enough for a detour to WhatsApp and a slow network; whoever put the phone away gives it back by waiting. */
const claimMs = 10 * minute;
/** Wrong taps are noticed at once or not at all. */
const undoMs = 10 * minute;

interface QueueDeps {
  db: DataSource;
  clock: Clock;
}

/** Somebody at the queue of an event that was found through their office. */
interface Desk {
  deps: QueueDeps;
  actor: OfficeActor;
  eventId: number;
  filter: QueueFilter;
}

interface Work {
  tx: Tx;
  at: AtQueue;
  desk: Desk;
}

const until = ({ now }: AtQueue) => new Date(now.getTime() + claimMs);
const undoSince = (now: Date) => new Date(now.getTime() - undoMs);

/** One act in one transaction, and the next message comes by itself. */
function work<T>(desk: Desk, act: (work: Work) => Promise<T>): Promise<T> {
  const { deps, actor, eventId } = desk;
  return inTransaction(deps.db, (tx) =>
    act({ tx, desk, at: { eventId, userId: actor.userId, now: deps.clock.now() } }),
  );
}

/** The name and the phone of somebody are before this person now: that is kept (domain.md, privacy). */
const noteReading = ({ tx, desk }: Work, invitationId: number) =>
  recordAudit(tx, byActor(desk.actor), { action: 'persons.read', subject: ['invitation', invitationId] });

/** @returns the message that is next; undefined when nothing is left */
async function goOn(at: Work): Promise<number | undefined> {
  await release(at.tx, at.at);
  const next = await claimNext(at.tx, at.at, at.desk.filter, until(at.at));
  if (next) await noteReading(at, next.invitationId);
  return next?.id;
}

/** Takes the next message of the queue; what this person held goes back. */
export const takeNext = (desk: Desk): Promise<unknown> => work(desk, goOn);

/** Gives back what this person holds. */
export const stop = (desk: Desk): Promise<void> => work(desk, ({ tx, at }) => release(tx, at));

async function findMessage({ tx, at }: Work, id: number): Promise<QueuedMessage> {
  const message = await lockMessage(tx, at.eventId, id);
  if (!message) throw new NotFound();
  return message;
}

/** What came of "Terkirim": `already`, by which colleague; `overtaken`: something newer is to be told instead. */
export type SentOutcome = { result: 'sent' | 'overtaken' } | { result: 'already'; by: string };

/**
 * It was sent: a fact, also when the claim has expired meanwhile or a colleague holds it; nobody sends it twice.
 * @throws NotFound for a message of another event
 */
export const markAsSent = (desk: Desk, id: number): Promise<SentOutcome> =>
  work(desk, async (at) => {
    const message = await findMessage(at, id);
    const { state, sentBy, sentById, invitationId, purpose } = message;
    if (state === 'queued') {
      await markMessageSent(at.tx, message, at.at);
      await recordAudit(at.tx, byActor(desk.actor), {
        action: 'invitation.sent',
        subject: ['invitation', invitationId],
        fields: ['sent_at'],
        detail: { event: desk.eventId, purpose },
      });
    }
    await goOn(at);
    // A second tap of the same thumb changes nothing, and nothing is wrong.
    if (state === 'queued' || (state === 'sent' && sentById === at.at.userId)) return { result: 'sent' };
    return state === 'sent' ? { result: 'already', by: sentBy ?? '' } : { result: 'overtaken' };
  });

/** Nobody of the institution is at this number: it is not proposed again, and the next one of the LKS is tried. */
export const reportWrongNumber = (desk: Desk, id: number, phone: string): Promise<void> =>
  work(desk, async ({ tx, at, desk: { actor } }) => {
    await markWrong(tx, actor, await findMessage({ tx, at, desk }, id), phone, at.now);
  });

/** Not now: it comes again after all the others. @returns whether it is the only one that is left */
export const skip = (desk: Desk, id: number): Promise<boolean> =>
  work(desk, async (at) => {
    const { state } = await findMessage(at, id);
    if (state === 'queued') await putOff(at.tx, id, at.at.now);
    return (await goOn(at)) === id;
  });

/** Takes back what this person marked as sent a moment ago. @returns whether that was still possible; throws as above */
export const undoSent = (desk: Desk, id: number): Promise<boolean> =>
  work(desk, async (at) => {
    await findMessage(at, id);
    await release(at.tx, at.at);
    const times = { since: undoSince(at.at.now), until: until(at.at) };
    const invitationId = await unmarkSent(at.tx, at.at, id, times);
    if (invitationId === undefined) return false;
    await recordAudit(at.tx, byActor(desk.actor), {
      action: 'invitation.sent_undone',
      subject: ['invitation', invitationId],
      fields: ['sent_at'],
      detail: { event: desk.eventId },
    });
    return true;
  });

/** What this person marked as sent last, while it can be taken back. */
export const undoable = (db: DataSource, at: AtQueue): Promise<LastSent | undefined> =>
  lastSentBy(db, at, undoSince(at.now));

/** How many messages of an event wait for a thumb. */
export const countToTell = async (db: DataSource, eventId: number, now: Date): Promise<number> =>
  (await progressOf(db, { eventId, userId: 0, now }, { answer: 'all', purpose: null })).waiting;
