import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { factoryPassword } from '../factories/people.js';
import { dayFromNow, makeHost, makeScene, type Scene } from '../factories/scenes.js';
import { markSent } from '../../src/features/invitations/invitations.repository.js';
import { formats } from '../../src/texts.js';
import { describeJourney, desktop, signIn } from '../support/browser.js';
import { inspect } from './support/inspect.js';
import { press } from './support/organizer.js';

describeJourney('an event moves to another hall, and who is late is reminded', (journey) => {
  let organizer: Page;
  let scene: Scene;
  let event: string;

  beforeAll(async () => {
    journey().clock.set(new Date().toISOString());
    const host = await makeHost(journey().deps);
    scene = await makeScene(host, {
      title: 'Bimtek Akreditasi',
      quota: { seats: 4 },
      institutions: [
        { name: 'LKSA Harapan', leader: { name: 'Siti Rahmah', phone: '+6281234567890' } },
        { name: 'LKSA Kasih Ibu' },
      ],
    });
    for (const id of scene.invitations)
      await markSent(journey().db, id, host.actor.userId, journey().clock.now());
    event = `/events/${scene.eventId}`;
    organizer = await journey().open(desktop);
    await signIn(organizer, host.email, factoryPassword);
  }, 60_000);

  test('the page of the place says who will be told, and the message lists before and after', async () => {
    await organizer.goto(`${event}/plan/place`);
    await organizer.getByText('2 LKS akan diberi tahu').waitFor();
    await inspect(organizer, 'plan-place-announced');
    await organizer.fill('input[name=venueName]', 'Gedung Wanita');
    await press(organizer, 'Simpan');
    await organizer.goto(`${event}/invitations/${scene.invitations[0]}`);
    const text = await organizer.locator('details .pre-line').first().textContent();
    expect(text).toContain('Tempat: Aula → Gedung Wanita');
    const whatsapp = await organizer.locator('a[href^="https://wa.me/"]').first().getAttribute('href');
    expect(decodeURIComponent(whatsapp ?? '')).toContain('Tempat: Aula → Gedung Wanita');
  }, 60_000);

  test('reminders are planned, changed, stopped for one and for all', async () => {
    await organizer.goto(`${event}/invitations`);
    await organizer.getByRole('link', { name: 'Pengingat' }).click();
    await inspect(organizer, 'reminders-planned');
    await organizer.fill('input[name=answer_first_days]', '10');
    await press(organizer, 'Simpan');
    await organizer.getByText('Tersimpan').first().waitFor();
    // Answer-by is in twenty days.
    const day = formats.id.shortDate(dayFromNow(10));
    expect(await organizer.locator('table').textContent()).toContain(`${day}, 08.00`);
    await organizer
      .getByRole('button', { name: /Jangan ingatkan.*LKSA Harapan/ })
      .first()
      .click();
    await organizer.getByText('LKS ini tidak akan diingatkan lagi.').waitFor();
    await organizer.getByText('Hentikan semua pengingat').first().click();
    await organizer.getByRole('button', { name: 'Hentikan semua pengingat' }).click();
    await organizer.getByText('Semua pengingat kegiatan ini dihentikan sejak').waitFor();
    await inspect(organizer, 'reminders-stopped');
  }, 60_000);

  test('the institution subscribes to its calendar without a script, and changes the address', async () => {
    const { links } = journey().deps;
    const page = await journey().open({ javaScriptEnabled: false });
    await page.goto(`/u/${links.token('invitation', scene.invitations[0]!, 1)}`);
    await page.getByText('Semua undangan di kalender Anda').click();
    const address = await page.locator('p.address').textContent();
    expect(address).toMatch(/\/c\/i\/[\w-]{32}\.ics$/);
    await page.getByRole('button', { name: 'Ganti alamat' }).click();
    await page.getByText('Alamat kalender lembaga Anda sudah diganti.').waitFor();
    expect(await page.locator('p.address').textContent()).not.toBe(address);
  }, 60_000);
});
