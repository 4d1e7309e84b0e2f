import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { makeInstitution } from '../factories/institutions.js';
import { answer, makeInvitations, makeSeats } from '../factories/invitations.js';
import { makeEvent } from '../factories/events.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { findActor } from '../../src/features/accounts/actor.repository.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { describeJourney, desktop, signIn } from '../support/browser.js';
import { inspect } from './support/inspect.js';

describeJourney('the list of invitations keeps itself fresh', (journey) => {
  let page: Page;
  let actor: OfficeActor;
  let eventId: number;
  let first: number;
  let second: number;
  const row = (id: number) => page.locator(`#undangan-${id}`);

  beforeAll(async () => {
    const { db } = journey();
    const office = await makeOffice(db);
    const user = await makeUser(db, office);
    actor = (await findActor(db, user.id, office.id)) as OfficeActor;
    eventId = await makeEvent(db, office);
    await makeSeats(journey(), actor, eventId, 1);
    const institutions = [
      await makeInstitution(db, office, { name: 'LKSA Amanah' }),
      await makeInstitution(db, office, { name: 'LKSA Cahaya' }),
    ];
    const ids = await makeInvitations(journey(), actor, eventId, institutions);
    [first, second] = [ids[0] ?? 0, ids[1] ?? 0];
    page = await journey().open(desktop);
    await signIn(page, user.email, factoryPassword);
    await page.goto(`/events/${eventId}/invitations`);
    await page.evaluate('window.notReloaded = true');
  }, 60_000);

  test('an answer appears in its row, in the figures and on the path; what is typed and focused stays', async () => {
    const search = page.getByRole('searchbox');
    await search.fill('amana');
    await page.getByLabel('Jawaban', { exact: true }).selectOption('accepted');
    // In the menu of its row, which stays open too.
    await page.locator('summary[aria-label="Lainnya: LKSA Amanah"]').click();
    const button = page.getByRole('button', { name: 'Terkirim: LKSA Amanah' });
    await button.focus();
    await page.evaluate('window.focused = document.activeElement');
    await answer(journey(), eventId, first, 'accepts');
    await row(first).getByText('Hadir', { exact: false }).first().waitFor();
    await page.locator('#event-path').getByText('1 dari 2').waitFor();
    await page.locator('#invitation-summary').getByText('1 dari 2 LKS sudah menjawab').waitFor();
    expect(await page.evaluate('document.activeElement === window.focused')).toBe(true);
    expect(await search.inputValue()).toBe('amana');
    expect(await page.getByLabel('Jawaban', { exact: true }).inputValue()).toBe('accepted');
    expect(await page.evaluate('window.notReloaded')).toBe(true);
  }, 30_000);

  test('a row that is not touched stays the very same, a new one comes in its place', async () => {
    await page.evaluate(`window.kept = document.getElementById('undangan-${second}')`);
    const between = await makeInstitution(journey().db, actor.office, { name: 'LKSA Barokah' });
    const [id = 0] = await makeInvitations(journey(), actor, eventId, [between]);
    await row(id).waitFor();
    const order = await page
      .locator('tr[id^=undangan]')
      .evaluateAll((rows: { id: string }[]) => rows.map((one) => one.id));
    expect(order).toEqual([first, id, second].map((one) => `undangan-${one}`));
    expect(await page.evaluate(`window.kept === document.getElementById('undangan-${second}')`)).toBe(true);
    await inspect(page, 'invitations-live');
  }, 30_000);

  test('a hidden page asks for nothing, and catches up when it is shown', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const show = (hidden: boolean) =>
      page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'))`);
    await show(true);
    await answer(journey(), eventId, second, 'declines');
    await page.waitForTimeout(6_000);
    expect(asked).toEqual([]);
    await show(false);
    await row(second).getByText('Berhalangan').waitFor({ timeout: 3_000 });
  }, 30_000);

  test('when the session is over the page says so, and asks no more', async () => {
    const said = page.getByText('Masa masuk Anda sudah berakhir');
    expect(await said.isVisible()).toBe(false);
    await journey().db.query('DELETE FROM session');
    await said.waitFor();
    expect(await page.getByText('belum dapat diperbarui').isVisible()).toBe(false);
    await inspect(page, 'invitations-session-over');
    await page.getByRole('link', { name: 'Masuk lagi' }).click();
    await page.waitForURL('**/session');
  }, 30_000);
});
