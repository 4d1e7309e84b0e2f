import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeAction, makeOwner } from '../factories/actions.js';
import { makeEvent } from '../factories/events.js';
import { readTable } from '../../src/spreadsheets/read-table.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { readPdf } from '../support/pdf.js';
import { Visitor } from '../support/visitor.js';
import { openDesk, type Desk } from './support.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.app.close());

const titles = (text: string) =>
  [...text.matchAll(/class="table__main"[^>]*>([^<]+)</g)].map(([, title]) => title);

test('the board narrows by state, owner, overdue, series, event and words, and pages by key', async () => {
  const { app, office, visitor } = desk;
  const seriesId = await desk.series('Rakor');
  const eventId = await desk.eventOf(seriesId);
  const ownerId = await makeOwner(app.db, office, { name: 'Bappeda' });
  await makeAction(app.db, office, { title: 'Terlambat 100%', dueOn: '2026-03-01', ownerId, eventId });
  await makeAction(app.db, office, { title: 'Hari ini', dueOn: '2026-03-02' });
  await makeAction(app.db, office, { title: 'Sudah beres', state: 'verified', dueOn: '2026-01-01' });
  await makeAction(app.db, office, { title: 'Sudah diserahkan', state: 'handed_in', dueOn: '2026-02-01' });
  await makeAction(app.db, await makeOffice(app.db), { title: 'Kantor lain' });
  const found = async (query: string) => titles((await visitor.get(`/actions?${query}`)).text);
  expect(await found('')).toEqual(['Sudah diserahkan', 'Terlambat 100%', 'Hari ini']);
  expect(await found('state=verified')).toEqual(['Sudah beres']);
  for (const query of [
    'due=overdue',
    `owner=${ownerId}`,
    `series=${seriesId}`,
    `event=${eventId}`,
    'q=100%25',
  ])
    expect([query, await found(query)]).toEqual([query, ['Terlambat 100%']]);
  expect(await found('state=pesta&owner=x&after=1;drop&due=ya')).toHaveLength(3);
  const board = await visitor.get('/actions');
  expect(board.text).toContain('1 dari 4 tindak lanjut sudah selesai');
  expect(board.text).toContain('1 lewat waktu');
  for (let n = 0; n < 30; n += 1)
    await makeAction(app.db, office, {
      title: `Baris ${n}`,
      ...(n % 3 > 0 && { dueOn: `2026-05-0${1 + (n % 9)}` }),
    });
  const first = await visitor.get('/actions?q=Baris');
  const next = /href="(\/actions\?[^"]*after=[^"]+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(next).toContain('q=Baris');
  const all = [...titles(first.text), ...titles((await visitor.get(next)).text)];
  expect(new Set(all).size).toBe(30);
});

test('the RTL table leaves as a sheet and as a paper, safe from formulas, and is recorded', async () => {
  const { app, visitor } = desk;
  const eventId = await makeEvent(app.db, desk.office, { title: 'Rakor Ekspor' });
  const ownerId = await makeOwner(app.db, desk.office, { name: '=cmd|calc' });
  await makeAction(app.db, desk.office, {
    eventId,
    ownerId,
    title: '=1+1',
    problem: 'Izin',
    state: 'in_progress',
  });
  await makeAction(app.db, desk.office, { eventId, title: 'Batal', state: 'dropped' });
  const wanted = { event: String(eventId), state: 'all' };
  const sheet = await visitor.download('/actions/export', { ...wanted, format: 'xlsx' });
  const cells = (await readTable(sheet)).map((row) => row.cells);
  expect(cells[0]).toEqual([
    ...[
      'No',
      'Permasalahan',
      'Rencana tindak lanjut',
      'Penanggung jawab',
      'Pihak terkait',
      'Target',
      'Status',
      'Bukti',
    ],
  ]);
  expect(cells).toHaveLength(2);
  expect(cells[1]?.[2]).toBe("'=1+1");
  expect(cells[1]?.[3]).toMatch(/^'=cmd/);
  expect(cells[1]?.[6]).toBe('Proses');
  const paper = await visitor.post('/actions/export', { ...wanted, format: 'pdf' });
  expect([paper.status, paper.type]).toEqual([200, 'application/pdf']);
  const audits = await desk.sql(
    `SELECT detail->>'count' AS count, detail->>'format' AS format FROM audit_entry
     WHERE action = 'actions.exported' ORDER BY id`,
  );
  expect(audits).toEqual([
    { count: '1', format: 'xlsx' },
    { count: '1', format: 'pdf' },
  ]);
  const { visitor: leader } = await desk.colleague(['leader']);
  expect((await leader.post('/actions/export', { ...wanted, format: 'xlsx' })).status).toBe(403);
  const foreign = await makeEvent(app.db, await makeOffice(app.db));
  expect((await visitor.post('/actions/export', { event: String(foreign), format: 'pdf' })).status).toBe(404);
});

test('home tells each role what waits for it, and an office with nothing says so', async () => {
  const { app } = desk;
  const office = await makeOffice(app.db);
  const enter = async (role: 'organizer' | 'secretary' | 'leader') => {
    const user = await makeUser(app.db, office, [role]);
    return { user, visitor: await new Visitor(app.app).signIn(user.email) };
  };
  const [organizer, secretary, leader] = [
    await enter('organizer'),
    await enter('secretary'),
    await enter('leader'),
  ];
  const eventId = await makeEvent(app.db, office, { title: 'Rakor Notula', state: 'finished' });
  await app.db.query(`UPDATE event SET published_at = now() WHERE id = $1`, [eventId]);
  const own = await makeOwner(app.db, office, { kind: 'user', userId: secretary.user.id });
  await makeAction(app.db, office, { dueOn: '2026-02-01' });
  await makeAction(app.db, office, { state: 'handed_in' });
  await makeAction(app.db, office, { ownerId: own });
  await app.db.query(`INSERT INTO minutes (event_id, state) VALUES ($1, 'submitted')`, [eventId]);
  const home = async ({ visitor }: { visitor: Visitor }) => (await visitor.get('/')).text;
  const seen = [await home(organizer), await home(secretary), await home(leader)];
  const says = (words: string) => seen.map((text) => text.includes(words));
  expect(says('1 tindak lanjut lewat waktu')).toEqual([true, true, true]);
  expect(says('1 tindak lanjut diserahkan')).toEqual([true, false, true]);
  expect(says('Notula menunggu persetujuan Anda: Rakor Notula')).toEqual([false, false, true]);
  expect(says('1 tindak lanjut menjadi tanggung jawab Anda')).toEqual([false, true, false]);
  const event = await leader.visitor.get(`/events/${eventId}`);
  expect(event.text).toContain('Baca dan setujui notula');
});

test('the record of an LKS shows what it owes this office', async () => {
  const id = await makeInstitution(desk.app.db, desk.office);
  const page = async () => (await desk.visitor.get(`/institutions/${id}`)).text;
  expect(await page()).toContain('Belum ada tindak lanjut');
  const ownerId = await makeOwner(desk.app.db, desk.office, { kind: 'institution', institutionId: id });
  await makeAction(desk.app.db, desk.office, { ownerId, title: 'Melengkapi profil' });
  expect(await page()).toContain('Melengkapi profil');
  expect(await page()).toContain(`/actions/owners/${ownerId}`);
});

test('the board, its pages and its table come in the order of age, where that is wanted', async () => {
  const { app, office, visitor } = desk;
  const written = Array.from({ length: 30 }, (_, n) => `Umur ${String(n).padStart(2, '0')}`);
  for (const [n, title] of written.entries()) {
    const id = await makeAction(app.db, office, {
      title,
      dueOn: `2027-01-${String(30 - n).padStart(2, '0')}`,
    });
    await desk.sql(
      `UPDATE action_item SET created_at = '2025-01-01'::timestamptz + $2 * interval '1 day' WHERE id = $1`,
      [
        id,
        // The last two are of one moment.
        Math.min(n, 28),
      ],
    );
  }
  const first = await visitor.get('/actions?q=Umur&order=age');
  expect(first.text).toMatch(/<option value="age" selected>Paling lama tercatat/);
  const next = /href="(\/actions\?[^"]*after=[^"]+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect([...titles(first.text), ...titles((await visitor.get(next)).text)]).toEqual(written);
  const sheet = await visitor.download('/actions/export', {
    q: 'Umur',
    state: 'all',
    order: 'age',
    format: 'xlsx',
  });
  expect((await readTable(sheet)).slice(1).map(({ cells }) => cells[2])).toEqual(written);
});

test('the page of an owner shows every open one first, and says how many closed ones it leaves to the board', async () => {
  const { app, office, visitor } = desk;
  const ownerId = await makeOwner(app.db, office);
  for (let n = 0; n < 23; n += 1)
    await makeAction(app.db, office, { ownerId, title: `Lama ${n}`, state: 'verified', dueOn: '2025-01-01' });
  for (let n = 0; n < 30; n += 1)
    await makeAction(app.db, office, { ownerId, title: `Terbuka ${n}`, dueOn: '2026-12-01' });
  const { text } = await visitor.get(`/actions/owners/${ownerId}`);
  const shown = titles(text);
  expect(shown.slice(0, 30).every((title) => title?.startsWith('Terbuka'))).toBe(true);
  expect(shown).toHaveLength(30 + 20);
  expect(text).toContain('Lihat juga 3 lagi yang sudah ditutup');
  expect(text).toContain(`href="/actions?owner=${ownerId}&amp;state=all"`);
  expect((await visitor.get(await desk.ownerLink(ownerId))).text).toContain('dan 13 lagi yang lebih lama');
});

test('the paper is signed at a place and on a day', async () => {
  const { app, office, visitor } = desk;
  await desk.sql(
    `INSERT INTO signatory (office_id, authority, name, position, sort) VALUES ($1, '', 'Siti Kepala', 'Kepala', 1)`,
    [office.id],
  );
  await desk.sql(`INSERT INTO letter_settings (office_id, settings) VALUES ($1, '{"place": "Banjarbaru"}')`, [
    office.id,
  ]);
  await makeAction(app.db, office, { title: 'Ditandatangani' });
  const paper = await visitor.download('/actions/export', {
    q: 'Ditandatangani',
    state: 'all',
    format: 'pdf',
  });
  expect((await readPdf(paper)).map(({ text }) => text).join('\n')).toContain('Banjarbaru, 2 Maret 2026');
});
