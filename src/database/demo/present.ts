import type { OfficeActor } from '../../features/accounts/permissions.js';
import { attend, welcomeWalkIn } from './attending.js';
import { cancelEvent } from '../../features/events/publication.service.js';
import { addDays, localParts } from '../../i18n/zones.js';
import { comingTuesday } from './coming.js';
import { answers, choose, institutionIds, letTimePass, publishAndSend, sendQueued } from './inviting.js';
import { planEvent, type Plan } from './planning.js';
import type { Stage } from './stage.js';

const hour = 60 * 60_000;

const kalsel = 'Dinas Sosial Provinsi Kalimantan Selatan';

/** Under way today: it began yesterday and ends tomorrow. */
const running = (yesterday: string, answerBy: string): Plan => ({
  event: {
    kind: 'other',
    kindLabel: 'Pendampingan',
    title: 'Pendampingan Pemenuhan Standar LKS Wilayah Banua Anam',
    firstDay: yesterday,
    from: '08:30',
    to: '15:30',
    days: 3,
    venueName: 'Aula Kantor Kecamatan Barabai',
  },
  venueAddress: 'Barabai, Kabupaten Hulu Sungai Tengah',
  subject: 'Pemenuhan standar dan kelengkapan berkas LKS',
  answerBy,
  speakers: [
    { role: 'facilitator', position: 'Penyuluh Sosial', origin: kalsel },
    { role: 'speaker', position: 'Pekerja Sosial', origin: kalsel },
  ],
  agenda: [
    { from: '08:30', to: '12:00', title: 'Memeriksa berkas bersama', speaker: 0 },
    { day: 1, from: '08:30', to: '12:00', title: 'Melengkapi profil dan program kerja', speaker: 1 },
    { day: 2, from: '08:30', to: '12:00', title: 'Rencana tindak lanjut tiap LKS', speaker: 0 },
  ],
  seats: { seats: 24, perInstitution: 1, dimension: 'none' },
});

const cancelled = (firstDay: string, answerBy: string): Plan => ({
  event: {
    kind: 'rakor',
    title: 'Rapat Koordinasi LKS Lanjut Usia dan Disabilitas',
    firstDay,
    from: '09:00',
    to: '12:00',
    days: 1,
    venueName: 'Aula Dinas Sosial Provinsi Kalimantan Selatan',
  },
  subject: 'Penyelarasan layanan lanjut usia dan penyandang disabilitas',
  answerBy,
  speakers: [{ role: 'chair', position: 'Kepala Bidang Rehabilitasi Sosial', origin: kalsel }],
  agenda: [{ from: '09:00', to: '12:00', title: 'Pembahasan', speaker: 0 }],
  seats: { seats: 15, perInstitution: 1 },
});

/** As it stands on the first day of planning: no place, no deadline, no seats yet. */
const draft = (firstDay: string): Plan => ({
  event: {
    kind: 'content_training',
    title: 'Pelatihan Konten Kreator bagi Pengurus LKS',
    firstDay,
    from: '08:30',
    to: '15:00',
    days: 2,
    venueName: '',
  },
  subject: 'Menceritakan kegiatan LKS di media sosial tanpa melanggar privasi anak',
  speakers: [{ role: 'speaker', position: 'Praktisi media sosial', origin: 'Narasumber luar' }],
  agenda: [{ from: '09:00', to: '12:00', title: 'Cerita yang aman bagi anak', speaker: 0 }],
  seats: { seats: 0, perInstitution: 1 },
});

const mainServices = `i.id IN (SELECT institution_id FROM institution_service
  WHERE service_type IN ('lanjut_usia', 'disabilitas') AND position = 1)`;

const banuaAnam = `i.region_code IN ('63.05', '63.06', '63.07', '63.08', '63.09', '63.11')`;

/** Gives the office's list one event of every other state. */
export async function playPresent(stage: Stage, actor: OfficeActor): Promise<void> {
  const { clock, deps, dice } = stage;
  const { zone } = actor.office;
  const day = (days: number) => addDays(localParts(stage.today, zone).date, days);
  const daysAgo = (days: number) => new Date(stage.today.getTime() - days * 24 * hour);

  clock.moveTo(daysAgo(16));
  const nowRunning = await planEvent(stage, actor, running(day(-1), day(-3)));
  const reception = { stage, actor, eventId: nowRunning };
  await choose(reception, await institutionIds(stage, actor, banuaAnam));
  for (const { id } of dice.shuffled(await publishAndSend(reception)).slice(0, 26)) {
    clock.pass(dice.between(20, 300), zone);
    await answers(reception, id, { seats: 1 });
  }

  clock.moveTo(daysAgo(9));
  const called = await planEvent(stage, actor, cancelled(comingTuesday(stage.today, zone, 12), day(8)));
  const calledOff = { stage, actor, eventId: called };
  await choose(calledOff, await institutionIds(stage, actor, mainServices));
  await publishAndSend(calledOff);
  clock.moveTo(daysAgo(5));
  await cancelEvent(deps, actor, called, 'Digabung dengan bimbingan teknis lanjutan');
  await sendQueued(calledOff);

  clock.moveTo(daysAgo(2));
  await planEvent(stage, actor, draft(comingTuesday(stage.today, zone, 56)));
  await letTimePass(stage, stage.today);
  await attend(reception, { late: 2, excused: 1, away: 1 }, stage.today);
  const [uninvited] = await institutionIds(stage, actor, `i.region_code = '63.71'`);
  if (uninvited) await welcomeWalkIn(reception, uninvited, stage.today);
  clock.moveTo(stage.today);
  await sendQueued(reception);
}
