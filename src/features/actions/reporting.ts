import { NotFound } from '../../errors.js';
import { transitions } from './action.machine.js';
import { linkAuthor, lockAction, mustBeAsSeen, takeStep, type ActionDeps } from './acting.js';
import type { Report } from './actions.schema.js';
import { keepingEvidence, type Evidence } from './evidence.js';
import { addNote, mustSay, wasSent } from './notes.js';
import { holdOwnerLink, type OwnerRecord } from './owners.repository.js';

/**
 * What an owner reports by its link: a note with evidence, that work has begun, or that it is done and handed in;
 * never that it is verified. Sent twice, it is one report.
 * @throws NotFound for a follow-up of another owner, and when its link was replaced while the file came in
 * @throws InvalidInput at `version` when the office changed it meanwhile; Conflict when its state does not allow it
 */
export function reportByOwner(
  { db, clock }: ActionDeps,
  owner: Pick<OwnerRecord, 'id' | 'officeId' | 'tokenVersion'>,
  actionId: number,
  { act, version, ...note }: Report,
  evidence: Evidence | undefined,
): Promise<void> {
  if (act === 'note') mustSay(note, evidence);
  return keepingEvidence(db, evidence, async (tx) => {
    const action = await lockAction(tx, clock, owner.officeId, actionId);
    if (action.ownerId !== owner.id) throw new NotFound();
    if (!(await holdOwnerLink(tx, owner))) throw new NotFound('answer.unknown_link');
    if (await wasSent(tx, actionId, note.clientId)) return;
    const author = { ...linkAuthor, way: 'link' as const };
    const noted = await addNote(tx, action, author, note, evidence);
    if (act === 'note') return;
    // The second of two taps, with nothing more to say.
    if (!noted && action.state === transitions[act].to) return;
    mustBeAsSeen(action, version);
    await takeStep(tx, action, act, linkAuthor);
  });
}
