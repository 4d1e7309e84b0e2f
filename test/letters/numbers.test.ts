import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { gapsIn } from '../../src/features/letters/numbers.service.js';
import { fillTemplate, wrongPlaceholder } from '../../src/features/letters/template.js';
import { formatLetterNumber } from '../../src/features/offices/letter-number.js';
import { positionLines } from '../../src/features/offices/signature.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { fieldsOf, formsOf, mistakesToldIn } from '../support/forms.js';
import { begin, issue, makeDesk, makeLetterEvent, number, type Desk } from './support.js';

let app: TestApp;
let desk: Desk;

beforeAll(async () => {
  app = await startTestApp();
  desk = await makeDesk(app);
});
afterAll(() => app.close());

const page = '/settings/numbers';
const another = async (): Promise<string> => begin({ ...desk, ...(await makeLetterEvent(desk)) });
const register = async (
  year = 2026,
): Promise<{ serial: number; suffix: string; number: string; reason: string }[]> =>
  app.db.query(
    `SELECT serial, suffix, number, reason FROM letter_number WHERE office_id = $1 AND year = $2 ORDER BY serial, suffix`,
    [desk.office.id, year],
  );

test('a letter is blank until it gets the next number, by the pattern of the office', async () => {
  const letter = await another();
  expect((await desk.organizer.get(letter)).text).toContain('Berikutnya: 005/1/Dinsos/III/2026');
  expect((await number(desk, letter)).status).toBe(303);
  expect((await desk.organizer.get(letter)).text).toContain('005/1/Dinsos/III/2026');
  const next = await another();
  await number(desk, next, { serial: '7' });
  const after = await another();
  await number(desk, after);
  expect((await register()).map(({ number: one }) => one)).toEqual([
    '005/1/Dinsos/III/2026',
    '005/7/Dinsos/III/2026',
    '005/8/Dinsos/III/2026',
  ]);
});

test('the same number is refused with the next one that is free, also in another month; a suffix is another number', async () => {
  const letter = await another();
  for (const date of ['2026-03-02', '2026-05-02']) {
    const { status, text } = await number(desk, letter, { date, serial: '7' });
    expect([status, text.includes('Nomor urut berikutnya 9.')]).toEqual([422, true]);
  }
  expect((await number(desk, letter, { serial: '7', suffix: 'A' })).status).toBe(303);
  expect((await register()).at(2)).toMatchObject({
    serial: 7,
    suffix: 'a',
    number: '005/7a/Dinsos/III/2026',
  });
});

test('another year begins anew, and the year is that of the letter’s date', async () => {
  const letter = await another();
  await number(desk, letter, { date: '2027-01-04' });
  expect(await register(2027)).toMatchObject([{ serial: 1, number: '005/1/Dinsos/I/2027' }]);
});

test('the registry’s own way of writing is kept, and is unique, too', async () => {
  const [letter, other] = [await another(), await another()];
  expect((await number(desk, letter, { serial: '20', number: '400.9.2/20/SEKRE' })).status).toBe(303);
  const twice = await number(desk, other, { serial: '21', number: '400.9.2/20/SEKRE' });
  expect(twice.status).toBe(422);
  expect((await number(desk, letter, { serial: '22' })).status).toBe(409);
});

test('the database itself refuses a serial twice, and a number twice', async () => {
  const insert = (serial: number, text: string) =>
    app.db.query(
      `INSERT INTO letter_number (office_id, year, serial, number, letter_id, given_at)
       SELECT $1, 2026, $2, $3, (SELECT id FROM invitation_letter b WHERE NOT EXISTS (
         SELECT 1 FROM letter_number n WHERE n.letter_id = b.id) LIMIT 1), now()`,
      [desk.office.id, serial, text],
    );
  await expect(insert(7, 'lain')).rejects.toThrow('letter_number_serial');
  await expect(insert(99, '005/7/Dinsos/III/2026')).rejects.toThrow('letter_number_text');
});

test('a number that is taken away stays in the register with its reason, and can be taken up again', async () => {
  const letter = await another();
  await number(desk, letter, { serial: '30' });
  const discarded = await desk.organizer.post(`${letter}/removal`, {}, letter);
  expect([discarded.status, discarded.text.includes('Lepas nomornya dahulu')]).toEqual([409, true]);
  expect((await desk.organizer.post(`${letter}/number/removal`, { reason: '' }, letter)).status).toBe(422);
  await desk.organizer.post(`${letter}/number/removal`, { reason: 'Salah ketik' }, letter);
  expect((await register()).find(({ serial }) => serial === 30)).toMatchObject({ reason: 'Salah ketik' });
  expect((await desk.organizer.get(page)).text).toContain('Salah ketik');
  await number(desk, letter, { serial: '30' });
  expect((await register()).filter(({ serial }) => serial === 30)).toMatchObject([{ reason: '' }]);
});

test('what was left out is shown until somebody says why', async () => {
  const before = await desk.organizer.get(page);
  expect(before.text).toContain('Nomor 2 sampai 6');
  const wanted = { year: '2026', from: '2', to: '6', reason: 'Dipakai surat lain' };
  expect((await desk.organizer.post(page, wanted, page)).status).toBe(303);
  const { text } = await desk.organizer.get(page);
  expect(text).not.toContain('Nomor 2 sampai 6');
  expect(text).toContain('Dipakai surat lain');
  const used = await desk.organizer.post(page, { year: '2026', from: '7', to: '', reason: 'x' }, page);
  expect([used.status, used.text.includes('Semua nomor itu sudah dipakai')]).toEqual([422, true]);
  expect((await desk.leader.get(page)).status).toBe(200);
  expect((await desk.leader.post(page, wanted, page)).status).toBe(403);
});

describe('noting numbers that are not used', () => {
  const note = (fields: Record<string, string>) =>
    desk.organizer.post(page, { year: '2031', to: '', reason: 'Surat lain', ...fields }, page);
  const idOfSerial = async (serial: number) =>
    (
      (await app.db.query(
        'SELECT id FROM letter_number WHERE office_id = $1 AND year = 2031 AND serial = $2',
        [...[desk.office.id, serial]],
      )) as { id: number }[]
    )[0]?.id;

  test.each([
    [{ from: '114', to: '113' }, 'Nomor terakhir lebih kecil'],
    [{ from: '1', to: '501' }, 'Paling banyak 500 nomor sekaligus.'],
  ])('%j is refused at the field of the last one', async (fields, words) => {
    const { status, text } = await note(fields);
    expect([status, text.includes(words)]).toEqual([422, true]);
    expect(mistakesToldIn(text)).toEqual(['#field-to']);
    expect(await register(2031)).toEqual([]);
  });

  test('the first gap is proposed by its first number only', async () => {
    for (const serial of ['112', '114']) await number(desk, await another(), { date: '2031-02-03', serial });
    const { text } = await desk.organizer.get(`${page}?year=2031`);
    const form = fieldsOf(formsOf(text).find(({ action }) => action === page));
    expect([form.from, form.to]).toEqual(['113', '']);
  });

  test('where a letter bears one of them it is named, and nothing is noted', async () => {
    const { status, text } = await note({ from: '113', to: '114' });
    expect([status, text.includes('Nomor 114 dipakai surat.')]).toEqual([422, true]);
    expect((await register(2031)).map(({ serial }) => serial)).toEqual([112, 114]);
  });

  test('a note can be taken back, and is in the log', async () => {
    expect((await note({ from: '113' })).status).toBe(303);
    expect((await desk.organizer.get(`${page}?year=2031`)).text).toContain('Batalkan catatan nomor 113');
    const removal = `${page}/${await idOfSerial(113)}/removal`;
    expect((await desk.organizer.post(removal, {}, page)).headers.location).toBe(`${page}?year=2031`);
    expect((await register(2031)).map(({ serial }) => serial)).toEqual([112, 114]);
    const [entry] = await app.db.query(
      `SELECT action, detail FROM audit_entry WHERE office_id = $1 ORDER BY id DESC LIMIT 1`,
      [desk.office.id],
    );
    expect(entry).toMatchObject({ action: 'surat.number_note_removed', detail: { year: 2031, from: 113 } });
    expect((await desk.organizer.post(removal, {}, page)).status).toBe(404);
  });

  test('a number that a letter bears, or bore, stays', async () => {
    const removal = `${page}/${await idOfSerial(112)}/removal`;
    expect((await desk.organizer.post(removal, {}, page)).status).toBe(409);
    const letter = await another();
    await note({ from: '113' });
    await number(desk, letter, { date: '2031-02-03', serial: '113' });
    await desk.organizer.post(`${letter}/number/removal`, { reason: 'Rusak' }, letter);
    const { text } = await desk.organizer.get(`${page}?year=2031`);
    expect([text.includes('Rusak'), text.includes('Batalkan catatan')]).toEqual([true, false]);
    expect((await desk.organizer.post(`${page}/${await idOfSerial(113)}/removal`, {}, page)).status).toBe(
      409,
    );
  });
});

test('one number serves however many receive the letter', async () => {
  const own = { ...desk, ...(await makeLetterEvent(desk)) };
  const before = (await register()).length;
  await issue(own, await begin(own));
  expect((await register()).length).toBe(before + 1);
});

test('an office without a unit leaves no empty place between its slashes', () => {
  const parts = { code: '005', serial: 12, unit: '', date: '2026-03-02' };
  const numbers = ['{kode}/{urut}/{unit}/{tahun}', '{unit}/{urut}', '{urut}-{unit}', '{urut}.{unit}.{bulan}'];
  expect(numbers.map((pattern) => formatLetterNumber(pattern, parts))).toEqual([
    '005/12/2026',
    '12',
    '12',
    '12.03',
  ]);
});

test('gaps are what lies between the first number and the last', () => {
  expect(gapsIn([])).toEqual([]);
  expect(gapsIn([114])).toEqual([]);
  expect(gapsIn([3, 1, 3, 8])).toEqual([
    { from: 2, to: 2 },
    { from: 4, to: 7 },
  ]);
});

test('whoever signs for somebody writes whose office it is, and u.b. stands on a line of its own', () => {
  const lines = (authority: '' | 'a.n.' | 'u.b.' | 'Plt.' | 'Plh.', position: string) =>
    positionLines({ authority, position });
  expect(lines('', 'Kepala Dinas')).toEqual(['Kepala Dinas']);
  expect(lines('Plt.', 'Kepala Dinas')).toEqual(['Plt. Kepala Dinas']);
  expect(lines('Plh.', 'Kepala Dinas')).toEqual(['Plh. Kepala Dinas']);
  expect(lines('a.n.', 'Kepala Dinas\nSekretaris')).toEqual(['a.n. Kepala Dinas', 'Sekretaris']);
  expect(lines('u.b.', 'Kepala Dinas\nSekretaris\nKepala Bidang')).toEqual([
    ...['a.n. Kepala Dinas', 'Sekretaris', 'u.b.', 'Kepala Bidang'],
  ]);
  expect(lines('u.b.', 'Sekretaris\nKepala Bidang')).toEqual(['Sekretaris', 'u.b.', 'Kepala Bidang']);
  expect(lines('u.b.', 'Kepala Bidang')).toEqual(['u.b. Kepala Bidang']);
});

test('a template is filled once, and lines that name only what is empty are left out', () => {
  expect(fillTemplate('Acara: {acara}\n{catatan}\n\nSekian', { acara: '{lks}', catatan: '' })).toEqual([
    'Acara: {lks}',
    'Sekian',
  ]);
  expect(fillTemplate('{catatan}', { catatan: 'Satu\nDua' })).toEqual(['Satu', 'Dua']);
});

test.each([
  ['Di {tempat} pukul {pukul}', undefined],
  ['a\n{Tempat}', { placeholder: '{Tempat}', line: 2, why: 'unknown' }],
  ['{}', { placeholder: '{}', line: 1, why: 'unknown' }],
  ['a\nb {tempat', { placeholder: '{', line: 2, why: 'unknown' }],
  ['tempat}', { placeholder: '}', line: 1, why: 'unknown' }],
  ['{{tempat}}', { placeholder: '{', line: 1, why: 'unknown' }],
  ['Yth. {lks}', { placeholder: '{lks}', line: 1, why: 'each_only' }],
])('in a letter to all %j is wrong at %j', (template, wrong) => {
  expect(wrongPlaceholder(template, 'list')).toEqual(wrong);
});
