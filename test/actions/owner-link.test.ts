import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import sharp from 'sharp';
import { makeAction, makeOwner } from '../factories/actions.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeInvitations, makeSeats } from '../factories/invitations.js';
import { makeOffice } from '../factories/people.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { actionStates } from '../../src/features/actions/action.machine.js';
import { bareTexts } from '../support/bare-texts.js';
import { disguise } from '../support/disguise.js';
import { Visitor } from '../support/visitor.js';
import { formAt, openDesk, type Desk } from './support.js';

let desk: Desk;
let phone: Visitor;
beforeAll(async () => {
  desk = await openDesk();
  phone = new Visitor(desk.app.app);
});
afterAll(() => desk.app.close());

interface Owed {
  id: number;
  ownerId: number;
  link: string;
}

async function owed(given: Parameters<typeof makeAction>[2] = {}): Promise<Owed> {
  const ownerId = given.ownerId ?? (await makeOwner(desk.app.db, desk.office));
  const id = await makeAction(desk.app.db, desk.office, { ...given, ownerId });
  return { id, ownerId, link: await desk.ownerLink(ownerId) };
}

/** Fills in the form of a promise; it is sent when the returned function is called. */
async function fill({ id, link }: Pick<Owed, 'id' | 'link'>, fields: Record<string, string>) {
  const action = `${link}/actions/${id}`;
  const hidden = formAt((await phone.get(link)).text, action);
  return () => phone.send(action, { url: '', text: '', ...hidden, ...fields });
}
const report = async (promise: Owed, fields: Record<string, string>) => (await fill(promise, fields))();

const attach = (action: string, hidden: Record<string, string>, content: Buffer, name: string) =>
  request(desk.app.app)
    .post(action)
    .set('Accept', 'text/html')
    .field({ url: '', text: '', act: 'note', ...hidden })
    .attach('file', content, name);

async function send({ id, link }: Owed, content: Buffer, name: string) {
  const action = `${link}/actions/${id}`;
  return attach(action, formAt((await phone.get(link)).text, action), content, name);
}

const notesOf = (id: number) =>
  desk.sql<{ text: string; url: string; fileName: string; way: string; sha256: string; mediaType: string }>(
    `SELECT n.text, n.url, n.file_name AS "fileName", n.way, f.sha256, f.media_type AS "mediaType"
     FROM action_note n LEFT JOIN stored_file f ON f.id = n.stored_file_id WHERE n.action_id = $1 ORDER BY n.id`,
    [id],
  );

test('one page shows an owner everything it owes that office, the nearest target first', async () => {
  const ownerId = await makeOwner(desk.app.db, desk.office, { name: 'Kantor Pertanahan' });
  const { link } = await owed({ ownerId, title: 'Yang kemudian', dueOn: '2026-04-01' });
  await owed({ ownerId, title: 'Yang terdekat', dueOn: '2026-02-20' });
  await owed({ ownerId, title: 'Yang selesai', state: 'verified' });
  await owed({ ownerId, title: 'Yang dibatalkan', state: 'dropped' });
  await owed({ title: 'Milik orang lain' });
  const { status, text } = await phone.get(link);
  expect(status).toBe(200);
  const places = ['Yang terdekat', 'lewat 10 hari', 'Yang kemudian', '30 hari lagi', 'Yang selesai'].map(
    (words) => text.indexOf(words),
  );
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  for (const words of ['Yang dibatalkan', 'Milik orang lain', '<script']) expect(text).not.toContain(words);
});

test('the page of ten promises weighs less than 60 kB with its stylesheet, and asks for nothing else', async () => {
  const ownerId = await makeOwner(desk.app.db, desk.office);
  for (let n = 0; n < 10; n += 1)
    await makeAction(desk.app.db, desk.office, { ownerId, problem: 'Izin operasional berakhir bulan lalu.' });
  const { text } = await phone.get(await desk.ownerLink(ownerId));
  const loaded = [...text.matchAll(/<(?:link|script|img)[^>]*(?:href|src)="(\/[^"]+)"/g)].map(
    ([, path]) => path ?? '',
  );
  let weight = Buffer.byteLength(text);
  for (const path of loaded.filter((one) => !one.startsWith('/t/')))
    weight += Number((await phone.get(path)).headers['content-length']);
  expect(loaded.length).toBeGreaterThan(0);
  expect(weight).toBeLessThan(60_000);
});

test('an owner begins, sends news and hands in; the office alone verifies', async () => {
  const promise = await owed();
  expect((await report(promise, { act: 'start' })).status).toBe(303);
  expect((await desk.look(promise.id)).state).toBe('in_progress');
  const done = await report(promise, {
    act: 'hand_in',
    text: 'Sudah kami kerjakan',
    url: 'https://contoh.id/bukti',
  });
  expect(done.headers.location).toBe(`${promise.link}?done=hand_in#rtl-${promise.id}`);
  expect((await desk.look(promise.id)).state).toBe('handed_in');
  expect(await notesOf(promise.id)).toMatchObject([
    { text: 'Sudah kami kerjakan', url: 'https://contoh.id/bukti', way: 'link' },
  ]);
  const thanks = await phone.get(done.headers.location ?? '');
  expect(thanks.text).toContain('Instansi akan memeriksanya');
  expect((await report(promise, { act: 'verify' })).status).toBe(422);
  expect((await desk.look(promise.id)).state).toBe('handed_in');
  await desk.step(desk.visitor, promise.id, 'return', { returnReason: 'Tanda tangannya belum ada' });
  expect((await phone.get(promise.link)).text).toContain('Tanda tangannya belum ada');
});

test('a form that is sent twice is one report, and a second tap is no error', async () => {
  const promise = await owed();
  const news = await fill(promise, { act: 'note', text: 'Sekali saja' });
  expect([(await news()).status, (await news()).status]).toEqual([303, 303]);
  expect(await notesOf(promise.id)).toHaveLength(1);
  const done = await fill(promise, { act: 'hand_in' });
  expect([(await done()).status, (await done()).status]).toEqual([303, 303]);
  expect(
    await desk.sql(`SELECT 1 FROM action_change WHERE action_id = $1 AND verb = 'hand_in'`, [promise.id]),
  ).toHaveLength(1);
});

test('what the office changed meanwhile is shown, and what was typed stays', async () => {
  const promise = await owed();
  const done = await fill(promise, { act: 'hand_in', text: 'Kami tulis panjang' });
  await desk.step(desk.visitor, promise.id, 'start');
  const reply = await done();
  expect([
    reply.status,
    reply.text.includes('baru saja diubah'),
    reply.text.includes('Kami tulis panjang'),
  ]).toEqual([422, true, true]);
  expect(await notesOf(promise.id)).toEqual([]);
  expect((await report(promise, { act: 'note', text: ' ' })).status).toBe(422);
});

test("another owner's follow-up is not there, nor another office's, nor its files", async () => {
  const promise = await owed();
  const others = [
    await owed(),
    { id: await makeAction(desk.app.db, await makeOffice(desk.app.db)), link: promise.link },
  ];
  const hidden = formAt((await phone.get(promise.link)).text, `${promise.link}/actions/${promise.id}`);
  for (const { id } of others) {
    const action = `${promise.link}/actions/${id}`;
    const reply = await phone.send(action, { ...hidden, act: 'hand_in', text: 'x', url: '' });
    expect(reply.status).toBe(404);
    expect((await attach(action, hidden, Buffer.from('%PDF-1.4\n'), 'a.pdf')).status).toBe(404);
    expect((await phone.get(`${promise.link}/actions/${id}/notes/1`)).status).toBe(404);
    expect((await desk.look(id)).state).toBe('open');
  }
});

test('each token opens only what it was made for, and a new one closes the old', async () => {
  const promise = await owed();
  const { links } = desk.app.deps;
  for (const path of [
    `/t/${links.token('invitation', promise.ownerId, 1)}`,
    `/t/${links.token('delegate', promise.ownerId, 1)}`,
    `/u/${links.token('owner', promise.ownerId, 1)}`,
    `/t/${links.token('owner', promise.ownerId, 2)}`,
    `/t/${'A'.repeat(32)}`,
  ])
    expect([path, (await phone.get(path)).status]).toEqual([path, 404]);
  await desk.sql('DELETE FROM failed_attempt');
  expect((await desk.visitor.post(`/actions/owners/${promise.ownerId}/link`)).status).toBe(303);
  expect((await phone.get(promise.link)).status).toBe(404);
  expect((await phone.get(await desk.ownerLink(promise.ownerId))).status).toBe(200);
  const [audit] = await desk.sql(
    `SELECT action FROM audit_entry WHERE subject_type = 'action_owner' AND subject_id = $1`,
    [promise.ownerId],
  );
  expect(audit).toEqual({ action: 'action_owner.link_renewed' });
});

test('a form without its own token is refused, and a wrong link sends no file at all', async () => {
  const promise = await owed();
  const fields = { act: 'hand_in', version: '1', clientId: randomUUID(), text: '', url: '' };
  expect((await phone.send(`${promise.link}/actions/${promise.id}`, fields)).status).toBe(403);
  const wrong = `/t/${'A'.repeat(32)}/actions/${promise.id}`;
  expect((await attach(wrong, fields, Buffer.alloc(1000), 'a.pdf')).status).toBe(404);
  await desk.sql('DELETE FROM failed_attempt');
});

test('a photo is drawn anew without its place, and shown to the office', async () => {
  const promise = await owed();
  const exif = { IFD0: { Artist: 'Rahasia' }, IFD3: { GPSLatitude: '3/1 19/1 0/1', GPSLatitudeRef: 'S' } };
  const photo = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#0f5c63' } })
    .withExif(exif)
    .jpeg()
    .toBuffer();
  expect((await sharp(photo).metadata()).exif).toBeDefined();
  // A picture that a program could also be read out of.
  const polyglot = Buffer.concat([photo, Buffer.from('<?php system($_GET[0]); ?><script>alert(1)</script>')]);
  expect((await send(promise, polyglot, '../../etc/pasang foto.php')).status).toBe(303);
  const [note] = await notesOf(promise.id);
  expect(note).toMatchObject({ fileName: 'pasang foto.jpg', mediaType: 'image/jpeg' });
  const kept = sharp(desk.app.deps.files.pathOf(note?.sha256 ?? ''));
  expect((await kept.metadata()).exif).toBeUndefined();
  expect((await kept.toBuffer()).includes('script')).toBe(false);
  const [{ id: noteId } = { id: 0 }] = await desk.sql<{ id: number }>(
    'SELECT id FROM action_note WHERE action_id = $1',
    [promise.id],
  );
  const page = await desk.visitor.get(`/actions/${promise.id}`);
  expect(page.text).toContain(`/actions/${promise.id}/notes/${noteId}/thumbnail`);
  const small = await desk.visitor.get(`/actions/${promise.id}/notes/${noteId}/thumbnail`);
  expect([small.status, small.type]).toEqual([200, 'image/jpeg']);
  const own = await phone.get(`${promise.link}/actions/${promise.id}/notes/${noteId}`);
  expect([own.status, own.headers['x-content-type-options']]).toEqual([200, 'nosniff']);
});

test('a paper is kept as it is and sent as a file; a page or a program is refused', async () => {
  const promise = await owed();
  const paper = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
  expect((await send(promise, paper, 'Surat jalan.pdf')).status).toBe(303);
  const [{ id: noteId } = { id: 0 }] = await desk.sql<{ id: number }>(
    'SELECT id FROM action_note WHERE action_id = $1',
    [promise.id],
  );
  const sent = await desk.visitor.get(`/actions/${promise.id}/notes/${noteId}/file`);
  expect([sent.status, sent.headers['content-disposition']]).toEqual([
    200,
    `attachment; filename="Surat jalan.pdf"; filename*=UTF-8''Surat%20jalan.pdf`,
  ]);
  for (const [content, name] of [
    [Buffer.from('MZ\u0000\u0001program'), 'foto.jpg'],
    [Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 1, 2]), 'rusak.jpg'],
  ] as const) {
    const reply = await send(promise, content, name);
    expect([name, reply.status]).toEqual([name, 422]);
  }
  expect(await notesOf(promise.id)).toHaveLength(1);
});

test('one link cannot fill the disk: after sixty reports in a day it is told so', async () => {
  const promise = await owed();
  await desk.sql(
    `INSERT INTO action_note (action_id, client_id, text, way, at)
     SELECT $1, gen_random_uuid(), 'x', 'link', $2 FROM generate_series(1, 60)`,
    [promise.id, desk.app.clock.now()],
  );
  expect((await report(promise, { act: 'note', text: 'satu lagi' })).status).toBe(429);
});

test('a colleague has no link, and an LKS reaches its own from the page of a finished event', async () => {
  const { app, office } = desk;
  const colleague = await makeOwner(app.db, office, { kind: 'user', userId: desk.userId });
  expect((await phone.get(await desk.ownerLink(colleague))).status).toBe(404);
  const page = await desk.visitor.get(`/actions/owners/${colleague}`);
  expect(page.text).not.toContain('/t/');
  const actor = {
    userId: desk.userId,
    office: { ...office, roles: ['organizer'] },
  } as unknown as OfficeActor;
  const lks = [
    await makeInstitution(app.db, office, { leader: { name: 'Siti', phone: '+6281250001001' } }),
    await makeInstitution(app.db, office),
  ];
  const eventId = await makeEvent(app.db, office);
  await makeSeats(app, actor, eventId, 4);
  const [one = 0, two = 0] = await makeInvitations(app, actor, eventId, lks);
  await desk.sql(`UPDATE event SET state = 'finished' WHERE id = $1`, [eventId]);
  const ownerId = await makeOwner(app.db, office, { kind: 'institution', institutionId: lks[0] ?? 0 });
  await makeAction(app.db, office, { ownerId, eventId });
  const answerPage = async (id: number) =>
    (await phone.get(`/u/${app.deps.links.token('invitation', id, 1)}`)).text;
  expect(await answerPage(one)).toContain(`href="${await desk.ownerLink(ownerId)}"`);
  expect(await answerPage(two)).not.toContain('/t/');
  // WhatsApp opens with its leader's number and the text ready.
  const owner = await desk.visitor.get(`/actions/owners/${ownerId}`);
  expect(owner.text).toContain('https://wa.me/6281250001001?text=Yth.');
  expect((await desk.visitor.get(`/actions/owners/${ownerId}/qr.svg`)).type).toBe('image/svg+xml');
});

test('the page is translated, whatever state a promise is in', async () => {
  const ownerId = await makeOwner(desk.app.db, desk.office);
  for (const state of actionStates) {
    const deferredUntil = state === 'deferred' ? { deferredUntil: '2026-05-01' } : {};
    await makeAction(desk.app.db, desk.office, { ownerId, state, dueOn: '2026-02-01', ...deferredUntil });
  }
  const link = await desk.ownerLink(ownerId);
  await disguise(desk.app.db);
  const stranger = new Visitor(desk.app.app, { language: 'pseudo' });
  for (const path of [link, `${link}?done=hand_in`]) {
    const { status, text } = await stranger.get(path);
    expect([status, bareTexts(text)]).toEqual([200, []]);
  }
});
