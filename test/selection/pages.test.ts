import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import readSheet from 'read-excel-file/node';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { openDrafts, officeAuthor } from '../../src/features/invitations/invitations.service.js';
import { withBook } from '../../src/features/invitations/book.js';
import { readCandidates } from '../../src/features/selection/candidates.service.js';
import { select, type Candidate } from '../../src/features/selection/select.js';
import { readSettings } from '../../src/features/selection/selection.schema.js';
import { rulesOf } from '../../src/features/selection/selection.service.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makePast } from '../factories/attendance.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { settings } from '../factories/selections.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { brokenRules } from '../support/invariants.js';
import { readPdf } from '../support/pdf.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let userId: number;
let organizer: Visitor;
let leader: Visitor;
let eventId: number;
let page: string;
let lks: Record<string, number>;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T02:00:00Z');
  office = await makeOffice(app.db);
  const user = await makeUser(app.db, office);
  userId = user.id;
  organizer = await new Visitor(app.app).signIn(user.email);
  leader = await new Visitor(app.app).signIn((await makeUser(app.db, office, ['leader'])).email);
  eventId = await makeEvent(app.db, office, {
    state: 'draft',
    days: ['2026-03-30'],
    answerBy: '2026-03-20T15:59:00Z',
  });
  page = `/events/${eventId}/selection`;
  lks = {};
  // Other tests' institutions lie in the same region: this office sees only its own here.
  await app.db.query('UPDATE institution SET archived_at = now() WHERE archived_at IS NULL');
  for (const [service, size] of Object.entries({ anak: 6, disabilitas: 2 }))
    for (let n = 1; n <= size; n += 1) {
      const name = `${service} ${n}`;
      lks[name] = await makeInstitution(app.db, office, { name, services: [service] });
    }
});

const query = <T>(sql: string, values: unknown[] = []) => app.db.query(sql, values) as Promise<T[]>;

/** The rules as the form sends them. */
const form = (given: Record<string, unknown> = {}) => ({
  ...{ version: '0', number: '4', unit: 'institutions', seatsPerInstitution: '1', dimension: 'service' },
  ...{ minimum: '1', maximum: '', capPerRegion: '', capPerType: '', seed: 'K7Q2M9' },
  order: settings.order,
  on: settings.order,
  ...given,
});

async function seen(): Promise<string> {
  const { text } = await organizer.get(page);
  return /name="seen" value="([0-9a-f]{64})"/.exec(text)?.[1] ?? '';
}

const decide = async (given: Record<string, unknown> = {}) =>
  organizer.post(`${page}/decision`, {
    seen: await seen(),
    firstWaveOn: '2026-03-10',
    offerHours: '48',
    ...given,
  });

const list = () =>
  query<{ name: string; state: string; demand: number; rank: number | null }>(
    `SELECT l.name, i.state, i.demand, i.reserve_rank AS rank FROM invitation i JOIN institution l ON l.id = i.institution_id
     WHERE i.event_id = $1 ORDER BY l.id`,
    [eventId],
  );

describe('the page', () => {
  test('shows today’s result with a reason for each before anything is kept', async () => {
    await makePast(app.db, office, userId, lks['anak 1'] ?? 0, { day: '2025-05-20' });
    await query(
      `INSERT INTO accreditation (institution_id, grade, valid_until) VALUES ($1, 'B', '2026-06-10')`,
      [lks['anak 2']],
    );
    const { text } = await organizer.get(page);
    expect(text).toContain('8 dari 8 LKS terpilih');
    expect(text).toContain('belum pernah ikut bimtek; akreditasi berakhir 3 bulan lagi');
    expect(text).toContain('terakhir ikut bimtek 20 Mei 2025');
    expect(await query('SELECT 1 FROM selection_plan WHERE event_id = $1', [eventId])).toEqual([]);
  });

  test('keeps rules, and says what would be with another number', async () => {
    expect((await organizer.post(page, form())).status).toBe(303);
    const { text } = await organizer.get(`${page}?count=6`);
    expect(text).toContain('4 dari 8 LKS terpilih');
    expect(text).toContain('2 LKS ikut terpilih');
    const smaller = await organizer.get(`${page}?count=1`);
    expect(smaller.text).toContain('Paling sedikit 2 tempat diperlukan');
  });

  test('criteria move, and are kept only with the button that saves', async () => {
    await organizer.post(page, form());
    const moved = await organizer.post(page, form({ version: '1', act: 'up:accreditation' }));
    expect(moved.text).toContain('Perubahan ini belum disimpan');
    const order = [...moved.text.matchAll(/name="order" value="(\w+)"/g)].map(([, name]) => name);
    expect(order).toEqual([
      'no_shows_last',
      'never_attended',
      'accreditation',
      'longest_since',
      'not_registered',
    ]);
    await organizer.post(page, form({ version: '1', order, on: ['accreditation'] }));
    const [kept] = await query<{ settings: unknown }>(
      'SELECT settings FROM selection_plan WHERE event_id = $1',
      [eventId],
    );
    expect(rulesOf(readSettings(kept?.settings), '2026-03-02').criteria).toEqual(['accreditation']);
  });

  test('a second writer is told, and a new seed of the draw stands in the log with the old one', async () => {
    await organizer.post(page, form());
    expect((await organizer.post(page, form())).status).toBe(422);
    await organizer.post(page, form({ version: '1', seed: 'rapat pagi' }));
    const [entry] = await query(
      `SELECT detail, fields FROM audit_entry WHERE action = 'selection.settings' AND subject_id = $1 ORDER BY id DESC LIMIT 1`,
      [eventId],
    );
    expect(entry).toEqual({ detail: { seed: 'rapat pagi', before: 'K7Q2M9' }, fields: ['seed'] });
  });

  test('who must be invited, or must not, is decided with a reason, which the list shows', async () => {
    await organizer.post(page, form());
    const must = (name: string, kind: string, reason: string) =>
      organizer.post(`${page}/musts`, { institutionId: String(lks[name]), kind, reason }, page);
    const picked = await organizer.get(`${page}?pick=${lks['anak 6']}`);
    expect(picked.text).toContain(`name="institutionId" value="${lks['anak 6']}"`);
    expect((await must('anak 6', 'must', '')).status).toBe(422);
    await must('anak 6', 'must', 'Tuan rumah');
    await must('anak 1', 'must_not', 'Sedang pindah');
    const { text } = await organizer.get(page);
    expect(text).toContain('harus diundang: Tuan rumah');
    expect((await organizer.get(`${page}?show=excluded`)).text).toContain('tidak diundang: Sedang pindah');
    // An LKS that the office cannot see is not there for it.
    const hidden = await makeInstitution(app.db, await makeOffice(app.db), { regionCode: '33.10' });
    const foreign = { institutionId: String(hidden), kind: 'must', reason: 'Uji' };
    expect((await organizer.post(`${page}/musts`, foreign, page)).status).toBe(404);
    await organizer.post(`${page}/musts/${lks['anak 1']}/removal`);
    expect((await organizer.get(`${page}?show=excluded`)).text).not.toContain('Sedang pindah');
  });

  test('two that must be invited where one may be are told with the numbers, not decided', async () => {
    await organizer.post(page, form({ maximum: '1' }));
    for (const name of ['anak 1', 'anak 2'])
      await organizer.post(
        `${page}/musts`,
        { institutionId: String(lks[name]), kind: 'must', reason: 'Uji' },
        page,
      );
    const { text } = await organizer.get(page);
    expect(text).toContain('2 LKS dari satu kelompok harus diundang, paling banyak 1 tiap kelompok.');
    expect(text).not.toContain('name="seen"');
  });

  test('the simulation shows the years, and whoever only reads decides nothing', async () => {
    await organizer.post(page, form());
    const { text } = await leader.get(`${page}/simulation?years=3&decline=0`);
    expect(text).toContain('4 tempat untuk 8 LKS');
    expect(text).toContain('0 dari 8 belum terjangkau');
    const view = await leader.get(page);
    expect([view.status, view.text.includes('name="seen"')]).toEqual([200, false]);
    expect((await leader.post(page, form())).status).toBe(403);
  });
});

describe('a decision', () => {
  test('keeps a run, shares the seats, and puts chosen and reserves on the list in their order', async () => {
    await organizer.post(page, form());
    const decided = await decide();
    expect(decided.headers.location).toMatch(/\/selection\/runs\/\d+$/);
    const rows = await list();
    const byState = Map.groupBy(rows, ({ state }) => state);
    expect([byState.get('draft')?.length, byState.get('reserve')?.length]).toEqual([4, 4]);
    expect(new Set(rows.map(({ demand }) => demand))).toEqual(new Set([1]));
    expect(
      await query(`SELECT key, seats FROM quota_stratum WHERE event_id = $1 ORDER BY position`, [eventId]),
    ).toEqual([
      { key: 'anak', seats: 3 },
      { key: 'disabilitas', seats: 1 },
      { key: 'lainnya', seats: 0 },
    ]);
    const [event] = await query('SELECT filling FROM event WHERE id = $1', [eventId]);
    expect(event).toEqual({ filling: 'selection' });
    const [entry] = await query(
      `SELECT detail->>'chosen' AS chosen FROM audit_entry WHERE action = 'selection.decided' AND subject_id = $1`,
      [eventId],
    );
    expect(entry).toEqual({ chosen: '4' });
    expect(await brokenRules(app.db, eventId)).toEqual([]);
  });

  test('anybody can compute it again from what is kept', async () => {
    await makePast(app.db, office, userId, lks['anak 1'] ?? 0, { day: '2025-05-20' });
    await organizer.post(page, form());
    await decide();
    const [run] = await query<{ id: number; settings: unknown; asOf: string }>(
      'SELECT id, settings, as_of::text AS "asOf" FROM selection_run WHERE event_id = $1',
      [eventId],
    );
    const entries = await query<{ id: number; outcome: string; rank: number; facts: Omit<Candidate, 'id'> }>(
      'SELECT institution_id AS id, outcome, rank, facts FROM selection_entry WHERE run_id = $1',
      [run?.id],
    );
    const candidates = entries.map(({ id, facts }) => ({ ...facts, id }));
    const again = select(candidates, rulesOf(readSettings(run?.settings), run?.asOf ?? ''));
    const ids = (list: { candidate: { id: number }; rank: number }[]) =>
      list.map(({ candidate, rank }) => `${candidate.id}:${rank}`).sort();
    const kept = (outcome: string) =>
      entries
        .filter((one) => one.outcome === outcome)
        .map(({ id, rank }) => `${id}:${rank}`)
        .sort();
    expect(ids(again.chosen)).toEqual(kept('chosen'));
    expect(ids(again.reserves)).toEqual(kept('reserve'));
  });

  test('nothing changes a run any more, not even the program itself', async () => {
    await organizer.post(page, form());
    await decide();
    for (const table of ['selection_run', 'selection_entry'])
      for (const statement of [
        `DELETE FROM ${table}`,
        `UPDATE ${table} SET ${table === 'selection_run' ? 'unfilled' : 'rank'} = 9`,
      ])
        await expect(query(statement)).rejects.toThrow();
  });

  test('is refused when the registry or the rules changed since the person looked', async () => {
    await organizer.post(page, form());
    const before = await seen();
    await makeInstitution(app.db, office, { services: ['napza'] });
    const late = await decide({ seen: before });
    expect([late.status, late.headers.location]).toEqual([303, page]);
    expect((await organizer.get(page)).text).toContain('berubah sejak Anda membuka halaman');
    expect([await list(), await query('SELECT 1 FROM selection_run WHERE event_id = $1', [eventId])]).toEqual(
      [[], []],
    );
    expect((await decide()).status).toBe(303);
  });

  test('is refused with its numbers when a colleague made the rules impossible meanwhile', async () => {
    await organizer.post(page, form());
    const before = await seen();
    await organizer.post(page, form({ version: '1', number: '1' }));
    const late = await decide({ seen: before });
    expect([late.status, late.headers.location]).toEqual([303, page]);
    expect((await organizer.get(page)).text).toMatch(/role="alert"[\s\S]*2[\s\S]*1/);
    expect(await list()).toEqual([]);
  });

  test('says beforehand who falls off the list by it, and which changes by hand it undoes', async () => {
    await organizer.post(page, form());
    const run = String((await decide()).headers.location);
    const chosen = (await list()).find(({ state }) => state === 'draft')?.name ?? '';
    await organizer.post(
      `${run}/changes`,
      { institutionId: String(lks[chosen]), to: 'out', reason: 'Sakit' },
      run,
    );
    await organizer.post(page, form({ version: '1', 'filter[service]': 'disabilitas' }));
    const { text } = await organizer.get(page);
    const staying = (await list()).filter(({ name }) => name.startsWith('anak'));
    expect(text).toContain(
      `${staying.length} LKS yang sekarang ada di daftar undangan tidak termasuk pemilihan ini`,
    );
    expect(text).toContain('1 perubahan yang dibuat sendiri pada pemilihan ke-1 tidak berlaku lagi');
  });

  test('two taps at once are one decision', async () => {
    await organizer.post(page, form());
    const sent = { seen: await seen(), firstWaveOn: '2026-03-10', offerHours: '48' };
    const taps = [
      await organizer.prepare(`${page}/decision`, sent),
      await organizer.prepare(`${page}/decision`, sent),
    ];
    const [one, other] = await Promise.all(taps.map((tap) => tap()));
    expect([one?.status, other?.status, other?.headers.location]).toEqual([303, 303, one?.headers.location]);
    const numbers = () =>
      query('SELECT number FROM selection_run WHERE event_id = $1 ORDER BY number', [eventId]);
    expect(await numbers()).toEqual([{ number: 1 }]);
    // Once the list is another one, deciding again brings it back.
    await query(`DELETE FROM invitation WHERE event_id = $1 AND state = 'reserve'`, [eventId]);
    await organizer.post(`${page}/decision`, sent);
    expect([await numbers(), (await list()).length]).toEqual([[{ number: 1 }, { number: 2 }], 8]);
  });

  test('a first wave that is past, or after answer-by, is told at its field', async () => {
    await organizer.post(page, form());
    for (const [day, text] of [
      ['2026-03-01', 'Waktu ini sudah lewat.'],
      ['2026-03-21', 'Tidak boleh lewat dari batas jawab kegiatan.'],
    ] as const) {
      const reply = await decide({ firstWaveOn: day });
      expect([reply.status, reply.text.includes(text), reply.text.includes(`value="${day}"`)]).toEqual([
        422,
        true,
        true,
      ]);
    }
  });

  test('can be made again while nobody was told, and no longer afterwards', async () => {
    await organizer.post(page, form());
    await decide();
    await organizer.post(page, form({ version: '1', number: '5' }));
    expect((await decide()).status).toBe(303);
    expect((await list()).filter(({ state }) => state === 'draft')).toHaveLength(5);
    await query(`UPDATE event SET state = 'published' WHERE id = $1`, [eventId]);
    const before = await seen();
    const actor = { userId, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
    await withBook(app.deps, eventId, officeAuthor(actor), openDrafts);
    expect((await decide({ seen: before })).headers.location).toBe(page);
    // The page says why, and offers no button that could only be refused.
    const { text } = await organizer.get(page);
    expect(text).toContain('Sudah ada LKS yang diundang.');
    expect(text).not.toContain('name="seen"');
  });
});

describe('a run', () => {
  let run: string;
  beforeEach(async () => {
    await organizer.post(page, form());
    run = String((await decide()).headers.location);
  });

  test('is printed on one page, and goes out as a table with every draw', async () => {
    const pdf = await leader.getBytes(`${run}/berita-acara.pdf`);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
    const rows = await readSheet(await leader.getBytes(`${run}/pemilihan.xlsx`));
    const table = (
      Array.isArray(rows[0]) ? rows : (rows[0] as unknown as { data: unknown[][] }).data
    ) as unknown[][];
    expect(table).toHaveLength(9);
    expect(table[0]).toContain('Undian SHA-256 (K7Q2M9:nomor)');
    const told = (rows[1] as unknown as { data: unknown[][] }).data.flat();
    for (const words of [
      'semua LKS aktif',
      '4 LKS dipilih, masing-masing 1 kursi.',
      'Yang dihitung sebagai pernah ikut: bimtek.',
    ])
      expect(told.some((one) => String(one).includes(words))).toBe(true);
  });

  test('tells its rules to whoever reads, with the filter, the kinds that count, and seats that are left over', async () => {
    await organizer.post(
      page,
      form({
        version: '1',
        number: '9',
        unit: 'seats',
        seatsPerInstitution: '2',
        isWidened: 'on',
        'filter[service]': 'anak',
        'filter[region]': '63.71',
      }),
    );
    const sentences = [
      'Yang dipertimbangkan hanya LKS aktif dengan: Anak (LKSA); Kota Banjarmasin.',
      '9 kursi dibagi, 2 untuk tiap LKS: 4 LKS. 1 kursi tersisa karena tidak cukup untuk satu LKS lagi.',
      'Yang dihitung sebagai pernah ikut: kegiatan kami.',
      'Di tiap kelompok didahulukan: yang berulang kali tidak datang',
    ];
    const read = await leader.get(page);
    for (const sentence of sentences) expect(read.text).toContain(sentence);
    const decided = String((await decide()).headers.location);
    for (const sentence of sentences) expect((await leader.get(decided)).text).toContain(sentence);
    const [sheet] = await readPdf(await leader.getBytes(`${decided}/berita-acara.pdf`));
    const paper = (sheet?.text ?? '').replace(/\s+/g, ' ');
    for (const sentence of sentences) expect(paper).toContain(sentence);
  });

  test.each([
    ['Panti Asuhan Nurul Hidayah', 1],
    // The decision and its signature stay on the first page; the names with their reasons fill two more.
    ['Panti Asuhan Nurul Hidayah Muhammadiyah Cabang Kandangan', 3],
  ])('of thirty with names like %s and eight reasons takes so many pages: %d', async (long, pages) => {
    for (let n = 7; n <= 60; n += 1)
      lks[`anak ${n}`] = await makeInstitution(app.db, office, {
        name: `${long} ${n}`,
        regionCode: '63.07',
      });
    for (let n = 3; n <= 12; n += 1)
      await makeInstitution(app.db, office, { name: `Rumah Difabel ${n}`, services: ['disabilitas'] });
    for (let n = 1; n <= 8; n += 1)
      await organizer.post(
        `${page}/musts`,
        { institutionId: String(lks[`anak ${n}`]), kind: 'must', reason: 'Tuan rumah kegiatan' },
        page,
      );
    await query(
      `INSERT INTO signatory (office_id, name, position, rank, nip) VALUES ($1, 'Endang Wulandari', $2, 'Pembina', $3)`,
      [office.id, 'Kepala Dinas Sosial', '197001012000031001'],
    );
    await query(
      `UPDATE office SET letterhead_lines = ARRAY['PEMERINTAH PROVINSI', 'DINAS SOSIAL', 'Jalan Contoh 1'] WHERE id = $1`,
      [office.id],
    );
    await organizer.post(page, form({ version: '9', number: '30' }));
    const decided = String((await decide()).headers.location);
    expect((await leader.get(decided)).text).toContain('30 dari 72 LKS terpilih');
    const pdf = await leader.getBytes(`${decided}/berita-acara.pdf`);
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(pages);
  });

  test('is changed by hand with a reason, which stands beside it, and never over its seats', async () => {
    const rows = await list();
    const reserve =
      rows.find(({ name, state }) => name.startsWith('anak') && state === 'reserve')?.name ?? '';
    const chosen = rows.find(({ name, state }) => name.startsWith('anak') && state === 'draft')?.name ?? '';
    const change = (name: string, to: string, reason: string) =>
      organizer.post(`${run}/changes`, { institutionId: String(lks[name]), to, reason }, run);
    const full = await change(reserve, 'chosen', 'Diminta bupati');
    expect([full.status, full.text.includes('Semua 3 kursi kelompoknya')]).toEqual([422, true]);
    expect((await change(chosen, 'reserve', '')).status).toBe(422);
    expect((await change(chosen, 'reserve', 'Pindah alamat')).status).toBe(303);
    expect((await change(reserve, 'chosen', 'Diminta bupati')).status).toBe(303);
    const { text } = await leader.get(run);
    expect(text).toContain(`${reserve}: cadangan menjadi diundang`);
    expect(text).toContain('Diminta bupati');
    const standing = Object.fromEntries((await list()).map(({ name, state }) => [name, state]));
    expect([standing[reserve], standing[chosen]]).toEqual(['draft', 'reserve']);
    await query(`UPDATE event SET state = 'cancelled', cancel_reason = 'Uji' WHERE id = $1`, [eventId]);
    expect((await change(chosen, 'out', 'Terlambat')).status).toBe(409);
    // The run itself says what was decided.
    const [entry] = await query('SELECT outcome FROM selection_entry WHERE institution_id = $1', [
      lks[reserve],
    ]);
    expect(entry).toEqual({ outcome: 'reserve' });
  });

  test('of another office does not exist', async () => {
    const neighbour = await makeOffice(app.db);
    const stranger = await new Visitor(app.app).signIn((await makeUser(app.db, neighbour)).email);
    for (const path of [page, run, `${run}/berita-acara.pdf`, `${run}/pemilihan.xlsx`, `${page}/simulation`])
      expect((await stranger.get(path)).status).toBe(404);
    const other = await makeEvent(app.db, office, { state: 'draft' });
    expect((await organizer.get(run.replace(`/events/${eventId}/`, `/events/${other}/`))).status).toBe(404);
  });
});

describe('what is known of candidates', () => {
  const facts = async (given: { isWidened?: boolean } = {}) => {
    const rows = await readCandidates(
      app.db.manager,
      { ...office, roles: ['organizer'] },
      {
        filter: settings.filter,
        alsoIds: [],
        event: { id: eventId, kind: 'bimtek', kindLabel: '' },
        isWidened: false,
        asOf: '2026-03-02',
        ...given,
      },
    );
    return new Map(rows.map((row) => [row.name, row]));
  };

  test('attendance counts, invitations do not; other kinds only when it is widened (rules.md 21)', async () => {
    await makePast(app.db, office, userId, lks['anak 1'] ?? 0, { day: '2025-05-20' });
    await makePast(app.db, office, userId, lks['anak 2'] ?? 0, { day: '2025-05-21', state: 'absent' });
    await makePast(app.db, office, userId, lks['anak 3'] ?? 0, { day: '2025-05-22', kind: 'rakor' });
    const last = async (isWidened: boolean) => {
      const known = await facts({ isWidened });
      return ['anak 1', 'anak 2', 'anak 3'].map((name) => known.get(name)?.lastAttendedOn);
    };
    expect(await last(false)).toEqual(['2025-05-20', null, null]);
    expect(await last(true)).toEqual(['2025-05-20', null, '2025-05-22']);
  });

  test('who stayed away is remembered for three years, who was excused never', async () => {
    const past = (name: string, day: string, state: 'absent' | 'excused') =>
      makePast(app.db, office, userId, lks[name] ?? 0, { day, state });
    await past('anak 1', '2025-05-20', 'absent');
    await past('anak 1', '2024-05-20', 'absent');
    await past('anak 1', '2022-05-20', 'absent');
    await past('anak 2', '2025-05-20', 'excused');
    const known = await facts();
    expect(['anak 1', 'anak 2'].map((name) => known.get(name)?.noShows)).toEqual([2, 0]);
  });

  test('another office’s events say nothing', async () => {
    const neighbour = await makeOffice(app.db);
    await makePast(app.db, neighbour, userId, lks['anak 1'] ?? 0, { day: '2025-05-20' });
    expect((await facts()).get('anak 1')?.lastAttendedOn).toBeNull();
  });
});
