import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { findActor } from '../../src/features/accounts/actor.repository.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { makeAction, makeOwner } from '../factories/actions.js';
import { makeEvent } from '../factories/events.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { describeJourney, expectNoSideScroll, phone, signIn } from '../support/browser.js';
import { delegateLinks, makeSituation, situations, type Situation } from './support/situations.js';

/** As it comes from a list where somebody left out the blanks. */
const word = 'Pelatihanpenguatankelembagaankesejahteraansosialanakterlantar';
/** The narrowest screen that the house is built for (experience.md), and a usual one. */
const widths = [360, 390];

describeJourney('words that do not end', (journey) => {
  let actor: OfficeActor;
  let page: Page;

  beforeAll(async () => {
    const office = await makeOffice(journey().db, { name: 'Dinas Sosial Provinsi Kalimantan Selatan' });
    const user = await makeUser(journey().db, office, ['administrator', 'organizer']);
    actor = (await findActor(journey().db, user.id, office.id)) as OfficeActor;
    page = await journey().open(phone);
    await signIn(page, user.email, factoryPassword);
  }, 30_000);

  async function inSituation(name: string) {
    const made = await makeSituation(
      journey(),
      actor,
      situations.find((one) => one.name === name) as Situation,
    );
    const [{ institution }] = (await made.sql(
      `SELECT institution_id AS institution FROM invitation WHERE id = ${made.id}`,
    )) as [{ institution: number }];
    return { ...made, institution };
  }

  /** Every page that does not fit, with how wide it is. */
  async function expectToFit(addresses: string[]): Promise<void> {
    const problems: unknown[] = [];
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      for (const address of addresses) {
        const status = (await page.goto(address))?.status();
        if (status !== 200) problems.push(`${address} answers ${status}`);
        await expectNoSideScroll(page).catch(async () =>
          problems.push([address, width, await page.evaluate('document.documentElement.scrollWidth')]),
        );
      }
    }
    expect(problems).toEqual([]);
  }

  test('break where a title, a name or a place stands, and no page is wider than the screen', async () => {
    const { eventId, id, institution, link, sql, ...invited } = await inSituation('accepted');
    const { present } = await delegateLinks({ eventId, id, sql, ...invited });
    const draft = await makeEvent(journey().db, actor.office, { state: 'draft', title: word });
    await makeEvent(journey().db, actor.office, { title: word, days: ['2026-09-20'] });
    await sql(`UPDATE event SET title = '${word}', venue_name = '${word}', notes = '${word}',
      contact_name = '${word}' WHERE id = ${eventId}`);
    await sql(`UPDATE institution SET name = '${word}', address = '${word}' WHERE id = ${institution}`);
    await sql(`UPDATE delegate SET name = '${word}', position = '${word}' WHERE invitation_id = ${id}`);
    await sql(
      `INSERT INTO material (event_id, title, url) VALUES (${eventId}, '${word}', 'https://contoh.example/')`,
    );
    const ownerId = await makeOwner(journey().db, actor.office, { name: word });
    const due = { ownerId, title: word, problem: word, dueOn: '2026-02-20' };
    const action = await makeAction(journey().db, actor.office, { ...due, eventId });
    const event = `/events/${eventId}`;
    const rooms = [
      'plan',
      'quota',
      'selection',
      'invitations',
      'attendance',
      'materials',
      'minutes',
      'actions',
    ];
    const lists = ['', '/choose', '/queue', '/unanswered', '/whatsapp', '/reminders', '/sheets', `/${id}`];
    await expectToFit([
      ...['/', '/events', '/events/calendar?month=2026-03', '/institutions', `/institutions/${institution}`],
      ...[event, `/events/${draft}`, `${event}/clone`, '/actions', `/actions/${action}`],
      ...[`/actions/owners/${ownerId}`, link, present],
      ...rooms.map((room) => `${event}/${room}`),
      ...lists.map((list) => `${event}/invitations${list}`),
    ]);
  }, 120_000);

  test('break in a badge, too: the record of an LKS that is to confirm again', async () => {
    const { institution } = await inSituation('reconfirm');
    await expectToFit([`/institutions/${institution}`]);
  }, 30_000);
});
