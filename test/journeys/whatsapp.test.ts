import { beforeAll, expect, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { findActor } from '../../src/features/accounts/actor.repository.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeInvitations, makeSeats } from '../factories/invitations.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { describeJourney, desktop, phone, signIn } from '../support/browser.js';
import { inspect } from './support/inspect.js';
import { press } from './support/organizer.js';

describeJourney('the WhatsApp queue, with one thumb', (journey) => {
  let office: Office;
  let event: string;
  let path: string;
  let names: string[];

  /** An event whose invitations wait to be passed on. */
  async function untold(count: number): Promise<void> {
    const { db } = journey();
    const user = await makeUser(db, office);
    const actor = (await findActor(db, user.id, office.id)) as OfficeActor;
    const id = await makeEvent(db, office, { title: 'Bimtek Manajemen Kasus' });
    await makeSeats(journey(), actor, id, count);
    names = Array.from({ length: count }, (_, n) => `Panti ${id} Ke-${n + 1}`);
    const institutions: number[] = [];
    for (const [n, name] of names.entries())
      institutions.push(
        await makeInstitution(db, office, {
          name,
          leader: { name: `Ketua ${n}`, phone: `+6281200000${n}00` },
        }),
      );
    await makeInvitations(journey(), actor, id, institutions);
    event = `/events/${id}`;
    path = `${event}/invitations/whatsapp`;
  }

  async function colleague(options: BrowserContextOptions = phone): Promise<Page> {
    const { email } = await makeUser(journey().db, office);
    const page = await journey().open(options);
    await signIn(page, email, factoryPassword);
    await page.goto(path);
    return page;
  }

  const before = (page: Page) => page.locator('#lks').innerText();

  beforeAll(async () => {
    office = await makeOffice(journey().db, { shortName: 'Dinsos Kalsel' });
  });

  test('five LKS, each with two taps in the same place, and the end says so', async () => {
    await untold(5);
    const page = await colleague();
    await page.context().route('https://wa.me/**', (route) => route.fulfill({ body: 'WhatsApp' }));
    await inspect(page, 'whatsapp-begin');
    await press(page, 'Mulai kirim');
    const places = new Set<string>();
    for (const [n, name] of names.entries()) {
      expect(await before(page)).toBe(name);
      await page.getByText(`${n} dari 5 LKS sudah dikirimi`).first().waitFor();
      const open = page.getByRole('link', { name: 'Buka WhatsApp' });
      const [chat] = await Promise.all([page.context().waitForEvent('page'), open.click()]);
      expect(chat.url()).toContain(`https://wa.me/6281200000${n}00?text=`);
      await chat.close();
      const sent = page.getByRole('button', { name: 'Terkirim', exact: true });
      // Both stand on the first screen, and in the same place for every LKS.
      const boxes = [await open.boundingBox(), await sent.boundingBox()];
      for (const box of boxes) {
        expect(box?.height).toBeGreaterThanOrEqual(44);
        expect(box && box.y + box.height).toBeLessThanOrEqual(844);
      }
      places.add(boxes.map((box) => Math.round(box?.y ?? 0)).join());
      if (n === 0) await inspect(page, 'whatsapp-card');
      await sent.click();
    }
    expect(places.size).toBe(1);
    await page.getByRole('heading', { name: 'Tidak ada pesan yang menunggu dikirim' }).waitFor();
    await inspect(page, 'whatsapp-done');
    await press(page, /^Batalkan/);
    expect(await before(page)).toBe(names[4]);
  }, 60_000);

  test('with the keyboard alone: Enter opens WhatsApp, Enter again says that it is sent', async () => {
    await untold(2);
    const page = await colleague(desktop);
    await page.context().route('https://wa.me/**', (route) => route.fulfill({ body: 'WhatsApp' }));
    await page.keyboard.press('Enter');
    for (const name of names) {
      await page.locator('#lks', { hasText: name }).waitFor();
      // The focus is moved by a script, which comes after the words.
      await page.waitForLoadState();
      const [chat] = await Promise.all([page.context().waitForEvent('page'), page.keyboard.press('Enter')]);
      await chat.close();
      await page.bringToFront();
      await page.locator('#sent:focus').waitFor();
      await page.keyboard.press('Enter');
    }
    await page.getByRole('heading', { name: 'Tidak ada pesan yang menunggu dikirim' }).waitFor();
  }, 60_000);

  test('two colleagues at once share the LKS between them, one of them without a script', async () => {
    await untold(6);
    const pages = [await colleague(), await colleague({ ...phone, javaScriptEnabled: false })];
    await Promise.all(pages.map((page) => press(page, 'Mulai kirim')));
    const told: string[][] = [[], []];
    for (let round = 0; round < 3; round += 1)
      await Promise.all(
        pages.map(async (page, who) => {
          await page.waitForLoadState();
          told[who]?.push(await before(page));
          await Promise.all([
            page.waitForEvent('load'),
            page.getByRole('button', { name: 'Terkirim', exact: true }).click(),
          ]);
        }),
      );
    expect(told.flat().sort()).toEqual([...names].sort());
    for (const page of pages)
      await page.getByRole('heading', { name: 'Tidak ada pesan yang menunggu dikirim' }).waitFor();
  }, 60_000);

  test('a wrong number is told, a round is written, and the list shows whom to call', async () => {
    await untold(2);
    const page = await colleague();
    await press(page, 'Mulai kirim');
    await press(page, 'Nomor salah');
    await page.getByText('Tidak ada nomor lain yang dikenal').waitFor();
    await inspect(page, 'whatsapp-no-number');
    await press(page, 'Terkirim');
    await page.locator('#lks', { hasText: names[1] ?? '' }).waitFor();
    await press(page, 'Terkirim');
    await page.getByRole('link', { name: 'Putaran baru' }).first().click();
    await page.getByRole('heading', { name: '2 LKS akan dikirimi' }).waitFor();
    await inspect(page, 'whatsapp-round');
    await press(page, 'Masukkan 2 pesan ke antrean');
    await page.getByText('2 pesan masuk ke antrean.').waitFor();
    await page.goto(`${event}/invitations/unanswered`);
    await page.getByRole('rowheader', { name: 'Kota Banjarmasin: 2 LKS' }).waitFor();
    await page.getByRole('link', { name: names[1] ?? '' }).click();
    journey().clock.forward(0.1);
    await page.getByText('Catat telepon').click();
    await page.getByLabel('Hasil').selectOption('will_answer');
    await page.locator('#call-text').fill('Besok sesudah rapat');
    await page.locator('#telepon').getByRole('button', { name: 'Simpan' }).click();
    await page.getByText('Ditelepon: akan menjawab').waitFor();
    await inspect(page, 'invitation-called');
    await page.goto(`${event}/invitations/unanswered`);
    await page.getByText('Ditelepon: akan menjawab').waitFor();
  }, 60_000);
});
