import { randomUUID } from 'node:crypto';
import type { OfficeActor } from '../../features/accounts/permissions.js';
import { recordEvaluation } from '../../features/actions/carrying.js';
import {
  carryActions,
  createAction,
  evaluationOf,
  findActionFor,
  noteAction,
  stepAction,
} from '../../features/actions/actions.service.js';
import { actionSchema } from '../../features/actions/actions.schema.js';
import { findOwner } from '../../features/actions/owners.service.js';
import { reportByOwner } from '../../features/actions/reporting.js';
import { addDays, instantOf, localParts } from '../../i18n/zones.js';
import { readForm } from '../../web/form.js';
import type { Evaluations, FollowUps, Promised, PromiseStep } from './follow-ups.data.js';
import type { Reception } from './inviting.js';
import type { Stage } from './stage.js';

/** The name of an LKS as it is typed into the form. */
async function typedName({ tx }: Stage, actor: OfficeActor, wanted: string | number): Promise<string> {
  const [row] = (await tx.query(
    `SELECT i.name || ' (' || r.name || ')' AS name FROM institution i JOIN region r ON r.code = i.region_code
     WHERE i.managing_office_id = $1 AND ($2::text IS NULL OR i.name LIKE $2 || '%')
     ORDER BY i.name, i.id OFFSET $3 LIMIT 1`,
    [actor.office.id, typeof wanted === 'string' ? wanted : null, typeof wanted === 'number' ? wanted : 0],
  )) as [{ name: string }];
  return row.name;
}

async function ownerFields(stage: Stage, actor: OfficeActor, owner: Promised['owner']) {
  if ('unit' in owner) return { ownerKind: 'unit', ownerUnit: owner.unit };
  if ('outside' in owner) return { ownerKind: 'outside', ownerOutside: owner.outside };
  return { ownerKind: 'institution', ownerInstitution: await typedName(stage, actor, owner.institution) };
}

async function writeDown(stage: Stage, actor: OfficeActor, eventId: number | null, promised: Promised) {
  const { problem, title, proposedBy, involved, due: dueOn, owner } = promised;
  const fields = { problem, title, proposedBy, involved, dueOn, ...(await ownerFields(stage, actor, owner)) };
  return createAction(stage.deps, actor, { eventId, blockId: null }, readForm(actionSchema, fields));
}

async function take(stage: Stage, actor: OfficeActor, id: number, step: PromiseStep): Promise<void> {
  const { deps, tx, clock } = stage;
  clock.moveTo(instantOf(step.on, '10:20', actor.office.zone));
  const { version, ownerId } = await findActionFor(tx, actor, id);
  const { does, text = '', url = '', until } = step;
  const note = { clientId: randomUUID(), text, url };
  if (step.by === 'link' && (does === 'note' || does === 'start' || does === 'hand_in')) {
    const owner = await findOwner(tx, actor.office.id, ownerId);
    return reportByOwner(deps, owner, id, { ...note, version, act: does }, undefined);
  }
  const isReason = does === 'return' || does === 'defer';
  if (!isReason && text + url !== '') await noteAction(deps, actor, id, note, undefined);
  if (does !== 'note')
    await stepAction(deps, actor, id, does, {
      version,
      reason: isReason ? text : '',
      ...(until && { until }),
    });
}

/** What becomes of promises, each on its day. */
export type PromiseSteps = { id: number; step: PromiseStep }[];

async function writePromises(
  stage: Stage,
  actor: OfficeActor,
  eventId: number | null,
  promised: Promised[],
): Promise<PromiseSteps> {
  const steps: PromiseSteps = [];
  for (const one of promised) {
    const id = await writeDown(stage, actor, eventId, one);
    steps.push(...(one.steps ?? []).map((step) => ({ id, step })));
  }
  return steps;
}

/** Plays what became of promises, day by day: the clock of the story only moves on. */
export async function playPromises(stage: Stage, actor: OfficeActor, steps: PromiseSteps): Promise<void> {
  const inOrder = steps.toSorted((a, b) => a.step.on.localeCompare(b.step.on));
  for (const { id, step } of inOrder) await take(stage, actor, id, step);
}

async function evaluate(stage: Stage, actor: OfficeActor, eventId: number, said: Evaluations): Promise<void> {
  await carryActions(stage.tx, stage.clock, eventId);
  for (const { id, title, version, state } of await evaluationOf(stage.tx, eventId)) {
    const one = said[title];
    if (!one) continue;
    const act = state === 'handed_in' ? 'note' : one.act;
    const report = { clientId: randomUUID(), version, text: one.text, act };
    await recordEvaluation(stage.deps, actor, { eventId, actionId: id }, report);
  }
}

/** What an event that has just been held asked about, and what it agreed on. @returns what is to come of that */
export async function agreeAt({ stage, actor, eventId }: Reception, told: FollowUps): Promise<PromiseSteps> {
  const { promised = [], evaluated } = told;
  if (evaluated) await evaluate(stage, actor, eventId, evaluated);
  return writePromises(stage, actor, eventId, promised);
}

/** Promises of today, in every state: dates are counted from when the demo is filled. */
export async function playOwedToday(stage: Stage, actor: OfficeActor): Promise<void> {
  const { zone } = actor.office;
  const day = (days: number) => addDays(localParts(stage.today, zone).date, days);
  stage.clock.moveTo(new Date(stage.today.getTime() - 70 * 86_400_000));
  const steps = await writePromises(stage, actor, null, [
    {
      title: 'Memperpanjang izin operasional',
      problem: 'Izin operasional berakhir bulan lalu.',
      owner: { institution: 7 },
      involved: 'DPMPTSP Provinsi Kalimantan Selatan',
      due: day(-12),
      steps: [{ on: day(-41), by: 'link', does: 'start', text: 'Berkas sedang kami siapkan.' }],
    },
    {
      title: 'Mengirim laporan kegiatan semester',
      owner: { institution: 12 },
      due: day(3),
      steps: [{ on: day(-4), by: 'link', does: 'hand_in', text: 'Laporan sudah kami kirim lewat surel.' }],
    },
    {
      title: 'Memperbaiki data penerima layanan',
      problem: 'Jumlah klien di luar panti belum diisi.',
      owner: { institution: 18 },
      due: day(9),
      steps: [
        { on: day(-20), by: 'link', does: 'hand_in', text: 'Sudah kami perbaiki.' },
        { on: day(-18), by: 'office', does: 'return', text: 'Angka menurut jenis kelamin belum lengkap.' },
      ],
    },
    {
      title: 'Mengusulkan tambahan anggaran bimbingan teknis',
      owner: { outside: 'Bappeda Provinsi Kalimantan Selatan' },
      due: day(-30),
      steps: [
        {
          on: day(-45),
          by: 'office',
          does: 'defer',
          text: 'Menunggu pembahasan perubahan anggaran.',
          until: day(40),
        },
      ],
    },
    {
      title: 'Menyusun jadwal kunjungan pendampingan LKS',
      owner: { unit: 'Bidang Rehabilitasi Sosial' },
      due: day(21),
    },
  ]);
  await playPromises(stage, actor, steps);
}
