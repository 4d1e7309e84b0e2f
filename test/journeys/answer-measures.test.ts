import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { findActor } from '../../src/features/accounts/actor.repository.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { accept } from '../../src/features/invitations/answering.js';
import { linkAuthor } from '../../src/features/invitations/book.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { describeJourney, expectNoSideScroll, phone } from '../support/browser.js';
import { openLink, weightOf } from './support/delegate.js';
import { inspect } from './support/inspect.js';
import { expectLargeEnough } from './support/measures.js';
import { press } from './support/organizer.js';
import { delegateLinks, makeSituation, situations, type Situation } from './support/situations.js';

/** An institution that sends so many, as a large one may where the office lets it. */
const sending = (people: number): Situation => ({
  name: `sends-${people}`,
  seats: people,
  make: async ({ book, id, eventId, sql }) => {
    await sql(`UPDATE event_quota SET seats_per_institution = 50 WHERE event_id = ${eventId}`);
    await book(linkAuthor, (b) => accept(b, id, people));
  },
});

describeJourney('the measures of the answer page', (journey) => {
  let actor: OfficeActor;
  let page: Page;

  beforeAll(async () => {
    const office = await makeOffice(journey().db, { name: 'Dinas Sosial Provinsi Kalimantan Selatan' });
    const user = await makeUser(journey().db, office);
    actor = (await findActor(journey().db, user.id, office.id)) as OfficeActor;
    page = await journey().open(phone);
  }, 30_000);

  const inSituation = (situation: Situation) => makeSituation(journey(), actor, situation);
  const accepted = () => inSituation(situations.find(({ name }) => name === 'accepted') as Situation);

  test.each(situations.map((situation) => [situation.name, situation] as const))(
    'hold when it is %s: text that can be read, targets that can be met',
    async (_name, situation) => {
      const { link, eventId, sql } = await inSituation(situation);
      await sql(`UPDATE event SET record_check = true WHERE id = ${eventId}`);
      await sql(
        `INSERT INTO material (event_id, title, url) VALUES (${eventId}, 'Paparan', 'https://contoh.example/')`,
      );
      await page.goto(link);
      await expectLargeEnough(page);
    },
    20_000,
  );

  test('hold on the pages that it leads to', async () => {
    const invited = await accepted();
    await invited.sql(`UPDATE event SET record_check = true WHERE id = ${invited.eventId}`);
    const { present } = await delegateLinks(invited);
    for (const address of [present, `${invited.link}/record`, '/u', '/u/AQEAAAAAtidak-ada']) {
      await page.goto(address);
      await expectLargeEnough(page);
      await expectNoSideScroll(page);
    }
  }, 20_000);

  test.each([1, 2, 10, 50])(
    'hold however many come: with %d it weighs less than 60 kB',
    async (people) => {
      const { link, id, sql } = await inSituation(sending(people));
      // The most that a line can say: a long name, and a number that all of them have.
      await sql(`UPDATE delegate SET name = 'Muhammad Abdurrahman Kusumaningrat Hidayatullah', position = 'Pekerja sosial',
        phone = '+6281250001001' WHERE invitation_id = ${id}`);
      const [{ first }] = (await sql(
        `SELECT min(id) AS first FROM delegate WHERE invitation_id = ${id}`,
      )) as [{ first: number }];
      for (const address of [link, `${link}?delegate=${first}`]) {
        const fresh = await journey().open(phone);
        expect(await weightOf(fresh, address)).toBeLessThan(60_000);
        await expectLargeEnough(fresh);
        await expectNoSideScroll(fresh);
      }
    },
    30_000,
  );

  test('hold where many come: each has a page and a QR of their own, and can be changed', async () => {
    const { link } = await inSituation(sending(3));
    await page.goto(link);
    await inspect(page, 'answer-many');
    const delegate = await openLink(journey(), link);
    expect(await delegate.locator('.qr').count()).toBe(0);
    await delegate.getByRole('link', { name: 'Ubah atau ganti: Kursi 2' }).click();
    expect(await delegate.locator('.qr').count()).toBe(1);
    await page.goto(delegate.url());
    await inspect(page, 'answer-many-one');
    await delegate.locator('summary', { hasText: 'Isi nama' }).click();
    await delegate.getByLabel('Nama', { exact: true }).fill('Muhammad Yusuf');
    await press(delegate, 'Simpan');
    await delegate.getByText('Nama tersimpan.').waitFor();
    await delegate.getByRole('link', { name: 'Muhammad Yusuf' }).click();
    await delegate.getByRole('img', { name: 'Kode QR untuk Muhammad Yusuf' }).waitFor();
  }, 20_000);

  test('lead from what was refused to the field, past no QR', async () => {
    const { link } = await accepted();
    await page.goto(link);
    const other = page.locator('details', { hasText: 'Orang lain menggantikan' }).first();
    await other.locator('summary').click();
    await other.getByLabel('Nama', { exact: true }).fill('Muhammad Yusuf');
    await other.getByLabel('Nomor HP').fill('bukan nomor');
    await other.getByRole('button', { name: 'Simpan' }).click();
    const problem = page.locator('#errors').getByRole('link', { name: 'Tulis nomor HP seperti' });
    await problem.waitFor();
    await inspect(page, 'answer-wrong');
    expect(await page.locator('.qr').count()).toBe(0);
    await problem.click();
    const [field, top] = await page.evaluate<[string, number]>(
      `[document.querySelector(':target').name, document.querySelector(':target').getBoundingClientRect().top]`,
    );
    expect(field).toBe('phone');
    expect(top).toBeLessThan(phone.viewport?.height ?? 0);
  }, 20_000);
});
