import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dropOldPreviews } from '../../src/features/institutions/imports.service.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let province: Office;
let organizer: Visitor;
let cityOrganizer: Visitor;
let leader: Visitor;

beforeAll(async () => {
  app = await startTestApp();
  province = await makeOffice(app.db, { regionCode: '63' });
  const city = await makeOffice(app.db, { regionCode: '63.71' });
  const signedIn = async (office: Office, role: 'organizer' | 'leader') =>
    new Visitor(app.app).signIn((await makeUser(app.db, office, [role])).email);
  organizer = await signedIn(province, 'organizer');
  cityOrganizer = await signedIn(city, 'organizer');
  leader = await signedIn(province, 'leader');
});
afterAll(() => app.close());

const query = <T>(sql: string, values: unknown[] = []): Promise<T[]> => app.db.query(sql, values);

describe('the pages of an import', () => {
  test('lead from the file over the preview to the report, without script', async () => {
    const content = Buffer.from('Nama LKS;Kab/Kota\nPanti Halaman;Banjarmasin\nPanti Salah;Atlantis\n');
    const read = await organizer.upload('/institutions/import', {
      field: 'file',
      content,
      name: 'daftar.csv',
    });
    expect(read.status).toBe(303);
    const path = read.headers.location ?? '';
    const page = await organizer.get(path);
    expect(page.text).toContain('Kabupaten/kota tidak dikenal di wilayah Anda (Atlantis)');
    expect(page.text).toContain('1 LKS baru ditambahkan dan 0 diperbarui');
    expect((await cityOrganizer.get(path)).status).toBe(404);
    expect((await organizer.post(`${path}/choices`, { 'line-2': 'leave' })).status).toBe(303);
    expect((await organizer.get(path)).text).toContain('Tidak ada yang perlu disimpan');
    await organizer.post(`${path}/choices`, { 'line-2': 'create' });
    await organizer.post(`${path}/application`);
    expect((await organizer.get(path)).text).toContain('Impor selesai');
    expect((await organizer.get(`${path}/report.xlsx`)).headers['content-type']).toContain('spreadsheetml');
    expect((await cityOrganizer.get(`${path}/report.xlsx`)).status).toBe(404);
    expect(
      await query(`SELECT detail FROM audit_entry WHERE action = 'institutions.report_downloaded'`),
    ).toEqual([{ detail: { count: 2 } }]);
    // A second tap on the button leads to the same report, and nothing is carried out again.
    const again = await organizer.post(`${path}/application`);
    expect([again.status, again.headers.location]).toEqual([303, path]);
    expect(
      await query(`SELECT detail FROM audit_entry WHERE action = 'institutions.imported' ORDER BY id`),
    ).toEqual([{ detail: { added: 1, changed: 0, proposed: 0 } }]);
  });

  test('store what is chosen on the page, by the main button and by what leads to other lines', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `Panti ${String(at + 2).padStart(3, '0')} Pilihan`);
    const content = Buffer.from(`Nama LKS;Kab/Kota\n${names.map((name) => `${name};Tapin`).join('\n')}\n`);
    const read = await organizer.upload('/institutions/import', { field: 'file', content, name: 'a.csv' });
    const path = read.headers.location ?? '';
    const seen = { show: '', after: '0', 'line-3': 'leave', 'line-4': 'create' };
    const onward = await organizer.post(`${path}/choices`, { ...seen, from: '51' });
    expect(onward.headers.location).toBe(`${path}?show=&after=51`);
    const page = await organizer.get(`${path}?after=51`);
    expect(page.text).toContain('59 LKS baru ditambahkan');
    expect(page.text).toContain(`form="field-lines" formaction="${path}/application"`);
    const filtered = await organizer.post(`${path}/choices`, {
      after: '51',
      'line-52': 'leave',
      filter: 'new',
    });
    expect(filtered.headers.location).toBe(`${path}?show=new&after=0`);
    await organizer.post(`${path}/application`, { show: 'new', 'line-2': 'create', 'line-5': 'leave' });
    expect((await organizer.get(path)).text).toContain('57 LKS ditambahkan');
    const stored = await query<{ name: string }>(`SELECT name FROM institution WHERE name LIKE '% Pilihan'`);
    const left = names.filter((name) => !stored.some((one) => one.name === name));
    expect(left).toEqual(['Panti 003 Pilihan', 'Panti 005 Pilihan', 'Panti 052 Pilihan']);
  });

  test('come back as they were chosen when the choices cannot be carried out', async () => {
    await query(
      `INSERT INTO institution (name, name_normalised, search_text, region_code, managing_office_id)
       SELECT 'Panti Asuhan Kembali', 'asuhan kembali', '', '63.05', $1`,
      [province.id],
    );
    const content = Buffer.from('Nama LKS;Kab/Kota\nPanti Asuhan Kembalii;Tapin\n');
    const read = await organizer.upload('/institutions/import', { field: 'file', content, name: 'a.csv' });
    const path = read.headers.location ?? '';
    const refused = await organizer.post(`${path}/application`, { show: 'likely', 'line-2': 'undecided' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('id="field-lines-error"');
    expect(refused.text).toContain('<option value="undecided" selected>');
  });

  test('say clearly what is wrong with a file', async () => {
    const send = (content: Buffer) =>
      organizer.upload('/institutions/import', { field: 'file', content, name: 'a.xlsx' });
    const wrong = await send(Buffer.from('%PDF-1.4'));
    expect([wrong.status, wrong.text.includes('bukan lembar Excel')]).toEqual([422, true]);
    const heavy = await send(Buffer.alloc(10_000_001, 'a'));
    expect([heavy.status, heavy.text.includes('paling besar 10 MB')]).toEqual([422, true]);
    const torn = await send(Buffer.from('Nama LKS;Kab/Kota\n"Panti A;Tapin\nPanti B;Tapin\n'));
    expect([torn.status, torn.text.includes('Tanda kutip (&#34;) di baris 2 tidak berpasangan')]).toEqual([
      422,
      true,
    ]);
    const none = await organizer.post('/institutions/import');
    expect(none.status).toBe(422);
  });

  test('the export is refused to a leader', async () => {
    expect((await leader.post('/institutions/export')).status).toBe(403);
    const file = await organizer.post('/institutions/export', { q: 'melati' });
    expect(file.headers['content-disposition']).toContain('LKS 2026-03-02.xlsx');
  });
});

test('previews that nobody confirmed are dropped after a week, and the log says so', async () => {
  const [{ id }] = (await query<{ id: number }>(
    `INSERT INTO import_batch (office_id, user_id, file_name, columns, data_from, created_at)
     SELECT $1, user_id, 'lama.xlsx', '[]', 2, $2 FROM membership WHERE office_id = $1 LIMIT 1 RETURNING id`,
    [province.id, '2026-02-01T00:00:00Z'],
  )) as [{ id: number }];
  expect(await dropOldPreviews(app.deps)).toBe(1);
  const log = await query<{ way: string }>(
    `SELECT way FROM audit_entry WHERE action = 'institutions.import_dropped' AND subject_id = $1`,
    [id],
  );
  expect(log).toEqual([{ way: 'clock' }]);
});
