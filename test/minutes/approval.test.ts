import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { MinutesContent } from '../../src/features/minutes/content.js';
import { approve, begin, emptyContent, lineOf, makeTable, write, type Table } from '../factories/minutes.js';
import { makeOffice, makeUser } from '../factories/people.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let table: Table;

beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  table = await makeTable(app, office);
  await begin(table);
});
afterAll(() => app.close());

const stateOf = async ({ eventId }: Table): Promise<string> =>
  String((await app.db.query('SELECT state FROM minutes WHERE event_id = $1', [eventId]))[0].state);
const editions = (): Promise<Record<string, never>[]> =>
  app.db.query('SELECT * FROM minutes_edition WHERE event_id = $1 ORDER BY number', [table.eventId]);
const contentOf = async (number: number) =>
  JSON.parse(String((await editions())[number - 1]?.content)) as MinutesContent;

describe('on their way to the leader', () => {
  test('minutes without a discussion or decision are not submitted, and the page says what is missing', async () => {
    const { status, text } = await table.secretary.post(`${table.at}/submission`, {}, table.at);
    expect(status).toBe(422);
    expect(text).toContain('sedikitnya satu pembahasan atau keputusan');
    expect(await stateOf(table)).toBe('draft');
  });

  test('submitted ones are closed, and what somebody still types is on the page that says so', async () => {
    await write(table, lineOf({ text: 'Pembahasan pertama' }));
    await write(table, lineOf({ kind: 'decision', text: 'Diputuskan bersama' }));
    expect((await table.secretary.post(`${table.at}/submission`, {}, table.at)).status).toBe(303);
    const late = await write(table, lineOf({ text: 'Terlambat ditulis' }));
    expect(late.status).toBe(409);
    expect(late.text).toContain('Terlambat ditulis');
  });

  test('the leader returns them with a reason, which the writer reads', async () => {
    const { status } = await table.leader.post(`${table.at}/return`, { reason: '' }, table.at);
    expect(status).toBe(422);
    await table.leader.post(`${table.at}/return`, { reason: 'Lengkapi keputusan nomor dua' }, table.at);
    expect((await table.secretary.get(table.at)).text).toContain('Lengkapi keputusan nomor dua');
    // Who writes finds it on the first page; who only approves has nothing to mend.
    const waits = 'Notula dikembalikan untuk diperbaiki';
    expect((await table.secretary.get('/')).text).toMatch(
      new RegExp(`href="${table.at}">.*${waits}: Bimtek`),
    );
    expect((await table.leader.get('/')).text).not.toContain(waits);
  });

  test('what changed since the leader read it is not approved unread', async () => {
    await table.secretary.post(`${table.at}/submission`, {}, table.at);
    const { text } = await table.leader.get(table.at);
    const seen = /name="seen" value="([0-9a-f]{64})"/.exec(text)?.[1] ?? '';
    await app.db.query(`UPDATE event SET venue_name = 'Aula Baru' WHERE id = $1`, [table.eventId]);
    const { status, headers } = await table.leader.post(`${table.at}/approval`, { seen }, table.at);
    expect([status, headers.location]).toEqual([303, table.at]);
    expect(await stateOf(table)).toBe('submitted');
    const again = (await table.leader.get(table.at)).text;
    expect(again).toContain('isi notula berubah sejak Anda membacanya');
    expect(again).toMatch(/name="seen" value="[0-9a-f]{64}"/);
    expect(again).not.toContain(seen);
  });

  test('who writes may not approve, and who approves may not write', async () => {
    const seen = '0'.repeat(64);
    expect((await table.secretary.post(`${table.at}/approval`, { seen })).status).toBe(403);
    expect((await write(table, lineOf(), table.leader)).status).toBe(403);
  });
});

describe('approved', () => {
  test('they are frozen with hash and paper, all of it from the same content', async () => {
    expect((await approve(table)).status).toBe(303);
    expect(await stateOf(table)).toBe('approved');
    for (const who of [table.secretary, table.leader])
      expect((await who.get('/')).text).toContain('Notula disetujui, tinggal diterbitkan: Bimtek');
    const [edition] = await editions();
    const hash = createHash('sha256').update(String(edition?.content)).digest('hex');
    expect(edition).toMatchObject({ number: 1, sha256: hash, previous_sha256: null });
    const content = await contentOf(1);
    expect(content.sections[0]?.lines[0]?.text).toBe('Pembahasan pertama');
    expect(content.approval?.by).toBe('Gusti Pimpinan');
    const paper = await table.leader.get(`${table.at}/notula.pdf`);
    expect([paper.status, paper.type]).toEqual([200, 'application/pdf']);
    expect((paper.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    const [{ taken }] = await app.db.query(
      `SELECT count(*)::int AS taken FROM audit_entry WHERE action = 'minutes.paper_taken' AND subject_id = $1`,
      [table.eventId],
    );
    expect(taken).toBe(1);
  });

  test('their page shows what was frozen, whatever the tables say now', async () => {
    await app.db.query(`UPDATE event SET venue_name = 'Tempat lain' WHERE id = $1`, [table.eventId]);
    await app.db.query(`UPDATE speaker SET name = 'Nama lain' WHERE event_id = $1`, [table.eventId]);
    const { text } = await table.secretary.get(table.at);
    expect(text).toContain('Pembahasan pertama');
    expect(text).toContain('Budi Ketua');
    expect(text).not.toContain('Nama lain');
  });

  test.each([
    ['the edition', `UPDATE minutes_edition SET content = '{}'`],
    ['the edition, away', 'DELETE FROM minutes_edition'],
    ['all editions', 'TRUNCATE minutes_edition CASCADE'],
    ['a line', `UPDATE minutes_block SET text = 'lain' WHERE event_id = $1`],
    ['a line, away', 'DELETE FROM minutes_block WHERE event_id = $1'],
    ['all lines', 'TRUNCATE minutes_block CASCADE'],
    ['a line’s item', 'UPDATE minutes_block SET agenda_item_id = NULL, version = 9 WHERE event_id = $1'],
    ['a line’s history', `UPDATE minutes_block_version SET text = 'lain'`],
    ['a line’s history, away', 'DELETE FROM minutes_block_version'],
    [
      'a new line',
      `INSERT INTO minutes_block (event_id, client_id, kind) VALUES ($1, gen_random_uuid(), 'decision')`,
    ],
    ['the head', `UPDATE minutes SET chair_name = 'Lain' WHERE event_id = $1`],
    ['a figure', "INSERT INTO indicator (event_id, name, total) VALUES ($1, 'x', 1)"],
  ])('the database refuses to change %s', async (_what, statement) => {
    const values = statement.includes('$1') ? [table.eventId] : [];
    await expect(app.db.query(statement, values)).rejects.toThrow(/frozen|append only/);
  });

  test('the database refuses to change a part of a frozen figure', async () => {
    const other = await makeTable(app, office);
    await begin(other);
    await write(other, lineOf());
    const figure = { name: 'Panti', total: '14', version: '0', 'rows.0.name': 'a', 'rows.0.value': '14' };
    await other.secretary.post(
      `${other.at}/indicators`,
      { ...figure, id: '', clientId: '' },
      `${other.at}/lists`,
    );
    await approve(other);
    expect(await stateOf(other)).toBe('approved');
    for (const statement of ['UPDATE indicator_part SET value = 13', 'DELETE FROM indicator_part'])
      await expect(app.db.query(statement)).rejects.toThrow('frozen');
  });

  test('an agenda item can still be taken off the plan', async () => {
    const other = await makeTable(app, office);
    await begin(other);
    const [item] = await app.db.query(
      `SELECT a.id FROM agenda_item a JOIN event_session s ON s.id = a.session_id JOIN event_day d ON d.id = s.day_id
       WHERE d.event_id = $1`,
      [other.eventId],
    );
    await write(other, lineOf({ agendaItemId: String(item.id) }));
    await approve(other);
    await app.db.query('DELETE FROM agenda_item WHERE id = $1', [item.id]);
    expect((await other.leader.get(other.at)).text).toContain('Permasalahan LKS');
  });
});

describe('published', () => {
  const linkOf = async (state: string) => {
    const [row] = (await app.db.query(
      'SELECT id, token_version AS v FROM invitation WHERE event_id = $1 AND state = $2',
      [table.eventId, state],
    )) as { id: number; v: number }[];
    return `/u/${app.deps.links.token('invitation', row?.id ?? 0, row?.v ?? 0)}`;
  };

  test('institutions that accepted read the paper by their link, others and strangers do not', async () => {
    const phone = new Visitor(app.app);
    await app.db.query(`UPDATE event SET state = 'finished' WHERE id = $1`, [table.eventId]);
    const own = await linkOf('accepted');
    expect((await phone.get(`${own}/notula.pdf`)).status).toBe(404);
    expect((await phone.get(own)).text).not.toContain('notula.pdf');
    expect((await table.secretary.post(`${table.at}/publication`, {}, table.at)).status).toBe(303);
    expect((await phone.get(own)).text).toContain('notula.pdf');
    const paper = await phone.get(`${own}/notula.pdf`);
    expect([paper.status, paper.type]).toEqual([200, 'application/pdf']);
    const [delegate] = (await app.db.query(
      'SELECT id, token_version AS v FROM delegate WHERE event_id = $1',
      [table.eventId],
    )) as [{ id: number; v: number }];
    const delegateLink = `/d/${app.deps.links.token('delegate', delegate.id, delegate.v)}`;
    expect((await phone.get(delegateLink)).text).toContain('notula.pdf');
    expect((await phone.get(`${delegateLink}/notula.pdf`)).status).toBe(200);
    expect((await phone.get(`${await linkOf('open')}/notula.pdf`)).status).toBe(404);
    expect((await phone.get(`/u/${'x'.repeat(32)}/notula.pdf`)).status).toBe(404);
  });

  test('the database refuses to change when, and by whom', async () => {
    for (const statement of [
      'UPDATE minutes_publication SET published_at = now()',
      'DELETE FROM minutes_publication',
      'TRUNCATE minutes_publication',
    ])
      await expect(app.db.query(statement)).rejects.toThrow('append only');
  });
});

describe('corrected', () => {
  test('a correction is the next edition; the former stays published until then, and both are chained', async () => {
    expect((await table.secretary.post(`${table.at}/correction`, { reason: '' }, table.at)).status).toBe(422);
    await table.secretary.post(`${table.at}/correction`, { reason: 'Salah tulis nama' }, table.at);
    expect(await stateOf(table)).toBe('draft');
    await write(table, lineOf({ kind: 'decision', text: 'Keputusan tambahan' }));
    await approve(table);
    const [first, second] = await editions();
    expect(second).toMatchObject({ number: 2, previous_sha256: first?.sha256 });
    expect((await contentOf(2)).previous).toBe(first?.sha256);
    const list = await table.leader.get(`${table.at}/editions`);
    expect(list.text.match(/Utuh/g)).toHaveLength(2);
    expect(list.text).toContain('Belum terbit');
    const old = await table.leader.get(`${table.at}/editions/1`);
    expect(old.text).not.toContain('Keputusan tambahan');
    expect((await table.leader.get(`${table.at}/editions/2`)).text).toContain('Salah tulis nama');
    expect((await table.leader.get(`${table.at}/editions/3`)).status).toBe(404);
  });

  test('an edition of the first format, which counted guests among the people, reads as it was frozen', async () => {
    const old = await makeTable(app, office);
    await begin(old);
    const people = { people: 21, institutions: 12, list: [] };
    await app.db.query(
      `INSERT INTO minutes_edition (event_id, number, content, sha256, pdf_file_id, approved_by, approved_at)
       SELECT $1, 1, $2, repeat('0', 64), pdf_file_id, approved_by, now() FROM minutes_edition LIMIT 1`,
      [old.eventId, JSON.stringify({ ...emptyContent, participants: people })],
    );
    expect((await old.leader.get(`${old.at}/editions/1`)).text).toContain('21 orang dari 12 LKS');
  });

  test('the check finds what was changed behind the program’s back', async () => {
    await app.db.query('ALTER TABLE minutes_edition DISABLE TRIGGER USER');
    await app.db.query(
      `UPDATE minutes_edition SET content = replace(content, 'Diputuskan bersama', 'Diputuskan sendiri')
       WHERE event_id = $1 AND number = 1`,
      [table.eventId],
    );
    await app.db.query('ALTER TABLE minutes_edition ENABLE TRIGGER USER');
    expect((await table.leader.get(`${table.at}/editions`)).text).toContain(
      'Isi tidak cocok dengan sidik jari',
    );
    const [{ sha256 }] = (await app.db.query(
      `SELECT f.sha256 FROM minutes_edition d JOIN stored_file f ON f.id = d.pdf_file_id
       WHERE d.event_id = $1 AND d.number = 2`,
      [table.eventId],
    )) as [{ sha256: string }];
    await rm(app.deps.files.pathOf(sha256));
    expect((await table.leader.get(`${table.at}/editions`)).text).toContain('Berkas PDF hilang');
    const paper = await table.leader.get(`${table.at}/editions/2/notula.pdf`);
    expect(paper.status).toBe(410);
    expect(paper.text).toContain('hilang dari penyimpanan');
  });

  test('every step stands in the log, and another office finds none of it', async () => {
    const log = (await app.db.query(
      `SELECT action FROM audit_entry WHERE subject_type = 'minutes' AND subject_id = $1 AND 'state' = ANY (fields) ORDER BY id`,
      [table.eventId],
    )) as { action: string }[];
    expect(log.map(({ action }) => action.replace('minutes.', ''))).toEqual(
      'submitted returned submitted approved published corrected submitted approved'.split(' '),
    );
    const stranger = await new Visitor(app.app).signIn(
      (await makeUser(app.db, await makeOffice(app.db), ['secretary', 'leader'])).email,
    );
    for (const path of ['', '/editions', '/editions/1', '/notula.pdf', '/lists', '/head'])
      expect((await stranger.get(table.at + path)).status).toBe(404);
  });
});
