import { NotFound } from '../../errors.js';
import type { ActionItem } from './action.entity.js';
import { transitions } from './action.machine.js';
import { linkAuthor, lockAction, mustBeAsSeen, takeStep, type ActionDeps } from './acting.js';
import type { Report } from './actions.schema.js';
import { keepingEvidence, type Evidence } from './evidence.js';
import { addNote, mustSay, wasSent } from './notes.js';

/**
 * What an owner reports by its link: a note with evidence, that work has begun, or that it is done and handed in;
 * never that it is verified. Sent twice, it is one report.
 * @throws NotFound for a follow-up of another owner
 * @throws InvalidInput at `version` when the office changed it meanwhile; Conflict when its state does not allow it
 */
export function reportByOwner(
  { db, clock }: ActionDeps,
  owner: { id: number } & Pick<ActionItem, 'officeId'>,
  actionId: number,
  { act, version, ...note }: Report,
  evidence: Evidence | undefined,
): Promise<void> {
  if (act === 'note') mustSay(note, evidence);
  return keepingEvidence(db, evidence, async (tx) => {
    const action = await lockAction(tx, clock, owner.officeId, actionId);
    if (action.ownerId !== owner.id) throw new NotFound();
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
