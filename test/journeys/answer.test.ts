import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { findActor } from '../../src/features/accounts/actor.repository.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { describeJourney, phone } from '../support/browser.js';
import { accept, openLink, title } from './support/delegate.js';
import { inspect } from './support/inspect.js';
import { press } from './support/organizer.js';
import { delegateLinks, makeSituation, situations, type Situation } from './support/situations.js';

describeJourney('the answer page', (journey) => {
  let actor: OfficeActor;
  let page: Page;

  beforeAll(async () => {
    const office = await makeOffice(journey().db, { name: 'Dinas Sosial Provinsi Kalimantan Selatan' });
    const user = await makeUser(journey().db, office);
    actor = (await findActor(journey().db, user.id, office.id)) as OfficeActor;
    page = await journey().open(phone);
  }, 30_000);

  const inSituation = (name: string) =>
    makeSituation(journey(), actor, situations.find((one) => one.name === name) as Situation);

  test.each(situations.map((situation) => [situation.name, situation] as const))(
    'is clear and free of obstacles when it is %s',
    async (name, situation) => {
      const { link } = await makeSituation(journey(), actor, situation);
      await page.goto(link);
      await inspect(page, `answer-${name}`);
      const answers = await page.getByRole('button', { name: 'Kami hadir' }).count();
      expect(answers > 0).toBe(['open', 'open-one-left', 'offered', 'declined'].includes(name));
    },
    20_000,
  );

  test('asks what to do when fewer seats are left than wanted', async () => {
    const { link } = await inSituation('open-one-left');
    await page.goto(link);
    await accept(page, 2);
    expect(await title(page)).toBe('Tinggal 1 kursi');
    await inspect(page, 'answer-short');
    await press(page, 'Ambil 1 kursi, tunggu 1 lagi');
    expect(await title(page)).toBe('Anda tercatat akan hadir: 1 orang');
    await page.getByText('Masih menunggu 1 kursi.').waitFor();
  }, 20_000);

  test('keeps what was typed when a name is refused', async () => {
    const { link } = await inSituation('accepted');
    const delegate = await openLink(journey(), link);
    const other = delegate.locator('details', { hasText: 'Orang lain menggantikan' }).first();
    await other.locator('summary').click();
    await other.getByLabel('Nama', { exact: true }).fill('Muhammad Yusuf');
    await other.getByLabel('Jabatan').fill('Sekretaris');
    await other.getByLabel('Nomor HP').fill('bukan nomor');
    await other.getByRole('button', { name: 'Simpan' }).click();
    await delegate.getByText('Tulis nomor HP seperti').first().waitFor();
    expect(await other.getByLabel('Jabatan').inputValue()).toBe('Sekretaris');
  }, 20_000);

  test('of one delegate shows their own seat, and ends when they are replaced', async () => {
    const { present, replaced } = await delegateLinks(await inSituation('accepted'));
    await page.goto(present);
    await inspect(page, 'delegate');
    await page.getByRole('img', { name: 'Kode QR untuk Muhammad Yusuf' }).waitFor();
    await page.goto(replaced);
    expect(await title(page)).toBe('Anda sudah digantikan');
    await inspect(page, 'delegate-replaced');
  }, 20_000);

  test('of an unknown link, and the page for codes, say what to do', async () => {
    await page.goto('/u/AQEAAAAAtidak-ada');
    await inspect(page, 'answer-unknown-link');
    await page.goto('/u');
    await inspect(page, 'code');
    await page.getByLabel('Kode ketik').fill('AAA');
    await press(page, 'Buka undangan');
    await page.getByText('Kode terdiri dari 10').waitFor();
    await inspect(page, 'code-wrong');
  }, 20_000);
});
