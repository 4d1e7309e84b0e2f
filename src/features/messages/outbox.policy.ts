import type { MailStanding } from './mail-server.js';
import type { OutboxRow } from './outbox.repository.js';

type Standing = Pick<OutboxRow, 'channel' | 'state'>;

/** What waits can be tried at once, and what was refused once more; WhatsApp goes by hand. */
export const mayBeTried = ({ channel, state }: Standing): boolean =>
  channel === 'email' && (state === 'queued' || state === 'refused');

/** Only what is in nobody's hands can be called off. */
export const mayBeCancelled = ({ state }: Standing): boolean => state === 'queued' || state === 'held';

/** Why a message has not left, as `outbox.why_…` tells it. */
export type Waiting =
  | 'held'
  | 'by_hand'
  | 'no_server'
  | 'no_address'
  | 'no_password'
  | 'trouble'
  | 'refused_for_now'
  | 'later'
  | 'soon'
  | 'sending';

/** Why it has not left; undefined when it has, or never will. */
export function whyWaiting(
  { state, channel, attempts, dueAt }: Pick<OutboxRow, 'state' | 'channel' | 'attempts' | 'dueAt'>,
  { state: mail }: MailStanding,
  now: Date,
): Waiting | undefined {
  if (state === 'held') return 'held';
  if (state === 'sending') return 'sending';
  if (state !== 'queued') return undefined;
  if (channel === 'whatsapp') return 'by_hand';
  if (mail !== 'ready') return mail;
  if (dueAt > now) return attempts > 0 ? 'refused_for_now' : 'later';
  return 'soon';
}
