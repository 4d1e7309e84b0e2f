import type { DataSource } from 'typeorm';
import type { Deps } from '../../deps.js';
import type { HoldBack, MailMessage } from './mails.js';

/** Mail that was held goes on when nothing keeps its event any longer. Every round looks, so that none is forgotten. */
export async function releaseHeld(
  { db, clock }: Deps,
  { purposes, eventsThatWait }: HoldBack,
): Promise<void> {
  const held = (await db.query(
    `SELECT DISTINCT event_id AS id FROM message WHERE channel = 'email' AND state = 'held' AND purpose = ANY ($1)`,
    [purposes],
  )) as { id: number }[];
  if (held.length === 0) return;
  const waiting = await eventsThatWait(
    db,
    held.map(({ id }) => id),
  );
  await db.query(
    `UPDATE message SET state = 'queued', due_at = $3
     WHERE channel = 'email' AND state = 'held' AND purpose = ANY ($1) AND event_id <> ALL ($2)`,
    [purposes, waiting, clock.now()],
  );
}

/** Holds those that must wait. @returns the others */
export async function holdBack<M extends MailMessage>(
  db: DataSource,
  { purposes, eventsThatWait }: HoldBack,
  messages: M[],
): Promise<M[]> {
  const asked = messages.filter(({ purpose, eventId }) => eventId !== null && purposes.includes(purpose));
  if (asked.length === 0) return messages;
  const waiting = await eventsThatWait(db, [...new Set(asked.map(({ eventId }) => Number(eventId)))]);
  const held = new Set(asked.filter(({ eventId }) => waiting.includes(Number(eventId))));
  if (held.size === 0) return messages;
  await db.query(
    `UPDATE message SET state = 'held', claimed_until = NULL WHERE id = ANY ($1) AND state = 'sending'`,
    [[...held].map(({ id }) => id)],
  );
  return messages.filter((message) => !held.has(message));
}
