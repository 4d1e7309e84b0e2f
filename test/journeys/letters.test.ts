import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { makeInstitution } from '../factories/institutions.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { describeJourney, desktop, phone, signIn } from '../support/browser.js';
import { readPdf } from '../support/pdf.js';
import { openLink, weightOf } from './support/delegate.js';
import { inspect } from './support/inspect.js';
import { chooseAll, draftEvent, linkOf, press, publish, setAnswerBy } from './support/organizer.js';

/** The file behind a link of the page. */
async function fileBehind(page: Page, name: string): Promise<Buffer> {
  const address = await page.getByRole('link', { name }).getAttribute('href');
  const reply = await fetch(new URL(address ?? '', page.url()));
  return Buffer.from(await reply.arrayBuffer());
}

describeJourney('from an empty page to a letter in the hands of an institution', (journey) => {
  let organizer: Page;
  let event: string;
  let letter: string;
  let emails: { administrator: string; leader: string };

  beforeAll(async () => {
    const { db } = journey();
    const office = await makeOffice(db, {
      shortName: 'Dinsos Kalsel',
      numberCode: '005',
      numberUnit: 'Dinsos',
    });
    emails = {
      administrator: (await makeUser(db, office, ['administrator'])).email,
      leader: (await makeUser(db, office, ['leader'], { name: 'Gusti Pimpinan' })).email,
    };
    for (const name of ['LKSA Harapan', 'LKSA Bahagia']) await makeInstitution(db, office, { name });
    const { email } = await makeUser(db, office, ['organizer']);
    organizer = await journey().open(desktop);
    await signIn(organizer, email, factoryPassword);
  }, 60_000);

  test('the administrator sets who signs, and that the leader approves, and sees the letter while typing', async () => {
    const administrator = await journey().open(desktop);
    await signIn(administrator, emails.administrator, factoryPassword);
    await administrator.goto('/settings/signatories/new');
    await administrator.locator('[name=name]').fill('Suharto');
    await administrator.locator('[name=position]').fill('Kepala Dinas Sosial');
    await press(administrator, 'Simpan');
    await administrator.goto('/settings/letters');
    await administrator.locator('[name=requiresApproval]').check();
    await administrator.locator('[name=closing]').fill('Kami tunggu di {tempat}.');
    await administrator.locator('#letter-preview').getByText('Kami tunggu di Aula Dinas Sosial').waitFor();
    await inspect(administrator, 'letter-settings');
    await administrator.locator('[name=closing]').fill('Kami tunggu di {tempt}.');
    await administrator.locator('#letter-preview').getByText('Pratinjau belum diperbarui').waitFor();
    await press(administrator, 'Simpan');
    await administrator.getByText('Isian {tempt} di baris 1 tidak dikenal.').first().waitFor();
    await inspect(administrator, 'letter-settings-wrong');
    await administrator.locator('[name=closing]').fill('Kami tunggu di {tempat}.');
    await administrator.locator('main').getByRole('button', { name: 'Simpan' }).click();
    await administrator.getByText('Tersimpan.').waitFor();
  }, 60_000);

  test('the organizer writes the letter from the plan, and asks the leader', async () => {
    event = await draftEvent(organizer, { title: 'Bimtek Manajemen Kasus', firstDay: '2026-03-20' });
    await setAnswerBy(organizer, event, '2026-03-13');
    await organizer.goto(`${event}/quota`);
    await organizer.locator('[name=seats]').fill('4');
    await press(organizer, 'Simpan');
    await organizer.getByText('Tersimpan: 4 kursi.').waitFor();
    await chooseAll(organizer, event);
    await organizer.getByRole('link', { name: 'Surat undangan' }).click();
    await inspect(organizer, 'letters-none');
    await press(organizer, 'Buat surat');
    await organizer.waitForURL(/\/letters\/\d+$/);
    letter = new URL(organizer.url()).pathname;
    await inspect(organizer, 'letter-draft');
    await organizer.getByRole('link', { name: 'Ubah surat' }).click();
    await organizer.locator('[name=notes]').fill('Mohon membawa stempel.');
    await organizer.locator('#letter-preview').getByText('Mohon membawa stempel.').waitFor();
    await inspect(organizer, 'letter-text');
    await organizer.locator('main').getByRole('button', { name: 'Simpan' }).click();
    await organizer.waitForURL(/\/letters\/\d+$/);
    await press(organizer, 'Minta persetujuan');
    await organizer.getByText('Surat menunggu persetujuan pimpinan.').waitFor();
  }, 60_000);

  test('the leader reads it on a phone and approves it with one button', async () => {
    const leader = await journey().open(phone);
    await signIn(leader, emails.leader, factoryPassword);
    await leader.getByRole('link', { name: /Surat undangan menunggu persetujuan/ }).click();
    await leader.getByText('Mohon membawa stempel.').waitFor();
    await inspect(leader, 'letter-approval');
    await press(leader, 'Setujui surat');
    await leader.getByText('Surat disetujui.').waitFor();
    await inspect(leader, 'letter-approved');
  }, 60_000);

  test('the organizer takes the next number and issues the letter', async () => {
    await organizer.goto(letter);
    await press(organizer, 'Beri nomor');
    await organizer.getByText('005/1/Dinsos/III/2026').first().waitFor();
    await press(organizer, 'Terbitkan surat');
    await organizer.getByText('Surat terbit. LKS dapat mengunduhnya.').waitFor();
    await inspect(organizer, 'letter-issued');
    await organizer.goto('/settings/numbers');
    await inspect(organizer, 'letter-numbers');
    await publish(organizer, event);
  }, 60_000);

  test('the institution downloads its own letter, without a script, on a light page', async () => {
    const link = await linkOf(organizer, event, 'LKSA Harapan');
    const seen = await journey().open(phone);
    await seen.goto(link);
    await inspect(seen, 'answer-with-letter');
    const visitor = await openLink(journey(), link);
    const [page] = await readPdf(await fileBehind(visitor, 'Surat undangan (PDF)'));
    for (const words of ['005/1/Dinsos/III/2026', 'LKSA Harapan', 'Suharto', 'Mohon membawa stempel.'])
      expect(page?.text).toContain(words);
    expect(await weightOf(await journey().open(phone), link)).toBeLessThan(60_000);
  }, 60_000);

  test('when the place changes, everybody reads that the letter is old, and the correction is one button away', async () => {
    await organizer.goto(`${event}/plan/place`);
    await organizer.locator('[name=venueName]').fill('Gedung Wanita');
    await press(organizer, 'Simpan');
    await organizer.goto(letter);
    await organizer.getByText('Rencana berubah sejak surat terbit: tempat.').waitFor();
    await inspect(organizer, 'letter-outdated');
    const leader = await journey().open(phone);
    await signIn(leader, emails.leader, factoryPassword);
    await leader.goto(`${event}/letters`);
    await inspect(leader, 'letters-outdated');
    const seen = await journey().open(phone);
    await seen.goto(await linkOf(organizer, event, 'LKSA Harapan'));
    await seen.getByText('Surat ini memuat rencana lama.').waitFor();
    await inspect(seen, 'answer-letter-outdated');
    await organizer.goto(`${event}/invitations`);
    await inspect(organizer, 'invitations-letter-outdated');
    await press(organizer, 'Buat surat ralat');
    await organizer.waitForURL(/\/letters\/\d+$/);
    await organizer.locator('#letter-preview').getByText('Gedung Wanita').first().waitFor();
  }, 60_000);
});
