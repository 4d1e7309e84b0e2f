import type { Tx } from '../../database/data-source.js';
import { personName } from '../../i18n/format.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { actionsOfEvent, evaluationOf, type ActionRow } from '../actions/actions.service.js';
import { attendanceSummary, presentPeople } from '../attendance/attendance.service.js';
import type { Event } from '../events/event.entity.js';
import { readPlan, type Plan } from '../events/events.service.js';
import { photosOf } from '../materials/photos.service.js';
import { findOfficeLogo, findOwnOffice } from '../offices/offices.service.js';
import { blocksOf, type BlockRow } from './blocks.repository.js';
import type { FrozenAction, Line, MinutesContent, Said, Signed } from './content.js';
import { lastEdition, nameOfUser } from './editions.repository.js';
import { handoversOf, indicatorsOf, reviewsOf } from './lists.repository.js';
import type { Minutes } from './minutes.entity.js';

/** A page of them; the album keeps the others. */
const mostPhotos = 12;

const said = ({ text, person, origin }: BlockRow): Said => ({ text, person, origin });

/** Lines that say something, each issue with its responses. */
function linesOf(blocks: BlockRow[]): (Line & { agendaItemId: number | null })[] {
  const kept = blocks.filter(({ text, removedAt }) => text !== '' && removedAt === null);
  const below = Map.groupBy(kept, ({ parentId }) => parentId);
  return (below.get(null) ?? []).map((block) => ({
    ...said(block),
    kind: block.kind,
    agendaItemId: block.agendaItemId,
    responses: (below.get(block.id) ?? []).map(said),
  }));
}

/** By item of the agenda in its order; what lost its item, or never had one, comes last. */
function sectionsOf(
  blocks: BlockRow[],
  plan: Plan,
): Pick<MinutesContent, 'opening' | 'sections' | 'decisions'> {
  const lines = linesOf(blocks);
  const plain = (chosen: typeof lines): Line[] => chosen.map(({ agendaItemId: _, ...line }) => line);
  const discussed = lines.filter(({ kind }) => kind === 'discussion' || kind === 'issue');
  const titles: [number | null, string][] = [
    ...plan.agenda.map(({ id, title }): [number, string] => [id, title]),
    [null, ''],
  ];
  return {
    opening: plain(lines.filter(({ kind }) => kind === 'opening')),
    decisions: plain(lines.filter(({ kind }) => kind === 'decision')),
    sections: titles
      .map(([id, title]) => ({
        title,
        lines: plain(discussed.filter(({ agendaItemId }) => agendaItemId === id)),
      }))
      .filter((section) => section.lines.length > 0),
  };
}

const frozenAction = (action: ActionRow): FrozenAction => {
  const { problem, title, owner, involved, dueOn, word, evidence } = action;
  return { problem, title, owner, involved, dueOn, word, evidence };
};

function agendaOf({ agenda, speakers }: Plan): MinutesContent['agenda'] {
  return agenda.map(({ title, speakerId, speakerRole }) => {
    const speaker = speakers.find(({ id }) => id === speakerId);
    return { title, speaker: speaker ? personName(speaker) : speakerRole };
  });
}

/** Who came, as papers name them: sex and phones stay where they are. */
async function participantsOf(tx: Tx, eventId: number): Promise<MinutesContent['participants']> {
  const { delegates, institutions, guests } = await attendanceSummary(tx, eventId);
  const list = (await presentPeople(tx, eventId)).map((person) => ({
    name: person.name && personName(person),
    position: person.position,
    origin: person.origin,
  }));
  return { delegates, institutions, guests, list };
}

const iso = (at: Date | null) => at?.toISOString() ?? null;

function headOf(minutes: Minutes): MinutesContent['head'] {
  const { letterNumber, letterDate, chairName, chairPosition, secretaryName } = minutes;
  const { recorderName, recorderPosition, participantsNote, heldFrom, heldUntil } = minutes;
  const times = { heldFrom: iso(heldFrom), heldUntil: iso(heldUntil) };
  const signers = { chairName, chairPosition, secretaryName, recorderName, recorderPosition };
  return { letterNumber, letterDate, ...times, ...signers, participantsNote };
}

async function submittedOf(tx: Tx, { state, submittedBy, submittedAt }: Minutes): Promise<Signed | null> {
  if (state !== 'submitted' || !submittedBy || !submittedAt) return null;
  return { by: await nameOfUser(tx, submittedBy), at: submittedAt.toISOString() };
}

/** What the minutes of an event show as they now stand, before anybody has approved them. */
export async function composeMinutes(
  tx: Tx,
  actor: OfficeActor,
  event: Event,
  minutes: Minutes,
): Promise<MinutesContent> {
  const { id, title, subject, partner, zone, firstDay, lastDay } = event;
  const plan = await readPlan(tx, id);
  const office = await findOwnOffice(tx, actor);
  const logo = await findOfficeLogo(tx, actor.office.id);
  const previous = await lastEdition(tx, id);
  const place = [event.venueName || event.onlineUrl, event.venueAddress].filter(Boolean).join(', ');
  return {
    format: 2,
    edition: minutes.edition,
    previous: previous?.sha256 ?? null,
    correction: minutes.correctionReason,
    office: { name: office.name, lines: office.letterheadLines, logo: logo?.sha256 ?? null },
    event: { title, subject, partner, place, zone, firstDay, lastDay },
    head: headOf(minutes),
    participants: await participantsOf(tx, id),
    agenda: agendaOf(plan),
    ...sectionsOf(await blocksOf(tx, id), plan),
    evaluation: (await evaluationOf(tx, id)).map(({ notesHere, ...action }) => ({
      ...frozenAction(action),
      carried: action.carried,
      recorded: notesHere.map(({ text }) => text).filter(Boolean),
    })),
    actions: (await actionsOfEvent(tx, id)).map(frozenAction),
    handovers: (await handoversOf(tx, id)).map(({ institution, document, number, receivedBy }) => ({
      ...{ institution, document, number, receivedBy },
    })),
    reviews: (await reviewsOf(tx, id)).map(({ programme, result, note }) => ({ programme, result, note })),
    indicators: (await indicatorsOf(tx, id)).map(({ name, year, source, total, parts }) => ({
      ...{ name, year, source, total, parts },
    })),
    photos: (await photosOf(tx, id))
      .slice(0, mostPhotos)
      .map(({ thumbnailSha256, caption }) => ({ sha256: thumbnailSha256, caption })),
    submitted: await submittedOf(tx, minutes),
    approval: null,
  };
}
