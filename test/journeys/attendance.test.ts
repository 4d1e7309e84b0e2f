import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openDoorOn, type Door, type Scene } from '../attendance/support.js';
import { factoryPassword, makeUser } from '../factories/people.js';
import { describeJourney, phone, signIn } from '../support/browser.js';
import { weightOf } from './support/delegate.js';
import { inspect } from './support/inspect.js';
import { press } from './support/organizer.js';
import { filmCodes } from './support/video.js';

const folder = mkdtempSync(join(tmpdir(), 'rembuk-camera-'));
const film = join(folder, 'codes.y4m');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const camera = [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
];

describeJourney(
  'the door',
  (journey) => {
    let door: Door;
    let scene: Scene;
    let page: Page;

    const addressOf = (n: number) =>
      `${journey().url}/d/${door.app.deps.links.token('delegate', scene.delegates[n]!.id, 1)}`;
    const codeOf = (n: number) => door.app.deps.links.doorCode(scene.delegates[n]!.id, 1);
    const marks = () =>
      door.rows<{ id: number; way: string }>(
        `SELECT delegate_id AS id, way FROM attendance_mark WHERE event_id = $1 ORDER BY id`,
        [scene.eventId],
      );

    beforeAll(async () => {
      door = await openDoorOn(journey());
      const title = 'Bimbingan Teknis Pengelolaan LKS';
      scene = await door.scene({ accepted: 8, seats: 8, title, at: '2026-03-20T00:50:30Z' });
      const { email } = await makeUser(journey().db, door.office, ['secretary']);
      page = await journey().open(phone);
      await signIn(page, email, factoryPassword);
    }, 60_000);

    test('the camera reads the codes that are held before it, one after another, through the real page', async () => {
      await filmCodes(film, [addressOf(0), addressOf(1), 'https://example.com/menu']);
      await page.goto(`${scene.session}/scan`);
      await inspect(page, 'attendance-scan');
      await press(page, 'Nyalakan kamera');
      await page.locator('.door--ok', { hasText: 'Ketua 1' }).waitFor();
      await page.locator('.door--ok', { hasText: 'Ketua 2' }).waitFor();
      await page.locator('.door--no', { hasText: 'Kode tidak dikenal' }).waitFor();
      await inspect(page, 'attendance-scan-camera');
      await press(page, 'Matikan kamera');
      const [first, second] = await marks();
      expect([first, second]).toEqual([
        { id: scene.delegates[0]!.id, way: 'qr' },
        { id: scene.delegates[1]!.id, way: 'qr' },
      ]);
    }, 60_000);

    test('a code typed without a network is kept, counted, and sent once it is back', async () => {
      await page.goto(`${scene.session}/scan`);
      const before = (await marks()).length;
      await page.context().setOffline(true);
      for (const n of [2, 3]) {
        await page.getByLabel('Kode pintu').fill(codeOf(n));
        await press(page, 'Catat');
        await page.locator('.door--wait', { hasText: 'Tersimpan di perangkat ini' }).waitFor();
      }
      await page.getByText('belum terkirim').waitFor();
      expect(await page.locator('[data-count]').innerText()).toBe('2');
      await inspect(page, 'attendance-scan-offline');
      expect(await marks()).toHaveLength(before);
      await page.context().setOffline(false);
      await page.locator('[data-unsent]').waitFor({ state: 'hidden' });
      expect((await marks()).slice(before)).toEqual([
        { id: scene.delegates[2]!.id, way: 'code' },
        { id: scene.delegates[3]!.id, way: 'code' },
      ]);
    }, 60_000);

    test('one tap in the list records without loading the page, says so aloud, and survives a dead network', async () => {
      await page.goto(`${scene.list}?show=waiting`);
      await inspect(page, 'attendance-list');
      await page.evaluate('window.isSamePage = true');
      const line = (n: number) => page.locator(`#orang-d${scene.delegates[n]!.id}`);
      await line(4).getByRole('button').click();
      await line(4).getByText('Hadir 08.50').waitFor();
      await page.locator('[aria-live=polite] .door--ok', { hasText: 'Ketua 5' }).waitFor();
      await page.context().setOffline(true);
      await line(5).getByRole('button').click();
      await line(5).getByText('Belum terkirim').waitFor();
      await page.context().setOffline(false);
      await page.locator('[data-unsent]').waitFor({ state: 'hidden' });
      expect(await page.evaluate('window.isSamePage')).toBe(true);
      await page.reload();
      expect(await line(5).count()).toBe(0);
      await page.goto(`${scene.session}/delegates/${scene.delegates[5]!.id}`);
      await inspect(page, 'attendance-person');
    }, 60_000);

    test('a helper’s page is light, works without script, and is as clear', async () => {
      await page.goto(scene.list);
      await page.getByLabel('Untuk siapa atau di mana').fill('Pintu utama');
      await press(page, 'Buat tautan');
      const link = await page.locator('#pembantu [data-copy]').first().getAttribute('data-copy');
      const helper = await journey().open({ ...phone, javaScriptEnabled: false });
      await helper.goto(link!);
      await helper.getByLabel('Kode pintu').fill(codeOf(6));
      await press(helper, 'Catat');
      await helper.locator('.door--ok', { hasText: 'Ketua 7' }).waitFor();
      const scripted = await journey().open(phone);
      expect(await weightOf(scripted, link!)).toBeLessThan(60_000);
      await inspect(scripted, 'attendance-helper');
    }, 60_000);

    test('a delegate finds the door code under the QR, and afterwards when they came', async () => {
      const delegate = await journey().open({ ...phone, javaScriptEnabled: false });
      await delegate.goto(addressOf(6));
      await delegate.getByText('Hadir 08.50').waitFor();
      const code = (await delegate.locator('.door-code').innerText()).replace('-', '');
      expect(code).toBe(codeOf(6));
      const scripted = await journey().open(phone);
      await scripted.goto(addressOf(6));
      await inspect(scripted, 'delegate-attended');
    }, 60_000);

    test('somebody who is not in the list is let in with two taps', async () => {
      await page.goto(`${scene.session}/walk-in`);
      await page.getByLabel('Nama LKS').fill('LKSA Uji');
      await press(page, 'Cari');
      await inspect(page, 'attendance-walk-in');
      await page
        .getByRole('link', { name: /^Pilih: LKSA Uji/ })
        .first()
        .click();
      await page.getByLabel('Nama', { exact: true }).fill('Datang Langsung');
      await press(page, 'Catat hadir');
      await page.getByText('Kursi kuota tidak cukup').first().waitFor();
      await inspect(page, 'attendance-walk-in-reason');
      await page.getByLabel('Alasan kursi tambahan').fill('utusan kabupaten');
      await press(page, 'Catat hadir');
      await page.getByText(/Datang Langsung, LKSA Uji \d+, Kursi tambahan 1: Hadir/).waitFor();
    }, 60_000);
  },
  { args: camera },
);
