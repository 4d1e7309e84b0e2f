import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { answer, makeInvitations, makeSeats } from '../factories/invitations.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function freshOffice(): Promise<{ office: Office; actor: OfficeActor; visitor: Visitor }> {
  const office = await makeOffice(app.db, { regionCode: '33' });
  const user = await makeUser(app.db, office);
  const actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
  return { office, actor, visitor: await new Visitor(app.app).signIn(user.email) };
}

const titles = (text: string) =>
  [...text.matchAll(/class="table__main"[^>]*>([^<]+)</g)].map(([, title]) => title);

test.each(['published', 'draft'] as const)(
  'the list pages by key through every %s event once, and keeps its filters in the address',
  async (state) => {
    const { office, visitor } = await freshOffice();
    for (let n = 1; n <= 28; n += 1)
      await makeEvent(app.db, office, { title: `Rapat ${n}`, state, days: [`2026-03-0${1 + (n % 9)}`] });
    if (state === 'draft')
      await app.db.query('UPDATE event SET first_day = NULL WHERE office_id = $1 AND id % 15 <> 0', [
        office.id,
      ]);
    await makeEvent(app.db, await makeOffice(app.db), { title: 'Rapat lain', state });
    const first = await visitor.get(`/events?state=${state}&search=rapat`);
    expect(titles(first.text)).toHaveLength(25);
    const next = /href="(\/events\?[^"]*after=[^"]+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(next).toContain(`state=${state}`);
    const second = await visitor.get(next);
    expect(titles(second.text)).toHaveLength(3);
    const all = [...titles(first.text), ...titles(second.text)];
    expect(new Set(all).size).toBe(28);
    expect(all).not.toContain('Rapat lain');
  },
);

test('kind, state, year, series and search narrow the list; what cannot be read is left out', async () => {
  const { office, visitor } = await freshOffice();
  const [series] = (await app.db.query(
    `INSERT INTO event_series (office_id, name) VALUES ($1, 'Rakor tahunan') RETURNING id`,
    [office.id],
  )) as [{ id: number }];
  const old = await makeEvent(app.db, office, {
    title: 'Rakor 100%',
    days: ['2024-12-04'],
    state: 'finished',
  });
  await app.db.query(`UPDATE event SET kind = 'rakor', series_id = $2 WHERE id = $1`, [old, series.id]);
  await makeEvent(app.db, office, { title: 'Bimtek baru', days: ['2026-03-20'] });
  const found = async (query: string) => titles((await visitor.get(`/events?${query}`)).text);
  for (const query of ['kind=rakor', 'state=finished', 'year=2024', `series=${series.id}`, 'search=100%25'])
    expect(await found(query)).toEqual(['Rakor 100%']);
  expect(await found('search=%25')).toEqual(['Rakor 100%']);
  expect(await found('kind=pesta&year=x&after=1;drop')).toEqual(['Bimtek baru', 'Rakor 100%']);
  expect((await visitor.get('/events?search=tidakada')).text).toContain('Tidak ada yang cocok');
});

test('the month shows an event on each of its days, with the neighbours to walk to', async () => {
  const { office, visitor } = await freshOffice();
  await makeEvent(app.db, office, {
    title: 'Bimtek tiga hari',
    days: ['2026-03-30', '2026-03-31', '2026-04-01'],
  });
  const march = await visitor.get('/events/calendar?month=2026-03');
  expect(march.text.match(/Bimtek tiga hari/g)).toHaveLength(3);
  expect(march.text).toContain('/events/calendar?month=2026-02');
  expect(march.text).toContain('/events/calendar?month=2026-04');
  const december = await visitor.get('/events/calendar?month=2026-12');
  expect(december.text).toContain('/events/calendar?month=2027-01');
  expect((await visitor.get('/events/calendar?month=2026-13')).text).toContain('Maret 2026');
});

test('a fresh office is led through its three first steps', async () => {
  const { visitor } = await freshOffice();
  const home = await visitor.get('/');
  expect(home.text).toContain('Masukkan daftar LKS');
  expect(home.text).toContain('href="/institutions/import"');
  expect((await visitor.get('/events')).text).toContain('Belum ada kegiatan');
});

test('home says what is next, who has not answered, and what a draft lacks', async () => {
  const { office, actor, visitor } = await freshOffice();
  const id = await makeEvent(app.db, office, { title: 'Bimtek terdekat' });
  await makeEvent(app.db, office, { title: 'Bimtek kemudian', days: ['2026-06-01'] });
  await makeEvent(app.db, office, { title: 'Bimtek lampau', days: ['2025-06-01'], state: 'finished' });
  await makeEvent(app.db, office, { title: 'Rencana mentah', state: 'draft' });
  await makeSeats(app, actor, id, 5);
  const given = { regionCode: '33.10' };
  const quiet = await makeInstitution(app.db, office, { ...given, name: 'LKS Belum Menjawab' });
  const eager = await makeInstitution(app.db, office, { ...given, name: 'LKS Sudah Hadir' });
  const invitations = await makeInvitations(app, actor, id, [quiet, eager]);
  await app.db.query(`UPDATE event SET published_at = now() WHERE id = $1`, [id]);
  const [, accepting] = invitations;
  await answer(app, id, accepting ?? 0, 'accepts');
  const { text } = await visitor.get('/');
  expect(text.indexOf('Bimtek terdekat')).toBeLessThan(text.indexOf('Bimtek kemudian'));
  expect(text).not.toContain('Bimtek lampau');
  expect(text).toContain('1 LKS belum menjawab');
  expect(text).toContain('LKS Belum Menjawab');
  expect(text).not.toContain('LKS Sudah Hadir');
  expect(text).toContain('Masih perlu: tempat atau tautan daring, jumlah kursi pada kuota');
});

test('a person without an office is told what to do', async () => {
  const user = await makeUser(app.db, undefined);
  const home = await (await new Visitor(app.app).signIn(user.email)).get('/');
  expect(home.status).toBe(200);
  expect(home.text).toContain('Anda belum menjadi anggota instansi');
  expect(home.text).toContain(user.email);
});

test('every page of an event comes in English too', async () => {
  const { office, visitor } = await freshOffice();
  const id = await makeEvent(app.db, office, { state: 'draft' });
  const _csrf = /action="\/language">\s*<input type="hidden" name="_csrf" value="([^"]+)"/.exec(
    (await visitor.get('/')).text,
  )?.[1];
  await visitor.post('/language', { _csrf, language: 'en', back: '/' });
  const parts = ['facts', 'place', 'deadlines', 'days', 'speakers', 'agenda'].map(
    (part) => `/events/${id}/plan/${part}`,
  );
  for (const path of [
    '/',
    '/events',
    '/events/calendar',
    '/events/new',
    `/events/${id}`,
    `/events/${id}/plan`,
    `/events/${id}/clone`,
    ...parts,
  ]) {
    const page = await visitor.get(path);
    expect([path, page.status]).toEqual([path, 200]);
    expect(page.text).toContain('<html lang="en">');
    expect(page.text).not.toContain('Kegiatan');
  }
});
