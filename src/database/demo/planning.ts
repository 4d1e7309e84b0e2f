import { changeAgenda, changeSpeakers } from '../../features/events/agenda.service.js';
import { createEvent } from '../../features/events/creation.service.js';
import { findEventFor } from '../../features/events/events.service.js';
import { agendaSchema, placeSchema, type NewEvent } from '../../features/events/events.schema.js';
import { readPlan } from '../../features/events/plan.repository.js';
import { changeDeadlines, changeFacts, changePlace } from '../../features/events/plan.service.js';
import { promoteAfterSeatsChanged } from '../../features/invitations/invitations.service.js';
import type { Dimension } from '../../features/quotas/event-quota.entity.js';
import { saveQuota } from '../../features/quotas/quotas.service.js';
import type { OfficeActor } from '../../features/accounts/permissions.js';
import type { speakerRoles } from '../../features/events/event-words.js';
import { readForm } from '../../web/form.js';
import { inventPerson } from './people.js';
import type { Stage } from './stage.js';

export interface PlannedSpeaker {
  role: (typeof speakerRoles)[number];
  position: string;
  origin: string;
}

export interface PlannedItem {
  /** First day is 0. */
  day?: number;
  from: string;
  to: string;
  title: string;
  /** Place in the list of speakers. */
  speaker?: number;
  /** Where nobody in the list does it. */
  by?: string;
}

/** An event as an organizer would write it down. */
export interface Plan {
  event: Omit<NewEvent, 'kindLabel'> & { kindLabel?: string };
  subject: string;
  notes?: string;
  partner?: string;
  series?: string;
  venueAddress?: string;
  /** Name of an LKS that hosts it. */
  host?: string;
  speakers: PlannedSpeaker[];
  agenda: PlannedItem[];
  answerBy?: string;
  /** Institutions look through their own record when they answer. */
  recordCheck?: boolean;
  seats: {
    seats: number;
    perInstitution: number;
    dimension?: Dimension;
    strata?: { key: string; seats: number }[];
    reserved?: { speaker: number; committee: number; press: number };
  };
}

const versionOf = async ({ tx }: Stage, actor: OfficeActor, id: number) =>
  (await findEventFor(tx, actor, id)).version;

async function fillFacts(stage: Stage, actor: OfficeActor, id: number, plan: Plan): Promise<void> {
  const { deps } = stage;
  const { event, subject, notes = '', partner = '', series = '' } = plan;
  const { kind, title, kindLabel = '' } = event;
  const version = () => versionOf(stage, actor, id);
  const facts = { kind, kindLabel, title, subject, notes, partner, series };
  await changeFacts(deps, actor, id, { ...facts, version: await version() });
  const place = {
    version: await version(),
    venueInstitution: plan.host,
    venueName: event.venueName,
    venueAddress: plan.venueAddress,
  };
  await changePlace(deps, actor, id, readForm(placeSchema, place));
  await changeDeadlines(deps, actor, id, {
    version: await version(),
    answerByDate: plan.answerBy ?? null,
    answerByTime: null,
    namesUntilDate: null,
    namesUntilTime: null,
    recordCheck: plan.recordCheck ?? false,
  });
}

async function fillAgenda(stage: Stage, actor: OfficeActor, id: number, plan: Plan): Promise<void> {
  const { deps, dice, tx } = stage;
  const speakers = plan.speakers.map((speaker) => {
    const { sex: _sex, ...name } = inventPerson(dice);
    return { ...speaker, ...name, id: null };
  });
  const version = await versionOf(stage, actor, id);
  await changeSpeakers(deps, actor, id, {
    version,
    rows: Object.fromEntries(speakers.entries()),
    removed: [],
  });
  const { sessions, speakers: known } = await readPlan(tx, id);
  const rows = plan.agenda.map(({ day = 0, from, to, title, speaker, by }) => ({
    sessionId: sessions[day]?.id,
    speakerId: speaker === undefined ? '' : known[speaker]?.id,
    speakerRole: by,
    ...{ from, to, title },
  }));
  await changeAgenda(
    deps,
    actor,
    id,
    readForm(agendaSchema, { version: version + 1, rows: Object.fromEntries(rows.entries()), removed: [] }),
  );
}

async function fillSeats(
  { tx, deps, clock }: Stage,
  actor: OfficeActor,
  id: number,
  { seats }: Plan,
): Promise<void> {
  const [quota] = (await tx.query('SELECT version FROM event_quota WHERE event_id = $1', [id])) as [
    { version: number },
  ];
  const wanted = {
    seats: seats.seats,
    seatsPerInstitution: seats.perInstitution,
    dimension: seats.dimension ?? 'none',
    capPerRegion: null,
    capPerType: null,
    offerHours: 48,
    strata: (seats.strata ?? []).map((stratum) => ({ ...stratum, limit: null })),
    reserved: seats.reserved ?? { speaker: 0, committee: 0, press: 0 },
    version: quota.version,
  };
  await saveQuota(deps, actor, id, wanted, promoteAfterSeatsChanged(clock, actor));
}

/** Plans an event through the same verbs as the pages. @returns its id, still a draft */
export async function planEvent(stage: Stage, actor: OfficeActor, plan: Plan): Promise<number> {
  const id = await createEvent(stage.deps, actor, { kindLabel: '', ...plan.event });
  await fillFacts(stage, actor, id, plan);
  await fillAgenda(stage, actor, id, plan);
  if (plan.seats.seats > 0) await fillSeats(stage, actor, id, plan);
  return id;
}
