import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';

/** A way to a page; the empty address means that the way has led there already, and the page is not loaded again. */
export type Way = (page: Page) => Promise<string>;

const here = '';

/** Sends a form to `address` as the page that is open would. */
async function send(page: Page, address: string, form: Record<string, string>): Promise<void> {
  const token = await page.locator('main [name=_csrf]').first().getAttribute('value');
  const answer = await page.request.post(address, { form: { ...form, _csrf: token ?? '' } });
  if (!answer.ok()) throw new Error(`${address} answered ${answer.status()}`);
}

/** The page with everything open that opens on it. */
export const opened =
  (way: Way): Way =>
  async (page) => {
    await page.goto(await way(page));
    await page.evaluate('for (const part of document.querySelectorAll("main details")) part.open = true');
    return here;
  };

const aLine = '[data-line][data-id]';
const words = 'Berkas profil lembaga diperiksa bersama; sebagian LKS belum mempunyai program kerja tertulis.';

/** The page on which minutes are written, begun and with a few lines. */
export const beingWritten =
  (minutes: Way): Way =>
  async (page) => {
    const address = await minutes(page);
    await page.goto(address);
    if ((await page.locator(`form[action="${address}"]`).count()) > 0) await send(page, address, {});
    await page.goto(address);
    if ((await page.locator(aLine).count()) > 0) return address;
    const item = await page
      .locator('[data-agenda]:not([data-agenda=""])')
      .first()
      .getAttribute('data-agenda');
    const issue = randomUUID();
    const add = (kind: string, text: string, more: Record<string, string> = {}) =>
      send(page, `${address}/blocks`, {
        ...{ clientId: randomUUID(), version: '0', kind, text, agendaItemId: '', parent: '', after: '' },
        ...more,
      });
    const from = { person: 'Pengurus Contoh', origin: 'LKSA Contoh Kasih Ibu' };
    await add('opening', 'Fasilitator membuka kegiatan dan menjelaskan tujuan pendampingan.');
    await add('discussion', words, { agendaItemId: item ?? '', ...from });
    await add('issue', 'Izin operasional habis masa berlakunya, perpanjangan menunggu surat domisili.', {
      ...{ clientId: issue, agendaItemId: item ?? '' },
      ...from,
    });
    await add('response', 'Dinas membantu dengan surat pengantar.', {
      parent: issue,
      person: 'Penyuluh Contoh',
    });
    await add('decision', 'Setiap LKS melengkapi berkas sebelum hari ketiga.', { agendaItemId: item ?? '' });
    return address;
  };

/** Somebody else saves a line first. @returns the version that the open page still believes in */
async function changedByAnother(page: Page, minutes: Way): Promise<string> {
  await page.goto(await beingWritten(minutes)(page));
  const form = page.locator(`${aLine} form.line__form`).nth(1);
  const value = (name: string) => form.locator(`[name=${name}]`).first().inputValue();
  const names = ['clientId', 'version', 'kind', 'agendaItemId', 'parent', 'person', 'origin'];
  const fields = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await value(name)] as const)),
  );
  const text = `${words} Disepakati contoh program kerja dibagikan (${randomUUID().slice(0, 4)}).`;
  await send(page, (await form.getAttribute('action')) ?? '', { ...fields, text });
  return fields.version ?? '';
}

/** What the second of two writers sees beside the line. */
export const conflictAtLine =
  (minutes: Way): Way =>
  async (page) => {
    await changedByAnother(page, minutes);
    await page
      .locator(`${aLine} textarea`)
      .nth(1)
      .fill('Berkas diperiksa, hasilnya dicatat pada daftar periksa.');
    await page.locator('[data-conflict]').waitFor();
    return here;
  };

/** The same without a script: a page with both texts. */
export const conflictPage =
  (minutes: Way): Way =>
  async (page) => {
    await changedByAnother(page, minutes);
    await Promise.all([
      page.waitForEvent('load'),
      page.evaluate(`document.querySelectorAll('${aLine} form.line__form')[1].submit()`),
    ]);
    return here;
  };

/** A helper's page at the door, by a link that is made for it. */
export const helperAt =
  (attendance: Way): Way =>
  async (page) => {
    const address = await attendance(page);
    await page.goto(address);
    const link = page.locator('#pembantu [data-copy*="/s/"]').first();
    if ((await link.count()) === 0) await send(page, `${address}/scan-links`, { label: 'Meja pendaftaran' });
    await page.goto(address);
    const found = await link.getAttribute('data-copy');
    if (!found) throw new Error('no helper has a link');
    return found;
  };

/** What the door says to a code that was typed. */
export const scannedAt =
  (door: Way, code: string): Way =>
  async (page) => {
    await page.goto(await door(page));
    await page.fill('[name=code]', code);
    await page.click('[data-code-form] button:not([type=button])');
    await page.locator('.door__what').first().waitFor();
    return here;
  };

/** The WhatsApp queue with a message before whoever looks; as another colleague left it, or begun now. */
export const atQueue =
  (queue: Way): Way =>
  async (page) => {
    const address = await queue(page);
    await page.goto(address);
    if ((await page.locator('#lks').count()) === 0) await send(page, `${address}/claim`, {});
    return address;
  };
