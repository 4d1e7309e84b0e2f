import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listInstitutions } from '../../src/features/institutions/institutions.list.js';
import { listSchema } from '../../src/features/institutions/institutions.schema.js';
import { mistakesBetween } from '../../src/features/institutions/institutions.search.js';
import { listInvitations } from '../../src/features/invitations/invitations.repository.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeInvitations, makeSeats } from '../factories/invitations.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { newOffice } from './support.js';

const names = [
  'Panti Asuhan Darul Hikmah',
  'Panti Asuhan Darul Ulum',
  'LKSA Darul Hijrah',
  'Yayasan Kasih Ibu',
  'Yayasan Kasih Bunda',
  'Yayasan Karya Insani',
  'LKSA Al-Hidayah',
  'Panti Asuhan Hidayatullah Sejati',
  'Panti Asuhan Nurul Iman',
  'Panti Asuhan Nurul Ihsan',
  'LKS-LU Budi Sejahtera',
  'Panti Wreda Budi Mulia',
  'Harapan Bangsa',
  'Panti Asuhan Harapan Bunda',
  'Muhammadiyah Cabang Martapura',
  'LKSA Aisyiyah Banjarbaru',
];

let app: TestApp;
let actor: OfficeActor;
let ids: number[];
beforeAll(async () => {
  app = await startTestApp();
  ({ actor } = await newOffice(app.db));
  ids = [];
  for (const name of names) ids.push(await makeInstitution(app.db, actor.office, { name }));
});
afterAll(() => app.close());

async function found(q: string): Promise<string[]> {
  const page = await listInstitutions(app.db, actor.office, listSchema.parse({ q }), '2026-03-02');
  return page.rows.map(({ name }) => name);
}

describe('what is typed finds', () => {
  test.each([
    ['Darul Hikmah', 'Panti Asuhan Darul Hikmah', 'as it is written'],
    ['Darull Hikma', 'Panti Asuhan Darul Hikmah', 'a letter doubled, a letter missing'],
    ['darul hikmha', 'Panti Asuhan Darul Hikmah', 'two letters swapped'],
    ['Hikmah Darul', 'Panti Asuhan Darul Hikmah', 'words in another order'],
    ['hikmah', 'Panti Asuhan Darul Hikmah', 'one word of the name'],
    ['LKSA Darul Hikmah', 'Panti Asuhan Darul Hikmah', 'another kind in front'],
    ['darulhikmah', 'Panti Asuhan Darul Hikmah', 'words written together'],
    ['Yasan Kasi Ibu', 'Yayasan Kasih Ibu', 'letters missing in two words'],
    ['yayasan kaish ibu', 'Yayasan Kasih Ibu', 'swapped letters in a short word'],
    ['Yayasn Kasih Ibbu', 'Yayasan Kasih Ibu', 'the kind mistyped too'],
    ['hidayah', 'LKSA Al-Hidayah', 'the particle left out'],
    ['Alhidayah', 'LKSA Al-Hidayah', 'the particle written together'],
    ['hidayatulah', 'Panti Asuhan Hidayatullah Sejati', 'a doubled letter left out'],
    ['hdayatulloh', 'Panti Asuhan Hidayatullah Sejati', 'two mistakes in a long word'],
    ['sejahtra budhi', 'LKS-LU Budi Sejahtera', 'mistakes in both words, turned around'],
    ['harapn bunda', 'Panti Asuhan Harapan Bunda', 'a letter missing'],
    ['harap', 'Panti Asuhan Harapan Bunda', 'the beginning of a word'],
    ['muhamadiyah martapua', 'Muhammadiyah Cabang Martapura', 'mistakes in two long words'],
    ['aisiyah', 'LKSA Aisyiyah Banjarbaru', 'a spelling of its own'],
  ])('%s → %s (%s)', async (typed, wanted) => {
    expect(await found(typed)).toContain(wanted);
  });

  test.each([
    ['Darull Hikma', 'Panti Asuhan Darul Hikmah'],
    ['Yasan Kasi Ibu', 'Yayasan Kasih Ibu'],
    ['Harapan Bunda', 'Panti Asuhan Harapan Bunda'],
    ['kasih bunda', 'Yayasan Kasih Bunda'],
    ['Nurul Iman', 'Panti Asuhan Nurul Iman'],
  ])('%s, and nothing stands above %s', async (typed, first) => {
    expect((await found(typed))[0]).toBe(first);
  });

  test.each([
    ['Darul Hikmah', 'Panti Asuhan Darul Ulum'],
    ['Darull Hikma', 'LKSA Darul Hijrah'],
    ['Yasan Kasi Ibu', 'Yayasan Karya Insani'],
    ['Yasan Kasi Ibu', 'Yayasan Kasih Bunda'],
    ['Nurul Iman', 'Panti Asuhan Nurul Ihsan'],
    ['Panti Asuhan Hidayatullah', 'Panti Asuhan Nurul Iman'],
    ['Budi Sejahtra', 'Panti Wreda Budi Mulia'],
    ['Harapan Bunda', 'Harapan Bangsa'],
  ])('%s, but not %s', async (typed, other) => {
    const rows = await found(typed);
    expect(rows).not.toEqual([]);
    expect(rows).not.toContain(other);
  });

  test.each(['zzzqqq', 'panti qwertz', 'Darul Qwertz', "%_\\'", '---'])(
    '%s: nothing, or everything where no letter is left',
    async (typed) => {
      expect(await found(typed)).toHaveLength(/[a-z]/i.test(typed) ? 0 : names.length);
    },
  );
});

test('a word of a name that was just changed is forgiven at once', async () => {
  const id = await makeInstitution(app.db, actor.office, { name: 'Panti Sementara' });
  await app.db.query(
    `UPDATE institution SET name = 'Panti Kalibata', search_text = 'panti kalibata' WHERE id = $1`,
    [id],
  );
  expect(await found('kalibatta')).toEqual(['Panti Kalibata']);
  await app.db.query('DELETE FROM institution WHERE id = $1', [id]);
});

test('the invitations of an event are searched in the same way, the best first, page by page', async () => {
  const event = await makeEvent(app.db, actor.office);
  await makeSeats(app, actor, event, 2);
  await makeInvitations(app, actor, event, ids);
  const search = async (text: string, after?: { key: string; id: number }) =>
    listInvitations(app.db, event, { filter: 'all', search: text, after, limit: 1 });
  expect((await search('Darull Hikma')).map(({ name }) => name)).toEqual(['Panti Asuhan Darul Hikmah']);
  const [first] = await search('harapan bunda');
  expect(first?.name).toBe('Panti Asuhan Harapan Bunda');
  const [one] = await search('harapan');
  const [two] = await search('harapan', one);
  expect([one?.name, two?.name]).toEqual(['Harapan Bangsa', 'Panti Asuhan Harapan Bunda']);
  expect(await search('harapan', two)).toEqual([]);
});

test('mistakes are counted as people make them: a swap is one', () => {
  const counted = [
    ['hikmah', 'hikmah'],
    ['hikmah', 'hikma'],
    ['hikmah', 'hikmha'],
    ['kasih', 'kaish'],
    ['', 'ibu'],
    ['budi', 'mulia'],
  ].map(([a = '', b = '']) => mistakesBetween(a, b));
  expect(counted).toEqual([0, 1, 1, 1, 3, 3]);
});
