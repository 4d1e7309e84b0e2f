import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { formsOf } from '../support/forms.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let first: Visitor;
let second: Visitor;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  office = await makeOffice(app.db);
  const roles = ['administrator', 'organizer'] as const;
  const signedIn = async () =>
    new Visitor(app.app).signIn((await makeUser(app.db, office, [...roles])).email);
  [first, second] = [await signedIn(), await signedIn()];
});
afterAll(() => app.close());

type Fields = Record<string, string>;

/** The form at an address as somebody has it open, with its version and their own token. */
async function open(visitor: Visitor, page: string, action = page): Promise<Fields> {
  const form = formsOf((await visitor.get(page)).text).find((one) => one.action === action);
  const typed = form?.fields.filter(([, , kind]) => !['button', 'file'].includes(kind)) ?? [];
  return Object.fromEntries(typed.map(([name, value]) => [name, value]));
}

/**
 * Two people open the same form and save one after the other: the second is told, sees what the first one saved
 * beside what they typed themselves, and has their way when they save once more.
 */
async function meet(page: string, mine: Fields, theirs: Fields, told: string): Promise<void> {
  const [one, two] = [await open(first, page), await open(second, page)];
  expect((await first.send(page, { ...one, ...mine })).status).toBe(303);
  const refused = await second.send(page, { ...two, ...theirs });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Orang lain menyimpan perubahan setelah halaman ini Anda buka');
  expect(refused.text).toContain(`Tersimpan sekarang: ${told}`);
  const again = formsOf(refused.text).find(({ action }) => action === page);
  const shown = Object.fromEntries(again?.fields.map(([name, value]) => [name, value]) ?? []);
  expect(shown).toMatchObject(theirs);
  const { rank: _button, preview: _preview, ...fields } = shown;
  expect((await second.send(page, { ...fields, ...theirs })).status).toBe(303);
}

test('of two who change the office’s facts, the second is told, and neither loses anything', async () => {
  await meet('/settings/office', { shortName: 'Dinsos Satu' }, { shortName: 'Dinsos Dua' }, 'Dinsos Satu');
  const [saved] = (await app.db.query('SELECT short_name AS name, version FROM office WHERE id = $1', [
    office.id,
  ])) as unknown[];
  expect(saved).toEqual({ name: 'Dinsos Dua', version: 3 });
});

test('of two who change the letterhead, the second is told', async () => {
  await meet('/settings/letterhead', { lines: 'KOP SATU' }, { lines: 'KOP DUA' }, 'KOP SATU');
});

test('of two who change the numbering, the second is told', async () => {
  await meet('/settings/numbering', { numberCode: '111' }, { numberCode: '222' }, '111');
});

test('of two who change a signatory, the second is told', async () => {
  await first.post('/settings/signatories', { name: 'Rahmat', position: 'Kepala', authority: '', sort: '1' });
  const list = await first.get('/settings/signatories');
  const place = /\/settings\/signatories\/\d+/.exec(list.text)?.[0] ?? '';
  await meet(
    place,
    { position: 'Kepala Satu', rank: 'IV/a' },
    { position: 'Kepala Dua', rank: '' },
    'Kepala Satu',
  );
});

test('of two who change a representative, the second is told; so is who would take the lead back unawares', async () => {
  const id = await makeInstitution(app.db, office, { leader: { name: 'Siti', phone: '+6281200000001' } });
  const [person] = (await app.db.query('SELECT id FROM representative WHERE institution_id = $1', [id])) as [
    { id: number },
  ];
  const place = `/institutions/${id}/representatives/${person.id}`;
  await meet(place, { name: 'Siti Satu' }, { name: 'Siti Dua' }, 'Siti Satu');

  const stale = await open(second, place);
  expect(stale.isLeader).toBe('on');
  await first.post(`/institutions/${id}/representatives`, { name: 'Budi', isLeader: 'on' });
  const refused = await second.send(place, { ...stale, position: 'Ketua Umum' });
  expect([refused.status, refused.text.includes('bukan pimpinan')]).toEqual([422, true]);
});

test('who saves what is there already is not troubled, however old their page', async () => {
  const stale = await open(second, '/settings/office');
  await first.post('/settings/numbering', {
    ...(await open(first, '/settings/numbering')),
    numberUnit: 'Sekre',
    preview: '',
  });
  expect((await second.send('/settings/office', stale)).status).toBe(303);
});

test('a form that does not say what it saw changes nothing', async () => {
  const { version: _version, ...form } = await open(first, '/settings/office');
  expect((await first.send('/settings/office', { ...form, shortName: 'Buta' })).status).toBe(422);
});

test('the retention is kept within its bounds, and is the office’s own', async () => {
  const form = await open(first, '/settings/office');
  expect(form.retentionMonths).toBe('24');
  for (const retentionMonths of ['0', '121', 'dua', ''])
    expect((await first.send('/settings/office', { ...form, retentionMonths })).text).toContain(
      'id="field-retentionMonths-error"',
    );
  expect((await first.send('/settings/office', { ...form, retentionMonths: '12' })).status).toBe(303);
  const [saved] = (await app.db.query('SELECT retention_months AS months FROM office WHERE id = $1', [
    office.id,
  ])) as unknown[];
  expect(saved).toEqual({ months: 12 });
  const entries = (await app.db.query(
    `SELECT fields FROM audit_entry WHERE office_id = $1 AND action = 'office.changed'`,
    [office.id],
  )) as unknown[];
  expect(entries).toEqual([{ fields: ['retentionMonths'] }]);
});
