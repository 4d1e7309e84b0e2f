import type { OfficeActor } from '../../features/accounts/permissions.js';
import { addDays, localParts, weekdayOf } from '../../i18n/zones.js';
import { noteCall } from '../../features/invitations/calls.js';
import type { CallOutcome } from '../../features/invitations/phone-call.entity.js';
import { answers, choose, institutionIds, publishAndSend, type Invited, type Reception } from './inviting.js';
import { sharedSeats } from './kalsel-2022.js';
import { sendLetter } from './letters.js';
import type { StagedOffice } from './offices.js';
import { planEvent, type Plan } from './planning.js';
import type { Stage } from './stage.js';

const invitedCount = 90;
/** Links that nobody has passed on yet. */
const unsent = 12;

/** The first Tuesday that is so many days ahead or later: offices invite for working days. */
export function comingTuesday(today: Date, zone: string, days: number): string {
  const date = addDays(localParts(today, zone).date, days);
  return addDays(date, (8 - weekdayOf(date)) % 7);
}

const plan = (firstDay: string, answerBy: string, strata: { key: string; seats: number }[]): Plan => ({
  event: {
    kind: 'bimtek',
    title: 'Bimbingan Teknis Lanjutan: Manajemen Kasus dan Akreditasi LKS',
    firstDay,
    from: '08:30',
    to: '16:00',
    days: 2,
    venueName: 'Aula Dinas Sosial Provinsi Kalimantan Selatan',
  },
  subject: 'Manajemen kasus dan persiapan akreditasi bagi LKS yang belum terjangkau pada 2022',
  notes: 'Mohon membawa stempel lembaga. Makan siang disediakan.',
  venueAddress: 'Jalan Contoh Nomor 1, Banjarmasin',
  answerBy,
  recordCheck: true,
  speakers: [
    { role: 'opening', position: 'Kepala Dinas Sosial', origin: 'Dinas Sosial Provinsi Kalimantan Selatan' },
    {
      role: 'speaker',
      position: 'Penyuluh Sosial Madya',
      origin: 'Dinas Sosial Provinsi Kalimantan Selatan',
    },
    { role: 'speaker', position: 'Asesor akreditasi LKS', origin: 'Narasumber luar' },
    { role: 'moderator', position: 'Pekerja Sosial', origin: 'Dinas Sosial Provinsi Kalimantan Selatan' },
  ],
  agenda: [
    { from: '08:30', to: '09:00', title: 'Pendaftaran peserta', by: 'Panitia' },
    { from: '09:00', to: '09:30', title: 'Pembukaan', speaker: 0 },
    { from: '09:30', to: '12:00', title: 'Manajemen kasus di dalam dan di luar panti', speaker: 1 },
    { from: '13:00', to: '16:00', title: 'Diskusi kelompok', speaker: 3 },
    { day: 1, from: '08:30', to: '12:00', title: 'Enam standar akreditasi dan buktinya', speaker: 2 },
    { day: 1, from: '13:00', to: '15:30', title: 'Menyusun rencana menuju akreditasi', speaker: 2 },
    { day: 1, from: '15:30', to: '16:00', title: 'Penutupan', by: 'Panitia' },
  ],
  seats: {
    seats: 40,
    perInstitution: 2,
    dimension: 'service',
    strata,
    reserved: { speaker: 3, committee: 4, press: 0 },
  },
});

/** Those without a seat in 2022, the rarer services first. */
const notReached = `NOT EXISTS (SELECT 1 FROM invitation v WHERE v.institution_id = i.id AND v.state = 'accepted')`;

async function sizesOf({ tx }: Stage, ids: number[]): Promise<{ key: string; size: number }[]> {
  return tx.query(
    `SELECT s.service_type AS key, count(*)::int AS size FROM institution_service s
     WHERE s.institution_id = ANY ($1) AND s.position = 1 GROUP BY 1 ORDER BY 2 DESC, 1`,
    [ids],
  );
}

async function chooseUnreached(stage: Stage, actor: OfficeActor): Promise<number[]> {
  const rare = `i.id NOT IN (SELECT institution_id FROM institution_service WHERE service_type = 'anak' AND position = 1)`;
  const first = await institutionIds(stage, actor, `${notReached} AND ${rare}`);
  const others = await institutionIds(stage, actor, `${notReached} AND NOT ${rare}`);
  return [...first, ...stage.dice.shuffled(others)].slice(0, invitedCount);
}

/** A few days of answers: some come with one, some with two, some cannot, most have not said anything. */
async function receiveSome(reception: Reception, invited: Invited[]): Promise<void> {
  const { stage, actor } = reception;
  const { clock, dice } = stage;
  const told = dice.shuffled(invited.slice(0, invitedCount - unsent));
  const rare = told.filter(({ service }) => service === 'disabilitas');
  const others = told.filter(({ service }) => service !== 'disabilitas');
  // Of these more want to come than there are seats: somebody waits.
  const coming = dice.shuffled([...rare.slice(0, 4), ...others.slice(0, 10)]);
  const answering = [...coming, ...others.slice(10, 22)];
  for (const [index, { id }] of answering.entries()) {
    clock.pass(dice.between(5, 110), actor.office.zone);
    if (index < 14) await answers(reception, id, { seats: index % 5 < 3 ? 1 : 2, shortage: 'take_rest' });
    else await answers(reception, id, index < 19 ? 'decline' : 'look');
  }
  await askByPhone(
    reception,
    others.slice(22, 22 + calls.length).map(({ id }) => id),
  );
}

const calls: [outcome: CallOutcome, text: string][] = [
  ['will_answer', 'Menunggu rapat pengurus, akan menjawab besok.'],
  ['no_answer', ''],
  ['wrong_number', 'Yang mengangkat bukan pengurus LKS.'],
];

/** Of those who say nothing, some are asked. */
async function askByPhone({ stage, actor, eventId }: Reception, ids: number[]): Promise<void> {
  for (const [index, [outcome, text]] of calls.entries()) {
    stage.clock.pass(9, actor.office.zone);
    await noteCall(stage.deps, actor, { eventId, invitationId: ids[index] ?? 0 }, { outcome, text });
  }
}

/** A few institutions read e-mail: what they are told stands in Kotak keluar, since the demo has no mail server. */
async function giveAddresses({ tx }: Stage, ids: number[]): Promise<void> {
  const some = ids.filter((_, index) => index % 6 === 1);
  await tx.query(`UPDATE institution SET email = 'lks' || id || '@contoh.example' WHERE id = ANY ($1)`, [
    some,
  ]);
}

/** The training that is coming up, its invitations out for four days. @returns its id */
export async function playComing(stage: Stage, office: StagedOffice): Promise<number> {
  const { actor } = office;
  const { zone } = actor.office;
  const day = 24 * 60 * 60_000;
  stage.clock.moveTo(new Date(stage.today.getTime() - 6 * day));
  const ids = await chooseUnreached(stage, actor);
  const strata = sharedSeats(await sizesOf(stage, ids), 40, 2);
  const answerBy = addDays(localParts(stage.today, zone).date, 10);
  const eventId = await planEvent(stage, actor, plan(comingTuesday(stage.today, zone, 20), answerBy, strata));
  const reception = { stage, actor, eventId };
  await choose(reception, ids);
  await giveAddresses(stage, ids);
  stage.clock.moveTo(new Date(stage.today.getTime() - 5 * day));
  await sendLetter(stage, office, { eventId, serial: 114 });
  stage.clock.moveTo(new Date(stage.today.getTime() - 4.5 * day));
  await receiveSome(reception, await publishAndSend(reception, unsent));
  return eventId;
}
