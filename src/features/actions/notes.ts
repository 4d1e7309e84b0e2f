import type { Tx } from '../../database/data-source.js';
import { DomainError, InvalidInput } from '../../errors.js';
import { recordAudit } from '../audit/audit.service.js';
import { ActionNote } from './action-note.entity.js';
import type { ActionAuthor, LockedAction } from './acting.js';
import type { NoteForm } from './actions.schema.js';
import type { Evidence } from './evidence.js';

/** An address without a password can be passed on: no owner fills the disk with one. */
const mostNotesADay = 60;

/** Has this very form arrived before? Phones with a weak signal send twice. */
export async function wasSent(tx: Tx, actionId: number, clientId: string): Promise<boolean> {
  return tx.existsBy(ActionNote, { actionId, clientId });
}

const says = (note: Pick<NoteForm, 'text' | 'url'>, evidence: Evidence | undefined): boolean =>
  note.text !== '' || note.url !== '' || evidence !== undefined;

/** @throws DomainError 429 when the owner of this link has sent too many today */
async function checkFlood(tx: Tx, action: LockedAction): Promise<void> {
  const [{ count }] = (await tx.query(
    `SELECT count(*)::int AS count FROM action_note n JOIN action_item a ON a.id = n.action_id
     WHERE a.owner_id = $1 AND n.way = 'link' AND n.at > $2::timestamptz - interval '1 day'`,
    [action.ownerId, action.now],
  )) as [{ count: number }];
  if (count >= mostNotesADay) throw new DomainError(429, 'action.error.too_many_notes');
}

/**
 * Adds a note to a locked follow-up; an empty one is left out.
 * @returns whether there was something to add
 */
export async function addNote(
  tx: Tx,
  action: LockedAction,
  author: ActionAuthor & { way: 'office' | 'link' },
  note: NoteForm,
  evidence?: Evidence,
): Promise<boolean> {
  if (!says(note, evidence)) return false;
  if (author.way === 'link') await checkFlood(tx, action);
  const file = await evidence?.keep(tx);
  await tx.insert(ActionNote, { ...note, ...file, ...author, actionId: action.id, at: action.now });
  const fields = [...(note.text ? ['note'] : []), ...(note.url ? ['url'] : []), ...(file ? ['file'] : [])];
  await recordAudit(
    tx,
    { officeId: action.officeId, userId: author.userId, way: author.way },
    { action: 'action.noted', subject: ['action', action.id], fields, detail: { event: author.eventId } },
  );
  return true;
}

/** @throws InvalidInput at `text` for a note that says nothing */
export function mustSay(note: Pick<NoteForm, 'text' | 'url'>, evidence: Evidence | undefined): void {
  if (!says(note, evidence)) throw InvalidInput.at('text', 'action.error.says_nothing');
}
