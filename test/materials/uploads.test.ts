import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { accept, openDesk, pdf, type Desk } from './support.js';

let desk: Desk;
let eventId: number;
beforeAll(async () => {
  desk = await openDesk();
  ({ eventId } = await desk.scene());
});
afterAll(() => desk.app.close());

const list = () => `/events/${eventId}/materials`;
const titles = async () =>
  (
    await desk.rows<{ title: string }>('SELECT title FROM material WHERE event_id = $1 ORDER BY id', [
      eventId,
    ])
  ).map(({ title }) => title);

test('several files at once become materials titled by their names, each content stored once', async () => {
  const same = pdf('sama');
  const reply = await desk.upload(list(), [
    { name: 'Standar akreditasi.pdf', content: same },
    { name: 'Salinan.pdf', content: same },
    { name: 'Daftar.csv', content: Buffer.from('No;LKS\n1;Panti A\n') },
  ]);
  expect([reply.status, reply.headers.location]).toEqual([303, list()]);
  expect(await titles()).toEqual(['Standar akreditasi', 'Salinan', 'Daftar']);
  expect((await desk.stored()).length).toBe(2);
  const page = (await desk.secretary.get(list())).text;
  for (const words of [
    '3 materi ditambahkan.',
    'Standar akreditasi',
    'Yang menyatakan hadir',
    'Lembar hitung',
  ])
    expect(page).toContain(words);
  const audit = await desk.rows(`SELECT fields, detail FROM audit_entry WHERE action = 'material.added'`);
  expect(audit).toEqual([1, 2, 3].map(() => ({ fields: [], detail: {} })));
});

test('a script is told where to go, or what went wrong, in words', async () => {
  const right = await desk.upload(
    list(),
    [{ name: 'Naskah.pdf', content: pdf('naskah') }],
    {},
    { json: true },
  );
  expect([right.status, right.body]).toEqual([201, { to: list() }]);
  const wrong = await desk.upload(
    list(),
    [{ name: 'a.exe', content: Buffer.from('MZ\0\0') }],
    {},
    { json: true },
  );
  expect(wrong.status).toBe(422);
  expect((wrong.body as { error: string }).error).toContain('a.exe');
});

test('nothing chosen, or an empty file, is said at the field', async () => {
  for (const files of [[], [{ name: 'kosong.pdf', content: Buffer.alloc(0) }]]) {
    const { status, text } = await desk.upload(list(), files);
    expect([status, text.includes('Pilih sedikitnya satu berkas.')]).toEqual([422, true]);
  }
});

test('an empty file among others is named, and the others are kept', async () => {
  const files = [
    { name: 'Isi.pdf', content: pdf('isi') },
    { name: 'Kosong <b>.pdf', content: Buffer.alloc(0) },
  ];
  expect((await desk.upload(list(), files)).status).toBe(303);
  expect((await desk.secretary.get(list())).text).toContain(
    '1 materi ditambahkan. Tidak ada isinya, jadi tidak ditambahkan: Kosong &lt;b&gt;.pdf.',
  );
});

const html = '<!doctype html><html><script>alert(1)</script></html>';
const bombs = zipSync({ 'nol.bin': new Uint8Array(30_000_000) });

describe('what a file is called decides nothing', () => {
  const refused: [string, string, Buffer][] = [
    ['a program', 'paparan.pdf', Buffer.from(`MZ${'\0'.repeat(100)}PE\0\0`)],
    ['a program of Linux', 'paparan.pdf', Buffer.from(`\x7fELF\x02\x01\x01${'\0'.repeat(60)}`)],
    [
      'a drawing that can hold scripts',
      'logo.svg',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    ],
    ['bytes that are nothing known', 'data.bin', Buffer.from([0, 1, 2, 3, 250, 251])],
  ];
  test.each(refused)('%s is refused, and named', async (_what, name, content) => {
    const before = [await titles(), await desk.stored()];
    const { status, text } = await desk.upload(list(), [
      { name: 'baik.pdf', content: pdf('baik') },
      { name, content },
    ]);
    expect([status, text.includes(`tidak diterima: ${name}`)]).toEqual([422, true]);
    expect([await titles(), await desk.stored()]).toEqual(before);
  });

  const given: [string, string, Buffer, string, string][] = [
    ['a page', 'paparan.html', Buffer.from(html), 'text/plain', 'paparan.txt'],
    ['a page that says it is a PDF', 'paparan.pdf', Buffer.from(html), 'text/plain', 'paparan.txt'],
    [
      'a PDF that is a page, too',
      'paparan.html',
      Buffer.concat([pdf(), Buffer.from(html)]),
      'application/pdf',
      'paparan.pdf',
    ],
    ['a ZIP that unfolds to 30 MB', 'gambar.jpg', Buffer.from(bombs), 'application/zip', 'gambar.zip'],
    ['a name with a path', '../../etc/passwd.pdf', pdf('path'), 'application/pdf', 'passwd.pdf'],
    ['a name of Windows', 'C:\\rahasia\\CON.pdf', pdf('con'), 'application/pdf', '_CON.pdf'],
    ['a name that reads backwards', 'gambar\u202Efdp.exe', pdf('rtl'), 'application/pdf', 'gambarfdp.pdf'],
  ];
  test.each(given)(
    '%s is handed out as what it is, never to be shown',
    async (_what, name, content, type, called) => {
      const id = await desk.material(eventId, { name, content });
      const reply = await desk.secretary.get(`${list()}/${id}/file`);
      const disposition = String(reply.headers['content-disposition']);
      expect(reply.headers['content-type']).toMatch(new RegExp(`^${type}`));
      expect(disposition).toBe(`attachment; filename="${called}"; filename*=UTF-8''${called}`);
      expect(reply.headers['x-content-type-options']).toBe('nosniff');
    },
  );
});

test('a material of an agenda item stays with it when the agenda is saved again', async () => {
  const agenda = `/events/${eventId}/plan/agenda`;
  const organizer = await desk.colleague('organizer');
  const [session] = await desk.rows<{ id: number; version: number }>(
    `SELECT s.id, e.version FROM event_session s JOIN event_day d ON d.id = s.day_id JOIN event e ON e.id = d.event_id WHERE e.id = $1`,
    [eventId],
  );
  const item = { 'rows.0.sessionId': session?.id, 'rows.0.from': '09:00', 'rows.0.to': '10:00' };
  await organizer.post(agenda, { ...item, 'rows.0.title': 'Pembukaan', version: session?.version }, agenda);
  const [row] = await desk.rows<{ id: number }>('SELECT id FROM agenda_item WHERE title = $1', ['Pembukaan']);
  const agendaItemId = String(row?.id);
  await desk.upload(list(), [{ name: 'Sambutan.pdf', content: pdf('sambutan') }], { agendaItemId });
  const changed = { ...item, 'rows.0.id': agendaItemId, 'rows.0.title': 'Pembukaan resmi' };
  const reply = await organizer.post(agenda, { ...changed, version: Number(session?.version) + 1 }, agenda);
  expect(reply.status).toBe(303);
  expect(
    await desk.rows('SELECT agenda_item_id AS item FROM material WHERE title = $1', ['Sambutan']),
  ).toEqual([{ item: row?.id }]);
  expect((await desk.secretary.get(list())).text).toContain('Pembukaan resmi');
});

test('an agenda item of another event is no place for a material', async () => {
  const other = await desk.scene();
  const [item] = await desk.rows<{ id: number }>(
    `INSERT INTO agenda_item (session_id, starts_at, title) SELECT s.id, s.starts_at, 'Lain' FROM event_session s
     JOIN event_day d ON d.id = s.day_id WHERE d.event_id = $1 RETURNING id`,
    [other.eventId],
  );
  const before = await desk.stored();
  const reply = await desk.upload(list(), [{ name: 'x.pdf', content: pdf('lain') }], {
    agendaItemId: String(item?.id),
  });
  expect(reply.status).toBe(422);
  expect(await desk.stored()).toEqual(before);
});

test('a newer version takes the place of the older, which the office can still reach', async () => {
  const id = await desk.material(eventId, { name: 'Modul.pdf', content: pdf('satu') });
  const page = `${list()}/${id}`;
  const send = (text: string) =>
    desk.upload(`${page}/versions`, [{ name: 'Modul baru.pdf', content: pdf(text) }], {}, { page });
  expect((await send('dua')).status).toBe(303);
  expect((await send('dua')).status).toBe(303);
  const bodies = ['file', 'versions/1/file', 'versions/2/file'].map((path) =>
    desk.secretary.get(`${page}/${path}`),
  );
  const got = (await Promise.all(bodies)).map((reply) => (reply.body as Buffer).toString());
  expect(got).toEqual([pdf('dua'), pdf('satu'), pdf('dua')].map(String));
  expect((await desk.secretary.get(`${page}/versions/3/file`)).status).toBe(404);
  const shown = (await desk.secretary.get(page)).text;
  for (const words of ['Versi 2', 'Versi 1', 'Terbaru', 'Modul']) expect(shown).toContain(words);
});

test('two who change a material are told of each other; nothing changed writes nothing', async () => {
  const id = await desk.material(eventId, { name: 'Bersama.pdf', content: pdf('bersama') });
  const page = `${list()}/${id}`;
  const form = { title: 'Berganti', agendaItemId: '', visibility: 'invited', sort: '0', version: '1' };
  expect((await desk.secretary.post(page, form, page)).status).toBe(303);
  const late = await desk.secretary.post(page, { ...form, title: 'Terlambat' }, page);
  expect([late.status, late.text.includes('Tersimpan sekarang: Berganti')]).toEqual([422, true]);
  expect((await desk.secretary.post(page, { ...form, version: '2' }, page)).status).toBe(303);
  const audit = await desk.rows(
    `SELECT fields FROM audit_entry WHERE action = 'material.changed' AND subject_id = $1`,
    [id],
  );
  expect(audit).toEqual([{ fields: ['visibility', 'title'] }]);
});

test('a link stands beside the files, and leads where it was said', async () => {
  const form = {
    title: 'Rekaman',
    url: 'https://video.example/rekaman',
    agendaItemId: '',
    visibility: 'accepted',
  };
  expect((await desk.secretary.post(`${list()}/links`, form, list())).status).toBe(303);
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'ftp://x.example']) {
    const reply = await desk.secretary.post(`${list()}/links`, { ...form, url }, list());
    expect([url, reply.status, reply.text.includes('mulai dengan https://')]).toEqual([url, 422, true]);
  }
  const [{ id }] = (await desk.rows(`SELECT id FROM material WHERE url <> ''`)) as [{ id: number }];
  expect((await desk.secretary.get(`${list()}/${id}/file`)).status).toBe(404);
  expect((await desk.secretary.get(list())).text).toContain('href="https://video.example/rekaman"');
});

test('archived, it is gone for delegates and kept for the office; brought back, it is there again', async () => {
  const scene = await desk.scene();
  const id = await desk.material(scene.eventId, {}, 'accepted');
  const [invitationId = 0] = scene.invitations;
  await accept(desk, invitationId);
  const file = `${desk.link(invitationId)}/materials/${id}`;
  const page = `/events/${scene.eventId}/materials/${id}`;
  expect((await desk.fetch(file)).status).toBe(200);
  await desk.secretary.post(`${page}/archive`, {}, page);
  expect([(await desk.fetch(file)).status, (await desk.secretary.get(`${page}/file`)).status]).toEqual([
    404, 200,
  ]);
  await desk.secretary.post(`${page}/restoration`, {}, page);
  expect((await desk.fetch(file)).status).toBe(200);
});

test('whatever is written into a title or a name is shown as text', async () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;
  const scene = await desk.scene();
  const id = await desk.material(scene.eventId, { name: `${evil}.pdf` });
  const page = `/events/${scene.eventId}/materials/${id}`;
  const form = { title: evil, agendaItemId: '', visibility: 'public', sort: '0', version: '1' };
  expect((await desk.secretary.post(page, form, page)).status).toBe(303);
  const [invitationId = 0] = scene.invitations;
  for (const path of [page, `/events/${scene.eventId}/materials`, desk.link(invitationId)]) {
    const { text } = await desk.secretary.get(path);
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('<img src=x');
  }
  const head = String(
    (await desk.fetch(`${desk.link(invitationId)}/materials/${id}`)).headers['content-disposition'],
  );
  expect(head).not.toMatch(/[\r\n<>]/);
});
