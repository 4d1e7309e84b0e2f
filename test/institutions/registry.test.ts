import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Response } from 'supertest';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let province: Office;
let organizer: Visitor;
let city: Office;
let cityOrganizer: Visitor;
let leader: Visitor;

async function signedIn(office: Office, role: 'organizer' | 'leader' = 'organizer'): Promise<Visitor> {
  const user = await makeUser(app.db, office, [role]);
  return new Visitor(app.app).signIn(user.email);
}

beforeAll(async () => {
  app = await startTestApp();
  province = await makeOffice(app.db, { regionCode: '63' });
  city = await makeOffice(app.db, { regionCode: '63.71' });
  [organizer, cityOrganizer, leader] = [
    await signedIn(province),
    await signedIn(city),
    await signedIn(province, 'leader'),
  ];
});
afterAll(() => app.close());

const facts = {
  name: 'LKSA Melati Indah',
  mainService: 'anak',
  otherServices: ['lanjut_usia'],
  regionCode: '63.71',
  ownership: 'community',
  registrationState: 'registered',
  registrationNumber: 'TD/77/2020',
  phone: '0812 3456 7890',
};
const idOf = (response: Response) =>
  Number(/\/institutions\/(\d+)/.exec(response.headers.location ?? '')?.[1]);
const query = <T>(sql: string, values: unknown[] = []): Promise<T[]> => app.db.query(sql, values);
const actions = async (id: number) =>
  (
    await query<{ action: string }>(
      `SELECT action FROM audit_entry WHERE subject_type = 'institution' AND subject_id = $1 ORDER BY id`,
      [id],
    )
  ).map(({ action }) => action);

describe('the list', () => {
  test('forgives typing errors, and says how many it found', async () => {
    await makeInstitution(app.db, province, { name: 'Panti Asuhan Hidayatullah Sejati' });
    const page = await organizer.get('/institutions?q=hidayatulah');
    expect(page.text).toContain('Panti Asuhan Hidayatullah Sejati');
    expect(page.text).toContain('1 LKS sesuai dengan saringan');
    expect((await organizer.get('/institutions?q=zzzqqq')).text).toContain('Tidak ada LKS yang sesuai');
  });

  test('pages by key in every order, forth and back, without losing or repeating one', async () => {
    const office = await makeOffice(app.db, { regionCode: '62' });
    const visitor = await signedIn(office);
    for (let n = 1; n <= 105; n += 1)
      await makeInstitution(app.db, office, {
        name: `Panti Nomor ${n}`,
        regionCode: n % 2 ? '62.01' : '62.71',
      });
    for (const order of ['', 'region', 'service']) {
      const seen: string[] = [];
      let path: string | undefined = `/institutions?sort=${order}`;
      let last = '';
      while (path) {
        const { text }: Response = await visitor.get(path);
        seen.push(...[...text.matchAll(/href="\/institutions\/(\d+)"/g)].map((found) => found[1] ?? ''));
        last = text;
        path = /href="([^"]*after=[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
      }
      expect([seen.length, new Set(seen).size]).toEqual([105, 105]);
      const back = /href="([^"]*before=[^"]*)"/.exec(last)?.[1]?.replaceAll('&amp;', '&') ?? '';
      const before = await visitor.get(back);
      expect([...before.text.matchAll(/href="\/institutions\/(\d+)"/g)].map((found) => found[1])).toEqual(
        seen.slice(50, 100),
      );
    }
  });

  test('filters by service, registration, accreditation that ends, and whether it ever came', async () => {
    const office = await makeOffice(app.db, { regionCode: '61' });
    const visitor = await signedIn(office);
    const invited = await makeInstitution(app.db, office, {
      name: 'Sudah Diundang',
      regionCode: '61.71',
      services: ['napza'],
    });
    const ending = await makeInstitution(app.db, office, { name: 'Segera Berakhir', regionCode: '61.01' });
    await query(
      `INSERT INTO accreditation (institution_id, grade, valid_until) VALUES ($1, 'B', '2026-09-01')`,
      [ending],
    );
    const event = await makeEvent(app.db, office);
    await query(
      `WITH s AS (INSERT INTO quota_stratum (event_id, key, seats, position) VALUES ($1, 'umum', 0, 1) RETURNING id)
       INSERT INTO invitation (event_id, institution_id, state, stratum_id, region_key, service_key)
       SELECT $1, $2, 'open', id, '61.71', 'napza' FROM s`,
      [event, invited],
    );
    // An invitation alone reaches nobody: somebody of it has to have come.
    const none = await visitor.get('/institutions?reached=yes');
    expect(none.text).not.toContain('Sudah Diundang');
    await query(
      `WITH d AS (
         INSERT INTO delegate (event_id, invitation_id, name) SELECT $1, id, 'Utusan' FROM invitation WHERE event_id = $1
         RETURNING id),
       x AS (SELECT s.id FROM event_session s JOIN event_day y ON y.id = s.day_id WHERE y.event_id = $1),
       m AS (
         INSERT INTO attendance_mark (client_id, event_id, session_id, delegate_id, kind, device_at, happened_at,
           recorded_at, way, user_id)
         SELECT gen_random_uuid(), $1, x.id, d.id, 'in', now(), now(), now(), 'list', (SELECT min(id) FROM app_user)
         FROM d, x RETURNING id)
       INSERT INTO attendance (event_id, session_id, delegate_id, state, arrived_at, last_mark_id)
       SELECT $1, x.id, d.id, 'present', now(), m.id FROM d, x, m`,
      [event],
    );
    const found = async (filter: string) => {
      const { text } = await visitor.get(`/institutions?${filter}`);
      return ['Sudah Diundang', 'Segera Berakhir'].filter((name) => text.includes(name));
    };
    expect(await found('service=napza')).toEqual(['Sudah Diundang']);
    expect(await found('accreditation=ending')).toEqual(['Segera Berakhir']);
    expect(await found('accreditation=none')).toEqual(['Sudah Diundang']);
    expect(await found('reached=yes')).toEqual(['Sudah Diundang']);
    expect(await found('reached=never')).toEqual(['Segera Berakhir']);
    expect(await found('region=61.01')).toEqual(['Segera Berakhir']);
    expect(await found('registration=registered')).toEqual([]);
    const record = await visitor.get(`/institutions/${invited}`);
    expect(record.text).toContain('Belum menjawab');
  });
});

test('the list tells that an accreditation has ended', async () => {
  const id = await makeInstitution(app.db, province, { name: 'Panti Habis Masa' });
  await query(
    `INSERT INTO accreditation (institution_id, grade, valid_until) VALUES ($1, 'A', '2024-05-03')`,
    [id],
  );
  const list = await organizer.get('/institutions?q=habis%20masa');
  expect(list.text.replace(/<[^>]+>/g, '')).toContain('Terakreditasi A · berakhir 3 Mei 2024');
});

describe('a record', () => {
  let id: number;

  test('is added, changed, archived and restored, each with its entry', async () => {
    const added = await organizer.post('/institutions', facts);
    expect(added.status).toBe(303);
    id = idOf(added);
    const page = await organizer.get(`/institutions/${id}`);
    expect(page.text).toContain('Anak (LKSA) (utama), Lanjut usia (LKS-LU)');
    expect(page.text).toContain('0812-3456-7890');
    const changed = await organizer.post(`/institutions/${id}/edit`, {
      ...facts,
      address: 'Jl. Baru',
      version: 1,
    });
    expect(changed.status).toBe(303);
    const eventId = await makeEvent(app.db, province, {
      title: 'Rakor yang Akan Datang',
      days: ['2030-03-20'],
    });
    await app.db.query(
      `WITH s AS (INSERT INTO quota_stratum (event_id, key, position, seats) VALUES ($1, 'umum', 0, 0) RETURNING id)
       INSERT INTO invitation (event_id, institution_id, state, stratum_id, region_key, service_key)
       SELECT $1::int, $2, 'reserve', s.id, '63.71', 'anak' FROM s`,
      [eventId, id],
    );
    expect((await organizer.get(`/institutions/${id}`)).text).toMatch(
      /Masih ada dalam kegiatan berikut[\s\S]*Rakor yang Akan Datang \(cadangan\)/,
    );
    await organizer.post(`/institutions/${id}/archive`);
    expect((await organizer.get('/institutions?q=melati+indah')).text).not.toContain('LKSA Melati Indah');
    await organizer.post(`/institutions/${id}/restoration`);
    expect(await actions(id)).toEqual(
      ['added', 'changed', 'archived', 'restored'].map((verb) => `institution.${verb}`),
    );
  });

  test('keeps what was typed when something is wrong, and names it', async () => {
    const response = await organizer.post('/institutions', {
      ...facts,
      name: '',
      phone: '12',
      registrationNumber: 'X',
    });
    expect(response.status).toBe(422);
    expect(response.text).toContain('href="#field-name"');
    expect(response.text).toContain('value="12"');
  });

  test('is not added twice: an equal number is refused, an equal name asks first', async () => {
    const sameNumber = await organizer.post('/institutions', {
      ...facts,
      name: 'Lain',
      registrationNumber: 'td 77 2020',
    });
    expect(sameNumber.status).toBe(422);
    expect(sameNumber.text).toContain(`href="/institutions/${id}"`);
    const sameName = { ...facts, name: 'LKSA "Melati" Indah', registrationNumber: '' };
    const asked = await organizer.post('/institutions', sameName);
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('name="sameName"');
    expect((await organizer.post('/institutions', { ...sameName, sameName: 'on' })).status).toBe(303);
  });

  test('is not overwritten by who opened it before someone else changed it', async () => {
    const response = await organizer.post(`/institutions/${id}/edit`, {
      ...facts,
      name: 'Kedaluwarsa',
      version: 1,
    });
    expect(response.status).toBe(422);
  });

  test('has one leader; who led before stays in the list', async () => {
    const person = {
      nameBefore: 'Dra.',
      name: 'Aminah',
      nameAfter: 'M.Pd',
      position: 'Ketua',
      isLeader: 'on',
    };
    await organizer.post(`/institutions/${id}/representatives`, person);
    await organizer.post(`/institutions/${id}/representatives`, { name: 'Budi', isLeader: 'on', sex: 'L' });
    const people = await query<{ name: string; is_leader: boolean }>(
      'SELECT name, is_leader FROM representative WHERE institution_id = $1 ORDER BY id',
      [id],
    );
    expect(people).toEqual([
      { name: 'Aminah', is_leader: false },
      { name: 'Budi', is_leader: true },
    ]);
    const [first] = await query<{ id: number }>(
      'SELECT id FROM representative WHERE institution_id = $1 ORDER BY id',
      [id],
    );
    expect((await organizer.get(`/institutions/${id}/representatives/${first?.id}`)).text).toContain(
      'Aminah',
    );
    await organizer.post(`/institutions/${id}/representatives/${first?.id}/end`);
    expect((await organizer.get(`/institutions/${id}`)).text).not.toContain('Aminah');
    const grade = { grade: 'A', certificateNumber: 'AK-9', issuedOn: '2025-01-01', validUntil: '2024-01-01' };
    expect((await organizer.post(`/institutions/${id}/accreditations`, grade)).status).toBe(422);
    await organizer.post(`/institutions/${id}/accreditations`, { ...grade, validUntil: '2030-01-01' });
    expect((await organizer.get(`/institutions/${id}`)).text).toContain('Terakreditasi A');
  });

  test('can be read but not changed by a leader, and is nowhere for an office of another region', async () => {
    expect((await leader.get(`/institutions/${id}`)).status).toBe(200);
    expect((await leader.post(`/institutions/${id}/archive`)).status).toBe(403);
    const stranger = await signedIn(await makeOffice(app.db, { regionCode: '33.10' }));
    for (const path of ['', '/edit', '/proposals/new', '/representatives/new'])
      expect((await stranger.get(`/institutions/${id}${path}`)).status).toBe(404);
    expect((await stranger.post(`/institutions/${id}/archive`)).status).toBe(404);
    expect((await stranger.post(`/institutions/${id}/handover`, { note: 'x' })).status).toBe(404);
  });

  test('is edited by its managing office alone; another that sees it proposes, side by side (rule 19)', async () => {
    expect((await cityOrganizer.post(`/institutions/${id}/archive`)).status).toBe(403);
    const proposed = { ...facts, address: 'Jl. Usulan', note: 'Pindah' };
    expect((await cityOrganizer.post(`/institutions/${id}/proposals`, proposed)).status).toBe(303);
    const page = await organizer.get(`/institutions/${id}`);
    expect(page.text).toContain('Jl. Baru');
    expect(page.text).toContain('Jl. Usulan');
    const [proposal] = await query<{ id: number }>(
      `SELECT id FROM institution_proposal WHERE institution_id = $1 AND state = 'open'`,
      [id],
    );
    const decision = `/institutions/${id}/proposals/${proposal?.id}/decision`;
    expect((await cityOrganizer.post(decision, { decision: 'accepted' })).status).toBe(403);
    expect((await organizer.post(decision, { decision: 'accepted' })).status).toBe(303);
    expect((await organizer.post(decision, { decision: 'refused' })).status).toBe(409);
    expect(await query('SELECT address FROM institution WHERE id = $1', [id])).toEqual([
      { address: 'Jl. Usulan' },
    ]);
  });

  test('has a pendamping of its managing office, and of no other (rule 22)', async () => {
    const [colleague, stranger] = [await makeUser(app.db, province), await makeUser(app.db, city)];
    const choose = (who: { id: number }) =>
      organizer.post(`/institutions/${id}/pendamping`, { pendampingId: who.id }, `/institutions/${id}`);
    expect((await choose(stranger)).status).toBe(422);
    expect((await choose(colleague)).status).toBe(303);
    expect(await query('SELECT pendamping_id FROM institution WHERE id = $1', [id])).toEqual([
      { pendamping_id: colleague.id },
    ]);
    expect((await actions(id)).at(-1)).toBe('institution.pendamping_chosen');
    expect((await organizer.get(`/institutions/${id}`)).text).toContain(colleague.name);
  });

  test('is handed over when the managing office agrees', async () => {
    await cityOrganizer.post(`/institutions/${id}/handover`, { note: 'Di kota kami' });
    const [proposal] = await query<{ id: number }>(
      `SELECT id FROM institution_proposal WHERE institution_id = $1 AND kind = 'handover'`,
      [id],
    );
    await organizer.post(`/institutions/${id}/proposals/${proposal?.id}/decision`, { decision: 'accepted' });
    expect((await organizer.post(`/institutions/${id}/archive`)).status).toBe(403);
    expect((await cityOrganizer.get(`/institutions/${id}/edit`)).status).toBe(200);
    expect((await actions(id)).slice(-2)).toEqual([
      'institution.handover_proposed',
      'institution.handover_accepted',
    ]);
  });
});

test('two LKS entered at once with one registration number: the second is told so at the field', async () => {
  const given = { ...facts, registrationNumber: 'TD/RACE/1' };
  const sends = await Promise.all(
    ['Panti Fajar Timur', 'Panti Senja Barat'].map((name) =>
      organizer.prepare('/institutions', { ...given, name }, '/institutions/new'),
    ),
  );
  const replies = await Promise.all(sends.map((send) => send()));
  expect(replies.map(({ status }) => status).sort()).toEqual([303, 422]);
  const numbers = await query(`SELECT 1 FROM institution WHERE registration_number = 'TD/RACE/1'`);
  expect(numbers).toHaveLength(1);
});
