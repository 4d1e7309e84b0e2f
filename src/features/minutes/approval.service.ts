import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { Conflict, InvalidInput } from '../../errors.js';
import { keepFile } from '../../storage/stored-files.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { findEventFor } from '../events/events.service.js';
import { lockMinutes } from './access.js';
import type { MinutesDeps } from './blocks.service.js';
import { canonicalJson, sha256Of } from './canonical.js';
import { composeMinutes } from './compose.js';
import type { MinutesContent } from './content.js';
import { insertPublication, lastEdition, nameOfUser } from './editions.repository.js';
import { MinutesEdition } from './minutes-edition.entity.js';
import { printMinutes } from './minutes.documents.js';
import { Minutes } from './minutes.entity.js';
import { allows, transitions, type Verb } from './minutes.machine.js';
import { missingForSubmission } from './missing.js';

/** Somebody changed what the minutes show after the leader had opened them. */
export class ChangedSinceRead extends Conflict {
  constructor() {
    super('minutes.error.changed_since_read');
  }
}

/** The hash of what somebody reads before they approve it. */
export const hashOf = (content: MinutesContent): string => sha256Of(canonicalJson(content));

/** Changes the state of minutes that nobody else writes meanwhile: one row of the table of states, one entry. */
function move(
  { db }: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  verb: Verb,
  work: (tx: Tx, minutes: Minutes) => Promise<Partial<Minutes>>,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const minutes = await lockMinutes(tx, actor, eventId, 'for_no_key_update');
    if (!allows(verb, minutes.state)) throw new Conflict(`minutes.error.${verb}`);
    const changes = await work(tx, minutes);
    const { to } = transitions[verb];
    await tx.update(Minutes, eventId, { ...changes, state: to, version: minutes.version + 1 });
    await recordAudit(tx, byActor(actor), {
      action: `minutes.${to === 'draft' ? 'corrected' : to}`,
      subject: ['minutes', eventId],
      fields: ['state'],
      detail: { from: minutes.state, to, edition: changes.edition ?? minutes.edition },
    });
  });
}

/**
 * Hands the minutes to the leader; nobody writes until they come back.
 * @throws InvalidInput at `submission` while something is missing; Conflict when they are not open
 */
export const submitMinutes = (deps: MinutesDeps, actor: OfficeActor, eventId: number): Promise<void> =>
  move(deps, actor, eventId, 'submit', async (tx, minutes) => {
    const event = await findEventFor(tx, actor, eventId);
    const missing = missingForSubmission(await composeMinutes(tx, actor, event, minutes));
    if (missing.length > 0) throw InvalidInput.at('submission', 'minutes.error.incomplete');
    return { submittedBy: actor.userId, submittedAt: deps.clock.now(), returnReason: '' };
  });

/** Gives submitted minutes back to be mended. @throws Conflict when they are not submitted */
export const returnMinutes = (
  deps: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  reason: string,
): Promise<void> => move(deps, actor, eventId, 'return', async () => ({ returnReason: reason }));

/**
 * Approves submitted minutes: everything that they show is frozen as canonical JSON with its SHA-256, chained to the
 * edition before, and printed from exactly that.
 * @param seen hash of what the leader read (`hashOf`): what changed since is not approved unread
 * @throws Conflict when they are not submitted; ChangedSinceRead when they show something else by now
 */
export const approveMinutes = (
  deps: MinutesDeps & Pick<Deps, 'files' | 'config'>,
  actor: OfficeActor,
  eventId: number,
  seen: string,
): Promise<void> =>
  move(deps, actor, eventId, 'approve', async (tx, minutes) => {
    const event = await findEventFor(tx, actor, eventId);
    const at = deps.clock.now();
    const read = await composeMinutes(tx, actor, event, minutes);
    if (hashOf(read) !== seen) throw new ChangedSinceRead();
    const approval = { by: await nameOfUser(tx, actor.userId), at: at.toISOString() };
    const content = canonicalJson({ ...read, approval });
    const sha256 = sha256Of(content);
    // From the frozen text itself, so that the paper can hold nothing else.
    const frozen = JSON.parse(content) as MinutesContent;
    const specimen = deps.config.demo ? 'CONTOH' : undefined;
    const pdf = await printMinutes(deps.files, frozen, { sha256, specimen, at });
    await tx.insert(MinutesEdition, {
      eventId,
      number: minutes.edition,
      content,
      sha256,
      previousSha256: read.previous,
      pdfFileId: await keepFile(tx, deps.files, pdf, 'application/pdf'),
      approvedBy: actor.userId,
      approvedAt: at,
    });
    return {};
  });

/** Lets delegates read the approved edition. @throws Conflict when there is none that waits for it */
export const publishMinutes = (deps: MinutesDeps, actor: OfficeActor, eventId: number): Promise<void> =>
  move(deps, actor, eventId, 'publish', async (tx) => {
    const edition = await lastEdition(tx, eventId);
    if (!edition) throw new Error(`minutes ${eventId} are approved without an edition`);
    await insertPublication(tx, edition.id, actor.userId, deps.clock.now());
    return {};
  });

/**
 * Opens the next edition; the former one stays as it is, and published where it was.
 * @throws Conflict when nothing has been approved yet
 */
export const correctMinutes = (
  deps: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  reason: string,
): Promise<void> =>
  move(deps, actor, eventId, 'correct', async (_tx, { edition }) => ({
    edition: edition + 1,
    correctionReason: reason,
    submittedBy: null,
    submittedAt: null,
  }));
