import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import request from 'supertest';
import { accept, openDesk, pdf, type Desk } from './support.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.app.close());

async function handedOut() {
  const { eventId, invitations } = await desk.scene({ title: 'Rakor LKS: "evaluasi" / 2026' });
  const [invitationId = 0] = invitations;
  await accept(desk, invitationId);
  const [item] = await desk.rows<{ id: number }>(
    `INSERT INTO agenda_item (session_id, starts_at, title) SELECT s.id, s.starts_at, 'Standar: enam / bukti' FROM event_session s
     JOIN event_day d ON d.id = s.day_id WHERE d.event_id = $1 RETURNING id`,
    [eventId],
  );
  const list = `/events/${eventId}/materials`;
  await desk.upload(list, [
    { name: 'Modul.pdf', content: pdf('satu') },
    { name: 'modul.PDF', content: pdf('dua') },
  ]);
  await desk.upload(list, [{ name: 'Modul.pdf', content: pdf('tiga') }], { agendaItemId: String(item?.id) });
  await desk.material(eventId, { name: 'Nanti.pdf', content: pdf('empat') }, 'attended');
  const link = { title: 'Rekaman', url: 'https://video.example/1', agendaItemId: '', visibility: 'accepted' };
  await desk.secretary.post(`${list}/links`, link, list);
  return { eventId, invitationId, list, path: `${desk.link(invitationId)}/materials.zip` };
}

const contents = (body: unknown) =>
  Object.fromEntries(
    Object.entries(unzipSync(body as Buffer)).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
  );

test('all that the reader may have comes in one ZIP: folders by agenda, names apart, links as a text', async () => {
  const { path, eventId } = await handedOut();
  const reply = await desk.fetch(path);
  expect([reply.status, reply.headers['content-type']]).toEqual([200, 'application/zip']);
  expect(reply.headers['content-disposition']).toContain('filename="Rakor LKS evaluasi - 2026.zip"');
  expect(Number(reply.headers['content-length'])).toBe((reply.body as Buffer).length);
  expect(contents(reply.body)).toEqual({
    'Modul.pdf': pdf('satu').toString(),
    'modul (2).pdf': pdf('dua').toString(),
    '01 Standar enam - bukti/Modul.pdf': pdf('tiga').toString(),
    'Tautan.txt': 'Rekaman: https://video.example/1\r\n',
  });
  await desk.app.deps.background.finished();
  const counted = await desk.rows(
    'SELECT count(*)::int AS count FROM material_download d JOIN material m ON m.id = d.material_id WHERE m.event_id = $1',
    [eventId],
  );
  expect(counted).toEqual([{ count: 3 }]);
});

test('the office gets everything; asking for the head alone sends no content', async () => {
  const { list, path } = await handedOut();
  const all = await desk.fetch(path);
  const office = await desk.secretary.getBytes(`${list}.zip`);
  expect(Object.keys(contents(office))).toContain('Nanti.pdf');
  const head = await request(desk.app.app).head(path);
  expect([head.status, head.headers['content-length']]).toEqual([200, all.headers['content-length']]);
});

test('a file that is missing is left out and named, and the rest is whole', async () => {
  const { eventId, path } = await handedOut();
  const [{ sha256 }] = (await desk.rows(
    `SELECT f.sha256 FROM material m JOIN material_version v ON v.material_id = m.id JOIN stored_file f ON f.id = v.stored_file_id
     WHERE m.event_id = $1 AND m.agenda_item_id IS NOT NULL`,
    [eventId],
  )) as [{ sha256: string }];
  const content = pdf('tiga');
  await rm(desk.app.deps.files.pathOf(sha256));
  const inside = contents((await desk.fetch(path)).body);
  expect(Object.keys(inside).sort()).toEqual([
    'Berkas yang hilang.txt',
    'Modul.pdf',
    'Tautan.txt',
    'modul (2).pdf',
  ]);
  expect(inside['Berkas yang hilang.txt']).toBe('Modul\r\n');
  await desk.app.deps.files.put(content);
});

test('where there is nothing to put into it, the office is led back to its list, and a link finds nothing', async () => {
  const { eventId, invitations } = await desk.scene();
  expect((await desk.secretary.get(`/events/${eventId}/materials.zip`)).status).toBe(303);
  expect((await desk.fetch(`${desk.link(invitations[0] ?? 0)}/materials.zip`)).status).toBe(404);
});
