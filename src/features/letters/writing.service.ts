import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { Conflict, InvalidInput } from '../../errors.js';
import { dropUnusedFile } from '../../storage/stored-files.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { changedSince } from '../audit/audit.service.js';
import { findEventFor } from '../events/events.service.js';
import { findOwnOffice } from '../offices/offices.service.js';
import { signersOf } from '../offices/papers.service.js';
import { fieldNames, mustBeOpen, openLetter, recordLetter, type LetterIds } from './access.js';
import { composeLetter, defaultAddressee, defaultAttachment, letterHash, missingIn } from './compose.js';
import type { LetterContent } from './content.js';
import { InvitationLetter } from './invitation-letter.entity.js';
import { allows, transitions, type LetterVerb } from './letter.machine.js';
import {
  findLetter,
  insertLetter,
  issuedLetters,
  letterInWork,
  type NumberedLetter,
} from './letters.repository.js';
import type { LetterForm } from './letters.schema.js';
import { checkTemplates, ownSettings } from './settings.service.js';
import { dropStaleSigned, isSignedStale, signedContentOf, unsigned } from './signed.service.js';

export type LetterDeps = Pick<Deps, 'db' | 'clock' | 'files'>;

type NewLetter = Omit<LetterForm, 'version'>;

/** The words of a new letter: those of the one that it corrects, or those of the office's template. */
async function wordsForNew(tx: Tx, actor: OfficeActor, eventId: number): Promise<NewLetter> {
  const [former] = await issuedLetters(tx, [eventId]);
  const signers = await signersOf(tx, actor);
  const signatoryId = signers[0]?.id ?? null;
  if (former) {
    const { mode, classification, attachment, subject, addressee, opening, closing, notes, copies } = former;
    const words = { mode, classification, attachment, subject, addressee, opening, closing, notes, copies };
    return { ...words, signatoryId: former.signatoryId ?? signatoryId };
  }
  const { mode, classification, subject, opening, closing, notes, copies } = await ownSettings(tx, actor);
  return {
    ...{ mode, classification, subject, opening, closing, notes, copies, signatoryId },
    attachment: defaultAttachment(mode),
    addressee: defaultAddressee(mode),
  };
}

/**
 * Begins the letter of an event, or finds the one that is being written already: of two who press at once, both get it.
 * After one was issued, the next is its correction and begins with its words.
 * @throws NotFound for another office's event; Conflict for one that was called off
 */
export function beginLetter({ db }: LetterDeps, actor: OfficeActor, eventId: number): Promise<number> {
  return inTransaction(db, async (tx) => {
    const event = await findEventFor(tx, actor, eventId);
    if (event.state === 'cancelled') throw new Conflict('surat.error.cancelled');
    const words = await wordsForNew(tx, actor, eventId);
    const letterId = await insertLetter(tx, { ...words, eventId, createdBy: actor.userId });
    if (letterId !== undefined) await recordLetter(tx, actor, { eventId, letterId }, 'begun');
    const found = letterId ?? (await letterInWork(tx, eventId))?.id;
    if (found === undefined) throw new Conflict('surat.error.gone');
    return found;
  });
}

/** @throws InvalidInput for somebody who does not sign for this office */
async function mustSignHere(tx: Tx, actor: OfficeActor, id: number | null): Promise<void> {
  if (id !== null && !(await signersOf(tx, actor)).some((signer) => signer.id === id))
    throw InvalidInput.at('signatoryId', 'error.choose');
}

/**
 * Saves the words of a letter that is being written. A signed copy that was handed in belongs to the words before: it
 * goes.
 * @returns whether a signed copy was taken away
 * @throws InvalidInput for a wrong placeholder, or at `version` when somebody else was faster; Conflict when it is closed
 */
export async function changeLetter(
  { db, files }: LetterDeps,
  actor: OfficeActor,
  ids: LetterIds,
  form: LetterForm,
): Promise<boolean> {
  checkTemplates(form, form.mode);
  const dropped = await inTransaction(db, async (tx) => {
    const { letter } = await openLetter(tx, actor, ids);
    mustBeOpen(letter);
    await mustSignHere(tx, actor, form.signatoryId);
    const fields = changedSince<LetterForm>(letter, form);
    if (fields.length === 0) return undefined;
    const signed = await signedContentOf(tx, letter);
    await tx.update(
      InvitationLetter,
      { id: letter.id },
      { ...form, version: letter.version + 1, ...unsigned },
    );
    const also = signed ? ['signedFile'] : [];
    await recordLetter(tx, actor, ids, 'changed', { fields: fieldNames([...fields, ...also]) });
    return signed;
  });
  if (dropped) await dropUnusedFile(db, files, dropped);
  return dropped !== undefined;
}

type Changes = Partial<Omit<InvitationLetter, 'content'>> & { content?: LetterContent };

/** Changes the state of a letter that nobody else changes meanwhile: one row of the table of states, one entry. */
function move(
  { db, clock }: LetterDeps,
  actor: OfficeActor,
  ids: LetterIds,
  verb: LetterVerb | 'issue_any',
  work: (tx: Tx, letter: NumberedLetter, content: () => Promise<LetterContent>) => Promise<Changes>,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { event, letter } = await openLetter(tx, actor, ids);
    const wanted = verb === 'issue_any' ? await issuingVerb(tx, actor, letter) : verb;
    if (!allows(wanted, letter.state)) throw new Conflict(`surat.error.${wanted}`);
    const changes = await work(tx, letter, () => composeLetter(tx, actor, event, letter, clock.now()));
    const { to } = transitions[wanted];
    await tx.update(InvitationLetter, { id: letter.id }, {
      ...changes,
      state: to,
      version: letter.version + 1,
    } as object);
    await recordLetter(tx, actor, ids, to === 'draft' ? 'reopened' : to, {
      fields: ['state'],
      detail: { from: letter.state, to },
    });
  });
}

/** An approved letter is issued as such, whatever the office wants by now; others only where it wants no approval. */
async function issuingVerb(tx: Tx, actor: OfficeActor, { state }: NumberedLetter): Promise<LetterVerb> {
  if (state === 'approved' || (await ownSettings(tx, actor)).requiresApproval) return 'issue';
  return 'issue_unapproved';
}

function mustBeWhole(content: LetterContent, field: string): void {
  if (missingIn(content).length > 0) throw InvalidInput.at(field, 'surat.error.incomplete');
}

/** Hands the letter to the leader. @throws InvalidInput at `submission` while something is missing */
export const submitLetter = (deps: LetterDeps, actor: OfficeActor, ids: LetterIds): Promise<void> =>
  move(deps, actor, ids, 'submit', async (_tx, _letter, content) => {
    mustBeWhole(await content(), 'submission');
    return { submittedBy: actor.userId, submittedAt: deps.clock.now(), returnReason: '' };
  });

/** Gives it back to be mended. @throws Conflict when it does not wait for the leader */
export const returnLetter = (
  deps: LetterDeps,
  actor: OfficeActor,
  ids: LetterIds,
  reason: string,
): Promise<void> => move(deps, actor, ids, 'return', async () => ({ returnReason: reason }));

/**
 * Approves what the leader has read.
 * @param seen its hash (`letterHash`): what changed since, in the letter or the event, is not approved unread
 * @throws Conflict when it does not wait for the leader, or says something else by now
 */
export const approveLetter = (
  deps: LetterDeps,
  actor: OfficeActor,
  ids: LetterIds,
  seen: string,
): Promise<void> =>
  move(deps, actor, ids, 'approve', async (_tx, _letter, content) => {
    if (letterHash(await content()) !== seen) throw new Conflict('surat.error.changed_since_read');
    return { approvedBy: actor.userId, approvedAt: deps.clock.now(), approvedSha256: seen };
  });

/** Takes it back to be written on; an approval falls. @throws Conflict when it is open already, or issued */
export const reopenLetter = (deps: LetterDeps, actor: OfficeActor, ids: LetterIds): Promise<void> =>
  move(deps, actor, ids, 'reopen', async () => ({
    ...{ approvedBy: null, approvedAt: null, approvedSha256: null },
    ...{ submittedBy: null, submittedAt: null },
  }));

/**
 * The form that makes a letter of each one's own into one that serves all: its addressee and its annex are the usual
 * ones of such a letter. Saved like any other by `changeLetter`, which refuses what only a letter of an LKS's own can say.
 */
export async function formToAll(deps: LetterDeps, actor: OfficeActor, ids: LetterIds): Promise<LetterForm> {
  const { letter } = await readLetter(deps, actor, ids);
  const { version, classification, subject, opening, closing, notes, copies, signatoryId } = letter;
  const mode = 'list';
  return {
    ...{ version, mode, classification, subject, opening, closing, notes, copies, signatoryId },
    attachment: defaultAttachment(mode),
    addressee: defaultAddressee(mode),
  };
}

/**
 * Issues the letter: everything that it says is frozen, and from now on it goes out with invitations and stands on the
 * pages of the institutions. A signed copy of something else than it says by now is taken off, and nothing issued: who
 * issues must know whether a signed one goes out.
 * @throws InvalidInput at `issuance` while something is missing or no number is given, and when a signed copy was taken
 * off; Conflict when the leader has not approved it though the office wants that, or it says something else than what was
 * approved
 */
export async function issueLetter(deps: LetterDeps, actor: OfficeActor, ids: LetterIds): Promise<void> {
  if (await dropStaleSigned(deps, actor, ids)) throw InvalidInput.at('issuance', 'surat.error.signed_stale');
  await move(deps, actor, ids, 'issue_any', async (tx, letter, compose) => {
    const content = await compose();
    mustBeWhole(content, 'issuance');
    if (letter.number === null || letter.letterDate === null)
      throw InvalidInput.at('issuance', 'surat.error.no_number');
    if (letter.approvedSha256 && letter.approvedSha256 !== letterHash(content))
      throw new Conflict('surat.error.changed_since_approved');
    if (isSignedStale(letter, content)) throw new Conflict('surat.error.gone');
    const { logoFileId } = await findOwnOffice(tx, actor);
    return { content, logoFileId, issuedBy: actor.userId, issuedAt: deps.clock.now() };
  });
}

/** Throws away a letter that is being written. @throws Conflict when it is closed, or bears a number */
export async function discardLetter(
  { db, files }: LetterDeps,
  actor: OfficeActor,
  ids: LetterIds,
): Promise<void> {
  const signed = await inTransaction(db, async (tx) => {
    const { letter } = await openLetter(tx, actor, ids);
    mustBeOpen(letter);
    if (letter.number !== null) throw new Conflict('surat.error.has_number');
    const content = await signedContentOf(tx, letter);
    await tx.delete(InvitationLetter, { id: letter.id });
    await recordLetter(tx, actor, ids, 'discarded');
    return content;
  });
  if (signed) await dropUnusedFile(db, files, signed);
}

/** A letter as it stands: frozen when it was issued, composed anew before. @throws NotFound as findEventFor does */
export async function readLetter(
  { db, clock }: LetterDeps,
  actor: OfficeActor,
  { eventId, letterId }: LetterIds,
): Promise<{ letter: NumberedLetter; content: LetterContent }> {
  const event = await findEventFor(db.manager, actor, eventId);
  const letter = await findLetter(db.manager, eventId, letterId);
  const content = letter.content ?? (await composeLetter(db.manager, actor, event, letter, clock.now()));
  return { letter, content };
}
