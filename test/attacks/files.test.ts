import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdir, truncate } from 'node:fs/promises';
import { randomBytes, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import request from 'supertest';
import type { Office } from '../../src/features/offices/office.entity.js';
import { safeFileName, safeName } from '../../src/storage/judge.js';
import { makeAction, makeOwner } from '../factories/actions.js';
import { makeEvent } from '../factories/events.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let email: string;
let secretary: Visitor;
let server: Server;

beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  ({ email } = await makeUser(app.db, office, ['secretary']));
  secretary = await new Visitor(app.app).signIn(email);
  server = createServer(app.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await app.close();
});

const stored = async () =>
  (await readdir(app.settings.UPLOADS_DIR, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  ).length;

const upload = (eventId: number, content: Buffer, name: string) =>
  secretary.upload(
    `/events/${eventId}/materials`,
    { field: 'files', content, name },
    { agendaItemId: '', visibility: 'accepted' },
    `/events/${eventId}/materials`,
  );

const materialOf = async (eventId: number) => {
  const [found] = (await app.db.query(
    `SELECT m.id, m.title, v.file_name AS "fileName", f.media_type AS "mediaType", f.sha256
     FROM material m JOIN material_version v ON v.material_id = m.id JOIN stored_file f ON f.id = v.stored_file_id
     WHERE m.event_id = $1 ORDER BY m.id DESC LIMIT 1`,
    [eventId],
  )) as { id: number; title: string; fileName: string; mediaType: string; sha256: string }[];
  return found;
};

const script = '<script>alert(document.domain)</script>';
const jpegHead = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
/** Files that are two things at once: what they are called, or begin with, is not all that is in them. */
const polyglots: [what: string, name: string, content: Buffer][] = [
  ['a page that begins as a GIF', 'foto.gif', Buffer.from(`GIF89a/*${script}*/`)],
  ['a page that begins as a picture', 'foto.html', Buffer.concat([jpegHead, Buffer.from(script)])],
  ['a page that begins as a PDF', 'surat.pdf.html', Buffer.from(`%PDF-1.4\n${script}\n%%EOF`)],
  ['a page called a picture', 'foto.jpg', Buffer.from(`<!doctype html>${script}`)],
  [
    'a drawing with script',
    'logo.svg',
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`),
  ],
  ['a drawing called a text', 'logo.txt', Buffer.from(`<?xml version="1.0"?><svg>${script}</svg>`)],
  ['a program called a PDF', 'surat.pdf', Buffer.concat([Buffer.from('MZ'), randomBytes(200)])],
  ['a shell script', 'pasang.sh', Buffer.from('#!/bin/sh\nrm -rf /\n')],
];

test.each(polyglots)(
  '%s is refused, or kept as nothing that acts in our name',
  async (_what, name, content) => {
    const eventId = await makeEvent(app.db, office);
    const reply = await upload(eventId, content, name);
    const kept = await materialOf(eventId);
    expect(reply.status).toBe(kept ? 303 : 422);
    if (!kept) return;
    const { headers } = await secretary.get(`/events/${eventId}/materials/${kept.id}/file`);
    expect(headers['content-disposition']).toMatch(/^attachment/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'/);
    expect(headers['content-type']).not.toMatch(/html|svg|xml|javascript/);
    expect(kept.fileName).toMatch(/\.(pdf|jpg|jpeg|txt)$/);
  },
);

test.each([
  ['../../etc/passwd.pdf', 'passwd.pdf'],
  ['..\\..\\windows\\system32\\a.pdf', 'a.pdf'],
  ['/etc/cron.d/x.pdf', 'x.pdf'],
  ['C:\\x.pdf', 'x.pdf'],
  ['...pdf', 'berkas.pdf'],
  ['con.pdf', '_con.pdf'],
  ['a\u202Efdp.exe', 'afdp.pdf'],
  ['a\0b.pdf', 'ab.pdf'],
  ['a"; filename="b.exe', 'a; filename=b.pdf'],
  ['a\r\nSet-Cookie: x=1.pdf', 'aSet-Cookie x=1.pdf'],
  [`${'n'.repeat(400)}.pdf`, `${'n'.repeat(120)}.pdf`],
  ['%2e%2e%2fa.pdf', '%2e%2e%2fa.pdf'],
])('a file called %j is stored and sent as %j', async (name, expected) => {
  expect(safeFileName(name, 'pdf')).toBe(expected);
  expect(safeName(name)).not.toMatch(/[\\/\r\n\0"]|^\.+$/);
  const eventId = await makeEvent(app.db, office);
  // As a browser writes it: what would end the header is escaped there, whatever the file is called.
  await upload(eventId, Buffer.from('%PDF-1.4\n%%EOF\n'), name.replace(/["\r\n\0]/g, '_'));
  const kept = await materialOf(eventId);
  expect(kept?.fileName).toMatch(/^[^\\/"\r\n\0]+\.pdf$/);
  const { headers } = await secretary.get(`/events/${eventId}/materials/${kept?.id}/file`);
  expect(headers['content-disposition']).toMatch(
    /^attachment; filename="[^"\\%\r\n/]*\.pdf"; filename\*=UTF-8''[^\r\n;"]*$/,
  );
});

test('a file that became shorter on the disk breaks off one download, and not the program', async () => {
  const eventId = await makeEvent(app.db, office);
  await upload(eventId, Buffer.from(`%PDF-1.4\n${'x'.repeat(2000)}%%EOF\n`), 'paparan.pdf');
  const kept = await materialOf(eventId);
  await truncate(app.deps.files.pathOf(kept?.sha256 ?? ''), 100);
  await expect(secretary.get(`/events/${eventId}/materials.zip`)).rejects.toThrow(/aborted|socket hang up/);
  expect((await secretary.get(`/events/${eventId}/materials`)).status).toBe(200);
});

/** A signed-in browser's cookie and form token, for requests that no library of ours would send. */
async function session() {
  const agent = request.agent(server);
  let cookie = '';
  const read = async (page: string) => {
    const { text, headers } = await agent.get(page).set('Accept', 'text/html');
    cookie = cookieIn(headers) || cookie;
    return /name="_csrf" value="([0-9a-f]{60,})"/.exec(text)?.[1] ?? '';
  };
  const _csrf = await read('/session');
  const { headers } = await agent
    .post('/session')
    .type('form')
    .send({ _csrf, email, password: factoryPassword });
  cookie = cookieIn(headers);
  const token = await read('/account');
  return { cookie, token };
}

const cookieIn = (headers: Record<string, unknown>): string =>
  ((headers['set-cookie'] ?? []) as string[]).map((one) => one.split(';')[0]).join('; ');

test('an upload that does not say its size is held to the same bound, and nothing of it stays', async () => {
  const eventId = await makeEvent(app.db, office);
  const { cookie, token } = await session();
  const before = await stored();
  const megabyte = Buffer.alloc(1_000_000, 0x20);
  const status = await new Promise<number>((resolve, reject) => {
    const sending = ask(
      {
        port: (server.address() as AddressInfo).port,
        method: 'POST',
        path: `/events/${eventId}/materials`,
        headers: {
          cookie,
          'x-csrf-token': token,
          accept: 'text/html',
          'content-type': 'multipart/form-data; boundary=x',
          'transfer-encoding': 'chunked',
        },
      },
      (reply) => {
        reply.resume();
        resolve(reply.statusCode ?? 0);
      },
    );
    sending.on('error', reject);
    const send = async () => {
      // Each file is within its bound; all together they are past that of the form.
      for (let file = 0; file < 4; file += 1) {
        sending.write(
          `${file === 0 ? '' : '\r\n'}--x\r\nContent-Disposition: form-data; name="files"; filename="${file}.txt"\r\n\r\n`,
        );
        for (let part = 0; part < 150; part += 1)
          if (!sending.write(megabyte)) await new Promise((resolve) => sending.once('drain', resolve));
      }
      sending.end('\r\n--x--\r\n');
    };
    send().catch(reject);
  });
  expect(status).toBe(413);
  // Thrown away with the response, a moment after it.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await stored()).toBe(before);
  expect(await materialOf(eventId)).toBeUndefined();
}, 60_000);

test('what an owner’s link refuses fills no disk', async () => {
  const ownerId = await makeOwner(app.db, office);
  const id = await makeAction(app.db, office, { ownerId, state: 'open' });
  const link = `/t/${app.deps.links.token('owner', ownerId, 1)}`;
  const before = await stored();
  const pictureOf = (red: number) =>
    sharp({ create: { width: 9, height: 9, channels: 3, background: { r: red, g: 0, b: 0 } } })
      .png()
      .toBuffer();
  for (const [red, content] of [
    [1, Buffer.from(`%PDF-1.4\n${randomUUID()}\n%%EOF`)],
    [2, await pictureOf(200)],
  ] as const) {
    const { status } = await request(app.app)
      .post(`${link}/actions/${id}`)
      .set('Accept', 'text/html')
      .field({ _csrf: app.deps.links.formToken(link), act: 'hand_in', version: '9', url: '' })
      .field({ clientId: randomUUID(), text: `Bukti ${red}` })
      .attach('file', content, 'bukti');
    expect(status).toBe(422);
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await stored()).toBe(before);
});
