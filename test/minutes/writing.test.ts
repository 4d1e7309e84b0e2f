import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { begin, lineOf, makeTable, write, type Table } from '../factories/minutes.js';
import { makeOffice, makeUser } from '../factories/people.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { begin as beginLetter, issue, makeDesk } from '../letters/support.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let table: Table;

beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  table = await makeTable(app, office);
});
afterAll(() => app.close());

const blocks = (): Promise<Record<string, unknown>[]> =>
  app.db.query('SELECT * FROM minutes_block WHERE event_id = $1 ORDER BY position, id', [table.eventId]);
const block = async (clientId: string) => (await blocks()).find((one) => one.client_id === clientId);
const actions = async (): Promise<string[]> => {
  const rows = (await app.db.query(
    `SELECT action FROM audit_entry WHERE action LIKE 'minutes.%' ORDER BY id`,
  )) as {
    action: string;
  }[];
  return rows.map(({ action }) => action);
};

describe('beginning', () => {
  test('an empty page says what to do, and who only reads is told to wait', async () => {
    expect((await table.secretary.get(table.at)).text).toContain('Mulai notula');
    const page = await table.leader.get(table.at);
    expect(page.text).not.toContain('Mulai notula');
    expect(page.text).toContain('setelah notulis mulai menulis');
  });

  test('fills the head from plan and writer, and pressed twice begins once', async () => {
    const { status } = await begin(table);
    expect(status).toBe(303);
    await begin(table);
    const [head] = await app.db.query('SELECT * FROM minutes WHERE event_id = $1', [table.eventId]);
    expect(head).toMatchObject({
      state: 'draft',
      chair_name: 'Budi Ketua',
      chair_position: 'Kepala Bidang',
      recorder_name: 'Siti Notulis',
      held_from: new Date('2026-03-20T01:00:00Z'),
    });
    expect(await actions()).toEqual(['minutes.begun']);
  });

  test('fills in number and date of the letter that invited, where one was issued', async () => {
    const desk = await makeDesk(app);
    const letter = await beginLetter(desk);
    const minutes = `/events/${desk.eventId}/minutes`;
    const head = async () => {
      await app.db.query('DELETE FROM minutes WHERE event_id = $1', [desk.eventId]);
      await desk.organizer.post(minutes, {}, minutes);
      const [row] = await app.db.query(
        'SELECT letter_number AS number, letter_date AS date FROM minutes WHERE event_id = $1',
        [desk.eventId],
      );
      return row as unknown;
    };
    expect(await head()).toEqual({ number: '', date: null });
    expect((await issue(desk, letter)).status).toBe(303);
    const [{ number }] = await app.db.query(
      'SELECT n.number FROM letter_number n JOIN invitation_letter b ON b.id = n.letter_id WHERE b.event_id = $1',
      [desk.eventId],
    );
    expect(await head()).toEqual({ number, date: '2026-03-02' });
    expect((await desk.organizer.get(minutes)).text).toContain(`${number}, 2 Maret 2026`);
  });
});

describe('lines', () => {
  test('are saved, found again with their versions, and sent twice are one', async () => {
    const line = lineOf({ text: 'Baris pertama', person: 'Ibu Rahma', origin: 'LKSA Harapan' });
    expect((await write(table, line)).status).toBe(303);
    expect((await write(table, line)).status).toBe(303);
    expect(await blocks()).toHaveLength(1);
    const saved = await block(line.clientId);
    expect(saved).toMatchObject({
      text: 'Baris pertama',
      version: 1,
      institution_id: table.institutionIds[0],
    });
    await write(table, { ...line, version: '1', text: 'Baris pertama, diubah' });
    const page = await table.secretary.get(`${table.at}/blocks/${String(saved?.id)}`);
    expect(page.text).toContain('Baris pertama, diubah');
    expect(page.text).toContain('Versi 1');
    expect(page.text).toContain('Siti Notulis');
  });

  test('keep an origin that is no LKS of the event as it was typed', async () => {
    const line = lineOf({ origin: 'LKKS Kabupaten Batang' });
    await write(table, line);
    expect(await block(line.clientId)).toMatchObject({
      institution_id: null,
      origin: 'LKKS Kabupaten Batang',
    });
  });

  test('a second writer is told, sees both texts, and can keep either or both', async () => {
    const line = lineOf({ text: 'Asal' });
    await write(table, line);
    const colleague = await new Visitor(app.app).signIn(
      (await makeUser(app.db, office, ['organizer'])).email,
    );
    await write(table, { ...line, version: '1', text: 'Dari rekan' }, colleague);
    const refused = await write(table, { ...line, version: '1', text: 'Dari saya' });
    expect(refused.status).toBe(409);
    for (const words of ['Dari rekan', 'Dari saya', 'Pakai punya saya', 'Pakai yang lain', 'Gabungkan'])
      expect(refused.text).toContain(words);
    expect(await block(line.clientId)).toMatchObject({ text: 'Dari rekan', version: 2 });
    await write(table, { ...line, version: '2', text: 'Dari rekan\r\nDari saya' });
    expect(await block(line.clientId)).toMatchObject({ text: 'Dari rekan\nDari saya', version: 3 });
  });

  test('stand where they were put: behind the line above, also many times over', async () => {
    const first = lineOf({ text: 'satu' });
    await write(table, first);
    await write(table, lineOf({ text: 'akhir', after: first.clientId }));
    for (let n = 0; n < 30; n += 1) await write(table, lineOf({ text: `sisip ${n}`, after: first.clientId }));
    const texts = (await blocks()).map(({ text }) => text);
    const from = texts.indexOf('satu');
    expect(texts.slice(from, from + 3)).toEqual(['satu', 'sisip 29', 'sisip 28']);
    expect(texts.at(-1)).toBe('akhir');
  });

  test('refuse an agenda item and an issue of another event, and another office finds nothing', async () => {
    const other = await makeTable(app, office);
    const [item] = await app.db.query(
      `SELECT a.id FROM agenda_item a JOIN event_session s ON s.id = a.session_id JOIN event_day d ON d.id = s.day_id
       WHERE d.event_id = $1`,
      [other.eventId],
    );
    await begin(other);
    expect((await write(table, lineOf({ agendaItemId: String(item.id) }))).status).toBe(422);
    const issue = lineOf({ kind: 'issue' });
    await write(other, issue);
    expect((await write(table, lineOf({ kind: 'response', parent: issue.clientId }))).status).toBe(422);
    const stranger = await new Visitor(app.app).signIn(
      (await makeUser(app.db, await makeOffice(app.db), ['secretary'])).email,
    );
    expect((await write(table, lineOf(), stranger)).status).toBe(404);
    expect((await write(table, { ...issue, version: '1', text: 'dari luar' }, stranger)).status).toBe(404);
  });

  test('can be taken out and put back, with their history', async () => {
    const line = lineOf({ text: 'Sementara' });
    await write(table, line);
    const id = String((await block(line.clientId))?.id);
    await table.secretary.post(`${table.at}/blocks/${id}/removal`, { version: '1' }, table.at);
    const page = await table.secretary.get(table.at);
    expect(page.text).not.toContain(`id="line-${line.clientId}"`);
    expect(page.text).toContain('Baris yang dihapus (1)');
    const late = await write(table, { ...line, version: '1', text: 'Masih ditulis' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Masih ditulis');
    await table.secretary.post(`${table.at}/blocks/${id}/restoration`, { version: '2' }, table.at);
    expect(await block(line.clientId)).toMatchObject({ removed_at: null, version: 3 });
  });

  test('that answer an issue which somebody took out are refused, kept before the eyes, and can bring it back', async () => {
    const issue = lineOf({ kind: 'issue', text: 'Izin belum terbit' });
    const old = lineOf({ kind: 'response', parent: issue.clientId, text: 'Tanggapan lama' });
    await write(table, issue);
    await write(table, old);
    const id = String((await block(issue.clientId))?.id);
    await table.secretary.post(`${table.at}/blocks/${id}/removal`, { version: '1' }, table.at);
    const page = await table.secretary.get(table.at);
    expect(page.text).toContain('Baris yang dihapus (2)');
    expect(page.text.split('Kembali bersama permasalahannya')[1]).toContain('Tanggapan lama');

    const fresh = lineOf({
      kind: 'response',
      parent: issue.clientId,
      text: 'Tanggapan baru',
      person: 'Rina',
    });
    const changed = { ...old, version: '1', text: 'Tanggapan lama, diubah' };
    for (const response of [fresh, changed]) {
      const refused = await write(table, response);
      expect(refused.status).toBe(409);
      for (const words of [
        response.text,
        'Izin belum terbit',
        'dihapus Siti Notulis',
        'Kembalikan dan simpan',
      ])
        expect(refused.text).toContain(words);
    }
    expect(await block(fresh.clientId)).toBeUndefined();
    expect(await block(old.clientId)).toMatchObject({ text: 'Tanggapan lama' });
    // What came before the issue was taken out may come once more.
    expect((await write(table, { ...old, version: '1' })).status).toBe(303);

    expect((await write(table, { ...fresh, withIssue: '1' })).status).toBe(303);
    expect(await block(issue.clientId)).toMatchObject({ removed_at: null, version: 3 });
    expect(await block(fresh.clientId)).toMatchObject({ text: 'Tanggapan baru', person: 'Rina' });
    expect((await write(table, changed)).status).toBe(303);
    expect((await table.secretary.get(table.at)).text).not.toContain('Baris yang dihapus');
  });

  test('write HTML as what it is', async () => {
    await write(table, lineOf({ text: '<script>alert(1)</script>', person: '"><img src=x>' }));
    const { text } = await table.secretary.get(table.at);
    expect(text).not.toContain('<script>alert(1)');
    expect(text).not.toContain('"><img');
  });

  test('tell a script the same as JSON', async () => {
    const line = lineOf({ text: 'lewat skrip' });
    const sign = await new Visitor(app.app).signIn((await makeUser(app.db, office, ['secretary'])).email);
    const { token: _csrf } = (await sign.json('GET', `${table.at}/token`)).body as { token: string };
    const saved = await sign.json('POST', `${table.at}/blocks`, { ...line, _csrf });
    expect([saved.status, saved.body]).toMatchObject([200, { version: 1 }]);
    await write(table, { ...line, version: '1', text: 'rekan' });
    const again = { ...line, version: '1', text: 'saya', _csrf };
    const refused = await sign.json('POST', `${table.at}/blocks`, again);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ conflict: { text: 'rekan', author: 'Siti Notulis', version: 2 } });
    const issue = lineOf({ kind: 'issue', text: 'Pokok' });
    await write(table, issue);
    const id = String((await block(issue.clientId))?.id);
    await table.secretary.post(`${table.at}/blocks/${id}/removal`, { version: '1' }, table.at);
    const response = { ...lineOf({ kind: 'response', parent: issue.clientId }), _csrf };
    expect((await sign.json('POST', `${table.at}/blocks`, response)).body).toMatchObject({
      issue: { text: 'Pokok', author: 'Siti Notulis', removed: true },
    });
    const noToken = await sign.json('POST', `${table.at}/blocks`, { ...again, _csrf: 'salah' });
    expect(noToken.status).toBe(403);
  });

  test('the log names who wrote once in an hour, and each line that came or went', async () => {
    const log = await actions();
    const [{ writers }] = (await app.db.query(
      `SELECT count(DISTINCT user_id)::int AS writers FROM audit_entry WHERE action = 'minutes.written' AND subject_id = $1`,
      [table.eventId],
    )) as [{ writers: number }];
    expect(log.filter((action) => action === 'minutes.written')).toHaveLength(writers);
    expect(log).toContain('minutes.line_removed');
    expect(log).toContain('minutes.line_restored');
  });
});

describe('the head', () => {
  const head = { letterNumber: '005/7', letterDate: '2026-03-10', fromDate: '2026-03-20', fromTime: '09.00' };

  test('is saved with its times in the zone of the event', async () => {
    const { status } = await table.secretary.post(
      `${table.at}/head`,
      { ...head, untilTime: '12:30', chairName: 'Budi Ketua', version: '1' },
      `${table.at}/head`,
    );
    expect(status).toBe(303);
    const [row] = await app.db.query('SELECT * FROM minutes WHERE event_id = $1', [table.eventId]);
    expect(row).toMatchObject({
      letter_date: '2026-03-10',
      held_until: new Date('2026-03-20T04:30:00Z'),
      version: 2,
    });
  });

  test('tells a second writer what is saved now, keeps what was typed, and saves when it is sent again', async () => {
    const page = `${table.at}/head`;
    const typed = { ...head, letterNumber: '005/99', chairName: 'Lain', version: '1' };
    const refused = await table.secretary.post(page, typed, page);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Yang tersimpan sekarang');
    expect(refused.text).toContain('005/7');
    expect(refused.text).toContain('value="005/99"');
    expect(refused.text).toContain('name="version" value="2"');
    expect((await table.secretary.post(page, { ...typed, version: '2' }, page)).status).toBe(303);
  });

  test('refuses an end before the beginning', async () => {
    const page = `${table.at}/head`;
    const { status } = await table.secretary.post(page, { ...head, untilTime: '08:00', version: '3' }, page);
    expect(status).toBe(422);
  });
});

test('the agenda can be changed while minutes hang on it: their lines stay with their item', async () => {
  const [item] = await app.db.query(
    `SELECT a.id, a.session_id FROM agenda_item a JOIN event_session s ON s.id = a.session_id
     JOIN event_day d ON d.id = s.day_id WHERE d.event_id = $1`,
    [table.eventId],
  );
  const line = lineOf({ agendaItemId: String(item.id) });
  await write(table, line);
  const organizer = await new Visitor(app.app).signIn((await makeUser(app.db, office)).email);
  const page = `/events/${table.eventId}/plan/agenda`;
  const [{ version }] = await app.db.query('SELECT version FROM event WHERE id = $1', [table.eventId]);
  const rows = { id: item.id, sessionId: item.session_id, from: '09:00', title: 'Judul baru' };
  const fields = Object.fromEntries(
    Object.entries(rows).map(([name, value]) => [`rows.0.${name}`, String(value)]),
  );
  expect((await organizer.post(page, { version: String(version), ...fields }, page)).status).toBe(303);
  expect(await block(line.clientId)).toMatchObject({ agenda_item_id: item.id });
});
