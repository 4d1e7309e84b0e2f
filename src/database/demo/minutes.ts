import { randomUUID } from 'node:crypto';
import {
  approveMinutes,
  hashOf,
  publishMinutes,
  submitMinutes,
} from '../../features/minutes/approval.service.js';
import { saveBlock } from '../../features/minutes/blocks.service.js';
import { saveHandover, saveIndicator, saveReview } from '../../features/minutes/lists.service.js';
import { institutionsOf } from '../../features/minutes/minutes.repository.js';
import { workIn } from '../../features/minutes/minutes.service.js';
import type { BlockKind } from '../../features/minutes/minutes.words.js';
import { beginMinutes, changeHead } from '../../features/minutes/writing.service.js';
import { headSchema } from '../../features/minutes/minutes.schema.js';
import { readPlan, type Plan } from '../../features/events/events.service.js';
import { personName } from '../../i18n/format.js';
import { localParts } from '../../i18n/zones.js';
import type { OfficeActor } from '../../features/accounts/permissions.js';
import { readForm } from '../../web/form.js';
import type { Reception } from './inviting.js';
import type { ToldLine, ToldMinutes } from './minutes.data.js';
import { marked } from './people.js';

const unsaved = { id: null, clientId: null, version: 0 };

/** A meeting whose plan names no chair is led by its first speaker. */
const chairOf = (speaker: Plan['speakers'][number]) => ({
  chairName: personName(speaker),
  chairPosition: speaker.position,
});

async function fillHead(reception: Reception, told: ToldMinutes): Promise<void> {
  const { stage, actor, eventId } = reception;
  const work = await workIn(stage.tx, actor, eventId);
  if (!work) return;
  const { heldFrom, chairName, chairPosition, recorderName, version } = work.minutes;
  const from = heldFrom && localParts(heldFrom, actor.office.zone);
  const [first] = (await readPlan(stage.tx, eventId)).speakers;
  const chair = chairName || !first ? { chairName, chairPosition } : chairOf(first);
  const head = {
    ...{ version, recorderName, ...chair },
    letterNumber: told.letterNumber,
    letterDate: '',
    fromDate: from?.date,
    fromTime: from?.time,
    untilDate: from?.date,
    untilTime: '12:30',
  };
  await changeHead(stage.deps, actor, eventId, readForm(headSchema, head));
}

async function writeLines({ stage, actor, eventId }: Reception, lines: ToldLine[]): Promise<void> {
  const { deps, tx, clock, dice } = stage;
  const { agenda, speakers } = await readPlan(tx, eventId);
  const institutions = await institutionsOf(tx, eventId);
  const nameOf = (place: number | undefined, other = '') => {
    const speaker = place === undefined ? undefined : speakers[place];
    return speaker ? personName(speaker) : other && marked(other);
  };
  const save = async (kind: BlockKind, line: Omit<ToldLine, 'kind'>, parent: string | null) => {
    const clientId = randomUUID();
    const lks = institutions.find(({ label }) => line.origin && label.startsWith(line.origin));
    const agendaItemId = line.item === undefined ? null : (agenda[line.item]?.id ?? null);
    const words = {
      text: line.text,
      person: nameOf(line.speaker, line.person),
      origin: lks?.label ?? line.origin ?? '',
    };
    clock.pass(dice.between(2, 9), actor.office.zone);
    await saveBlock(deps, actor, eventId, {
      clientId,
      version: 0,
      kind,
      agendaItemId,
      parent,
      after: null,
      ...words,
    });
    return clientId;
  };
  for (const { kind, responses = [], ...line } of lines) {
    const parent = await save(kind, line, null);
    for (const response of responses) await save('response', response, parent);
  }
}

async function fillLists({ stage, actor, eventId }: Reception, told: ToldMinutes): Promise<void> {
  const { deps, tx } = stage;
  const { handovers, reviews = [], indicators = [] } = told;
  const recipients = handovers ? (await institutionsOf(tx, eventId)).slice(0, handovers.count) : [];
  for (const { id } of recipients)
    await saveHandover(deps, actor, eventId, {
      ...unsaved,
      institutionId: id,
      document: handovers?.document ?? '',
      number: '',
      receivedBy: '',
    });
  for (const review of reviews) await saveReview(deps, actor, eventId, { ...unsaved, ...review });
  for (const { parts, ...indicator } of indicators) {
    const rows = Object.fromEntries(parts.entries());
    await saveIndicator(deps, actor, eventId, { ...unsaved, ...indicator, rows });
  }
}

/** Writes the minutes of a past event through the same verbs as the pages, on its last day. */
export async function writeMinutes(reception: Reception, told: ToldMinutes): Promise<void> {
  const { stage, actor, eventId } = reception;
  stage.clock.pass(30, actor.office.zone);
  await beginMinutes(stage.deps, actor, eventId);
  await fillHead(reception, told);
  await writeLines(reception, told.lines);
  await fillLists(reception, told);
}

/** Hands them in, and has them approved and published, as far as they have come. */
export async function finishMinutes(
  { stage, actor, eventId }: Reception,
  leader: OfficeActor,
  until: ToldMinutes['until'],
): Promise<void> {
  const { deps, clock } = stage;
  const { zone } = actor.office;
  if (until === 'draft') return;
  clock.pass(20, zone);
  await submitMinutes(deps, actor, eventId);
  if (until === 'submitted') return;
  clock.pass(18 * 60, zone);
  const work = await workIn(stage.tx, leader, eventId);
  if (work) await approveMinutes(deps, leader, eventId, hashOf(work.content));
  clock.pass(15, zone);
  await publishMinutes(deps, actor, eventId);
}
