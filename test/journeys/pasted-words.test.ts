import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { openDoorOn } from '../attendance/support.js';
import { makeAction, makeOwner } from '../factories/actions.js';
import { makeEvent } from '../factories/events.js';
import { lineOf } from '../factories/minutes.js';
import { factoryPassword, makeUser } from '../factories/people.js';
import { roles } from '../../src/features/accounts/permissions.js';
import { describeJourney, screens, signIn } from '../support/browser.js';

/** As people paste them: nowhere a space to break a line at. */
const address = `https://drive.example.go.id/folders/${'1aB2cD3eF4gH5iJ6kL7mN8'.repeat(8)}`;
const name = 'Wirjosoekartoprawirodiningrat'.repeat(4);

describeJourney('words that are longer than a line', (journey) => {
  let email: string;
  const pages: Record<string, string> = {};

  test('stand in follow-ups, names and minutes', async () => {
    const door = await openDoorOn(journey());
    const { app, office, secretary } = door;
    ({ email } = await makeUser(app.db, office, [...roles]));
    const scene = await door.scene();
    const { eventId, list, session } = scene;
    await door.rows('UPDATE delegate SET name = $2, position = $2 WHERE event_id = $1', [eventId, name]);
    await secretary.post(`${session}/delegates/${scene.delegates[0]?.id}/marks`, {}, list);
    const guest = {
      name,
      origin: `Kecamatan ${name}`,
      position: name,
      kind: 'guest',
      clientId: randomUUID(),
    };
    await secretary.post(`${session}/guests`, guest, `${session}/walk-in`);
    const [row] = await door.rows<{ id: number }>('SELECT id FROM guest WHERE event_id = $1', [eventId]);

    const ownerId = await makeOwner(app.db, office, { name });
    const given = { ownerId, problem: address, title: address, dueOn: '2026-03-01' };
    const actionId = await makeAction(app.db, office, { ...given, eventId });
    const later = await makeEvent(app.db, office, { days: ['2026-09-20'] });
    await door.rows(
      `WITH s AS (INSERT INTO event_series (office_id, name) VALUES ($1, $4) RETURNING id)
       UPDATE event SET series_id = s.id FROM s WHERE event.id IN ($2, $3)`,
      [office.id, eventId, later, name],
    );
    const at = `/events/${eventId}/minutes`;
    await secretary.post(at, {}, at);
    for (const kind of ['opening', 'discussion', 'issue', 'decision'])
      await secretary.post(`${at}/blocks`, lineOf({ kind, text: address, person: name, origin: name }), at);
    const head = { version: '1', chairName: name, recorderName: name, participantsNote: address };
    expect((await secretary.post(`${at}/head`, head, `${at}/head`)).status).toBe(303);
    await door.rows('UPDATE event SET venue_name = $2, subject = $2 WHERE id = $1', [eventId, address]);
    Object.assign(pages, {
      'the board': '/actions',
      'a follow-up': `/actions/${actionId}`,
      'its owner': `/actions/owners/${ownerId}`,
      'its link': `/t/${app.deps.links.token('owner', ownerId, 1)}`,
      'follow-ups of the event': `/events/${eventId}/actions`,
      'what the next one asks about': `/events/${later}/actions`,
      attendance: list,
      'a guest': `${session}/guests/${row?.id}`,
      overview: `/events/${eventId}`,
      plan: `/events/${eventId}/plan`,
      'minutes being written': at,
      issues: '/issues',
      home: '/',
    });
    // What the leader reads is another page.
    const other = await door.scene();
    const read = `/events/${other.eventId}/minutes`;
    await secretary.post(read, {}, read);
    for (const kind of ['opening', 'discussion', 'issue', 'decision'])
      await secretary.post(
        `${read}/blocks`,
        lineOf({ kind, text: address, person: name, origin: name }),
        read,
      );
    await makeAction(app.db, office, { ...given, eventId: other.eventId });
    await door.rows('UPDATE delegate SET name = $2 WHERE event_id = $1', [other.eventId, name]);
    await secretary.post(`${other.session}/delegates/${other.delegates[0]?.id}/marks`, {}, other.list);
    await secretary.post(`${read}/head`, head, `${read}/head`);
    expect((await secretary.post(`${read}/submission`, {}, read)).status).toBe(303);
    pages['minutes to approve'] = read;
  }, 60_000);

  test.each(Object.entries(screens))(
    'leave every page as wide as a %s',
    async (_name, screen) => {
      const page = await journey().open(screen);
      await signIn(page, email, factoryPassword);
      const wide: string[] = [];
      for (const [what, path] of Object.entries(pages)) {
        const answer = await page.goto(path);
        await page.waitForLoadState();
        expect([what, answer?.status()]).toEqual([what, 200]);
        for (const details of await page.locator('details').all())
          await details.evaluate((one) => one.setAttribute('open', ''));
        // The page itself, and what would scroll or stick out within it.
        const outside = await page.evaluate<string[]>(
          `[...document.querySelectorAll('html, .card, .table-wrap, .notice')]
             .filter((one) => one.scrollWidth > one.clientWidth + 1)
             .map((one) => (one.className || 'page') + ' ' + one.scrollWidth)`,
        );
        wide.push(...outside.map((one) => `${what}: ${one}`));
      }
      expect(wide).toEqual([]);
      await page.close();
    },
    120_000,
  );
});
