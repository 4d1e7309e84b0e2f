import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Office } from '../../src/features/offices/office.entity.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { describeJourney, desktop, signIn } from '../support/browser.js';
import { press } from './support/organizer.js';

describeJourney('the registry of an office', (journey) => {
  let office: Office;
  let email: string;

  beforeAll(async () => {
    office = await makeOffice(journey().db, { regionCode: '63' });
    ({ email } = await makeUser(journey().db, office, ['organizer']));
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
});
