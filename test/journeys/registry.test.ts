import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeSeats } from '../factories/invitations.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { describeJourney, desktop, signIn } from '../support/browser.js';
import { press } from './support/organizer.js';

describeJourney('the registry of an office', (journey) => {
  let office: Office;
  let email: string;
  let actor: OfficeActor;

  beforeAll(async () => {
    office = await makeOffice(journey().db, { regionCode: '63' });
    const user = await makeUser(journey().db, office, ['organizer']);
    email = user.email;
    actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
  }, 60_000);

  async function openAs(options: typeof desktop & { javaScriptEnabled?: boolean } = desktop): Promise<Page> {
    const page = await journey().open(options);
    await signIn(page, email, factoryPassword);
    return page;
  }

  test('the main button of an import stores what is chosen on the page, without script', async () => {
    const page = await openAs({ ...desktop, javaScriptEnabled: false });
    await page.goto('/institutions/import');
    const buffer = Buffer.from('Nama LKS;Kab/Kota\nPanti Dipakai;Tapin\nPanti Dilewati;Tapin\n');
    await page.setInputFiles('input[type=file]', { name: 'lks.csv', mimeType: 'text/csv', buffer });
    await press(page, 'Baca berkas');
    await page.getByLabel('Pilihan untuk baris 3').selectOption({ label: 'Lewati' });
    // To other lines and back: what was chosen is still chosen.
    await page
      .getByRole('navigation', { name: 'Tampilkan baris' })
      .getByRole('button', { name: 'Baru' })
      .click();
    await page.waitForURL(/show=new/);
    expect(await page.getByLabel('Pilihan untuk baris 3').inputValue()).toBe('leave');
    await page.getByLabel('Pilihan untuk baris 2').selectOption({ label: 'Lewati' });
    await page.getByLabel('Pilihan untuk baris 3').selectOption({ label: 'Tambahkan' });
    await press(page, 'Simpan ke daftar LKS');
    await page.getByText('1 LKS ditambahkan').waitFor();
    const stored = (await journey().db.query('SELECT name FROM institution')) as { name: string }[];
    expect(stored.map(({ name }) => name)).toEqual(['Panti Dilewati']);
  }, 60_000);

  test('a few of many LKS are picked by hand: none ticked first, counted at once, kept by the filter', async () => {
    const { db } = journey();
    for (let at = 10; at < 22; at += 1) await makeInstitution(db, office, { name: `Panti Pilihan ${at}` });
    const eventId = await makeEvent(db, office);
    await makeSeats(journey(), actor, eventId, 20);
    const event = `/events/${eventId}`;
    for (const javaScriptEnabled of [true, false]) {
      const page = await openAs({ ...desktop, javaScriptEnabled });
      await page.goto(`${event}/invitations/choose?q=pilihan`);
      const ticked = () => page.locator('[data-ticks-count]').innerText();
      const before = Number(await ticked());
      await page.getByRole('link', { name: 'Kosongkan' }).click();
      await page.waitForURL(/ticked=none/);
      expect([before > 2, await ticked()]).toEqual([true, '0']);
      const [first, second] = javaScriptEnabled ? [10, 11] : [12, 13];
      await page.getByLabel(`Panti Pilihan ${first}`).check();
      expect(await ticked()).toBe(javaScriptEnabled ? '1' : '0');
      // Enter in the search field filters, and adds nobody.
      await page.getByLabel('Nama LKS', { exact: true }).fill(`pilihan ${second}`);
      await page.getByLabel('Nama LKS', { exact: true }).press('Enter');
      await page.waitForURL(/except=/);
      await page.getByLabel(`Panti Pilihan ${second}`).check();
      await press(page, 'Tambahkan yang ditandai');
      await page.getByText('2 LKS ditambahkan.').waitFor();
    }
    const rows = (await db.query(
      'SELECT i.name FROM invitation v JOIN institution i ON i.id = v.institution_id ORDER BY i.name',
    )) as { name: string }[];
    expect(rows.map(({ name }) => name)).toEqual([10, 11, 12, 13].map((at) => `Panti Pilihan ${at}`));
  }, 90_000);

  test('the first cell of the list is as high as the others of its line, however many lines they have', async () => {
    const leader = { name: 'Siti Rahmah binti Ahmad '.repeat(5).trim() };
    await makeInstitution(journey().db, office, { name: 'Panti Berbaris', leader });
    const page = await openAs();
    await page.goto('/institutions?q=berbaris');
    const bottoms = await page.evaluate<number[]>(
      `[...document.querySelector('tbody tr').cells].map((cell) => cell.getBoundingClientRect().bottom)`,
    );
    expect(bottoms.length).toBeGreaterThan(1);
    expect(new Set(bottoms).size).toBe(1);
  }, 60_000);
});
