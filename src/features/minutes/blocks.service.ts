import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { Conflict, InvalidInput, NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { findMinutes, mustBeOpen, openForPlacing, openForWriting } from './access.js';
import { findEventFor } from '../events/events.service.js';
import {
  blockBy,
  blocksOf,
  changeBlock,
  hasAgendaItem,
  insertBlock,
  placeAfter,
  versionsOf,
  writeBlock,
  type BlockRow,
  type BlockVersionRow,
  type BlockWords,
} from './blocks.repository.js';
import { followIssue, isTakenUp, openIssue } from './issues.repository.js';
import { institutionTyped } from './minutes.repository.js';
import { missingNow } from './missing.js';
import type { TypedBlock } from './minutes.schema.js';
import type { ChangeableKind } from './minutes.words.js';

export type MinutesDeps = Pick<Deps, 'db' | 'clock'>;

/** Somebody else has written the line meanwhile: both texts are kept, and the person chooses. */
export class BlockTaken extends Conflict {
  constructor(readonly current: BlockRow) {
    super('minutes.error.taken');
  }
}

/** Somebody else has taken out the issue that a response answers; it can be put back with the response. */
export class IssueRemoved extends Conflict {
  constructor(readonly issue: BlockRow) {
    super('minutes.error.issue_removed');
  }
}

export interface SavedBlock {
  id: number;
  version: number;
  at: Date;
}

/** What was typed as LKS is one of the event's, or stands as it is. */
async function wordsOf(tx: Tx, eventId: number, typed: TypedBlock): Promise<BlockWords> {
  const institutionId = await institutionTyped(tx, eventId, typed.origin);
  const { text, person } = typed;
  return { text, person, institutionId, origin: institutionId === null ? typed.origin : '' };
}

const note = (tx: Tx, actor: OfficeActor, eventId: number, action: string, fields: string[] = []) =>
  recordAudit(tx, byActor(actor), { action, subject: ['minutes', eventId], fields });

/**
 * Saves a line that somebody types, every few seconds. Sent twice it is saved once. The log tells once an hour who
 * writes; who wrote what, and when, is in the versions of the line.
 * @throws BlockTaken when the line is no longer as the writer saw it; IssueRemoved when it answers one that was taken
 *   out, unless it brings it back; Conflict when the minutes are closed; NotFound for an event of another office; InvalidInput for an agenda item or issue of another event
 */
export function saveBlock(
  { db, clock }: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  typed: TypedBlock,
): Promise<SavedBlock> {
  return inTransaction(db, async (tx) => {
    const at = clock.now();
    const words = await wordsOf(tx, eventId, typed);
    if (typed.withIssue) await putIssueBack(tx, actor, eventId, typed.parent, at);
    const added = typed.version === 0 && (await addBlock(tx, actor, eventId, typed, words, at));
    if (added) return { id: added, version: 1, at };
    const { clientId, version } = typed;
    const key = { eventId, officeId: actor.office.id, userId: actor.userId, clientId, version, at };
    const written = await writeBlock(tx, key, words);
    if (!written) return confirmOrRefuse(tx, actor, eventId, typed);
    if (written.parentId !== null) await followIssue(tx, written.parentId);
    if (written.isFresh) await note(tx, actor, eventId, 'minutes.written');
    return { id: written.id, version: written.version, at };
  });
}

/** @returns its id, or undefined when it is there already */
async function addBlock(
  tx: Tx,
  actor: OfficeActor,
  eventId: number,
  typed: TypedBlock,
  words: BlockWords,
  at: Date,
): Promise<number | undefined> {
  await openForPlacing(tx, actor, eventId);
  const { clientId, kind } = typed;
  const parent = kind === 'response' ? await parentOf(tx, eventId, typed.parent) : undefined;
  const agendaItemId = parent ? parent.agendaItemId : typed.agendaItemId;
  if (agendaItemId !== null && !(await hasAgendaItem(tx, eventId, agendaItemId)))
    throw InvalidInput.at('agendaItemId', 'error.choose');
  const before = typed.after === null ? undefined : await blockBy(tx, eventId, { clientId: typed.after });
  const position = await placeAfter(tx, eventId, before?.position);
  const place = { eventId, clientId, kind, agendaItemId, parentId: parent?.id ?? null, position };
  const id = await insertBlock(tx, { ...place, ...words, userId: actor.userId, at });
  if (id === undefined) return undefined;
  if (kind === 'issue') await openIssue(tx, actor.office.id, eventId, id, at);
  if (parent) await followIssue(tx, parent.id);
  await note(tx, actor, eventId, 'minutes.line_added');
  return id;
}

async function parentOf(tx: Tx, eventId: number, clientId: string | null): Promise<BlockRow> {
  const parent = clientId === null ? undefined : await blockBy(tx, eventId, { clientId });
  if (parent?.kind !== 'issue') throw InvalidInput.at('parent', 'minutes.error.issue_gone');
  if (parent.removedAt) throw new IssueRemoved(parent);
  return parent;
}

/** Whoever answers an issue that somebody took out meanwhile may put it back with the answer. */
async function putIssueBack(
  tx: Tx,
  actor: OfficeActor,
  eventId: number,
  clientId: string | null,
  at: Date,
): Promise<void> {
  // The stronger lock first, which the response may need: two that raised a shared one would wait for each other.
  await openForPlacing(tx, actor, eventId);
  const issue = clientId === null ? undefined : await blockBy(tx, eventId, { clientId });
  if (!issue?.removedAt) return;
  const key = { id: issue.id, version: issue.version, userId: actor.userId, at };
  if (await changeBlock(tx, eventId, key, { removedAt: null }))
    await note(tx, actor, eventId, 'minutes.line_restored');
}

/** A save that changed nothing: its answer was lost and it came again, or somebody else was faster. */
async function confirmOrRefuse(
  tx: Tx,
  actor: OfficeActor,
  eventId: number,
  typed: TypedBlock,
): Promise<SavedBlock> {
  const minutes = await findMinutes(tx, actor, eventId);
  if (!minutes) throw new Conflict('minutes.error.not_begun');
  mustBeOpen(minutes);
  const current = await blockBy(tx, eventId, { clientId: typed.clientId });
  if (!current) throw new NotFound();
  const isSame = (['text', 'person', 'origin'] as const).every((field) => current[field] === typed[field]);
  if (!isSame || current.removedAt) throw await refusalOf(tx, eventId, current, typed.version);
  return { id: current.id, version: current.version, at: current.updatedAt };
}

/** Why a line was not written: it is another one by now, or the issue that it answers is gone. */
async function refusalOf(tx: Tx, eventId: number, current: BlockRow, seen: number): Promise<Conflict> {
  const { parentId, version } = current;
  const issue =
    parentId !== null && version === seen ? await blockBy(tx, eventId, { id: parentId }) : undefined;
  return issue?.removedAt ? new IssueRemoved(issue) : new BlockTaken(current);
}

/** A line of an event of the actor's office. @throws NotFound */
async function findBlock(tx: Tx, actor: OfficeActor, eventId: number, id: number): Promise<BlockRow> {
  await findMinutes(tx, actor, eventId);
  const block = await blockBy(tx, eventId, { id });
  if (!block) throw new NotFound();
  return block;
}

interface Changing {
  block: BlockRow;
  key: { id: number; version: number; userId: number; at: Date };
}

/** A change of a line beside its text, when it is still as its writer saw it. */
function changeLine(
  { db, clock }: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  line: { id: number; version: number },
  work: (tx: Tx, changing: Changing) => Promise<boolean>,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const block = await findBlock(tx, actor, eventId, line.id);
    await openForWriting(tx, actor, eventId);
    const key = { ...line, userId: actor.userId, at: clock.now() };
    if (!(await work(tx, { block, key }))) throw new BlockTaken(await findBlock(tx, actor, eventId, line.id));
    if (block.parentId !== null) await followIssue(tx, block.parentId);
  });
}

/**
 * Makes a discussion an issue, or a decision, and back.
 * @throws Conflict for a response or an opening, and for an issue that somebody has answered
 */
export const changeKind = (
  deps: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  line: { id: number; version: number },
  kind: ChangeableKind,
): Promise<void> =>
  changeLine(deps, actor, eventId, line, async (tx, { block, key }) => {
    if (block.kind === 'response' || block.kind === 'opening') throw new Conflict('minutes.error.kind_fixed');
    if (block.kind === 'issue' && (await isTakenUp(tx, block.id)))
      throw new Conflict('minutes.error.taken_up');
    if (!(await changeBlock(tx, eventId, key, { kind }))) return false;
    if (kind === 'issue') await openIssue(tx, actor.office.id, eventId, block.id, key.at);
    await note(tx, actor, eventId, 'minutes.line_changed', ['kind']);
    return true;
  });

/** Takes a line out; its history stays, and it can be put back. */
export const removeBlock = (
  deps: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  line: { id: number; version: number },
): Promise<void> =>
  changeLine(deps, actor, eventId, line, async (tx, { key }) => {
    if (!(await changeBlock(tx, eventId, key, { removedAt: key.at }))) return false;
    await note(tx, actor, eventId, 'minutes.line_removed');
    return true;
  });

export const restoreBlock = (
  deps: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  line: { id: number; version: number },
): Promise<void> =>
  changeLine(deps, actor, eventId, line, async (tx, { key }) => {
    if (!(await changeBlock(tx, eventId, key, { removedAt: null }))) return false;
    await note(tx, actor, eventId, 'minutes.line_restored');
    return true;
  });

/** A line with every version of it, the newest first. @throws NotFound */
export async function blockHistory(
  { db }: MinutesDeps,
  actor: OfficeActor,
  eventId: number,
  id: number,
): Promise<{ block: BlockRow; versions: BlockVersionRow[] }> {
  const block = await findBlock(db.manager, actor, eventId, id);
  return { block, versions: await versionsOf(db.manager, id) };
}

/**
 * The lines of an event as they now stand, removed ones too, and what is missing before they can be submitted.
 * @throws NotFound for an event of another office
 */
export async function linesNow({ db }: MinutesDeps, actor: OfficeActor, eventId: number) {
  const event = await findEventFor(db.manager, actor, eventId);
  const minutes = await findMinutes(db.manager, actor, eventId);
  const lines = await blocksOf(db.manager, eventId);
  return { event, lines, missing: missingNow(minutes?.chairName ?? '', lines) };
}
