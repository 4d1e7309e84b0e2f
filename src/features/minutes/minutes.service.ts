import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { Conflict } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { findEventFor, readPlan, type AgendaRow } from '../events/events.service.js';
import { findMinutes } from './access.js';
import { blocksOf, type BlockRow } from './blocks.repository.js';
import type { MinutesDeps } from './blocks.service.js';
import { composeMinutes } from './compose.js';
import type { MinutesContent } from './content.js';
import { editionOf, notePaper, takeEditionPdf } from './editions.service.js';
import { printMinutes } from './minutes.documents.js';
import { isOpen } from './minutes.machine.js';
import type { Minutes } from './minutes.entity.js';
import { institutionsOf, type ListedInstitution } from './minutes.repository.js';

export { hasPublishedMinutes, publishedPaper } from './editions.service.js';

/** Part of the editor: the opening, an item of the agenda, or what belongs to none. */
/** A line, and where it is an issue what stands below it. */
type LineWithResponses = BlockRow & { responses: BlockRow[] };

export interface Section {
  key: string;
  agendaItemId: number | null;
  title: string;
  lines: LineWithResponses[];
}

/** Minutes as somebody writes or reads them. */
export interface Work {
  minutes: Minutes;
  /** What they show: the frozen edition once it is approved, the present lines before. */
  content: MinutesContent;
  /** SHA-256 of the frozen edition. */
  sha256: string | undefined;
  sections: Section[];
  removed: LineWithResponses[];
  institutions: ListedInstitution[];
  /** Names to choose from while typing. */
  people: string[];
}

function sectionsOf(blocks: BlockRow[], agenda: AgendaRow[]): Section[] {
  const kept = blocks.filter(({ removedAt }) => removedAt === null);
  const below = Map.groupBy(kept, ({ parentId }) => parentId);
  const lines = (below.get(null) ?? []).map((block) => ({ ...block, responses: below.get(block.id) ?? [] }));
  const opening = lines.filter(({ kind }) => kind === 'opening');
  const others = lines.filter(({ kind }) => kind !== 'opening');
  const of = (id: number | null) => others.filter(({ agendaItemId }) => agendaItemId === id);
  return [
    { key: 'opening', agendaItemId: null, title: '', lines: opening },
    ...agenda.map(({ id, title }) => ({ key: String(id), agendaItemId: id, title, lines: of(id) })),
    { key: 'other', agendaItemId: null, title: '', lines: of(null) },
  ];
}

/** Lines that were taken out. With an issue go its responses: they come back with it, and are told below it. */
function removedOf(blocks: BlockRow[]): LineWithResponses[] {
  const gone = blocks.filter(({ removedAt }) => removedAt !== null);
  const below = Map.groupBy(blocks, ({ parentId }) => parentId);
  return gone
    .filter(({ parentId }) => !gone.some(({ id }) => id === parentId))
    .map((line) => ({ ...line, responses: below.get(line.id) ?? [] }));
}

const namesIn = ({ participants, agenda, head }: MinutesContent): string[] =>
  [
    ...new Set([
      head.chairName,
      ...agenda.map(({ speaker }) => speaker),
      ...participants.list.map(({ name }) => name),
    ]),
  ].filter(Boolean);

/**
 * The minutes of an event with everything their page shows; undefined while nobody has begun.
 * @throws NotFound for an event of another office
 */
export async function workIn(tx: Tx, actor: OfficeActor, eventId: number): Promise<Work | undefined> {
  const event = await findEventFor(tx, actor, eventId);
  const minutes = await findMinutes(tx, actor, eventId);
  if (!minutes) return undefined;
  const isFrozen = minutes.state === 'approved' || minutes.state === 'published';
  const frozen = isFrozen ? await editionOf(tx, actor, eventId) : undefined;
  const content = frozen?.content ?? (await composeMinutes(tx, actor, event, minutes));
  const blocks = isOpen(minutes.state) ? await blocksOf(tx, eventId) : [];
  const { agenda } = await readPlan(tx, eventId);
  return {
    minutes,
    content,
    sha256: frozen?.edition.sha256,
    sections: sectionsOf(blocks, agenda),
    removed: removedOf(blocks),
    institutions: await institutionsOf(tx, eventId),
    people: namesIn(content),
  };
}

/** The same outside of a transaction, for a page. */
export const workOn = ({ db }: MinutesDeps, actor: OfficeActor, eventId: number): Promise<Work | undefined> =>
  workIn(db.manager, actor, eventId);

/**
 * The paper for a person of the office: the approved one as it was frozen, or a draft printed now. That they took it
 * is kept, since it names people.
 * @returns a SHA-256 in the store, or the bytes of a draft
 * @throws NotFound for an event of another office; Conflict when nobody has begun to write
 */
export async function takePaper(
  deps: MinutesDeps & Pick<Deps, 'files' | 'config'>,
  actor: OfficeActor,
  eventId: number,
): Promise<Buffer | string> {
  const work = await workOn(deps, actor, eventId);
  if (!work) throw new Conflict('minutes.error.not_begun');
  if (work.sha256 !== undefined) return takeEditionPdf(deps, actor, eventId, work.content.edition);
  await inTransaction(deps.db, (tx) => notePaper(tx, actor, eventId));
  const specimen = deps.config.demo ? 'KONSEP CONTOH' : 'KONSEP';
  return printMinutes(deps.files, work.content, { sha256: undefined, specimen, at: deps.clock.now() });
}
