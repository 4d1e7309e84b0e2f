import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readTable } from '../../src/spreadsheets/read-table.js';
import { answer } from '../factories/invitations.js';
import {
  leaderPhone,
  openQueueRoom,
  tap,
  type Colleague,
  type QueueRoom,
  type QueuedEvent,
} from '../whatsapp/support.js';

let room: QueueRoom;
let siti: Colleague;
let budi: Colleague;
let event: QueuedEvent;
let path: string;

/** Four LKS: one has answered; one is looked after by Siti and was called, one was told, of one nothing is known. */
beforeAll(async () => {
  room = await openQueueRoom();
  siti = await room.colleague('Siti');
  budi = await room.colleague('Budi');
  event = await room.event(4);
  path = `/events/${event.id}/invitations/unanswered`;
  const [first, second, third, fourth = 0] = event.institutions;
  await room.query(`UPDATE institution SET name = '=HYPERLINK("x")', pendamping_id = $2 WHERE id = $1`, [
    first,
    siti.userId,
  ]);
  await room.query(`UPDATE institution SET region_code = '63.01' WHERE id = $1`, [second]);
  await room.query('DELETE FROM representative WHERE institution_id = $1', [third]);
  await answer(room.app, event.id, event.invitations[3] ?? 0, 'accepts');
  expect(fourth).toBeGreaterThan(0);
  const call = `/events/${event.id}/invitations/${event.invitations[0]}`;
  await siti.visitor.post(`${call}/calls`, { outcome: 'no_answer', text: '' }, call);
  const queue = await tap(budi.visitor, event.path, 'claim');
  const next = await tap(budi.visitor, event.path, `${queue.id}/skip`);
  expect(next.invitation).toBe(event.invitations[1]);
  await tap(budi.visitor, event.path, `${next.id}/sent`);
});
afterAll(() => room.app.close());

/** Cells of the table, row by row; headings of regions are rows of their own. */
function rowsOf(html: string): string[] {
  const table = /<table[\s\S]*<\/table>/.exec(html)?.[0] ?? '';
  return [...table.matchAll(/<tr[\s\S]*?<\/tr>/g)].slice(1).map(([row]) =>
    row
      .replace(/<svg[\s\S]*?<\/svg>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

test('those who have not answered stand by region, with who looks after them, the number, and what was done last', async () => {
  const { text } = await budi.visitor.get(path);
  const rows = rowsOf(text);
  expect(rows).toHaveLength(5);
  expect(rows[0]).toMatch(/^Kabupaten Tanah Laut: 1 LKS$/);
  expect(rows[1]).toMatch(
    /nomor 02 Belum ada pendamping 0812-0000-0102 Ketua 2 WhatsApp terkirim .* 11 hari lagi$/,
  );
  expect(rows[2]).toBe('Kota Banjarmasin: 2 LKS');
  expect(rows[3]).toMatch(/HYPERLINK.* Siti 0812-0000-0101 Ketua 1 Ditelepon: tidak diangkat 2 Mar 2026/);
  expect(rows[4]).toMatch(/nomor 03 Belum ada pendamping Belum ada Belum pernah dihubungi/);
  expect(text).toContain(`href="tel:${leaderPhone(1)}"`);
});

test('a pendamping sees only their own, and is told on the first screen', async () => {
  expect(rowsOf((await siti.visitor.get(`${path}?mine=1`)).text)).toHaveLength(2);
  expect((await budi.visitor.get(`${path}?mine=1`)).text).toContain('Tidak ada LKS dampingan Anda');
  expect((await siti.visitor.get('/')).text).toContain(`1 LKS dampingan Anda belum menjawab`);
  expect((await siti.visitor.get('/')).text).toContain(`${path}?mine=1`);
  expect((await budi.visitor.get('/')).text).not.toContain('dampingan Anda');
});

test('days are counted in the zone of the event, and past deadlines are said to be past', async () => {
  room.app.clock.set('2026-03-13T15:00:00Z');
  expect((await budi.visitor.get(path)).text).toContain('hari ini');
  room.app.clock.set('2026-03-14T15:00:00Z');
  expect((await budi.visitor.get(path)).text).toContain('sudah lewat');
  room.app.clock.set('2026-03-02T02:00:00Z');
});

test('the sheet holds the same, no formula runs in it, and it is kept who took how many', async () => {
  const sheet = await readTable(await budi.visitor.download(`${path}/export`, {}, path));
  expect(sheet.map(({ cells }) => cells[1])).toEqual([
    'LKS',
    expect.stringContaining('nomor 02'),
    `'=HYPERLINK("x")`,
    expect.stringContaining('nomor 03'),
  ]);
  expect(sheet[2]?.cells.slice(3)).toEqual([
    'Ketua 1',
    '0812-0000-0101',
    'Siti',
    'Ditelepon: tidak diangkat',
    expect.stringContaining('2 Mar 2026'),
    '11',
  ]);
  await siti.visitor.download(`${path}/export`, { mine: '1' }, path);
  const entries = await room.query(
    `SELECT user_id AS who, detail FROM audit_entry WHERE action = 'invitations.unanswered_exported' ORDER BY id`,
  );
  expect(entries).toEqual([
    { who: budi.userId, detail: { count: 3, onlyMine: false } },
    { who: siti.userId, detail: { count: 1, onlyMine: true } },
  ]);
});
