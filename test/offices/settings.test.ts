import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { contrastOnWhite } from '../../src/features/offices/contrast.js';
import { formatLetterNumber, unknownPlaceholder } from '../../src/features/offices/letter-number.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { findOfficeLogo } from '../../src/features/offices/offices.repository.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let admin: Visitor;
beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  admin = await new Visitor(app.app).signIn((await makeUser(app.db, office, ['administrator'])).email);
});
afterAll(() => app.close());

/** What a page that was opened just now sends along. */
const seen = async (table = 'office') =>
  ((await app.db.query(`SELECT version FROM ${table} ORDER BY id`)) as [{ version: number }])[0];

const facts = {
  retentionMonths: '24',
  quietFrom: '20:00',
  quietUntil: '07:00',
  name: 'Dinas Sosial Uji',
  shortName: 'Dinsos Uji',
  zone: 'Asia/Makassar',
  accent: '#7a1f5c',
};
const auditOf = async (action: string) =>
  (await app.db.query('SELECT fields, detail FROM audit_entry WHERE action = $1 ORDER BY id', [action])) as {
    fields: string[];
  }[];

test('the office’s facts are saved, and its colour is on the next page', async () => {
  const saved = await admin.post('/settings/office', {
    ...(await seen()),
    ...facts,
    contactPhone: '0812-3456-7890',
  });
  expect(saved.status).toBe(303);
  const page = await admin.get('/settings/office');
  expect(page.text).toContain('/assets/accent-7a1f5c.css');
  expect(page.text).toContain('0812-3456-7890');
  expect((await auditOf('office.changed'))[0]?.fields).toEqual([
    'name',
    'shortName',
    'accent',
    'contactPhone',
  ]);
});

test('saving what is there already writes nothing down', async () => {
  await admin.post('/settings/office', { ...(await seen()), ...facts, contactPhone: '+62 812 3456 7890' });
  expect(await auditOf('office.changed')).toHaveLength(1);
});

test('a colour that cannot be read on white is refused', async () => {
  expect(contrastOnWhite('#ffffff')).toBeCloseTo(1);
  expect(contrastOnWhite('#000000')).toBeCloseTo(21);
  const light = await admin.post('/settings/office', { ...(await seen()), ...facts, accent: '#ffcc00' });
  expect([light.status, light.text.includes('terlalu terang')]).toEqual([422, true]);
  expect(
    (await admin.post('/settings/office', { ...(await seen()), ...facts, accent: 'merah' })).text,
  ).toContain('#0f5c63');
});

test('a logo is drawn anew as a small PNG and served to the office only', async () => {
  const picture = sharp({ create: { width: 1200, height: 600, channels: 3, background: '#0f5c63' } });
  const content = await picture
    .jpeg()
    .withExif({ IFD0: { Artist: 'rahasia' } })
    .toBuffer();
  const lines = 'PEMERINTAH PROVINSI\r\nDINAS SOSIAL\r\n\r\nJalan Contoh 1';
  const saved = await admin.upload(
    '/settings/letterhead',
    { field: 'logo', content, name: 'virus.exe' },
    { lines, version: String((await seen()).version) },
  );
  expect(saved.status).toBe(303);
  const served = await admin.get('/settings/logo');
  expect(served.headers['content-type']).toBe('image/png');
  expect(await sharp(served.body as Buffer).metadata()).toMatchObject({
    format: 'png',
    width: 512,
    height: 256,
  });
  expect((served.body as Buffer).includes('rahasia')).toBe(false);
  expect((await findOfficeLogo(app.db, office.id))?.mediaType).toBe('image/png');
  const page = await admin.get('/settings/letterhead');
  expect(page.text).toContain('<p>Jalan Contoh 1</p>');
  const other = await makeUser(app.db, await makeOffice(app.db), ['administrator']);
  expect((await (await new Visitor(app.app).signIn(other.email)).get('/settings/logo')).status).toBe(404);
});

test('what is no picture is refused, whatever it is called; so is a broken or too large one', async () => {
  const send = (content: Buffer) =>
    admin.upload('/settings/letterhead', { field: 'logo', content, name: 'logo.png' }, { lines: 'A' });
  const script = await send(
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  );
  expect([script.status, script.text.includes('bukan gambar PNG atau JPEG')]).toEqual([422, true]);
  const whole = await sharp({ create: { width: 90, height: 90, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
  expect((await send(whole.subarray(0, 60))).text).toContain('tidak dapat dibaca');
  const heavy = await send(Buffer.alloc(2 * 1024 * 1024 + 1));
  expect([heavy.status, heavy.text.includes('paling besar 2 MB')]).toEqual([422, true]);
  expect(heavy.text).toContain('>A</textarea>');
});

test('the logo can be removed', async () => {
  await admin.post('/settings/letterhead', { lines: 'DINAS SOSIAL', removeLogo: 'on', ...(await seen()) });
  expect((await admin.get('/settings/logo')).status).toBe(404);
});

test('letter numbers are made as offices write them', () => {
  const parts = { code: '005', serial: 123, unit: 'Dinsos', date: '2022-08-23' };
  expect(formatLetterNumber('{kode}/{urut}/{unit}/{bulan_romawi}/{tahun}', parts)).toBe(
    '005/123/Dinsos/VIII/2022',
  );
  expect(formatLetterNumber('B-{urut}.{bulan}', parts)).toBe('B-123.08');
  expect(unknownPlaceholder('{urut}/{constructor}')).toBe('{constructor}');
  expect(unknownPlaceholder('{urut}/}')).toBe('}');
});

test('an unknown placeholder is refused by its name, and a pattern without a serial number too', async () => {
  const send = async (numberPattern: string, more = {}) =>
    admin.post('/settings/numbering', { ...(await seen()), numberPattern, ...more });
  expect((await send('{urut}/{bulann}')).text).toContain('{bulann} tidak dikenal');
  expect((await send('{kode}/{tahun}')).text).toContain('Pola harus memuat {urut}');
  const shown = await send('{urut}-{unit}-{tahun}', { preview: '1', numberUnit: 'Sekre' });
  expect([shown.status, shown.text.includes('123-Sekre-2026')]).toEqual([200, true]);
  expect(await auditOf('office.numbering_changed')).toHaveLength(0);
  expect((await send('{urut}-{unit}-{tahun}', { numberUnit: 'Sekre' })).status).toBe(303);
  expect((await auditOf('office.numbering_changed'))[0]?.fields).toEqual([
    'numberPattern',
    'numberCode',
    'numberUnit',
  ]);
});

test('a signatory is added, shown with the NIP as it is printed, changed and removed', async () => {
  const typed = {
    authority: 'Plt.',
    name: 'Rahmat',
    position: 'Kepala Dinas',
    nip: '19700101 199503 1 001',
    sort: '1',
  };
  expect((await admin.post('/settings/signatories', { ...typed, nip: '123' })).text).toContain('18 angka');
  expect((await admin.post('/settings/signatories', typed)).status).toBe(303);
  const list = await admin.get('/settings/signatories');
  expect(list.text).toContain('19700101 199503 1 001');
  expect(list.text).toContain('Plt. Kepala Dinas');
  const place = /\/settings\/signatories\/\d+/.exec(list.text)?.[0] ?? '';
  await admin.post(place, { ...(await seen('signatory')), ...typed, name: 'Rahmat Hidayat' });
  expect((await auditOf('signatory.changed'))[0]?.fields).toEqual(['name']);
  await admin.post(`${place}/removal`);
  expect((await admin.get('/settings/signatories')).text).toContain('Belum ada penanda tangan');
  expect(await auditOf('signatory.removed')).toHaveLength(1);
});

test('of two edits at once one is saved whole and the other is told, and the log names what was changed', async () => {
  const start = { ...facts, contactName: 'Semula', address: 'Jl. Semula' };
  await admin.post('/settings/office', { ...(await seen()), ...start });
  const opened = { ...(await seen()), ...start };
  const [other] = (await app.db.query('SELECT max(id) AS id FROM audit_entry')) as [{ id: number }];
  const sends = [
    await admin.prepare('/settings/office', { ...opened, contactName: 'Baru' }),
    await admin.prepare('/settings/office', { ...opened, address: 'Jl. Baru' }),
  ];
  // Both have read the page, and neither can save before the row is let go.
  const holder = app.db.createQueryRunner();
  await holder.startTransaction();
  await holder.query('SELECT 1 FROM office WHERE id = $1 FOR UPDATE', [office.id]);
  const saving = Promise.all(sends.map((send) => send()));
  for (let waiting = 0; waiting < 2;) {
    const [row] = (await app.db.query(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )) as [{ waiting: number }];
    ({ waiting } = row);
  }
  await holder.commitTransaction();
  await holder.release();
  expect((await saving).map(({ status }) => status).sort()).toEqual([303, 422]);
  const [after] = (await app.db.query('SELECT contact_name, address FROM office WHERE id = $1', [
    office.id,
  ])) as [{ contact_name: string; address: string }];
  const isFirst = after.contact_name === 'Baru';
  expect(after).toEqual({
    contact_name: isFirst ? 'Baru' : 'Semula',
    address: isFirst ? 'Jl. Semula' : 'Jl. Baru',
  });
  const entries = (await app.db.query(
    `SELECT fields FROM audit_entry WHERE action = 'office.changed' AND id > $1 ORDER BY id`,
    [other.id],
  )) as { fields: string[] }[];
  expect(entries.map(({ fields }) => [...fields].sort())).toEqual([[isFirst ? 'contactName' : 'address']]);
});
