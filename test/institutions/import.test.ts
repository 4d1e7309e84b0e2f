import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import {
  countLines,
  findBatchFor,
  linesOf,
  type ListedLine,
} from '../../src/features/institutions/imports.repository.js';
import { decideLines, type LineChoice } from '../../src/features/institutions/imports.choosing.js';
import {
  doubtfulHeader,
  nameColumns,
  previewImport,
} from '../../src/features/institutions/imports.service.js';
import { confirmImport, runImport, takeUpImports } from '../../src/features/institutions/imports.running.js';
import { exportInstitutions } from '../../src/features/institutions/exports.service.js';
import { institutionFilterSchema } from '../../src/features/institutions/institutions.schema.js';
import { createTranslators } from '../../src/i18n/translate.js';
import { writeTable } from '../../src/spreadsheets/write-table.js';
import { texts } from '../../src/texts.js';
import { makeInstitution } from '../factories/institutions.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { workbook } from '../support/workbook.js';
import { emptyRegistry, newOffice } from './support.js';

let app: TestApp;
let actor: OfficeActor;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await emptyRegistry(app.db);
  ({ actor } = await newOffice(app.db));
});

const now = new Date('2026-03-02T02:00:00Z');
const preview = (content: string | Buffer) =>
  previewImport(app.db, actor, { name: 'daftar.csv', content: Buffer.from(content as string) }, now);
const lines = async (id: number) => linesOf(app.db, id, { outcome: '', after: 0, limit: 1000 });
const outcomes = async (id: number) => (await lines(id)).map(({ name, outcome }) => `${name}: ${outcome}`);
async function apply(id: number): Promise<string> {
  await confirmImport(app.db, actor, id, now);
  await runImport(app.deps, id);
  return stateOf(id);
}
const stateOf = async (id: number) =>
  (await query<{ state: string }>('SELECT state FROM import_batch WHERE id = $1', [id]))[0]?.state ?? '';
const query = <T = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<T[]> =>
  app.db.query(sql, values);
const registry = (): Promise<Record<string, unknown>[]> =>
  app.db.query(
    `SELECT i.*, ARRAY(SELECT service_type FROM institution_service s WHERE s.institution_id = i.id ORDER BY position) AS services
     FROM institution i ORDER BY name`,
  );

const typical = `;;;;;;;;;
DAFTAR LEMBAGA KESEJAHTERAAN SOSIAL;;;;;;;;;
PROVINSI KALIMANTAN SELATAN TAHUN 2022;;;;;;;;;
;;;;;;;;;
NO;NAMA LKS;JENIS PELAYANAN;KAB/KOTA;ALAMAT LENGKAP;NAMA KETUA;NO. HP;TGL TANDA DAFTAR;NO TANDA DAFTAR;JUMLAH KLIEN;
;;;;;;;;;L;P
1;2;3;4;5;6;7;8;9;10;11
1;LKSA Nurul Iman;LKSA, Lansia;Kab. Banjar;Jl. A. Yani;Drs. H. Ahmad Yani, M.Si;81234567890;4 Desember 2021;TD/001/2021;12;8
2;Panti Werdha Budi;Lanjut Usia;Kota Banjarbaru;Jl. Mawar;Siti;0812-1111-2222;44534;TD/002/2021;5;7
3;IPWL Harapan;NAPZA;Banjarmasin;;;8,12E+11;31/02/2021;;x;
4;;LKSA;Banjarmasin;;;;;;;
5;Panti Entah;LKSA;Kab. Sleman;;;;;;;
JUMLAH;;;;;;;;;17;15
;;;;;;Banjarmasin, 3 Maret 2022;;;
`;

describe('importing a list as offices have it', () => {
  test('shows line by line what would happen and writes nothing before it is confirmed', async () => {
    const id = await preview(typical);
    expect(await outcomes(id)).toEqual([
      'LKSA Nurul Iman: new',
      'Panti Werdha Budi: new',
      'IPWL Harapan: new',
      ': problem',
      'Panti Entah: problem',
    ]);
    expect((await countLines(app.db, id)).outcomes.skipped).toBe(2);
    expect(await registry()).toEqual([]);
  });

  test('stores names, services in order, regions, dates, phones and counts as they are meant', async () => {
    expect(await apply(await preview(typical))).toBe('applied');
    const [ipwl, lksa, werdha] = await registry();
    expect(lksa).toMatchObject({
      name: 'LKSA Nurul Iman',
      region_code: '63.03',
      services: ['anak', 'lanjut_usia'],
      phone: '+6281234567890',
      registration_number: 'TD/001/2021',
      registration_state: 'registered',
      registration_date: '2021-12-04',
      clients_inside_male: 12,
      clients_inside_female: 8,
    });
    expect(werdha).toMatchObject({
      region_code: '63.72',
      registration_date: '2021-12-04',
      services: ['lanjut_usia'],
    });
    expect(ipwl).toMatchObject({
      region_code: '63.71',
      phone: null,
      services: ['napza'],
      registration_date: null,
    });
    const leaders = await query(
      'SELECT name_before, name, name_after, is_leader FROM representative ORDER BY id',
    );
    expect(leaders[0]).toEqual({
      name_before: 'Drs. H.',
      name: 'Ahmad Yani',
      name_after: 'M.Si',
      is_leader: true,
    });
  });

  test('cells that cannot be read are named and left out; the line goes on without them', async () => {
    const line = (await lines(await preview(typical)))[2];
    expect(line?.notes.map(({ field, blocking }) => [field, blocking])).toEqual([
      ['phone', false],
      ['registrationDate', false],
      ['clientsInsideMale', false],
    ]);
  });

  test('the same file a second time changes nothing', async () => {
    await apply(await preview(typical));
    const before = await registry();
    const second = await preview(typical);
    expect((await countLines(app.db, second)).decisions).toMatchObject({ create: 0, update: 0 });
    expect(await apply(second)).toBe('applied');
    expect(await registry()).toEqual(before);
  });

  test('names of kabupaten between the lines give their region to the lines below', async () => {
    const id = await preview(
      'No;Nama Lembaga;Alamat\n;KABUPATEN TAPIN;\n1;Panti A;Jl. X\n;KOTA BANJARBARU;\n1;Panti B;Jl. Y\n',
    );
    expect((await lines(id)).map(({ facts }) => facts.regionCode)).toEqual(['63.05', '63.72']);
  });

  test('one record is written for the import and one for each institution, without values', async () => {
    const id = await preview(typical);
    await apply(id);
    const entries = await query<{ action: string; detail: unknown }>(
      `SELECT action, subject_id, detail FROM audit_entry WHERE office_id = $1 ORDER BY id`,
      [actor.office.id],
    );
    expect(entries.map(({ action }) => action)).toEqual([
      ...Array<string>(3).fill('institution.imported'),
      'institutions.imported',
    ]);
    expect(entries.at(-1)?.detail).toEqual({ added: 3, changed: 0, proposed: 0 });
    const kept = await query(`SELECT facts, cells FROM import_row WHERE batch_id = $1 LIMIT 1`, [id]);
    expect(kept).toEqual([{ facts: {}, cells: [] }]);
  });
});

describe('matching (rule 20)', () => {
  test('an equal number or an equal name in the same region updates, and empty cells erase nothing', async () => {
    await apply(
      await preview(
        'Nama LKS;Kab/Kota;Alamat;No Tanda Daftar\nPanti A;Banjarmasin;Jl. Lama;TD 1\nPanti B;Banjarmasin;Jl. B;\n',
      ),
    );
    const id = await preview(
      'Nama LKS;Kab/Kota;Alamat;No Tanda Daftar\nPanti Asa;Banjarmasin;;TD-1\nPANTI B;Banjarmasin;Jl. Baru;\n',
    );
    const [first, second] = await lines(id);
    expect([first?.outcome, first?.changes]).toEqual([
      'change',
      { name: ['Panti A', 'Panti Asa'], registrationNumber: ['TD 1', 'TD-1'] },
    ]);
    expect([second?.outcome, second?.changes]).toEqual(['change', { address: ['Jl. B', 'Jl. Baru'] }]);
    await apply(id);
    expect((await registry()).map(({ name, address }) => [name, address])).toEqual([
      ['Panti Asa', 'Jl. Lama'],
      ['Panti B', 'Jl. Baru'],
    ]);
  });

  test('words where a number is expected are no number: lines that share them stay different LKS', async () => {
    const id = await preview(
      `Nama LKS;Kab/Kota;No Tanda Daftar;No Izin
LKSA Nurul Iman;Banjar;belum;Belum ada
Panti Budi Luhur;Banjar;Belum;sedang proses
Yayasan Harapan;Banjar;masih proses;tidak ada
LKS Melati;Banjar;menyusul;503/12/2021
LKS Kenanga;Banjar;menyusul;`,
    );
    expect((await lines(id)).map(({ outcome }) => outcome)).toEqual(['new', 'new', 'new', 'new', 'new']);
    await apply(id);
    const stored = await registry();
    expect(stored.map((row) => [row.name, row.registration_number, row.registration_state])).toEqual([
      ['LKS Kenanga', '', 'not_registered'],
      ['LKS Melati', '', 'not_registered'],
      ['LKSA Nurul Iman', '', 'not_registered'],
      ['Panti Budi Luhur', '', 'not_registered'],
      ['Yayasan Harapan', '', 'in_process'],
    ]);
    expect(stored.map((row) => row.permit_number)).toEqual(['', '503/12/2021', '', '', '']);
  });

  test('likeness only proposes: undecided lines are left out, a person says which is meant', async () => {
    const known = await makeInstitution(app.db, actor.office, { name: 'Panti Asuhan Hidayatullah' });
    const file = 'Nama LKS;Kab/Kota;Alamat\nPA Hidayatulah;Banjarmasin;Jl. Baru\n';
    const id = await preview(file);
    const [line] = await lines(id);
    expect([line?.outcome, line?.decision, line?.candidates[0]?.id]).toEqual(['likely', 'undecided', known]);
    await decideLines(app.db, actor, id, new Map([[2, known]]));
    await apply(id);
    expect(await registry()).toMatchObject([
      { id: known, name: 'PA Hidayatulah', address: 'Jl. Baru', search_text: 'pa hidayatulah jl baru' },
    ]);
    expect((await countLines(app.db, await preview(file))).outcomes.same).toBe(1);
  });

  test('a person can add the like one as another LKS, but not point at one that was not proposed', async () => {
    const known = await makeInstitution(app.db, actor.office, { name: 'Panti Asuhan Hidayatullah' });
    const other = await makeInstitution(app.db, actor.office, { name: 'Lain Sama Sekali' });
    const id = await preview('Nama LKS;Kab/Kota\nPA Hidayatulah;Banjarmasin\n');
    await decideLines(app.db, actor, id, new Map([[2, other]]));
    expect((await lines(id))[0]?.decision).toBe('undecided');
    await decideLines(app.db, actor, id, new Map([[2, 'create' as const]]));
    await apply(id);
    expect((await registry()).map((row) => row.id)).toEqual(expect.arrayContaining([known, other]));
    expect(await registry()).toHaveLength(3);
  });

  test('a choice can be taken back, and what was not chosen waits on', async () => {
    const known = await makeInstitution(app.db, actor.office, { name: 'Panti Asuhan Hidayatullah' });
    const id = await preview('Nama LKS;Kab/Kota;Alamat\nPA Hidayatulah;Banjarmasin;Jl. Baru\n');
    const choose = async (choice: LineChoice) => {
      await decideLines(app.db, actor, id, new Map([[2, choice]]));
      const [{ decision, institutionId, changes }] = (await lines(id)) as [ListedLine];
      return [decision, institutionId, Object.keys(changes)];
    };
    expect(await choose('undecided')).toEqual(['undecided', null, []]);
    expect(await choose(known)).toEqual(['update', known, ['name', 'address']]);
    expect(await choose('leave')).toEqual(['leave', null, []]);
    expect(await choose('undecided')).toEqual(['undecided', null, []]);
  });

  test('of several with one name in one region a person says which is meant', async () => {
    const twins = [
      await makeInstitution(app.db, actor.office, { name: 'Panti Kembar' }),
      await makeInstitution(app.db, actor.office, { name: 'Panti Kembar' }),
    ];
    const [line] = await lines(
      await preview('Nama LKS;Kab/Kota;Alamat\nPanti Kembar;Banjarmasin;Jl. Baru\n'),
    );
    expect([line?.outcome, line?.decision]).toEqual(['likely', 'undecided']);
    expect(line?.candidates.map(({ id }) => id).sort()).toEqual(twins.sort());
  });

  test('a number of an LKS that the office cannot see is a problem, and nothing of that LKS is shown', async () => {
    const far = await newOffice(app.db, '35.73');
    const foreign = await makeInstitution(app.db, far.office, { name: 'Panti Malang', regionCode: '35.73' });
    await query(
      `UPDATE institution SET registration_number = 'TD 9', registration_key = 'td9', registration_state = 'registered'
       WHERE id = $1`,
      [foreign],
    );
    const id = await preview('Nama LKS;Kab/Kota;No Tanda Daftar\nPanti Banjar;Banjarmasin;TD-9\n');
    const [line] = await lines(id);
    expect([line?.outcome, line?.institutionId]).toEqual(['problem', null]);
    expect(JSON.stringify(line)).not.toContain('Malang');
    await apply(id);
    expect((await registry()).map(({ name }) => name)).toEqual(['Panti Malang']);
  });

  test('two lines with one registration number, or for one known LKS, are one line and a problem', async () => {
    await makeInstitution(app.db, actor.office, { name: 'Panti Kenal' });
    await query(`UPDATE institution SET registration_number = 'TD 7', registration_key = 'td7'`);
    const id = await preview(
      'Nama LKS;Kab/Kota;No Tanda Daftar\nPanti A;Tapin;TD 1\nPanti Beda;Tapin;TD-1\nPanti Kenal;Banjarmasin;\nPanti Lain;Banjarmasin;TD 7\n',
    );
    expect((await outcomes(id)).map((said) => said.split(': ')[1])).toEqual([
      'new',
      'problem',
      'same',
      'problem',
    ]);
  });

  test('a line without a leader keeps the one there is; a phone and dates need somebody they belong to', async () => {
    await apply(await preview('Nama LKS;Kab/Kota;Nama Ketua\nPanti A;Tapin;Siti\nPanti B;Tapin;\n'));
    const id = await preview(
      'Nama LKS;Kab/Kota;Nama Ketua;HP Ketua;Tgl Akreditasi\nPanti A;Tapin;;;\nPanti B;Tapin;;081200000001;1 Januari 2024\n',
    );
    expect((await lines(id)).map(({ outcome, changes }) => [outcome, changes])).toEqual([
      ['same', {}],
      ['same', {}],
    ]);
  });

  test('a line that repeats an earlier one is a problem', async () => {
    const id = await preview('Nama LKS;Kab/Kota\nPanti A;Tapin\nPanti-A;Kab Tapin\n');
    expect(await outcomes(id)).toEqual(['Panti A: new', 'Panti-A: problem']);
  });
});

describe('confirming', () => {
  test('when the registry changed since the preview nothing is stored and the preview is judged anew', async () => {
    const file = 'Nama LKS;Kab/Kota;Alamat\nPanti A;Tapin;Jl. 1\nPanti B;Tapin;Jl. 2\n';
    const id = await preview(file);
    await makeInstitution(app.db, actor.office, { name: 'Panti A', regionCode: '63.05' });
    expect(await apply(id)).toBe('preview');
    expect(await registry()).toHaveLength(1);
    expect(await outcomes(id)).toEqual(['Panti A: change', 'Panti B: new']);
    expect(await apply(id)).toBe('applied');
    expect(await registry()).toHaveLength(2);
  });

  test('an import is stored once, also when two people confirm at the same time', async () => {
    const id = await preview('Nama LKS;Kab/Kota\nPanti A;Tapin\n');
    await Promise.all([confirmImport(app.db, actor, id, now), confirmImport(app.db, actor, id, now)]);
    await Promise.all([runImport(app.deps, id), runImport(app.deps, id)]);
    expect([await stateOf(id), (await registry()).length]).toEqual(['applied', 1]);
    // Confirmed once more, it is what it was: nothing is written a second time.
    const written = await registry();
    expect(await apply(id)).toBe('applied');
    expect(await registry()).toEqual(written);
  });

  test('a line that became another one since the page was shown is looked at again before anything is stored', async () => {
    const id = await preview('Nama LKS;Kab/Kota;Alamat\nPanti A;Tapin;Jl. 1\nPanti B;Tapin;Jl. 2\n');
    await makeInstitution(app.db, actor.office, { name: 'Panti A', regionCode: '63.05' });
    expect(await apply(id)).toBe('preview');
    const asShown = new Map([
      [2, 'create' as const],
      [3, 'leave' as const],
    ]);
    await expect(confirmImport(app.db, actor, id, now, asShown)).rejects.toMatchObject({
      fields: { lines: { key: 'import.failure.stale' } },
    });
    expect([await stateOf(id), (await lines(id)).map(({ decision }) => decision)]).toEqual([
      'preview',
      ['update', 'create'],
    ]);
  });

  test('two lines for one LKS, and lines that only wait for a decision, are settled first', async () => {
    const known = await makeInstitution(app.db, actor.office, { name: 'Panti Asuhan Hidayatullah' });
    const id = await preview(
      'Nama LKS;Kab/Kota;Alamat\nPA Hidayatulah;Banjarmasin;Jl. 1\nPA Hidayatulla;Banjarmasin;Jl. 2\n',
    );
    await expect(confirmImport(app.db, actor, id, now)).rejects.toMatchObject({
      fields: { lines: { key: 'import.undecided', values: { count: 2 } } },
    });
    const both = new Map([
      [2, known],
      [3, known],
    ]);
    await expect(confirmImport(app.db, actor, id, now, both)).rejects.toMatchObject({
      fields: { lines: { key: 'import.error.target_twice' } },
    });
    expect((await lines(id)).map(({ decision }) => decision)).toEqual(['undecided', 'undecided']);
  });

  test('what was confirmed and never begun is taken up by the clock, and given up after three attempts', async () => {
    const begun = await preview('Nama LKS;Kab/Kota\nPanti A;Tapin\n');
    await confirmImport(app.db, actor, begun, app.clock.now());
    await expect(decideLines(app.db, actor, begun, new Map())).rejects.toMatchObject({ status: 409 });
    await takeUpImports(app.deps);
    expect(await stateOf(begun)).toBe('applied');
    const broken = await preview('Nama LKS;Kab/Kota\nPanti B;Tapin\n');
    await query(`UPDATE import_row SET facts = facts || '{"phone": "x"}' WHERE batch_id = $1`, [broken]);
    await confirmImport(app.db, actor, broken, app.clock.now());
    for (let attempt = 1; attempt <= 3; attempt += 1)
      await expect(takeUpImports(app.deps)).rejects.toThrow('institution_phone_check');
    await takeUpImports(app.deps);
    expect(await query('SELECT state, failure FROM import_batch WHERE id = $1', [broken])).toEqual([
      { state: 'failed', failure: 'import.failure.unexpected' },
    ]);
    expect(await registry()).toHaveLength(1);
    await decideLines(app.db, actor, broken, new Map([[2, 'leave' as const]]));
    expect(await apply(broken)).toBe('applied');
  });

  test('columns that were not recognised can be named by hand', async () => {
    const id = await preview('Alpha;Beta\nPanti A;Tapin\n');
    expect((await lines(id))[0]?.outcome).not.toBe('new');
    await nameColumns(app.db, actor, id, { fields: ['name', 'regionCode'], defaultRegion: null });
    expect(await outcomes(id)).toEqual(['Panti A: new']);
  });

  test('a file without a header loses no line once a person says so, and they can take it back', async () => {
    const file =
      'Panti Asuhan Satu;Kota Banjarmasin;Jalan A\nPanti Asuhan Dua;Kab. Tapin;Gang B\nPanti Asuhan Tiga;Kab. Banjar;Jalan C\n';
    const id = await preview(file);
    const batch = () => findBatchFor(app.db, actor, id);
    expect(await doubtfulHeader(app.db, await batch())).toEqual({ line: 1, isData: false });
    const fields = ['name', 'regionCode', 'address'] as const;
    const reading = { fields: [...fields], defaultRegion: null };
    await nameColumns(app.db, actor, id, { ...reading, isAllData: true });
    expect(await outcomes(id)).toEqual([
      'Panti Asuhan Satu: new',
      'Panti Asuhan Dua: new',
      'Panti Asuhan Tiga: new',
    ]);
    // What was data is not kept as a header.
    expect((await batch()).columns.map(({ header }) => header)).toEqual(['', '', '']);
    await nameColumns(app.db, actor, id, reading);
    expect(await outcomes(id)).toEqual(['Panti Asuhan Dua: new', 'Panti Asuhan Tiga: new']);
    expect(await doubtfulHeader(app.db, await batch())).toEqual({ line: 1, isData: false });
    const known = await preview('Nama LKS;Kab/Kota\nPanti A;Tapin\n');
    expect(await doubtfulHeader(app.db, await findBatchFor(app.db, actor, known))).toBeUndefined();
  });

  test('one column for the name of the leader and their phone gives both', async () => {
    const contacts = [
      '"Siti Rahmah, S.Pd / 0812 5000 1001"',
      'HP. 081250001002 (Ahmad)',
      '081250001003',
      'Rusmini',
    ];
    const id = await preview(
      `Nama LKS;Kab/Kota;PIMPINAN / NO HP\n${contacts.map((cell, at) => `Panti ${at};Tapin;${cell}`).join('\n')}\n`,
    );
    expect(
      (await lines(id)).map(({ facts }) => [facts.leaderName, facts.leaderAfter, facts.leaderPhone]),
    ).toEqual([
      ['Siti Rahmah', 'S.Pd', '+6281250001001'],
      ['Ahmad', '', '+6281250001002'],
      [undefined, undefined, '+6281250001003'],
      [undefined, undefined, undefined],
    ]);
    // Where the name has a column of its own, that one counts.
    const own = await preview('Nama LKS;Kab/Kota;Ketua;HP Ketua\nPanti A;Tapin;Siti;Budi 081250001001\n');
    expect((await lines(own))[0]?.facts.leaderName).toBe('Siti');
  });

  test('an import of another office does not exist', async () => {
    const id = await preview('Nama LKS;Kab/Kota\nPanti A;Tapin\n');
    const stranger = await newOffice(app.db);
    await expect(confirmImport(app.db, stranger.actor, id, now)).rejects.toMatchObject({ status: 404 });
  });
});

describe('formulas', () => {
  test('in cells of text are left out, and in workbooks only their result is read', async () => {
    const id = await preview('Nama LKS;Kab/Kota;Alamat\nPanti A;Tapin;=HYPERLINK("http://x")\n');
    expect((await lines(id))[0]?.notes).toMatchObject([{ key: 'import.note.formula', field: 'address' }]);
    const text = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const sheet = workbook([
      `<row r="1">${text('A1', 'Nama LKS')}${text('B1', 'Kab/Kota')}${text('C1', 'Alamat')}</row>`,
      `<row r="2"><c r="A2" t="str"><f>CONCAT("Panti"," Z")</f><v>Panti Z</v></c>${text('B2', 'Tapin')}${text('C2', '=cmd|calc')}</row>`,
    ]);
    const second = await preview(sheet);
    expect((await lines(second))[0]).toMatchObject({
      name: 'Panti Z',
      outcome: 'new',
      notes: [{ key: 'import.note.formula' }],
    });
  });
});

test('what is exported imports again unchanged, and is recorded', async () => {
  await apply(await preview(typical));
  await app.db
    .query(`UPDATE institution SET name = '=2+2 Panti', name_normalised = '2 2 panti', email = 'a@contoh.id',
    address = E'=Jl. 1\nRT 2; no, 3', village = 'Sungai  Jingah', latitude = -3.25, longitude = 114.5, ownership = 'government' WHERE name LIKE 'IPWL%'`);
  await app.db.query(
    `INSERT INTO accreditation (institution_id, grade, certificate_number, issued_on, valid_until)
     SELECT id, 'B', 'AK-1', '2022-01-01', '2025-01-01' FROM institution WHERE name LIKE 'LKSA%'`,
  );
  for (const t of [createTranslators(texts).id, createTranslators(texts).en]) {
    const filter = institutionFilterSchema.parse({});
    const sheet = await exportInstitutions(app.db, actor, filter, { today: '2026-03-02', t });
    const id = await preview(await writeTable(sheet));
    expect((await lines(id)).map(({ outcome, changes, notes }) => ({ outcome, changes, notes }))).toEqual(
      Array(3).fill({ outcome: 'same', changes: {}, notes: [] }),
    );
  }
  // Another fact of that line changes, and the lines of its address stay.
  const header = 'Nama LKS;Kab/Kota;Alamat;Kecamatan';
  await apply(await preview(`${header}\n"'=2+2 Panti";Banjarmasin;"'=Jl. 1 RT 2; no, 3";Tengah\n`));
  expect((await registry())[0]).toMatchObject({ address: '=Jl. 1\nRT 2; no, 3', district: 'Tengah' });
  const [entry] = await query(
    `SELECT detail FROM audit_entry WHERE action = 'institutions.exported' LIMIT 1`,
  );
  expect(entry?.detail).toEqual({ count: 3 });
});
