import type { Tx } from '../../database/data-source.js';
import { doorCodeLength, normaliseCode, type LinkKeys } from '../../links/tokens.js';
import type { Outcome } from './marking.js';

interface KeyRow {
  id: number;
  eventId: number;
  officeId: number;
  title: string;
  tokenVersion: number;
}

const keyColumns = `d.id, d.event_id AS "eventId", e.office_id AS "officeId", e.title,
  d.token_version AS "tokenVersion"`;

/** What was shown at the door: a delegate of this event, or why it is none. */
export type Shown = { delegateId: number; way: 'qr' | 'code' } | Outcome;

const tokenIn = (letter: string, text: string) =>
  new RegExp(`(?:/${letter}/|^)([A-Za-z0-9_-]{32})(?:[/?#]|$)`).exec(text)?.[1];

/**
 * Reads what a camera saw or somebody typed: the address in a delegate's QR, its token alone, or the six letters
 * under it. An id is never believed: only what the key has signed.
 */
export async function findShown(
  tx: Tx,
  links: LinkKeys,
  event: { id: number; officeId: number },
  text: string,
): Promise<Shown> {
  const token = tokenIn('d', text);
  const id = token === undefined ? undefined : links.claimedId('delegate', token);
  if (token !== undefined && id !== undefined) return byToken(tx, links, event, id, token);
  const letter = tokenIn('u', text);
  if (letter !== undefined && links.claimedId('invitation', letter) !== undefined)
    return { result: 'institution_link' };
  const code = normaliseCode(text, doorCodeLength);
  const found = code && (await byDoorCode(tx, links, event.id, code));
  return found ? { delegateId: found, way: 'code' } : { result: 'unknown' };
}

async function byToken(
  tx: Tx,
  links: LinkKeys,
  event: { id: number; officeId: number },
  id: number,
  token: string,
): Promise<Shown> {
  const [row] = (await tx.query(
    `SELECT ${keyColumns} FROM delegate d JOIN event e ON e.id = d.event_id WHERE d.id = $1`,
    [id],
  )) as KeyRow[];
  if (!row || !links.matches('delegate', id, row.tokenVersion, token)) return { result: 'unknown' };
  if (row.eventId === event.id) return { delegateId: id, way: 'qr' };
  // The name of another office's event is none of this door's business.
  if (row.officeId !== event.officeId) return { result: 'other_office' };
  return { result: 'other_event', title: row.title };
}

/** Codes are not stored: those of one event are few enough to be made anew for each question. */
async function byDoorCode(
  tx: Tx,
  links: LinkKeys,
  eventId: number,
  code: string,
): Promise<number | undefined> {
  const rows = (await tx.query(
    `SELECT id, token_version AS "tokenVersion" FROM delegate WHERE event_id = $1 ORDER BY state = 'active' DESC, id`,
    [eventId],
  )) as Pick<KeyRow, 'id' | 'tokenVersion'>[];
  return rows.find(({ id, tokenVersion }) => links.doorCode(id, tokenVersion) === code)?.id;
}
