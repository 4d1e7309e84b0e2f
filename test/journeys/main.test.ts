import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { describeJourney, desktop, signIn } from '../support/browser.js';
import { accept, expectOnFirstScreen, openLink, title, weightOf } from './support/delegate.js';
import { inspect } from './support/inspect.js';
import { listed, officeList } from './support/list.js';
import {
  chooseAll,
  draftEvent,
  importList,
  linkOf,
  openInvitation,
  press,
  publish,
  setAnswerBy,
  setSeats,
} from './support/organizer.js';

const officeName = 'Dinas Sosial Provinsi Kalimantan Selatan';
const eventTitle = 'Bimbingan Teknis Pengelolaan LKS';

describeJourney('from the list of an office to confirmed seats', (journey) => {
  let organizer: Page;
  let event: string;
  const links = new Map<string, string>();
  const linkFor = (name: string) => links.get(name) ?? '';

  beforeAll(async () => {
    const office = await makeOffice(journey().db, { name: officeName, shortName: 'Dinsos Kalsel' });
    const user = await makeUser(journey().db, office, ['organizer'], { name: 'Rina Wulandari' });
    organizer = await journey().open(desktop);
    await signIn(organizer, user.email, factoryPassword);
  }, 60_000);

  test('an organizer brings the list of LKS in from Excel', async () => {
    await inspect(organizer, 'home-new');
    await importList(organizer, await officeList(), (name) => inspect(organizer, name));
    await organizer.goto('/institutions');
    for (const [name] of listed) await organizer.getByRole('link', { name }).waitFor();
    await inspect(organizer, 'institutions');
  }, 60_000);

  test('plans an event, shares its seats and chooses whom to invite', async () => {
    event = await draftEvent(organizer, { title: eventTitle, firstDay: '2026-03-20' });
    await inspect(organizer, 'plan-new');
    await setAnswerBy(organizer, event, '2026-03-13');
    await setSeats(organizer, event, 4, 2);
    await inspect(organizer, 'quota-shared');
    await organizer.goto(`${event}/invitations/choose`);
    await inspect(organizer, 'choose');
    await chooseAll(organizer, event);
    await inspect(organizer, 'invitations-draft');
    await organizer.goto(event);
    await inspect(organizer, 'event-draft');
    await publish(organizer, event);
    await inspect(organizer, 'event-published');
  }, 60_000);

  test('and passes the links on', async () => {
    for (const [name] of listed) links.set(name, await linkOf(organizer, event, name));
    await organizer.goto(`${event}/invitations`);
    const whatsapp = await organizer.locator('a[href^="https://wa.me/"]').first().getAttribute('href');
    expect(whatsapp).toContain('628125000100');
    await organizer.locator(`summary[aria-label="Lainnya: ${listed[0][0]}"]`).click();
    await press(organizer, `Terkirim: ${listed[0][0]}`);
    await organizer.getByText('ditandai terkirim').waitFor();
    await inspect(organizer, 'invitations-open');
  }, 60_000);

  test('a delegate with a phone and no script answers with one tap, and sees seat and QR', async () => {
    const page = await openLink(journey(), linkFor('LKSA Harapan Bunda'));
    await expectOnFirstScreen(page, [
      eventTitle,
      officeName,
      '20 Maret 2026',
      'Aula Dinas Sosial',
      '13 Maret 2026',
    ]);
    await accept(page);
    expect(await title(page)).toBe('Anda tercatat akan hadir: 1 orang');
    await page.getByText('Siti Rahmah').first().waitFor();
    await page.getByText(/Kursi \d+/).waitFor();
    await page.getByRole('img', { name: 'Kode QR untuk Siti Rahmah' }).waitFor();
  }, 30_000);

  test('and replaces the person who comes', async () => {
    const page = await openLink(journey(), linkFor('LKSA Harapan Bunda'));
    const other = page.locator('details', { hasText: 'Orang lain menggantikan' });
    await other.locator('summary').click();
    await other.getByLabel('Nama', { exact: true }).fill('Muhammad Yusuf');
    await other.getByRole('button', { name: 'Simpan' }).click();
    await page.getByText('Pengganti tersimpan').waitFor();
    await page.getByRole('img', { name: 'Kode QR untuk Muhammad Yusuf' }).waitFor();
  }, 30_000);

  test('one who needs two seats where one is left waits, and lets a smaller demand pass', async () => {
    const two = await openLink(journey(), linkFor('LKSA Nurul Iman'));
    await accept(two, 2);
    expect(await title(two)).toBe('Tinggal 1 kursi');
    await press(two, 'Tunggu sampai cukup 2 kursi');
    expect(await title(two)).toBe('Daftar tunggu, urutan 1');
    const one = await openLink(journey(), linkFor('LKSA Budi Mulia'));
    await accept(one);
    expect(await title(one)).toBe('Anda tercatat akan hadir: 1 orang');
  }, 30_000);

  test('when somebody withdraws the next in line has the seat, and the organizer sees it without reloading', async () => {
    const next = await openLink(journey(), linkFor('LKSA Al-Hidayah'));
    await accept(next, 1, 'Masuk daftar tunggu');
    expect(await title(next)).toBe('Daftar tunggu, urutan 2');
    await organizer.goto(`${event}/invitations`);
    await organizer.evaluate('window.notReloaded = true');
    const withdrawn = organizer.getByRole('definition').filter({ hasText: '1 LKS' });
    const before = await withdrawn.count();

    const first = await openLink(journey(), linkFor('LKSA Harapan Bunda'));
    await first.getByText('Batal hadir').first().click();
    await press(first, 'Ya, kami berhalangan');
    expect(await title(first)).toBe('Anda menjawab: berhalangan');
    await next.reload();
    expect(await title(next)).toBe('Anda tercatat akan hadir: 1 orang');
    await next.getByRole('img', { name: 'Kode QR untuk Rusmini' }).waitFor();
    await organizer.locator('.tally > div', { hasText: 'Berhalangan' }).getByText('1 LKS').waitFor();
    expect(await withdrawn.count()).toBeGreaterThan(before);
    expect(await organizer.evaluate('window.notReloaded')).toBe(true);
    await inspect(organizer, 'invitations-answered');
  }, 40_000);

  test('a code from paper opens the same page, a wrong one says so', async () => {
    await organizer.goto(`${event}/invitations/sheets`);
    await inspect(organizer, 'sheets');
    const sheet = organizer.locator('.sheet', { hasText: 'LKSA Kasih Ibu' });
    const code = await sheet.locator('.sheet__code').innerText();
    const page = await openLink(journey(), '/u');
    await page.getByLabel('Kode ketik').fill('AAAAA-AAAAA');
    await press(page, 'Buka undangan');
    await page.getByText('Kode ini tidak dikenal').waitFor();
    await page.getByLabel('Kode ketik').fill(code.toLowerCase());
    await press(page, 'Buka undangan');
    await page.getByText('Undangan untuk LKSA Kasih Ibu').waitFor();
  }, 30_000);

  test('an answer by phone is recorded by the office', async () => {
    await openInvitation(organizer, event, 'Panti Wreda Budi Sejahtera');
    await inspect(organizer, 'invitation-open');
    await press(organizer, 'Hadir');
    await organizer.getByText('Kartini').first().waitFor();
    await inspect(organizer, 'invitation-accepted');
  }, 30_000);

  test('a revoked invitation tells why', async () => {
    await openInvitation(organizer, event, 'LKS Disabilitas Fajar Harapan');
    await organizer.locator('summary', { hasText: 'Tarik undangan' }).click();
    await organizer.getByLabel('Alasan').fill('Sudah diundang oleh kabupaten.');
    await press(organizer, 'Tarik undangan');
    await organizer.locator('.badge', { hasText: 'Ditarik' }).waitFor();
    const page = await openLink(journey(), linkFor('LKS Disabilitas Fajar Harapan'));
    expect(await title(page)).toBe('Undangan ini ditarik');
    await page.getByText('Sudah diundang oleh kabupaten.').waitFor();
  }, 30_000);

  test('the page can be read in English', async () => {
    const page = await openLink(journey(), linkFor('LKSA Kasih Ibu'));
    await press(page, 'English');
    await page.getByText('Invitation for LKSA Kasih Ibu').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await press(page, 'Bahasa Indonesia');
    await page.getByText('Undangan untuk LKSA Kasih Ibu').waitFor();
  }, 30_000);

  test('the page weighs under 60 kB with everything on it', async () => {
    const open = await weightOf(await journey().open(), linkFor('LKSA Kasih Ibu'));
    const accepted = await weightOf(await journey().open(), linkFor('LKSA Al-Hidayah'));
    expect({ open: open < 60_000, accepted: accepted < 60_000 }).toEqual({ open: true, accepted: true });
  }, 30_000);

  test('when the event is cancelled every link says so', async () => {
    await organizer.goto(event);
    await organizer.locator('summary', { hasText: 'Batalkan kegiatan' }).click();
    await organizer.getByLabel('Alasan').fill('Gedung dipakai untuk pengungsi banjir.');
    await press(organizer, 'Ya, batalkan kegiatan');
    await organizer.getByText('Kegiatan dibatalkan.').waitFor();
    await inspect(organizer, 'event-cancelled');
    const page = await openLink(journey(), linkFor('LKSA Al-Hidayah'));
    expect(await title(page)).toBe('Kegiatan ini dibatalkan');
    await page.getByText('Gedung dipakai untuk pengungsi banjir.').waitFor();
  }, 30_000);
});
