import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { decideLines } from '../../src/features/institutions/imports.choosing.js';
import { previewImport } from '../../src/features/institutions/imports.service.js';
import { proposalsByOffice } from '../../src/features/institutions/imports.proposing.js';
import { importReport } from '../../src/features/institutions/imports.report.js';
import { findBatchFor, linesOf } from '../../src/features/institutions/imports.repository.js';
import { confirmImport, runImport } from '../../src/features/institutions/imports.running.js';
import { decideProposal } from '../../src/features/institutions/proposals.service.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { createTranslators } from '../../src/i18n/translate.js';
import { texts } from '../../src/texts.js';
import { makeInstitution } from '../factories/institutions.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { emptyRegistry, newOffice } from './support.js';

let app: TestApp;
let actor: OfficeActor;
let city: { office: Office; actor: OfficeActor };
let id: number;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await emptyRegistry(app.db);
  ({ actor } = await newOffice(app.db));
  city = await newOffice(app.db, '63.71');
  id = await makeInstitution(app.db, city.office, { name: 'Panti Kota' });
});

const now = new Date('2026-03-02T02:00:00Z');
const file = 'Nama LKS;Kab/Kota;Alamat;Jenis Layanan\nPanti Kota;Banjarmasin;Jl. Lain;Lansia\n';
const preview = (content = file) =>
  previewImport(app.db, actor, { name: 'daftar.csv', content: Buffer.from(content) }, now);
async function apply(batch: number): Promise<void> {
  await confirmImport(app.db, actor, batch, now);
  await runImport(app.deps, batch);
}
const lines = (batch: number) => linesOf(app.db, batch, { outcome: '', after: 0, limit: 100 });
const proposals = () =>
  app.db.query(
    `SELECT institution_id AS id, office_id AS office, user_id AS "user", changes, note, state
     FROM institution_proposal ORDER BY id`,
  ) as Promise<Record<string, unknown>[]>;
const proposalId = async () =>
  ((await app.db.query('SELECT id FROM institution_proposal')) as [{ id: number }])[0].id;
const decide = (proposalId: number, decision: 'accepted' | 'refused') =>
  decideProposal(app.db, city.actor, { institutionId: id, proposalId }, { decision, note: '', now });

test('a line of an LKS that another office manages is proposed to it, and changes nothing by itself', async () => {
  const batch = await preview();
  const [line] = await lines(batch);
  expect([line?.outcome, line?.decision, line?.proposedTo]).toEqual([
    'elsewhere',
    'propose',
    city.office.name,
  ]);
  expect(await proposalsByOffice(app.db, batch)).toEqual([{ office: city.office.name, count: 1 }]);
  await apply(batch);
  expect(await proposals()).toEqual([
    {
      id,
      office: actor.office.id,
      user: actor.userId,
      changes: { address: 'Jl. Lain', services: ['lanjut_usia'] },
      note: 'Impor daftar.csv',
      state: 'open',
    },
  ]);
  const [row] = (await app.db.query('SELECT address, version FROM institution')) as unknown[];
  expect(row).toEqual({ address: '', version: 1 });
});

test('preview, report and log count it, and the log names fields only', async () => {
  const batch = await preview();
  await apply(batch);
  const stored = await findBatchFor(app.db, actor, batch);
  expect([stored.state, stored.added, stored.changed, stored.proposed]).toEqual(['applied', 0, 0, 1]);
  const report = await importReport(app.db, actor, stored, createTranslators(texts).id);
  expect(report.rows[0]?.slice(1, 4)).toEqual([
    'Panti Kota',
    `Usulan ke ${city.office.name}`,
    'Alamat, Jenis layanan',
  ]);
  const log = (await app.db.query(
    `SELECT action, subject_id AS subject, fields, detail FROM audit_entry WHERE office_id = $1 ORDER BY id`,
    [actor.office.id],
  )) as unknown[];
  expect(log).toEqual([
    { action: 'institution.change_proposed', subject: id, fields: ['address', 'services'], detail: {} },
    {
      action: 'institutions.imported',
      subject: batch,
      fields: [],
      detail: { added: 0, changed: 0, proposed: 1 },
    },
    { action: 'institutions.report_downloaded', subject: batch, fields: [], detail: { count: 1 } },
  ]);
});

test('the same file again makes no second equal proposal, open or refused', async () => {
  await apply(await preview());
  const again = await preview();
  const [line] = await lines(again);
  expect([line?.decision, line?.notes.map(({ key }) => key)]).toEqual([
    'leave',
    ['import.note.proposed_already'],
  ]);
  await decideLines(app.db, actor, again, new Map([[2, 'propose' as const]]));
  await apply(again);
  await decide(await proposalId(), 'refused');
  await apply(await preview());
  expect(await proposals()).toHaveLength(1);
});

test('two previews that were both made before are confirmed: one proposal', async () => {
  const [first, second] = [await preview(), await preview()];
  await apply(first);
  await apply(second);
  expect(await proposals()).toHaveLength(1);
});

test('once the managing office accepted it the file changes nothing', async () => {
  await apply(await preview());
  await decide(await proposalId(), 'accepted');
  const [row] = (await app.db.query(
    `SELECT address, (SELECT service_type FROM institution_service WHERE position = 1) AS main FROM institution`,
  )) as unknown[];
  expect(row).toEqual({ address: 'Jl. Lain', main: 'lanjut_usia' });
  expect((await lines(await preview()))[0]?.outcome).toBe('same');
});

test('a person can leave the proposal out', async () => {
  const batch = await preview();
  await decideLines(app.db, actor, batch, new Map([[2, 'leave' as const]]));
  await apply(batch);
  expect(await proposals()).toEqual([]);
});

test('leader and accreditation are no part of a proposal, and the line says so', async () => {
  const batch = await preview(
    'Nama LKS;Kab/Kota;Nama Ketua;Akreditasi\nPanti Kota;Banjarmasin;Siti Rahmah;B\n',
  );
  const [line] = await lines(batch);
  expect([line?.decision, line?.changes, line?.notes]).toEqual([
    'leave',
    {},
    [{ key: 'import.note.not_proposed', blocking: false }],
  ]);
});

test('when it changed hands since the preview nothing is proposed, and the preview is judged anew', async () => {
  const batch = await preview();
  await app.db.query('UPDATE institution SET managing_office_id = $1, version = version + 1', [
    actor.office.id,
  ]);
  await apply(batch);
  expect(await proposals()).toEqual([]);
  expect((await lines(batch))[0]).toMatchObject({ outcome: 'change', decision: 'update' });
});

test('an accreditation without its grade, or a phone without a leader, is left out and named', async () => {
  const content =
    'Nama LKS;Kab/Kota;No Sertifikat Akreditasi;Tgl Akreditasi;HP Ketua\nPanti Baru;Tapin;AK-1;4 Desember 2021;081234567890\n';
  const batch = await preview(content);
  expect((await lines(batch))[0]?.notes).toEqual([
    { key: 'import.note.no_grade', blocking: false },
    { key: 'import.note.no_leader', blocking: false },
  ]);
  await apply(batch);
  expect(await app.db.query('SELECT 1 FROM accreditation')).toEqual([]);
  await app.db.query(
    `INSERT INTO accreditation (institution_id, grade) SELECT id, 'A' FROM institution WHERE name = 'Panti Baru'`,
  );
  expect((await lines(await preview(content)))[0]?.notes.map(({ key }) => key)).toEqual([
    'import.note.no_leader',
  ]);
});
