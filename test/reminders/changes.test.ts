import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { changeDays } from '../../src/features/events/days.service.js';
import { changePlace } from '../../src/features/events/plan.service.js';
import { cancelEvent } from '../../src/features/events/publication.service.js';
import { accept, decline } from '../../src/features/invitations/answering.js';
import { changeLines, mergeChanges, type Change } from '../../src/features/invitations/changes.js';
import { countConcerned } from '../../src/features/invitations/invitations.service.js';
import { formats, translators } from '../../src/texts.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeInvitations } from '../factories/invitations.js';
import { dayFromNow, type Scene } from '../factories/scenes.js';
import { Visitor } from '../support/visitor.js';
import { openWatch, people, zone, type Watch } from './support.js';

let watch: Watch;
beforeAll(async () => {
  watch = await openWatch();
});
afterAll(() => watch.app.close());
beforeEach(() => watch.app.clock.set(new Date().toISOString()));

const version = async (id: number) => {
  const [event] = await watch.query<{ version: number }>('SELECT version FROM event WHERE id = $1', [id]);
  return event?.version ?? 0;
};

const movePlace = async (id: number, venueName: string, onlineUrl = '') =>
  changePlace(watch.app.deps, watch.host.actor, id, {
    version: await version(id),
    venueInstitution: '',
    venueName,
    venueAddress: '',
    mapUrl: '',
    onlineUrl,
    contactName: '',
    contactPhone: null,
  });

interface Row {
  id: number | null;
  day: number;
  from: string;
  to: string | null;
}

const sessions = async (id: number) =>
  watch.query<{ id: number }>(
    `SELECT s.id FROM event_session s JOIN event_day d ON d.id = s.day_id WHERE d.event_id = $1 ORDER BY s.starts_at`,
    [id],
  );

/** Saves the days; `rows` replaces what stood there, and a session that is not among them is removed. */
async function moveDays(id: number, rows: Row[], answerBy: number | null = null): Promise<boolean> {
  const kept = new Set(rows.map((row) => row.id));
  return changeDays(watch.app.deps, watch.host.actor, id, {
    version: await version(id),
    zone,
    answerByDate: answerBy === null ? null : dayFromNow(answerBy),
    answerByTime: null,
    rows: Object.fromEntries(
      rows.map(({ day, ...row }, index) => [index, { ...row, title: '', date: dayFromNow(day) }]),
    ),
    removed: (await sessions(id)).map((session) => session.id).filter((one) => !kept.has(one)),
  });
}

const told = async ({ eventId }: Scene, ...purposes: string[]) =>
  (await watch.messages(eventId, ...purposes)).map(({ invitation, purpose, detail }) => ({
    invitation,
    purpose,
    lines: changeLines(detail, translators.id, formats.id),
  }));

const sequenceOf = async (id: number) =>
  (
    await watch.query<{ sequence: number }>('SELECT calendar_sequence AS sequence FROM event WHERE id = $1', [
      id,
    ])
  )[0]?.sequence;

describe('a change of place or online link', () => {
  test('tells everybody concerned who knows of the event what it was and what it is', async () => {
    const scene = await watch.told({ institutions: people(5) });
    const [open, accepted, declined, revoked, waiting] = scene.invitations;
    await watch.byLink(scene.eventId, (book) => accept(book, accepted!, 1));
    await watch.query(`UPDATE invitation SET state = 'declined' WHERE id = $1`, [declined]);
    await watch.query(`UPDATE invitation SET state = 'revoked', reason = 'x' WHERE id = $1`, [revoked]);
    await watch.query(
      `UPDATE invitation SET state = 'waiting', waiting = 1, queue_number = 9 WHERE id = $1`,
      [waiting],
    );
    expect(await countConcerned(watch.app.db, scene.eventId)).toBe(3);
    await movePlace(scene.eventId, 'Gedung Baru', 'https://rapat.contoh.id/1');
    const lines = ['Tempat: Aula → Gedung Baru', 'Tautan daring: https://rapat.contoh.id/1'];
    expect(await told(scene, 'changed')).toEqual(
      [open, accepted, waiting].map((invitation) => ({ invitation, purpose: 'changed', lines })),
    );
    expect(await sequenceOf(scene.eventId)).toBe(1);
  });

  test('is not told to who was not told of the event: the invitation that waits says how it is now', async () => {
    const scene = await watch.told();
    const late = await makeInvitations(watch.app, watch.host.actor, scene.eventId, [
      await makeInstitution(watch.app.db, watch.host.office),
    ]);
    await movePlace(scene.eventId, 'Gedung Baru');
    expect((await told(scene, 'changed')).map(({ invitation }) => invitation)).toEqual(scene.invitations);
    expect(
      (await watch.messages(scene.eventId, 'invitation')).filter(({ state }) => state === 'queued'),
    ).toEqual([expect.objectContaining({ invitation: late[0] })]);
  });

  test('saved several times is one message, from the first place to the last; sent ones are not told again', async () => {
    const scene = await watch.told();
    const [one] = scene.invitations as [number];
    await movePlace(scene.eventId, 'Gedung A');
    await watch.send(one);
    await movePlace(scene.eventId, 'Gedung B', 'https://rapat.contoh.id/2');
    const unsent = (await watch.messages(scene.eventId, 'changed')).filter(({ state }) => state === 'queued');
    expect(
      unsent.map(({ invitation, detail }) => [
        invitation,
        changeLines(detail, translators.id, formats.id)[0],
      ]),
    ).toEqual([
      [one, 'Tempat: Gedung A → Gedung B'],
      [scene.invitations[1], 'Tempat: Aula → Gedung B'],
      [scene.invitations[2], 'Tempat: Aula → Gedung B'],
    ]);
  });

  test('that is taken back before anybody was told is told to nobody', async () => {
    const scene = await watch.told();
    await movePlace(scene.eventId, 'Keliru');
    await movePlace(scene.eventId, 'Aula');
    expect(await told(scene, 'changed')).toEqual([]);
  });

  test('is not told any more to who declines before it is sent', async () => {
    const scene = await watch.told();
    const [one] = scene.invitations as [number];
    await movePlace(scene.eventId, 'Gedung Baru');
    await watch.byLink(scene.eventId, (book) => decline(book, one));
    expect((await told(scene, 'changed')).map(({ invitation }) => invitation)).not.toContain(one);
  });

  test('leaves a message about a seat alone that still waits to be sent', async () => {
    const scene = await watch.told();
    const [one] = scene.invitations as [number];
    await watch.query(
      `INSERT INTO message (office_id, event_id, invitation_id, purpose, dedupe_key)
       SELECT office_id, id, $2, 'promotion', 'naik' FROM event WHERE id = $1`,
      [scene.eventId, one],
    );
    await movePlace(scene.eventId, 'Gedung Baru');
    expect(
      (await told(scene, 'changed', 'promotion')).filter(({ invitation }) => invitation === one),
    ).toHaveLength(2);
  });

  test('of a draft or a contact tells nobody, and raises no edition', async () => {
    const scene = await watch.told();
    await watch.query(`UPDATE event SET state = 'draft', published_at = NULL WHERE id = $1`, [scene.eventId]);
    await movePlace(scene.eventId, 'Gedung Baru');
    expect(await told(scene, 'changed')).toEqual([]);
    expect(await sequenceOf(scene.eventId)).toBe(0);
  });
});

describe('a change of time', () => {
  test('of the hour is told with both hours, and asks nobody again', async () => {
    const scene = await watch.told();
    const [session] = await sessions(scene.eventId);
    expect(await moveDays(scene.eventId, [{ id: session!.id, day: 30, from: '13:00', to: null }])).toBe(
      false,
    );
    const [first] = await told(scene, 'changed');
    expect(first?.lines).toEqual(['Waktu: 09.00 s.d. 15.00 WITA → 13.00 WITA s.d. selesai']);
    expect(await sequenceOf(scene.eventId)).toBe(1);
  });

  test('of the day asks those again who come, and tells both days to all', async () => {
    const scene = await watch.told();
    const [open, accepted] = scene.invitations as [number, number];
    await watch.byLink(scene.eventId, (book) => accept(book, accepted, 1));
    await movePlace(scene.eventId, 'Gedung Baru');
    const [session] = await sessions(scene.eventId);
    expect(
      await moveDays(scene.eventId, [{ id: session!.id, day: 32, from: '09:00', to: '15:00' }], 25),
    ).toBe(true);
    const date = (day: number) => formats.id.days([dayFromNow(day)]);
    const lines = ['Tempat: Aula → Gedung Baru', `Tanggal: ${date(30)} → ${date(32)}`];
    expect(await told(scene, 'changed', 'day_changed')).toEqual([
      { invitation: open, purpose: 'changed', lines },
      { invitation: accepted, purpose: 'day_changed', lines },
      { invitation: scene.invitations[2], purpose: 'changed', lines },
    ]);
    // And one more change joins what is asked.
    await movePlace(scene.eventId, 'Gedung Lain');
    const [asked] = (await told(scene, 'changed', 'day_changed')).filter(
      (one) => one.invitation === accepted,
    );
    expect(asked).toMatchObject({
      purpose: 'day_changed',
      lines: expect.arrayContaining(['Tempat: Aula → Gedung Lain']),
    });
  });

  test('that takes a day away remembers it, with the edition that took it', async () => {
    const scene = await watch.told({ days: [dayFromNow(30), dayFromNow(31)] });
    const [first, second] = await sessions(scene.eventId);
    const [{ day: gone }] = (await watch.query<{ day: number }>(
      'SELECT day_id AS day FROM event_session WHERE id = $1',
      [second!.id],
    )) as [{ day: number }];
    await moveDays(scene.eventId, [{ id: first!.id, day: 30, from: '09:00', to: '15:00' }], 25);
    expect(
      await watch.query('SELECT day_id AS day, sequence FROM dropped_day WHERE event_id = $1', [
        scene.eventId,
      ]),
    ).toEqual([{ day: gone, sequence: 1 }]);
  });

  test('that moves a whole day keeps its entry, so that nothing is taken away', async () => {
    const scene = await watch.told();
    const [session] = await sessions(scene.eventId);
    await moveDays(scene.eventId, [{ id: session!.id, day: 33, from: '09:00', to: '15:00' }], 25);
    expect(await watch.query('SELECT 1 FROM dropped_day WHERE event_id = $1', [scene.eventId])).toEqual([]);
  });
});

test.each([
  ['id', 'Tanggal: Sabtu s.d. Minggu, 21 s.d. 22 Maret 2026 → Sabtu, 21 Maret 2026; Senin, 23 Maret 2026'],
  ['en', 'Date: Saturday to Sunday, 21 to 22 March 2026 → Saturday, 21 March 2026; Monday, 23 March 2026'],
] as const)(
  'days in a row and days apart are told in one form on both sides of a change (%s)',
  (language, line) => {
    const schedule = (...dates: string[]) => ({
      zone,
      days: dates.map((date) => ({ date, from: `${date}T01:00:00Z`, to: null })),
    });
    const [before, after] = [schedule('2026-03-21', '2026-03-22'), schedule('2026-03-21', '2026-03-23')];
    const changes = [{ what: 'schedule', before, after }];
    expect(changeLines({ changes }, translators[language], formats[language])).toEqual([line]);
  },
);

test('a cancellation raises the edition, tells everybody, and its text says why', async () => {
  const scene = await watch.told();
  await cancelEvent(watch.app.deps, watch.host.actor, scene.eventId, 'Jalan ke aula terendam banjir.');
  expect(await told(scene, 'cancellation')).toHaveLength(3);
  expect(await sequenceOf(scene.eventId)).toBe(1);
  const organizer = await new Visitor(watch.app.app).signIn(watch.host.email);
  const page = await organizer.get(`/events/${scene.eventId}/invitations/${scene.invitations[0]}`);
  expect(page.text).toContain('dibatalkan. Alasannya: Jalan ke aula terendam banjir.');
});

test('the pages of place and days say before saving how many will be told', async () => {
  const scene = await watch.told();
  const organizer = await new Visitor(watch.app.app).signIn(watch.host.email);
  for (const part of ['place', 'days']) {
    const page = await organizer.get(`/events/${scene.eventId}/plan/${part}`);
    expect(page.text).toContain('3 LKS akan diberi tahu bila waktu, tempat atau tautan daring berubah.');
  }
});

const place = (before: string, after: string): Change => ({ what: 'place', before, after });
test.each([
  ['two things', [place('A', 'B')], [{ what: 'online', before: '', after: 'x' } as const], 2],
  ['the same thing twice', [place('A', 'B')], [place('B', 'C')], 1],
  ['a thing and back', [place('A', 'B')], [place('B', 'A')], 0],
])('of %s as many changes are told as there are left', (_what, older, newer, left) => {
  const merged = mergeChanges(older, newer);
  expect(merged).toHaveLength(left);
  if (left > 0) expect(merged.find(({ what }) => what === 'place')?.before).toBe('A');
});
