import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Journey } from '../../support/browser.js';
import { phone } from '../../support/browser.js';
import { press } from './organizer.js';

/** Someone of an institution with a phone whose scripts are off, before the page of their link. */
export async function openLink(journey: Journey, link: string): Promise<Page> {
  const page = await journey.open({ ...phone, javaScriptEnabled: false });
  await page.goto(link);
  return page;
}

/** Chooses how many come, where there is a choice, and taps the button. */
export async function accept(page: Page, people = 1, button: string | RegExp = 'Kami hadir'): Promise<void> {
  if (people > 1) await page.getByLabel(`${people} orang`).check();
  await press(page, button);
}

export const title = (page: Page) => page.locator('.verdict__title').first().innerText();

/** Everything that the page makes a phone load, uncompressed. */
export async function weightOf(page: Page, link: string): Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => sizes.push(response.body().then((body) => body.length)));
  await page.goto(link, { waitUntil: 'networkidle' });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** What, when, where, who, until when, and both buttons stand on the first screen. */
export async function expectOnFirstScreen(page: Page, texts: string[]): Promise<void> {
  const { height } = page.viewportSize() ?? { height: 0 };
  const places = [
    ...texts.map((text) => page.getByText(text).first()),
    page.getByRole('button', { name: 'Kami hadir' }),
    page.getByRole('button', { name: 'Berhalangan' }),
  ];
  for (const place of places) {
    const box = await place.boundingBox();
    expect(box && box.y + box.height).toBeLessThanOrEqual(height);
  }
}
