import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { makeOffice, makeUser } from '../factories/people.js';
import type { Scene } from '../factories/scenes.js';
import { Visitor } from '../support/visitor.js';
import { openWatch, type Watch } from './support.js';

let watch: Watch;
let organizer: Visitor;
let scene: Scene;
beforeAll(async () => {
  watch = await openWatch();
  organizer = await new Visitor(watch.app.app).signIn(watch.host.email);
});
afterAll(() => watch.app.close());
beforeEach(async () => {
  scene = await watch.told();
});

const path = () => `/events/${scene.eventId}/invitations/reminders`;
const form = (fields: Record<string, string>): Record<string, string> => ({
  version: '1',
  ...Object.fromEntries(
    ['answer_first', 'answer_last', 'day', 'materials'].flatMap((slot) => [
      [`${slot}_active`, 'on'],
      [`${slot}_days`, '1'],
      [`${slot}_hour`, '08:00'],
    ]),
  ),
  ...fields,
});

test('the page shows the rules, the quiet hours, and who will be reminded of what and when', async () => {
  const { text } = await organizer.get(path());
  expect(text).toMatch(/name="answer_first_days"[^>]*value="7"/);
  expect(text).toContain('antara pukul 20.00 dan 07.00 WITA');
  expect(text.match(/Belum menjawab, pertama<\/td>/g)).toHaveLength(3);
});

test('rules are saved, and a mistake stands at its field with what was typed', async () => {
  const wrong = await organizer.post(path(), form({ answer_first_days: '99', day_hour: '25:00' }), path());
  expect(wrong.status).toBe(422);
  expect(wrong.text).toMatch(/id="field-answer_first_days-error"/);
  expect(wrong.text).toMatch(/id="field-day_hour-error"/);
  expect(wrong.text).toMatch(/name="answer_first_days"[^>]*value="99"/);
  const { materials_active: _off, ...fields } = form({ answer_first_days: '10' });
  expect((await organizer.post(path(), fields, path())).status).toBe(303);
  expect(
    await watch.query('SELECT slot, active, days FROM reminder_rule WHERE event_id = $1 ORDER BY slot', [
      scene.eventId,
    ]),
  ).toEqual([
    { slot: 'answer_first', active: true, days: 10 },
    { slot: 'answer_last', active: true, days: 1 },
    { slot: 'day', active: true, days: 1 },
    { slot: 'materials', active: false, days: 1 },
  ]);
  const late = await organizer.post(path(), form({ answer_first_days: '3' }), path());
  expect(late.status).toBe(422);
  expect(late.text).toContain('value="3"');
});

test('one button stops everything, another lets it go on; each leaves an entry', async () => {
  await organizer.post(`${path()}/stop`, { act: 'stop' }, path());
  expect((await organizer.get(path())).text).toContain('Semua pengingat kegiatan ini dihentikan sejak');
  await organizer.post(`${path()}/stop`, { act: 'resume' }, path());
  expect((await organizer.get(path())).text).not.toContain('dihentikan sejak');
  const entries = await watch.query<{ fields: string[] }>(
    `SELECT fields FROM audit_entry WHERE subject_type = 'event' AND subject_id = $1 AND action = 'event.changed'`,
    [scene.eventId],
  );
  expect(entries.map(({ fields }) => fields)).toEqual([['remindersStoppedAt'], ['remindersStoppedAt']]);
});

test('one institution is stopped from the list or from its own page', async () => {
  const [one, two] = scene.invitations as [number, number];
  const list = await organizer.post(
    `/events/${scene.eventId}/invitations/${one}/reminders`,
    { act: 'stop', from: 'list' },
    path(),
  );
  expect(list.headers.location).toBe(path());
  const own = `/events/${scene.eventId}/invitations/${two}`;
  const page = await organizer.post(`${own}/reminders`, { act: 'stop' }, own);
  expect(page.headers.location).toBe(`${own}#pengingat`);
  expect((await organizer.get(own)).text).toContain('LKS ini tidak diingatkan.');
  expect((await organizer.get(path())).text.match(/>dihentikan</g)).toHaveLength(4);
});

test('a secretary reads and does not change; another office finds nothing', async () => {
  const secretary = await new Visitor(watch.app.app).signIn(
    (await makeUser(watch.app.db, watch.host.office, ['secretary'])).email,
  );
  const { status, text } = await secretary.get(path());
  expect([status, text.includes('name="answer_first_days"')]).toEqual([200, false]);
  expect((await secretary.post(`${path()}/stop`, { act: 'stop' })).status).toBe(403);
  const stranger = await new Visitor(watch.app.app).signIn(
    (await makeUser(watch.app.db, await makeOffice(watch.app.db))).email,
  );
  expect((await stranger.get(path())).status).toBe(404);
  expect((await stranger.post(`${path()}/stop`, { act: 'stop' })).status).toBe(404);
});

test('what cannot be read in the address of the next page is the first page', async () => {
  for (const after of [
    '',
    'x',
    '9999-99-99T99:99:99.000Z|day|1',
    '2026-03-06T00:00:00.000Z|day|999999999999',
  ])
    expect((await organizer.get(`${path()}?after=${encodeURIComponent(after)}`)).status).toBe(200);
});
