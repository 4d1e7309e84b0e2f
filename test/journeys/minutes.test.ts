import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import type { Office } from '../../src/features/offices/office.entity.js';
import { begin, lineOf, makeTable, write, type Table } from '../factories/minutes.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { describeJourney, desktop, signIn, type Journey } from '../support/browser.js';
import { inspect } from './support/inspect.js';

interface Room extends Table {
  office: Office;
  email: string;
  /** A browser of the secretary, at the minutes. */
  open(email?: string): Promise<Page>;
  texts(): Promise<string[]>;
}

/** Begun minutes of an event of their own, with two lines. */
async function makeRoom(journey: Journey): Promise<Room> {
  const office = await makeOffice(journey.db);
  const table = await makeTable(journey, office);
  await begin(table);
  const { email } = await makeUser(journey.db, office, ['secretary'], { name: 'Rina Notulis' });
  return {
    ...table,
    office,
    email,
    async open(who = email) {
      const page = await journey.open(desktop);
      await signIn(page, who, factoryPassword);
      await page.goto(table.at);
      return page;
    },
    async texts() {
      const rows = (await journey.db.query(
        `SELECT text FROM minutes_block WHERE event_id = $1 AND removed_at IS NULL ORDER BY position, id`,
        [table.eventId],
      )) as { text: string }[];
      return rows.map(({ text }) => text);
    },
  };
}

const saved = (page: Page, count = 1) =>
  page
    .locator('[data-line][data-saved=saved]')
    .nth(count - 1)
    .waitFor();
const box = (page: Page, clientId: string) => page.locator(`#text-${clientId}`);
const trouble = (page: Page) => page.locator('[data-trouble]');
/** Ends the sessions of a context, as time or an administrator would. */
const endSessions = (journey: Journey) => journey.db.query('DELETE FROM session');
const kept = (context: BrowserContext, page: Page) =>
  context.storageState().then(({ origins }) => {
    const { origin } = new URL(page.url());
    return origins.find((one) => one.origin === origin)?.localStorage ?? [];
  });

async function oneLine(room: Room, text = 'Asal'): Promise<string> {
  const line = lineOf({ clientId: randomUUID(), text });
  await write(room, line);
  return line.clientId;
}

describeJourney('a secretary writes in the room', (journey) => {
  test('with the keyboard alone: Enter, signs for the kind, a response, and everything saves itself', async () => {
    const room = await makeRoom(journey());
    const page = await room.open();
    await page.locator('[data-section=other] [data-add=discussion]').click();
    await page.keyboard.type('Pembahasan satu');
    await page.keyboard.press('Enter');
    await page.keyboard.type('? Anak asuh tidak diterima sekolah');
    await saved(page, 2);
    await page.locator('[data-add-response]:visible').last().click();
    await page.keyboard.type('Akan disampaikan');
    await page.locator('[data-section=other] [data-add=decision]').click();
    await page.keyboard.type('Disepakati');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('bersama');
    await saved(page, 4);
    const rows = await journey().db.query(
      `SELECT kind, text FROM minutes_block WHERE event_id = $1 ORDER BY position, id`,
      [room.eventId],
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        { kind: 'discussion', text: 'Pembahasan satu' },
        { kind: 'issue', text: 'Anak asuh tidak diterima sekolah' },
        { kind: 'response', text: 'Akan disampaikan' },
        { kind: 'decision', text: 'Disepakati\nbersama' },
      ]),
    );
    expect(rows).toHaveLength(4);
    expect(await page.locator('[data-status]').first().innerText()).toMatch(/Tersimpan \d\d\.\d\d/);
    await inspect(page, 'minutes-editor');
    await page.reload();
    await inspect(page, 'minutes-editor-again');
    expect(await room.texts()).toHaveLength(4);
    expect(await kept(page.context(), page)).toEqual([]);
  }, 60_000);

  test('and what is still missing before submission follows what is written, here and by a colleague', async () => {
    const room = await makeRoom(journey());
    await journey().db.query(`UPDATE minutes SET chair_name = '' WHERE event_id = $1`, [room.eventId]);
    const page = await room.open();
    const missing = page.locator('[data-missing] li');
    const [chair, lines] = ['nama ketua rapat', 'pembahasan atau keputusan'];
    expect(await missing.allInnerTexts()).toEqual([chair, expect.stringContaining(lines)]);
    await page.locator('[data-section=other] [data-add=discussion]').click();
    await page.keyboard.type('Pembahasan satu');
    await missing.getByText(lines).waitFor({ state: 'detached' });
    expect(await missing.allInnerTexts()).toEqual([chair]);
    await inspect(page, 'minutes-missing');
    await page.locator('[data-line] textarea').last().fill('');
    await missing.getByText(lines).waitFor();
    const head = {
      letterNumber: '',
      fromDate: '',
      fromTime: '',
      untilDate: '',
      untilTime: '',
      letterDate: '',
    };
    const { status } = await room.secretary.post(
      `${room.at}/head`,
      { ...head, version: '1', chairName: 'Budi Ketua' },
      `${room.at}/head`,
    );
    expect(status).toBe(303);
    await missing.getByText(chair).waitFor({ state: 'detached', timeout: 20_000 });
    await page.locator('[data-line] textarea').last().fill('Disepakati bersama');
    await page.locator('[data-missing]').waitFor({ state: 'hidden' });
  }, 60_000);

  test('while the network is down: it says so, keeps, and sends when it is back', async () => {
    const room = await makeRoom(journey());
    const line = await oneLine(room);
    const page = await room.open();
    await page.context().setOffline(true);
    await box(page, line).fill('Ditulis tanpa jaringan');
    await trouble(page).waitFor();
    expect(await trouble(page).innerText()).toContain('sambungan terputus');
    await page.context().setOffline(false);
    await saved(page);
    expect(await trouble(page).isVisible()).toBe(false);
    expect(await room.texts()).toEqual(['Ditulis tanpa jaringan']);
  }, 60_000);

  test('and closes the tab meanwhile: the text comes back, also that of a new line', async () => {
    const room = await makeRoom(journey());
    const line = await oneLine(room);
    const page = await room.open();
    await page.context().setOffline(true);
    await box(page, line).fill('Sebelum tab ditutup');
    await page.locator('[data-section=other] [data-add=decision]').click();
    await page.keyboard.type('Baris baru sebelum tab ditutup');
    await trouble(page).waitFor();
    const context = page.context();
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(room.at);
    await saved(again, 2);
    expect(await room.texts()).toEqual(['Sebelum tab ditutup', 'Baris baru sebelum tab ditutup']);
    expect(await kept(context, again)).toEqual([]);
  }, 60_000);

  test('when the session has ended: signing in again in another tab is enough', async () => {
    const room = await makeRoom(journey());
    const line = await oneLine(room);
    const page = await room.open();
    await endSessions(journey());
    await box(page, line).fill('Setelah sesi berakhir');
    await trouble(page).waitFor();
    expect(await trouble(page).innerText()).toContain('sesi Anda berakhir');
    const tab = await page.context().newPage();
    await signIn(tab, room.email, factoryPassword);
    expect(new URL(tab.url()).pathname).toBe('/');
    await saved(page);
    expect(await room.texts()).toEqual(['Setelah sesi berakhir']);
  }, 60_000);

  test('when the session has ended and the page is loaded again: sign-in leads back, and the text is there', async () => {
    const room = await makeRoom(journey());
    const line = await oneLine(room);
    const page = await room.open();
    await endSessions(journey());
    await box(page, line).fill('Sebelum dimuat ulang');
    await trouble(page).waitFor();
    await page.reload();
    await page.fill('input[name=email]', room.email);
    await page.fill('input[name=password]', factoryPassword);
    await page.click('main form[action="/session"] button');
    await page.waitForURL((url) => url.pathname === room.at);
    await saved(page);
    expect(await room.texts()).toEqual(['Sebelum dimuat ulang']);
  }, 60_000);

  test('on a shared computer: the next user sees nothing of it, and the first finds it again', async () => {
    const room = await makeRoom(journey());
    const line = await oneLine(room);
    const page = await room.open();
    await endSessions(journey());
    await box(page, line).fill('Rahasia orang pertama');
    await trouble(page).waitFor();
    const second = await makeUser(journey().db, room.office, ['secretary']);
    const tab = await page.context().newPage();
    await signIn(tab, second.email, factoryPassword);
    await tab.goto(room.at);
    await tab.waitForTimeout(1500);
    expect(await box(tab, line).inputValue()).toBe('Asal');
    await page.locator('[data-trouble]', { hasText: 'Orang lain' }).waitFor();
    expect(await room.texts()).toEqual(['Asal']);
    await page.close();
    // An answer on its way to the open page would bring the cookie back.
    await tab.goto('about:blank');
    await tab.context().clearCookies();
    await signIn(tab, room.email, factoryPassword);
    await tab.goto(room.at);
    await saved(tab);
    expect(await room.texts()).toEqual(['Rahasia orang pertama']);
  }, 60_000);

  test('and a colleague on the same line: both see both texts, and joining them keeps all that was typed', async () => {
    const room = await makeRoom(journey());
    const line = await oneLine(room);
    const [page, other] = [await room.open(), await room.open()];
    await box(page, line).fill('Dari meja satu');
    await saved(page);
    await box(other, line).fill('Dari meja dua');
    await other.locator('[data-conflict]').waitFor();
    expect(await other.locator('[data-conflict]').innerText()).toContain('Dari meja satu');
    expect(await box(other, line).inputValue()).toBe('Dari meja dua');
    await inspect(other, 'minutes-conflict');
    await other.locator('[data-use=both]').click();
    await saved(other);
    expect(await room.texts()).toEqual(['Dari meja satu\nDari meja dua']);
  }, 60_000);

  test('and a colleague on another line: each sees what the other wrote', async () => {
    const room = await makeRoom(journey());
    const lines = [await oneLine(room, 'satu'), await oneLine(room, 'dua')];
    const pages = [await room.open(), await room.open()];
    await Promise.all(pages.map((page, at) => box(page, lines[at] ?? '').fill(`dari ${at}`)));
    await Promise.all(pages.map((page) => saved(page)));
    expect(await room.texts()).toEqual(['dari 0', 'dari 1']);
    const second = box(pages[0] as Page, lines[1] ?? '');
    for (let n = 0; n < 60 && (await second.inputValue()) !== 'dari 1'; n += 1)
      await pages[0]?.waitForTimeout(250);
    expect(await second.inputValue()).toBe('dari 1');
  }, 60_000);

  /** Takes out a line, as a colleague would in their own browser. */
  const takeOut = async (page: Page, clientId: string) => {
    const line = page.locator(`#line-${clientId}`);
    await line.locator('summary').click();
    await line.getByRole('button', { name: 'Hapus baris' }).click();
    await page.getByText('Baris dihapus').waitFor();
  };

  test('and a colleague takes out another line: the cursor stays where it is', async () => {
    const room = await makeRoom(journey());
    const lines = [await oneLine(room, 'SATU'), await oneLine(room, 'DUA'), await oneLine(room, 'TIGA')];
    const [page, other] = [await room.open(), await room.open()];
    const third = box(page, lines[2] ?? '');
    await third.focus();
    await page.keyboard.press('End');
    await takeOut(other, lines[1] ?? '');
    await page.locator(`#line-${lines[1]}`).waitFor({ state: 'detached', timeout: 20_000 });
    await page.keyboard.type(' lanjut');
    await saved(page);
    expect(await room.texts()).toEqual(['SATU', 'TIGA lanjut']);
  }, 60_000);

  test('and a colleague takes out the issue that is being answered: the response stays, and brings it back', async () => {
    const room = await makeRoom(journey());
    const issue = lineOf({ clientId: randomUUID(), kind: 'issue', text: 'Izin belum terbit' });
    await write(room, issue);
    const [page, other] = [await room.open(), await room.open()];
    await page.locator('[data-add-response]:visible').click();
    await takeOut(other, issue.clientId);
    const note = page.locator('[data-removed-note]');
    await note.waitFor({ timeout: 20_000 });
    expect(await note.innerText()).toContain('dihapus Rina Notulis');
    await inspect(page, 'minutes-issue-removed');
    await page.keyboard.type('Akan dibantu dinas');
    const panel = page.locator('[data-conflict]');
    await panel.waitFor();
    expect(await panel.innerText()).toContain('Izin belum terbit');
    expect(await page.locator('[data-responses] textarea').inputValue()).toBe('Akan dibantu dinas');
    await inspect(page, 'minutes-issue-removed-answered');
    // Also when the page is loaded anew, on which the issue is no more.
    await page.reload();
    await panel.waitFor({ timeout: 20_000 });
    expect(await page.locator('[data-responses] textarea').inputValue()).toBe('Akan dibantu dinas');
    await panel.getByRole('button', { name: 'Kembalikan dan simpan' }).click();
    await saved(page, 2);
    await note.waitFor({ state: 'detached' });
    expect(await room.texts()).toEqual(['Izin belum terbit', 'Akan dibantu dinas']);
    expect(await kept(page.context(), page)).toEqual([]);
  }, 90_000);

  test('and gives up a line that a colleague took out: it does not come back by itself', async () => {
    const room = await makeRoom(journey());
    const lines = [await oneLine(room, 'SATU'), await oneLine(room, 'DUA')];
    const [page, other] = [await room.open(), await room.open()];
    await takeOut(other, lines[1] ?? '');
    await box(page, lines[1] ?? '').fill('DUA, diubah');
    await page.locator('[data-conflict] [data-use=theirs]').click();
    // Longer than the pause after which unsaved lines are sent again.
    await page.waitForTimeout(6000);
    expect(await room.texts()).toEqual(['SATU']);
    expect(await page.locator(`#line-${lines[1]}`).count()).toBe(0);
  }, 60_000);

  test('and a colleague makes a line an issue and answers it: both are seen, and responses keep their order', async () => {
    const room = await makeRoom(journey());
    const lines = [await oneLine(room, 'SATU'), await oneLine(room, 'DUA')];
    const [page, other] = [await room.open(), await room.open()];
    await box(page, lines[1] ?? '').focus();
    await page.keyboard.press('End');
    await box(other, lines[1] ?? '').focus();
    await other.keyboard.press('Home');
    await other.keyboard.type('? ');
    await other.locator(`#line-${lines[1]}[data-kind=issue]`).waitFor();
    for (const text of ['Tanggapan pertama', 'Tanggapan kedua']) {
      await other.locator('[data-add-response]:visible').click();
      await other.keyboard.type(text);
    }
    await saved(other, 2);
    const responses = page.locator('[data-responses] textarea');
    await responses.nth(1).waitFor({ timeout: 20_000 });
    expect(await page.locator(`#line-${lines[1]}`).getAttribute('data-kind')).toBe('issue');
    await page.keyboard.type(' lanjut');
    await saved(page, 3);
    expect(await room.texts()).toEqual(['SATU', 'DUA lanjut', 'Tanggapan pertama', 'Tanggapan kedua']);
  }, 60_000);

  test('after the minutes were closed: what did not get in is shown to copy', async () => {
    const room = await makeRoom(journey());
    const line = await oneLine(room);
    const page = await room.open();
    await room.secretary.post(`${room.at}/submission`, {}, room.at);
    await box(page, line).fill('Terlambat sedikit');
    await page.locator('[data-status]', { hasText: 'sudah diajukan' }).waitFor();
    await page.goto(room.at);
    await page.locator('[data-minutes-kept]').waitFor();
    expect(await page.locator('[data-kept-list]').innerText()).toContain('Terlambat sedikit');
    await page.locator('[data-kept-discard]').click();
    await page.reload();
    expect(await page.locator('[data-minutes-kept]').isVisible()).toBe(false);
  }, 60_000);

  test('without script: each line has its button, and a lost race shows both texts', async () => {
    const room = await makeRoom(journey());
    const line = await oneLine(room);
    const page = await journey().open({ ...desktop, javaScriptEnabled: false });
    await signIn(page, room.email, factoryPassword);
    await page.goto(room.at);
    await write(room, lineOf({ clientId: line, version: '1', text: 'Rekan lebih cepat' }));
    await box(page, line).fill('Tanpa skrip');
    await page.locator(`#line-${line} [data-save]`).click();
    await page.getByText('Rekan lebih cepat').first().waitFor();
    await page.getByRole('button', { name: 'Gabungkan' }).click();
    await page.waitForURL((url) => url.pathname === room.at);
    expect(await room.texts()).toEqual(['Rekan lebih cepat\nTanpa skrip']);
    await page.locator('[data-section=other] summary', { hasText: 'Tambah baris' }).click();
    const fresh = page.locator('[data-section=other] .line-new');
    await fresh.locator('select[name=kind]').selectOption('decision');
    await fresh.locator('textarea').fill('Keputusan tanpa skrip');
    await fresh.getByRole('button', { name: 'Simpan' }).click();
    await page.waitForURL((url) => url.pathname === room.at && url.hash.startsWith('#line-'));
    expect(await room.texts()).toContain('Keputusan tanpa skrip');
  }, 60_000);
});
