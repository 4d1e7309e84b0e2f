import { findEventFor } from '../../features/events/events.service.js';
import { publishEvent } from '../../features/events/publication.service.js';
import { decideSelection } from '../../features/selection/decision.service.js';
import { previewSelection } from '../../features/selection/preview.service.js';
import { changeSelection } from '../../features/selection/changes.service.js';
import type { Standing } from '../../features/selection/runs.repository.js';
import { readPlanOf, saveSettings } from '../../features/selection/selection.service.js';
import { addDays, localParts } from '../../i18n/zones.js';
import { comingTuesday } from './coming.js';
import { answers, sendQueued, type Reception } from './inviting.js';
import { planEvent, type Plan } from './planning.js';
import { sendLetter } from './letters.js';
import type { StagedOffice } from './offices.js';
import type { Stage } from './stage.js';

const day = 24 * 60 * 60_000;
const kalsel = 'Dinas Sosial Provinsi Kalimantan Selatan';

const plan = (firstDay: string, answerBy: string): Plan => ({
  event: {
    kind: 'bimtek',
    title: 'Bimbingan Teknis Penyusunan Laporan Lembaga bagi Pengurus LKS',
    firstDay,
    from: '08:30',
    to: '15:30',
    days: 1,
    venueName: 'Aula Dinas Sosial Provinsi Kalimantan Selatan',
  },
  subject: 'Laporan kegiatan dan keuangan lembaga yang dapat dipertanggungjawabkan',
  notes: 'Mohon membawa laporan lembaga tahun lalu.',
  venueAddress: 'Jalan Contoh Nomor 1, Banjarmasin',
  answerBy,
  speakers: [{ role: 'speaker', position: 'Kepala Bidang Pemberdayaan Sosial', origin: kalsel }],
  agenda: [
    { from: '08:30', to: '09:00', title: 'Pembukaan', by: 'Panitia' },
    { from: '09:00', to: '15:00', title: 'Menyusun laporan lembaga', speaker: 0 },
  ],
  seats: { seats: 30, perInstitution: 1 },
});

/** Thirty of all the office's institutions, as the rules choose them, are decided. */
async function decide({ stage, actor, eventId }: Reception, firstWaveOn: string): Promise<number> {
  const { deps, tx } = stage;
  const kept = await readPlanOf(tx, eventId);
  const settings = { ...kept.settings, dimension: 'service' as const, seed: 'BANUA' };
  await saveSettings(deps, actor, eventId, { settings, version: kept.version });
  const event = await findEventFor(tx, actor, eventId);
  const preview = await previewSelection(tx, actor, event, await readPlanOf(tx, eventId), deps.clock.now());
  const seen = preview.result?.fingerprint ?? '';
  return decideSelection(deps, actor, eventId, { seen, firstWaveOn, offerHours: 72 });
}

/** The last of those who were chosen cannot be asked, and a reserve takes the place: with a reason, as it must be. */
async function changeOne({ stage, actor, eventId }: Reception, runId: number): Promise<void> {
  const find = async (state: string, order: string) => {
    const [row] = (await stage.tx.query(
      `SELECT institution_id AS id FROM invitation WHERE event_id = $1 AND state = $2 AND service_key = 'anak'
       ORDER BY ${order} LIMIT 1`,
      [eventId, state],
    )) as [{ id: number }];
    return row.id;
  };
  const change = (institutionId: number, to: Standing, reason: string) =>
    changeSelection(stage.deps, actor, { eventId, runId }, { institutionId, to, reason });
  const reserve = await find('reserve', 'reserve_rank');
  await change(await find('draft', 'id DESC'), 'out', 'Panti sedang direnovasi, pengurus minta tahun depan');
  await change(reserve, 'chosen', 'Mengganti LKS yang dikeluarkan');
}

/** Most of the first wave say yes; those who cannot make room for reserves, who are asked by themselves. */
async function receiveSome(reception: Reception): Promise<void> {
  const { stage, actor, eventId } = reception;
  const rows = (await stage.tx.query(
    `SELECT id FROM invitation WHERE event_id = $1 AND state = 'offered' ORDER BY id`,
    [eventId],
  )) as { id: number }[];
  for (const [index, { id }] of stage.dice.shuffled(rows).slice(0, 21).entries()) {
    stage.clock.pass(stage.dice.between(20, 160), actor.office.zone);
    await answers(reception, id, index % 5 === 4 ? 'decline' : { seats: 1 });
  }
}

/** A training that is filled by selection: decided, changed by hand once, its first wave half answered. */
export async function playSelected(stage: Stage, office: StagedOffice): Promise<void> {
  const { actor } = office;
  const { clock, today } = stage;
  const { zone } = actor.office;
  const inDays = (days: number) => addDays(localParts(today, zone).date, days);
  clock.moveTo(new Date(today.getTime() - 6 * day));
  const eventId = await planEvent(stage, actor, plan(comingTuesday(today, zone, 12), inDays(9)));
  const reception = { stage, actor, eventId };
  await changeOne(reception, await decide(reception, inDays(4)));
  await sendLetter(stage, office, { eventId });
  clock.moveTo(new Date(today.getTime() - 5 * day));
  await publishEvent(stage.deps, actor, eventId);
  await sendQueued(reception);
  await receiveSome(reception);
  await sendQueued(reception);
}
