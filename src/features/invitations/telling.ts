import type { DataSource } from 'typeorm';
import type { Tx } from '../../database/data-source.js';
import { knowsOfEvent } from '../messages/contacts.js';
import { queueForDelegates, queueMessages, recallMessages, type Telling } from '../messages/outbox.js';
import { mergeChanges, type Change } from './changes.js';

type Reader = Pick<DataSource, 'query'>;

/** Whose invitation `i` a change of the event concerns (docs/states.md). */
const isConcerned = `i.state IN ('open', 'offered', 'waiting', 'accepted', 'reconfirm')`;

/** How many institutions a change of this event would be told to. */
export async function countConcerned(db: Reader, eventId: number): Promise<number> {
  const [{ count }] = (await db.query(
    `SELECT count(*)::int AS count FROM invitation i WHERE i.event_id = $1 AND ${isConcerned} AND ${knowsOfEvent}`,
    [eventId],
  )) as [{ count: number }];
  return count;
}

/** Somebody to tell: an institution, or one of its delegates. */
interface Recipient {
  invitationId: number;
  delegateId: number | null;
}

/** What was written for a recipient about an earlier change and was not sent so far. */
interface Unsent extends Recipient {
  purpose: 'changed' | 'day_changed';
  changes: Change[] | null;
}

const tellsOfChange = ['changed', 'day_changed'] as const;

/** The newest one for each comes first. */
const unsentOf = (tx: Tx, eventId: number): Promise<Unsent[]> =>
  tx.query(
    `SELECT invitation_id AS "invitationId", delegate_id AS "delegateId", purpose, detail -> 'changes' AS changes
     FROM message WHERE event_id = $1 AND purpose = ANY ($2) AND state IN ('queued', 'held') ORDER BY id DESC`,
    [eventId, tellsOfChange],
  );

const keyOf = ({ invitationId, delegateId }: Recipient) => `${invitationId} ${delegateId ?? ''}`;

/** What each institution is told that hears of a change while an earlier one is unsent: the two of them at once. */
export async function mergedWithUnsent(
  tx: Tx,
  eventId: number,
  changes: Change[],
): Promise<(recipient: Recipient) => { changes: Change[]; isAsked: boolean }> {
  const unsent = Map.groupBy(await unsentOf(tx, eventId), keyOf);
  return (recipient) => {
    const [older] = unsent.get(keyOf(recipient)) ?? [];
    return {
      changes: mergeChanges(older?.changes ?? [], changes),
      isAsked: older?.purpose === 'day_changed',
    };
  };
}

const institutionsConcerned = (tx: Tx, eventId: number): Promise<Recipient[]> =>
  tx.query(
    `SELECT i.id AS "invitationId", NULL AS "delegateId" FROM invitation i
     WHERE i.event_id = $1 AND ${isConcerned} AND ${knowsOfEvent} ORDER BY i.id`,
    [eventId],
  );

const delegatesConcerned = (tx: Tx, eventId: number): Promise<Recipient[]> =>
  tx.query(
    `SELECT invitation_id AS "invitationId", id AS "delegateId" FROM delegate
     WHERE event_id = $1 AND state = 'active' AND email IS NOT NULL ORDER BY id`,
    [eventId],
  );

const idsOf = (recipients: Recipient[]): number[] =>
  recipients.map(({ invitationId, delegateId }) => delegateId ?? invitationId);

/** What a message about an event is written with, whatever it says. */
type Base = Pick<Telling, 'officeId' | 'eventId' | 'cause' | 'now'>;

/**
 * Tells everyone concerned what changed, before and after. What is still unsent is overtaken, and its changes are
 * told along: several savings one after the other are one message. What was changed back is not told at all.
 * @param asked invitations that are asked to confirm again: they have that message, their delegates do not
 */
export async function tellChanges(
  tx: Tx,
  base: Base,
  changes: Change[],
  asked: ReadonlySet<number> = new Set(),
): Promise<void> {
  if (changes.length === 0) return;
  const merged = await mergedWithUnsent(tx, base.eventId, changes);
  const told = await institutionsConcerned(tx, base.eventId);
  const recipients = [
    ...told.filter(({ invitationId }) => !asked.has(invitationId)),
    ...(await delegatesConcerned(tx, base.eventId)),
  ];
  // Those who hear the same are written in one statement.
  const groups = Map.groupBy(recipients, (one) => {
    const { changes: list, isAsked } = merged(one);
    const purpose = isAsked || asked.has(one.invitationId) ? 'day_changed' : 'changed';
    return JSON.stringify([one.delegateId !== null, purpose, list]);
  });
  for (const [key, group] of groups) {
    const [toDelegates, purpose, list] = JSON.parse(key) as [boolean, Unsent['purpose'], Change[]];
    const ids = idsOf(group);
    const telling = { ...base, purpose, detail: { changes: list }, overtakes: tellsOfChange };
    if (list.length === 0)
      await recallMessages(tx, base.eventId, tellsOfChange, {
        [toDelegates ? 'delegates' : 'institutions']: ids,
      });
    else if (toDelegates) await queueForDelegates(tx, telling, ids, true);
    else await queueMessages(tx, telling, ids);
  }
}

/** The event is off: these institutions are told, and every delegate who was told of a seat. */
export async function tellEventIsOff(tx: Tx, base: Base, invitationIds: number[]): Promise<void> {
  const telling = { ...base, purpose: 'cancellation' as const };
  if (invitationIds.length > 0) await queueMessages(tx, telling, invitationIds);
  await queueForDelegates(tx, telling, idsOf(await delegatesConcerned(tx, base.eventId)), true);
}
