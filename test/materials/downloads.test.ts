import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { attachmentHeader } from '../../src/web/send-file.js';
import { Visitor } from '../support/visitor.js';
import { accept, markPresent, openDesk, pdf, type Desk } from './support.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.app.close());

const content = Buffer.from(`%PDF-1.4\n${'0123456789'.repeat(1000)}\n%%EOF\n`);

async function handedOut() {
  const { eventId, invitations } = await desk.scene();
  const [invitationId = 0, other = 0] = invitations;
  await accept(desk, invitationId);
  const id = await desk.material(eventId, { name: 'Modul.pdf', content });
  return { eventId, invitationId, other, id, path: `${desk.link(invitationId)}/materials/${id}` };
}

const downloads = async (id: number) => {
  await desk.app.deps.background.finished();
  return desk.rows<{ downloads: number }>('SELECT downloads FROM material_download WHERE material_id = $1', [
    id,
  ]);
};

test('ranges are answered as RFC 9110 says, and nonsense with 416 or the whole', async () => {
  const { path } = await handedOut();
  const size = content.length;
  const whole = await desk.fetch(path);
  const etag = String(whole.headers.etag);
  expect([whole.status, whole.headers['accept-ranges'], (whole.body as Buffer).equals(content)]).toEqual([
    200,
    'bytes',
    true,
  ]);
  const partly: [string, number, number][] = [
    ['bytes=0-99', 0, 99],
    ['bytes=100-', 100, size - 1],
    ['bytes=-50', size - 50, size - 1],
    ['bytes=-99999999', 0, size - 1],
    ['bytes=10-99999999', 10, size - 1],
  ];
  for (const [range, first, last] of partly) {
    const reply = await desk.fetch(path, { range });
    expect([range, reply.status, reply.headers['content-range']]).toEqual([
      range,
      206,
      `bytes ${first}-${last}/${size}`,
    ]);
    expect((reply.body as Buffer).equals(content.subarray(first, last + 1))).toBe(true);
  }
  for (const range of [`bytes=${size}-`, 'bytes=99999999-']) {
    const reply = await desk.fetch(path, { range });
    expect([range, reply.status, reply.headers['content-range']]).toEqual([range, 416, `bytes */${size}`]);
    expect(reply.headers['content-disposition']).toBeUndefined();
  }
  const nonsense = [
    'bytes',
    'bytes=',
    'bytes=a-b',
    'lines=1-2',
    'bytes=0-1,5-6',
    'bytes=-',
    `bytes=${'0-1,'.repeat(2000)}0-1`,
  ];
  for (const range of nonsense) {
    const { status, body } = await desk.fetch(path, { range });
    // One that can be read as parts that touch is given as one; all else is the whole, or refused.
    expect([range.slice(0, 20), [200, 206, 416].includes(status)]).toEqual([range.slice(0, 20), true]);
    if (status === 200) expect((body as Buffer).equals(content)).toBe(true);
  }
  expect((await desk.fetch(path, { 'if-none-match': etag })).status).toBe(304);
  expect((await desk.fetch(path, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
  expect((await desk.fetch(path, { range: 'bytes=0-9', 'if-range': '"lain"' })).status).toBe(200);
  const head = await request(desk.app.app).head(path);
  expect([head.status, head.headers['content-length'], head.text]).toEqual([200, String(size), undefined]);
});

test('a name reaches every program: plain for old ones, whole for the others', () => {
  expect(attachmentHeader('Laporan (akhir) 100%.pdf')).toBe(
    `attachment; filename="Laporan (akhir) 100_.pdf"; filename*=UTF-8''Laporan%20%28akhir%29%20100%25.pdf`,
  );
  expect(attachmentHeader('Café "ꦗꦮ".pdf')).toBe(
    `attachment; filename="Cafe ____.pdf"; filename*=UTF-8''Caf%C3%A9%20%22%EA%A6%97%EA%A6%AE%22.pdf`,
  );
  expect(attachmentHeader('a\r\nb\ud800.pdf')).not.toMatch(/[\r\n]/);
});

test('downloads are counted per institution: not previews, not heads, not what goes on from the middle', async () => {
  const { path, id, eventId } = await handedOut();
  const { headers } = await desk.fetch(path);
  await desk.fetch(path, { range: 'bytes=0-99' });
  expect(await downloads(id)).toEqual([{ downloads: 2 }]);
  await desk.fetch(path, { range: 'bytes=100-' });
  await desk.fetch(path, { 'user-agent': 'WhatsApp/2.23' });
  await desk.fetch(path, { 'if-none-match': String(headers.etag) });
  await request(desk.app.app).head(path);
  await desk.secretary.get(`/events/${eventId}/materials/${id}/file`);
  expect(await downloads(id)).toEqual([{ downloads: 2 }]);
  const list = (await desk.secretary.get(`/events/${eventId}/materials`)).text;
  expect(list).toContain('1 LKS');
  expect((await desk.secretary.get(`/events/${eventId}/materials/${id}`)).text).toContain('LKSA Uji');
});

test('each visibility opens to those it names, and to nobody else', async () => {
  const scene = await desk.scene({ institutions: [{}, {}, {}, {}] });
  const [coming = 0, silent = 0, declined = 0, revoked = 0] = scene.invitations;
  const [delegate = 0, second = 0] = await accept(desk, coming, 2);
  await new Visitor(desk.app.app).post(
    `${desk.link(declined)}/answer`,
    { answer: 'decline' },
    desk.link(declined),
  );
  await desk.rows(`UPDATE invitation SET state = 'revoked', reason = 'Salah undang' WHERE id = $1`, [
    revoked,
  ]);
  const words = ['invited', 'accepted', 'from_day', 'attended', 'public'] as const;
  const ids: Record<string, number> = {};
  for (const word of words)
    ids[word] = await desk.material(scene.eventId, { name: `${word}.pdf`, content: pdf(word) }, word);
  const own = (id: number) => `/d/${desk.app.deps.links.token('delegate', id, 1)}`;
  const seenBy = async (link: string) => {
    const seen: string[] = [];
    const page = (await desk.fetch(link, { accept: 'text/html' })).body as Buffer;
    for (const word of words) {
      const { status } = await desk.fetch(`${link}/materials/${ids[word]}`);
      if (status === 200) seen.push(word);
      expect([word, page.toString().includes(`>${word}<`)]).toEqual([word, status === 200]);
    }
    return seen;
  };
  expect(await seenBy(desk.link(coming))).toEqual(['invited', 'accepted', 'public']);
  expect(await seenBy(own(delegate))).toEqual(['invited', 'accepted', 'public']);
  expect(await seenBy(desk.link(silent))).toEqual(['invited', 'public']);
  expect(await seenBy(desk.link(declined))).toEqual(['invited', 'public']);
  expect(await seenBy(desk.link(revoked))).toEqual([]);
  await markPresent(desk, scene.eventId, delegate);
  expect(await seenBy(own(delegate))).toEqual(['invited', 'accepted', 'attended', 'public']);
  expect(await seenBy(own(second))).toEqual(['invited', 'accepted', 'public']);
  expect(await seenBy(desk.link(coming))).toEqual(['invited', 'accepted', 'attended', 'public']);
  await desk.rows(`UPDATE delegate SET state = 'replaced' WHERE id = $1`, [delegate]);
  expect(await seenBy(own(delegate))).toEqual([]);
  // The first day begins at midnight in the event's zone (WITA), eight hours ahead of UTC.
  const [{ day }] = (await desk.rows('SELECT first_day::text AS day FROM event WHERE id = $1', [
    scene.eventId,
  ])) as [{ day: string }];
  const was = desk.app.clock.now().toISOString();
  const midnight = new Date(`${day}T00:00:00+08:00`).getTime();
  desk.app.clock.set(new Date(midnight - 1000).toISOString());
  expect(await seenBy(own(second))).not.toContain('from_day');
  desk.app.clock.set(new Date(midnight).toISOString());
  expect(await seenBy(own(second))).toContain('from_day');
  desk.app.clock.set(was);
  await desk.rows(`UPDATE event SET state = 'cancelled', cancel_reason = 'Batal' WHERE id = $1`, [
    scene.eventId,
  ]);
  expect(await seenBy(desk.link(coming))).toEqual([]);
});

test("another event's material, another token and another office get nothing", async () => {
  const [mine, theirs] = [await handedOut(), await handedOut()];
  const paths = [
    `${desk.link(mine.invitationId)}/materials/${theirs.id}`,
    `${desk.link(mine.other)}/materials/${mine.id}`,
    `/d/${desk.app.deps.links.token('invitation', mine.invitationId, 1)}/materials/${mine.id}`,
    `/m/${desk.app.deps.links.token('invitation', mine.invitationId, 1)}`,
    `/m/${desk.app.deps.links.token('material', mine.id, 1)}`,
    `${desk.link(mine.invitationId)}/materials/0`,
    `${desk.link(mine.invitationId)}/materials/..%2f..%2fetc%2fpasswd`,
    `${desk.link(mine.other)}/materials.zip`,
  ];
  for (const path of paths) expect([path, (await desk.fetch(path)).status]).toEqual([path, 404]);
  expect((await desk.secretary.get(`/events/${mine.eventId}/materials/${theirs.id}/file`)).status).toBe(404);
  await desk.rows('DELETE FROM failed_attempt');
});

test('a public address opens without an account until it is changed, archived or no longer public', async () => {
  const { eventId } = await desk.scene();
  const id = await desk.material(eventId, { content }, 'public');
  const page = `/events/${eventId}/materials/${id}`;
  const address = (version: number) => `/m/${desk.app.deps.links.token('material', id, version)}`;
  expect((await desk.fetch(address(1))).status).toBe(200);
  expect((await desk.secretary.get(page)).text).toContain(address(1));
  await desk.secretary.post(`${page}/link`, {}, page);
  expect([(await desk.fetch(address(1))).status, (await desk.fetch(address(2))).status]).toEqual([404, 200]);
  const form = { title: 'Paparan', agendaItemId: '', visibility: 'invited', sort: '0', version: '1' };
  await desk.secretary.post(page, form, page);
  expect((await desk.fetch(address(2))).status).toBe(404);
  await desk.rows('DELETE FROM failed_attempt');
});

test('a file that is missing from the disk is told to the delegate and to the office, and logged', async () => {
  const { eventId, path } = await handedOut();
  const [{ sha256, id }] = (await desk.rows(
    `SELECT f.sha256, m.id FROM material m JOIN material_version v ON v.material_id = m.id
     JOIN stored_file f ON f.id = v.stored_file_id WHERE m.event_id = $1`,
    [eventId],
  )) as [{ sha256: string; id: number }];
  await rm(desk.app.deps.files.pathOf(sha256));
  const reply = await desk.fetch(path, { accept: 'text/html' });
  expect([reply.status, reply.headers['content-disposition']]).toEqual([410, undefined]);
  expect((reply.body as Buffer).toString()).toContain('Berkas ini hilang dari penyimpanan server');
  const page = `/events/${eventId}/materials`;
  expect((await desk.secretary.get(page)).text).toContain('Berkas hilang');
  expect((await desk.secretary.get(`${page}/${id}`)).text).toContain('Unggah versi baru, atau pulihkan');
  expect((await desk.secretary.get(`${page}/${id}/file`)).text).toContain('Berkas ini hilang');
});
