import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openDoorOn, type Door, type Scene } from '../attendance/support.js';
import { factoryPassword, makeUser } from '../factories/people.js';
import { describeJourney, phone, signIn } from '../support/browser.js';
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

/** Not among the letters and digits of codes that exist. */
const unknownCode = 'ZZZ-ZZZ';

describeJourney(
  'the door in trouble',
  (journey) => {
    let door: Door;
    let scene: Scene;
    let email: string;
    let page: Page;

    const addressOf = (n: number) =>
      `${journey().url}/d/${door.app.deps.links.token('delegate', scene.delegates[n]!.id, 1)}`;
    const codeOf = (n: number) => door.app.deps.links.doorCode(scene.delegates[n]!.id, 1);
    const marksOf = (n: number) =>
      door.rows('SELECT id FROM attendance_mark WHERE delegate_id = $1', [scene.delegates[n]!.id]);
    const type = async (code: string, on = page) => {
      await on.getByLabel('Kode pintu').fill(code);
      await press(on, 'Catat');
    };
    const late = (on = page) => on.locator('[data-late]');
    const said = (text: string) => page.locator('[data-door] .door', { hasText: text });
    const recent = (text: string) => page.locator('[data-recent] li', { hasText: text });

    beforeAll(async () => {
      door = await openDoorOn(journey());
      scene = await door.scene({ accepted: 10, seats: 10, at: '2026-03-20T00:50:30Z' });
      ({ email } = await makeUser(journey().db, door.office, ['secretary']));
      await filmCodes(film, [addressOf(0), addressOf(1)]);
    }, 60_000);

    beforeEach(async () => {
      page = await journey().open(phone);
      await signIn(page, email, factoryPassword);
      await page.goto(`${scene.session}/scan`);
    });

    test('a code that is refused once it is sent is told, until somebody has read it', async () => {
      await page.context().setOffline(true);
      await type(unknownCode);
      await said('Tersimpan di perangkat ini').waitFor();
      await page.context().setOffline(false);
      await late().waitFor();
      expect(await late().innerText()).toMatch(/Kode tidak dikenal\s+ZZZ-ZZZ \d+ \w+/);
      await said('Kode tidak dikenal').waitFor();
      expect(await page.locator('[data-unsent]').isVisible()).toBe(false);
      await page.reload();
      await late().waitFor();
      await inspect(page, 'attendance-scan-late');
      await page.getByRole('button', { name: /^Sudah dibaca ZZZ-ZZZ/ }).click();
      await late().waitFor({ state: 'hidden' });
      await page.reload();
      expect(await late().isVisible()).toBe(false);
    }, 60_000);

    test('so is one whose helper’s link has been ended meanwhile', async () => {
      await door.secretary.post(`${scene.list}/scan-links`, { label: 'Pintu' }, scene.list);
      const [link] = await door.rows<{ id: number }>('SELECT max(id) AS id FROM scan_link');
      const helper = await journey().open(phone);
      await helper.goto(`/s/${door.app.deps.links.token('scan', link!.id, 1)}`);
      await helper.context().setOffline(true);
      await type(codeOf(2), helper);
      await helper.getByText('Tersimpan di perangkat ini', { exact: true }).waitFor();
      await door.secretary.post(`${scene.list}/scan-links/${link!.id}/revocation`, {}, scene.list);
      await helper.context().setOffline(false);
      await late(helper).waitFor();
      expect(await late(helper).innerText()).toContain('sudah tidak berlaku');
      expect(await late(helper).innerText()).toContain(codeOf(2));
      await inspect(helper, 'attendance-helper-late');
      expect(await marksOf(2)).toEqual([]);
    }, 60_000);

    test('what was kept while the session ended is sent after the sign-in, and both ends are told', async () => {
      await journey().db.query('DELETE FROM session');
      for (const code of [codeOf(3), unknownCode]) {
        await type(code);
        await said('Tersimpan di perangkat ini').waitFor();
      }
      await signIn(page, email, factoryPassword);
      await page.goto(`${scene.session}/scan`);
      await recent('Ketua 4: Hadir').waitFor();
      await late().getByText('Kode tidak dikenal').waitFor();
      expect(await page.locator('[data-recent] li').count()).toBe(1);
      expect(await marksOf(3)).toHaveLength(1);
    }, 60_000);

    test('while an answer is long in coming the last one is gone from the door, and a mark is kept in the end', async () => {
      await type(codeOf(4));
      await said('Ketua 5').waitFor();
      // Nothing ever comes back.
      await page.route('**/scan', () => undefined);
      await type(codeOf(5));
      await said('Mengirim').waitFor({ timeout: 1000 });
      expect(await page.locator('[data-door]').innerText()).not.toContain('Ketua 5');
      await inspect(page, 'attendance-scan-sending');
      await said('Tersimpan di perangkat ini').waitFor({ timeout: 9000 });
      await page.unroute('**/scan');
      await press(page, 'Kirim sekarang');
      await said('Ketua 6').waitFor();
      await recent('Ketua 6: Hadir').waitFor();
      expect(await marksOf(5)).toHaveLength(1);
    }, 60_000);

    test('the camera goes on reading while an answer is awaited, and that answer takes nobody’s place', async () => {
      const held: (() => void)[] = [];
      await page.route('**/scan', async (route) => {
        const isFirst = route
          .request()
          .postData()
          ?.includes(encodeURIComponent(addressOf(0)));
        if (isFirst) await new Promise<void>((resolve) => held.push(resolve));
        await route.continue().catch(() => undefined);
      });
      await press(page, 'Nyalakan kamera');
      await said('Mengirim').waitFor();
      while (held.length === 0) await page.waitForTimeout(100);
      await said('Ketua 2').waitFor({ timeout: 6000 });
      await press(page, 'Matikan kamera');
      for (const go of held) go();
      await recent('Ketua 1: Hadir').waitFor({ timeout: 20_000 });
    }, 60_000);

    test('where the browser refuses to keep anything it is sent all the same, and said when that fails, too', async () => {
      await page.addInitScript(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      });
      await page.reload();
      await type(codeOf(6));
      await said('Ketua 7').waitFor();
      await page.context().setOffline(true);
      await type(codeOf(7));
      await said('Belum terkirim dan tidak tersimpan').waitFor();
      await page.locator('[data-unkept-note]').waitFor();
      expect(await page.locator('[data-kept-note]').isVisible()).toBe(false);
      await inspect(page, 'attendance-scan-unkept');
      await page.context().setOffline(false);
      await said('Ketua 8').waitFor();
      await page.goto(`${scene.list}?show=waiting`);
      const line = page.locator(`#orang-d${scene.delegates[8]!.id}`);
      await line.getByRole('button').click();
      await line.getByText('Hadir 08.50').waitFor();
    }, 60_000);

    test('a tap in the list that is refused later names the person, to nobody else', async () => {
      await page.goto(`${scene.list}?show=waiting`);
      await page.context().setOffline(true);
      const line = page.locator(`#orang-d${scene.delegates[9]!.id}`);
      await line.getByRole('button').click();
      await line.getByText('Belum terkirim').waitFor();
      await door.rows(`UPDATE delegate SET state = 'released' WHERE id = $1`, [scene.delegates[9]!.id]);
      await page.context().setOffline(false);
      await late().getByText('Kursi sudah dikembalikan').waitFor();
      expect(await late().innerText()).toContain('Ketua 10');
      await inspect(page, 'attendance-list-late');
      const { email: colleague } = await makeUser(journey().db, door.office, ['secretary']);
      await page.context().clearCookies();
      await signIn(page, colleague, factoryPassword);
      await page.goto(`${scene.session}/scan`);
      await page.locator('[data-camera-on]').waitFor();
      expect(await late().isVisible()).toBe(false);
    }, 60_000);

    test('where the reader of codes cannot come the page says so, and the camera is off again', async () => {
      await page.evaluate(`
        window.streams = [];
        const devices = navigator.mediaDevices;
        const open = devices.getUserMedia.bind(devices);
        devices.getUserMedia = async (wish) => { const one = await open(wish); window.streams.push(one); return one; };
      `);
      const live = () =>
        page.evaluate<number>(
          'streams.flatMap((one) => one.getTracks()).filter((one) => one.readyState === "live").length',
        );
      for (const file of ['**/qr-reader-*.js', '**/*.wasm']) {
        await page.route(file, (route) => route.abort());
        const button = page.locator('[data-camera-on]');
        // Twice, as an impatient thumb does.
        await button.evaluate((one: HTMLElement) => {
          one.click();
          one.click();
        });
        await page.getByText('Pembaca kode QR tidak dapat dimuat').waitFor();
        expect(await button.isEnabled()).toBe(true);
        expect(await page.locator('[data-point]').isVisible()).toBe(false);
        expect(await live()).toBe(0);
        await inspect(page, 'attendance-scan-readerless');
        await page.unroute(file);
      }
      expect(await page.evaluate('streams.length')).toBe(2);
      await press(page, 'Nyalakan kamera');
      await page.locator('[data-point]').waitFor();
      await page.locator('[data-door] .door', { hasText: /Ketua [12]/ }).waitFor();
      await press(page, 'Matikan kamera');
      expect(await live()).toBe(0);
    }, 60_000);
  },
  { args: camera },
);
