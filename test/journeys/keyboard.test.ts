import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { describeJourney, desktop, signIn } from '../support/browser.js';

interface Focused {
  text: string;
  outline: string;
}

/** What has the focus now, and how it shows. */
const focused = (page: Page) =>
  page.evaluate<Focused>(
    `(() => {
      const at = document.activeElement;
      const label = at.labels && at.labels[0] ? at.labels[0].innerText : at.innerText;
      return { text: label.trim(), outline: getComputedStyle(at).outlineStyle };
    })()`,
  );

/** Presses Tab until the focus is on what has this name, and sees that it shows all the way. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press('Tab');
    const { text, outline } = await focused(page);
    expect(`${text}: ${outline}`).toBe(`${text}: solid`);
    if (text.startsWith(name)) return;
  }
  throw new Error(`Tab never reached "${name}" on ${page.url()}`);
}

describeJourney('with the keyboard alone', (journey) => {
  test('an organizer skips the menu, plans an event and saves it', async () => {
    const user = await makeUser(journey().db, await makeOffice(journey().db));
    const page = await journey().open(desktop);
    await signIn(page, user.email, factoryPassword);
    await page.goto('/');
    await tabTo(page, 'Langsung ke isi');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Kegiatan baru');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/events\/new$/);
    await tabTo(page, 'Judul kegiatan');
    await page.keyboard.type('Rapat Koordinasi LKS');
    await tabTo(page, 'Hari pertama');
    // Day and month stand in the order of the browser's language; one pair reads the same both ways.
    await page.keyboard.type('04042026');
    await tabTo(page, 'Nama tempat');
    await page.keyboard.type('Aula Dinas Sosial');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/events\/\d+\/plan/);
    await tabTo(page, 'Langsung ke isi');
    await tabTo(page, 'Kuota');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/quota$/);
    await tabTo(page, 'Kursi untuk delegasi LKS');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('12');
    await page.keyboard.press('Enter');
    await page.getByText('Tersimpan: 12 kursi.').waitFor();
  }, 60_000);
});
