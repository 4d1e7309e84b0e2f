import { afterAll, beforeAll, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import request from 'supertest';
import { installationUid } from '../../src/database/installation.js';
import { accept, decline } from '../../src/features/invitations/answering.js';
import { makeUser } from '../factories/people.js';
import { dayFromNow, type Scene } from '../factories/scenes.js';
import { recordStatements } from '../../bench/record.js';
import { Visitor } from '../support/visitor.js';
import { openWatch, people, type Watch } from '../reminders/support.js';

let watch: Watch;
let scene: Scene;
let institutionId: number;
let admin: Visitor;
beforeAll(async () => {
  watch = await openWatch();
  scene = await watch.told({
    title: 'Bimtek Pendamping',
    institutions: people(2, { leader: { name: 'Siti Rahmah', phone: '+6281234567890' } }),
  });
  await watch.query(
    `UPDATE event SET notes = 'Hubungi Bu Rina 0813-2600-0111', contact_name = 'Bu Rina', contact_phone = '+6281326000111',
       map_url = 'https://peta.contoh.id/1' WHERE id = $1`,
    [scene.eventId],
  );
  const [row] = await watch.query<{ id: number }>(
    'SELECT institution_id AS id FROM invitation WHERE id = $1',
    [scene.invitations[0]],
  );
  institutionId = row?.id ?? 0;
  const { email } = await makeUser(watch.app.db, watch.host.office, ['administrator']);
  admin = await new Visitor(watch.app.app).signIn(email);
});
afterAll(() => watch.app.close());

const officePath = (version = 1) =>
  `/c/o/${watch.app.deps.links.token('officeFeed', watch.host.office.id, version)}.ics`;
const institutionPath = (version = 1) =>
  `/c/i/${watch.app.deps.links.token('institutionFeed', institutionId, version)}.ics`;
const ask = (path: string, tag = '') =>
  request(watch.app.app)
    .get(path)
    .set(tag ? { 'If-None-Match': tag } : {});

const entriesIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent');
const uidsIn = (text: string) => entriesIn(text).map((entry) => String(entry.getFirstPropertyValue('uid')));
const entriesOf = async (path: string) => {
  const { text } = await ask(path).expect(200);
  return entriesIn(text).map((entry) => ({
    summary: String(entry.getFirstPropertyValue('summary')),
    status: String(entry.getFirstPropertyValue('status')),
  }));
};
const mine = async (path: string) =>
  (await entriesOf(path))
    .filter(({ summary }) => summary === 'Bimtek Pendamping')
    .map(({ status }) => status);

test('the calendar of an office holds its announced events and no drafts', async () => {
  await watch.scene({ title: 'Rencana Rahasia', state: 'draft', quota: { seats: 1 }, institutions: [] });
  const { headers, text } = await ask(officePath()).expect(200);
  expect(headers['content-type']).toBe('text/calendar; charset=utf-8; method=PUBLISH');
  expect(text).toContain('Bimtek Pendamping');
  expect(text).not.toContain('Rencana Rahasia');
  expect(text).toContain(`X-WR-CALNAME:${watch.host.office.name}`);
  expect(text).toContain('BEGIN:VTIMEZONE');
});

test('neither calendar names a person or a phone, nor opens anything', async () => {
  await watch.byLink(scene.eventId, (book) => accept(book, scene.invitations[0]!, 1));
  for (const path of [officePath(), institutionPath()]) {
    const text = (await ask(path).expect(200)).text.replaceAll('\r\n ', '');
    expect(text).not.toMatch(/Siti|Rina|0813|\+62|ATTENDEE|\/u\/|\/d\//);
    expect(text).toContain('https://peta.contoh.id/1');
  }
});

test('that of an institution follows its answer: invited, accepted, gone', async () => {
  const [, second] = scene.invitations;
  const [other] = await watch.query<{ id: number }>(
    'SELECT institution_id AS id FROM invitation WHERE id = $1',
    [second],
  );
  const path = `/c/i/${watch.app.deps.links.token('institutionFeed', other!.id, 1)}.ics`;
  expect(await mine(path)).toEqual(['TENTATIVE']);
  await watch.byLink(scene.eventId, (book) => accept(book, second!, 1));
  expect(await mine(path)).toEqual(['CONFIRMED']);
  await watch.byLink(scene.eventId, (book) => decline(book, second!));
  expect(await mine(path)).toEqual([]);
});

test('a cancelled event stays and says so, unless nobody ever heard of it', async () => {
  const gone = await watch.told({ title: 'Batal Diumumkan', institutions: [] });
  const never = await watch.scene({ title: 'Batal Diam-diam', quota: { seats: 1 }, institutions: [] });
  await watch.query(`UPDATE event SET state = 'cancelled', cancel_reason = 'x' WHERE id = ANY ($1)`, [
    [gone.eventId, never.eventId],
  ]);
  const entries = (await entriesOf(officePath())).filter(({ summary }) => summary.startsWith('Batal'));
  expect(entries).toEqual([{ summary: 'Batal Diumumkan', status: 'CANCELLED' }]);
});

test('asked again, it answers 304 until something in it is new', async () => {
  const first = await ask(officePath()).expect(200);
  const tag = String(first.headers.etag);
  watch.app.clock.forward(5);
  await ask(officePath(), tag).expect(304);
  await watch.query(`UPDATE event SET venue_name = 'Gedung Baru' WHERE id = $1`, [scene.eventId]);
  const second = await ask(officePath(), tag).expect(200);
  expect(second.headers.etag).not.toBe(tag);
  await ask(officePath(), String(second.headers.etag)).expect(304);
});

test('it takes two reads, however many events there are', async () => {
  for (let n = 0; n < 5; n += 1)
    await watch.told({ institutions: [], days: [dayFromNow(40 + n), dayFromNow(50 + n)] });
  expect(await recordStatements(() => ask(officePath()).expect(200))).toHaveLength(2);
});

test('a day has one UID, of this installation alone, in a calendar that is followed and in one that is downloaded', async () => {
  const uid = await installationUid(watch.app.db);
  expect(uid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const followed = uidsIn((await ask(officePath())).text);
  expect(followed.length).toBeGreaterThan(5);
  expect(followed.filter((one) => !one.endsWith(`@${uid}.rembuk`))).toEqual([]);
  const link = `/u/${watch.app.deps.links.token('invitation', scene.invitations[0] ?? 0, 1)}`;
  const staff = await admin.get(`/events/${scene.eventId}/calendar.ics`);
  const invited = await new Visitor(watch.app.app).get(`${link}/calendar.ics`);
  for (const { text } of [staff, invited]) {
    const [own] = uidsIn(text);
    expect(followed).toContain(own);
  }
});

test('an administrator sees, copies and renews the address; the old one is void', async () => {
  const page = await admin.get('/settings/calendar');
  expect(page.text).toContain(officePath());
  expect((await admin.post('/settings/calendar/link', {}, '/settings/calendar')).status).toBe(303);
  await ask(officePath(1)).expect(404);
  await ask(officePath(2)).expect(200);
  expect((await admin.get('/settings/calendar')).text).toContain(officePath(2));
});

test('the managing office sees and renews that of an institution on its record', async () => {
  expect((await admin.get(`/institutions/${institutionId}`)).text).toContain(institutionPath());
  const renewed = await admin.post(
    `/institutions/${institutionId}/calendar`,
    {},
    `/institutions/${institutionId}`,
  );
  expect(renewed.status).toBe(303);
  await ask(institutionPath(1)).expect(404);
  await ask(institutionPath(2)).expect(200);
});

test('the institution sees it on its answer page, and renews it there', async () => {
  const token = watch.app.deps.links.token('invitation', scene.invitations[0]!, 1);
  const visitor = new Visitor(watch.app.app);
  expect((await visitor.get(`/u/${token}`)).text).toContain(institutionPath(2));
  const reply = await visitor.post(`/u/${token}/calendar`, {}, `/u/${token}`);
  expect(reply.headers.location).toBe(`/u/${token}?done=calendar_renewed`);
  expect((await visitor.get(`/u/${token}?done=calendar_renewed`)).text).toContain('sudah diganti');
  await ask(institutionPath(2)).expect(404);
  await ask(institutionPath(3)).expect(200);
});
