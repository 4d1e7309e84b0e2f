import { accept, decline } from '../../features/invitations/answering.js';
import { linkAuthor, withBook } from '../../features/invitations/book.js';
import { replaceDelegate } from '../../features/invitations/naming.js';
import { apportion } from '../../features/quotas/apportionment.js';
import { endOfDay, instantOf } from '../../i18n/zones.js';
import { playAfterwards } from './afterwards.js';
import {
  answers,
  choose,
  holdEvent,
  institutionIds,
  letTimePass,
  publishAndSend,
  sendQueued,
  type Invited,
  type Reception,
} from './inviting.js';
import { attend, type Presence } from './attending.js';
import { sendLetter } from './letters.js';
import type { StagedOffice } from './offices.js';
import { populations, type Service } from './registry.data.js';
import { inventPerson, inventPhone } from './people.js';
import { planEvent, type Plan } from './planning.js';
import type { Stage } from './stage.js';

/** LKS of Kalimantan Selatan by main service. */
function sizes(): { key: Service; size: number }[] {
  const keys: Service[] = ['anak', 'lanjut_usia', 'disabilitas', 'napza'];
  const own = populations.filter(({ office }) => office === 'kalsel');
  return keys.map((key) => ({ key, size: own.reduce((sum, { counts }) => sum + (counts[key] ?? 0), 0) }));
}

/** Seats by main service, as rules.md 18 shares them: 26/1/2/1 of 30. */
export function sharedSeats(strata: { key: string; size: number }[], seats: number, minimum: number) {
  return [...apportion(strata, { seats, minimum })].map(([key, share]) => ({ key, seats: share }));
}

const plan = (): Plan => ({
  event: {
    kind: 'bimtek',
    title: 'Bimbingan Teknis Lembaga Kesejahteraan Sosial se-Kalimantan Selatan',
    firstDay: '2022-08-23',
    from: '08:30',
    to: '16:00',
    days: 3,
    venueName: 'Banjarmasin',
  },
  subject: 'Intervensi langsung dan komprehensif bagi pemerlu pelayanan kesejahteraan sosial (PPKS)',
  notes: 'Mohon membawa stempel lembaga dan data klien terbaru.',
  answerBy: '2022-08-12',
  speakers: [
    { role: 'opening', position: 'Kepala Dinas Sosial', origin: 'Dinas Sosial Provinsi Kalimantan Selatan' },
    { role: 'speaker', position: 'Kepala Bidang', origin: 'Dinas Sosial Provinsi Kalimantan Selatan' },
    { role: 'speaker', position: 'Penyuluh Sosial', origin: 'Dinas Sosial Provinsi Kalimantan Selatan' },
    { role: 'moderator', position: 'Pekerja Sosial', origin: 'Dinas Sosial Provinsi Kalimantan Selatan' },
  ],
  agenda: [
    { from: '08:30', to: '10:00', title: 'Pendaftaran peserta', by: 'Panitia' },
    { from: '10:00', to: '12:00', title: 'Penjelasan umum dan pengenalan peserta', speaker: 3 },
    { from: '13:00', to: '16:00', title: 'Kebijakan penyelenggaraan kesejahteraan sosial', speaker: 1 },
    { day: 1, from: '08:30', to: '09:30', title: 'Sambutan Kepala Dinas Sosial', speaker: 0 },
    {
      day: 1,
      from: '09:30',
      to: '12:00',
      title: 'Arahan Kepala Bidang: intervensi langsung bagi PPKS',
      speaker: 1,
    },
    { day: 1, from: '13:00', to: '16:00', title: 'Dasar hukum dan administrasi LKS', speaker: 2 },
    { day: 2, from: '08:30', to: '12:00', title: 'Praktik asesmen dan rencana intervensi', speaker: 2 },
    { day: 2, from: '13:00', to: '16:00', title: 'Rencana tindak lanjut dan penutupan', speaker: 3 },
  ],
  seats: {
    seats: 30,
    perInstitution: 1,
    dimension: 'service',
    strata: sharedSeats(sizes(), 30, 1),
    reserved: { speaker: 3, committee: 4, press: 1 },
  },
});

/** All thirty came, on most days; one or two were late, excused or away on a day. */
const presence: Presence = {
  ...{ late: 2, excused: 1, away: 1, early: 1, speakers: true },
  guests: [{ origin: 'Dinas Sosial Kabupaten Banjar', position: 'Kepala Seksi' }],
};

/** What institutions of a service say until answer-by; all others say nothing. */
const replies: Record<string, { accept: number; decline: number; look: number }> = {
  anak: { accept: 45, decline: 13, look: 11 },
  lanjut_usia: { accept: 2, decline: 0, look: 1 },
  disabilitas: { accept: 4, decline: 2, look: 1 },
  napza: { accept: 2, decline: 1, look: 0 },
};

type Reply = [id: number, says: 'accept' | 'decline' | 'look'];

function repliesOf(stage: Stage, invited: Invited[]): Reply[] {
  const all = Object.entries(replies).flatMap(([service, wanted]) => {
    const ids = stage.dice.shuffled(invited.filter((one) => one.service === service)).map(({ id }) => id);
    const take = (count: number, says: Reply[1]) => ids.splice(0, count).map((id): Reply => [id, says]);
    return [
      ...take(wanted.accept, 'accept'),
      ...take(wanted.decline, 'decline'),
      ...take(wanted.look, 'look'),
    ];
  });
  return stage.dice.shuffled(all);
}

const seated = async ({ stage, eventId }: Reception, service: string): Promise<number[]> => {
  const rows = (await stage.tx.query(
    `SELECT id FROM invitation WHERE event_id = $1 AND state = 'accepted' AND service_key = $2 ORDER BY answered_at, id`,
    [eventId, service],
  )) as { id: number }[];
  return rows.map(({ id }) => id);
};

/** Who had a seat cannot come after all: it goes on to the next who waits. */
const withdraw = (reception: Reception, id: number) =>
  withBook(reception.stage.deps, reception.eventId, linkAuthor, (book) =>
    decline(book, id, 'Berbarengan dengan kegiatan lain'),
  );

/** Answers come in for two weeks; three who had a seat give it back, and the next in line get it at once. */
async function receiveAnswers(reception: Reception, invited: Invited[]): Promise<void> {
  const { stage, actor } = reception;
  const { clock, dice } = stage;
  for (const [id, says] of repliesOf(stage, invited)) {
    clock.pass(dice.between(20, 380), actor.office.zone);
    await answers(reception, id, says === 'accept' ? { seats: 1 } : says);
  }
  for (const [service, count] of [
    ['anak', 2],
    ['disabilitas', 1],
  ] as const)
    for (const id of (await seated(reception, service)).slice(0, count)) {
      clock.pass(90, actor.office.zone);
      await withdraw(reception, id);
    }
  await sendQueued(reception);
}

const offered = async ({ stage, eventId }: Reception): Promise<number> => {
  const [row] = (await stage.tx.query(`SELECT id FROM invitation WHERE event_id = $1 AND state = 'offered'`, [
    eventId,
  ])) as [{ id: number }];
  return row.id;
};

/**
 * After answer-by a seat that is given back is offered with a time: the first in line lets it lapse, the second
 * takes it.
 */
async function passOneOn(reception: Reception): Promise<void> {
  const { stage, actor, eventId } = reception;
  const at = (date: string, time: string) => instantOf(date, time, actor.office.zone);
  await letTimePass(stage, new Date(endOfDay('2022-08-12', actor.office.zone).getTime() + 60_000));
  stage.clock.moveTo(at('2022-08-15', '09:10'));
  const [, , one = 0] = await seated(reception, 'anak');
  await withdraw(reception, one);
  await sendQueued(reception);
  await letTimePass(stage, at('2022-08-17', '09:11'));
  await sendQueued(reception);
  stage.clock.moveTo(at('2022-08-17', '19:40'));
  const next = await offered(reception);
  await withBook(stage.deps, eventId, linkAuthor, (book) => accept(book, next, 1));
}

/** Two institutions send somebody else than the one first named. */
async function replaceTwo(reception: Reception): Promise<void> {
  const { stage, eventId } = reception;
  stage.clock.moveTo(instantOf('2022-08-19', '14:20', reception.actor.office.zone));
  const rows = (await stage.tx.query(
    `SELECT id, invitation_id AS "invitationId" FROM delegate
     WHERE event_id = $1 AND state = 'active' AND name <> '' ORDER BY id LIMIT 2`,
    [eventId],
  )) as { id: number; invitationId: number }[];
  for (const { id, invitationId } of rows) {
    const contact = { position: 'Bendahara', phone: inventPhone(5000 + id), email: null, needs: '' };
    const person = { ...inventPerson(stage.dice), ...contact };
    await withBook(stage.deps, eventId, linkAuthor, (book) =>
      replaceDelegate(book, invitationId, id, person),
    );
  }
}

/** The training of August 2022: 135 invited, thirty seats, and how they were filled. @returns its id */
export async function playKalsel2022(stage: Stage, office: StagedOffice): Promise<number> {
  const { actor, leader } = office;
  stage.clock.moveTo(instantOf('2022-07-18', '09:00', actor.office.zone));
  const eventId = await planEvent(stage, actor, plan());
  const reception = { stage, actor, eventId };
  await choose(reception, await institutionIds(stage, actor));
  stage.clock.moveTo(instantOf('2022-07-21', '09:30', actor.office.zone));
  await sendLetter(stage, office, { eventId, serial: 587 });
  stage.clock.moveTo(instantOf('2022-07-25', '08:15', actor.office.zone));
  await receiveAnswers(reception, await publishAndSend(reception));
  await passOneOn(reception);
  await replaceTwo(reception);
  await holdEvent(reception, (until) => attend(reception, presence, until));
  await playAfterwards(reception, leader, { office: 'kalsel', firstDay: '2022-08-23' });
  return eventId;
}
