import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { begin, lineOf, makeTable, write, type Table } from '../factories/minutes.js';
import { makeInstitution } from '../factories/institutions.js';
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

const save = (list: string, fields: Record<string, string>) =>
  table.secretary.post(
    `${table.at}/${list}`,
    { id: '', clientId: '', version: '0', ...fields },
    `${table.at}/lists`,
  );
const rows = (name: string): Promise<Record<string, unknown>[]> =>
  app.db.query(`SELECT * FROM ${name} WHERE event_id = $1 ORDER BY position`, [table.eventId]);

const orphans = {
  name: 'Anak yatim tanggungan pemerintah',
  year: '2023',
  source: 'DISSOSP3APPKB',
  total: '1225',
  'rows.0.name': 'di luar panti',
  'rows.0.value': '969',
  'rows.1.name': 'di dalam panti',
};

describe('indicators', () => {
  test('whose parts do not add up are refused with the difference, and everything typed stays', async () => {
    const { status, text } = await save('indicators', { ...orphans, 'rows.1.value': '244' });
    expect(status).toBe(422);
    expect(text).toContain('kurang 12 (selisih 12)');
    for (const typed of ['value="969"', 'value="244"', 'value="DISSOSP3APPKB"'])
      expect(text).toContain(typed);
    expect(await rows('indicator')).toEqual([]);
  });

  test('that add up are saved: 1,225 = 969 + 256', async () => {
    expect((await save('indicators', { ...orphans, 'rows.1.value': '256' })).status).toBe(303);
    const [row] = await rows('indicator');
    expect(row).toMatchObject({ total: 1225, year: 2023, version: 1 });
    const { text } = await table.leader.get(`${table.at}/lists`);
    expect(text).toContain('di luar panti 969 + di dalam panti 256');
    expect(text).toContain('1.225');
  });

  test('the database itself refuses parts that do not add up', async () => {
    await expect(
      app.db.query('UPDATE indicator SET total = 1 WHERE event_id = $1', [table.eventId]),
    ).rejects.toThrow('add up');
  });
});

describe('rows', () => {
  test('a second writer of one is told, and what they typed stays on the form', async () => {
    await save('reviews', { programme: 'Pendampingan anak asuh' });
    const [row] = await rows('programme_review');
    const own = { id: String(row?.id), version: '1', programme: 'Pendampingan anak asuh' };
    expect((await save('reviews', { ...own, result: 'Berjalan' })).status).toBe(303);
    const { status, text } = await save('reviews', { ...own, result: 'Terhenti' });
    expect(status).toBe(422);
    expect(text).toContain('Orang lain sudah mengubah baris ini');
    expect(text).toContain('>Terhenti</textarea>');
    expect(text).toContain('Berjalan');
    expect((await rows('programme_review'))[0]).toMatchObject({ result: 'Berjalan', version: 2 });
  });

  test('one that is sent twice is one', async () => {
    const clientId = '018f0000-0000-7000-8000-00000000aaaa';
    const handover = {
      institutionId: String(table.institutionIds[0]),
      document: 'Sertifikat akreditasi',
      clientId,
    };
    await save('handovers', handover);
    await save('handovers', handover);
    expect(await rows('handover_entry')).toHaveLength(1);
  });

  test('go to LKS of the event only', async () => {
    const other = await makeInstitution(app.db, office);
    const { status } = await save('handovers', { institutionId: String(other), document: 'Sertifikat' });
    expect(status).toBe(422);
  });

  test('are removed once', async () => {
    const [row] = await rows('handover_entry');
    const removal = `${table.at}/handovers/${String(row?.id)}/removal`;
    expect((await table.secretary.post(removal, { version: '1' }, `${table.at}/lists`)).status).toBe(303);
    expect((await table.secretary.post(removal, { version: '1' }, `${table.at}/lists`)).status).toBe(404);
  });
});

describe('issues', () => {
  const issueOf = async (text: string) =>
    (
      await app.db.query(
        `SELECT i.* FROM issue i JOIN minutes_block b ON b.id = i.block_id WHERE b.text = $1`,
        [text],
      )
    )[0] as { id: number; state: string };

  test('are answered by a response in the minutes, and open again without it', async () => {
    const issue = lineOf({ kind: 'issue', text: 'Zonasi sekolah', origin: 'LKSA Bahagia' });
    const response = lineOf({
      kind: 'response',
      parent: issue.clientId,
      text: 'Disampaikan ke dinas terkait',
    });
    await write(table, issue);
    expect(await issueOf('Zonasi sekolah')).toMatchObject({ state: 'open' });
    await write(table, response);
    expect(await issueOf('Zonasi sekolah')).toMatchObject({ state: 'answered' });
    const [row] = await app.db.query('SELECT id FROM minutes_block WHERE client_id = $1', [
      response.clientId,
    ]);
    await table.secretary.post(`${table.at}/blocks/${row.id}/removal`, { version: '1' }, table.at);
    expect(await issueOf('Zonasi sekolah')).toMatchObject({ state: 'open' });
  });

  test('stand in a register across events, filtered by state, LKS and event', async () => {
    const { text } = await table.leader.get('/issues?state=open');
    expect(text).toContain('Zonasi sekolah');
    expect(text).toContain('LKSA Bahagia');
    const { text: none } = await table.leader.get(`/issues?institution=${table.institutionIds[2]}`);
    expect(none).not.toContain('Zonasi sekolah');
    expect((await table.leader.get(`/issues?event=${table.eventId}`)).text).toContain('Zonasi sekolah');
  });

  test('take responses after the minutes, are closed and opened again by hand, and each stands in the log', async () => {
    const { id } = await issueOf('Zonasi sekolah');
    const at = `/issues/${id}`;
    expect((await table.secretary.post(`${at}/responses`, { text: '' }, at)).status).toBe(422);
    await table.secretary.post(`${at}/responses`, { text: 'Sudah dibahas dengan dinas pendidikan' }, at);
    expect(await issueOf('Zonasi sekolah')).toMatchObject({ state: 'answered' });
    await table.secretary.post(`${at}/closing`, {}, at);
    expect((await table.secretary.post(`${at}/responses`, { text: 'lagi' }, at)).status).toBe(409);
    await table.secretary.post(`${at}/reopening`, {}, at);
    expect(await issueOf('Zonasi sekolah')).toMatchObject({ state: 'answered' });
    const log = (await app.db.query(
      `SELECT action FROM audit_entry WHERE subject_type = 'issue' AND subject_id = $1 ORDER BY id`,
      [id],
    )) as { action: string }[];
    expect(log.map(({ action }) => action)).toEqual(['issue.answered', 'issue.closed', 'issue.reopened']);
    await expect(app.db.query(`UPDATE issue_response SET text = 'lain'`)).rejects.toThrow('append only');
  });

  test('keep their kind once they were answered, and are another office’s to nobody', async () => {
    const { id } = await issueOf('Zonasi sekolah');
    const [row] = await app.db.query(`SELECT id, version FROM minutes_block WHERE text = 'Zonasi sekolah'`);
    const change = { kind: 'decision', version: String(row.version) };
    expect((await table.secretary.post(`${table.at}/blocks/${row.id}/kind`, change, table.at)).status).toBe(
      409,
    );
    const plain = lineOf({ text: 'Masih pembahasan' });
    await write(table, plain);
    const [other] = await app.db.query('SELECT id FROM minutes_block WHERE client_id = $1', [plain.clientId]);
    await table.secretary.post(
      `${table.at}/blocks/${other.id}/kind`,
      { kind: 'issue', version: '1' },
      table.at,
    );
    expect(await issueOf('Masih pembahasan')).toMatchObject({ state: 'open' });
    const stranger = await new Visitor(app.app).signIn(
      (await makeUser(app.db, await makeOffice(app.db), ['secretary'])).email,
    );
    expect((await stranger.get(`/issues/${id}`)).status).toBe(404);
    expect((await stranger.get('/issues')).text).not.toContain('Zonasi sekolah');
  });
});
