import type { Locator, Page } from 'playwright-core';
import { press } from './organizer.js';

export async function beginMinutes(page: Page, minutes: string): Promise<void> {
  await page.goto(minutes);
  await press(page, 'Mulai notula');
  await page.locator('[data-minutes]').waitFor();
}

interface Said {
  kind: 'opening' | 'discussion' | 'issue' | 'decision';
  text: string;
  person?: string;
  origin?: string;
}

const saved = (page: Page) =>
  page
    .locator('[data-line]:not([data-id]), [data-line][data-saved]:not([data-saved=saved])')
    .first()
    .waitFor({ state: 'detached' });

/** Who said it stands before the text: back with the keyboard, and on. */
async function nameSpeaker(page: Page, fields: (string | undefined)[]): Promise<void> {
  for (const field of fields) {
    await page.keyboard.press('Shift+Tab');
    if (field) await page.keyboard.type(field);
  }
}

/** Types a line at the end of a section, as its heading calls it, and waits until it has saved itself. */
export async function typeLine(page: Page, heading: string | RegExp, line: Said): Promise<void> {
  const section = page.getByRole('region', { name: heading });
  await section.locator(`[data-add=${line.kind}]`).click();
  await page.keyboard.type(line.text);
  if (line.kind === 'opening') await nameSpeaker(page, [line.person]);
  else if (line.person || line.origin) await nameSpeaker(page, [line.origin, line.person]);
  await page.keyboard.press('Control+s');
  await saved(page);
}

/** Types what is answered to the last issue of a section. */
export async function typeResponse(
  page: Page,
  heading: string | RegExp,
  text: string,
  person: string,
): Promise<void> {
  await page.getByRole('region', { name: heading }).locator('[data-add-response]:visible').last().click();
  await page.keyboard.type(text);
  await nameSpeaker(page, [person]);
  await page.keyboard.press('Control+s');
  await saved(page);
}

/** Fills a row of "Daftar dan data" by its labels, and sends it. */
export async function addRow(page: Page, button: string, fields: Record<string, string>): Promise<void> {
  const panel = page.locator('details', { has: page.locator('summary', { hasText: button }) });
  if ((await panel.getAttribute('open')) === null) await panel.locator('summary').click();
  for (const [label, value] of Object.entries(fields)) {
    const field = panel.getByLabel(new RegExp(`^${label}( \\(.+\\))?$`));
    if (label === 'LKS') await choose(field, value);
    else await field.fill(value);
  }
  await Promise.all([page.waitForEvent('load'), panel.getByRole('button', { name: 'Simpan' }).click()]);
}

async function choose(field: Locator, text: string): Promise<void> {
  await field.selectOption(await field.locator('option', { hasText: text }).getAttribute('value'));
}

export async function submitMinutes(page: Page, minutes: string): Promise<void> {
  await page.goto(minutes);
  await page.locator('summary', { hasText: 'Ajukan untuk disetujui' }).click();
  await press(page, 'Ya, ajukan');
  await page.getByText('Notula diajukan kepada pimpinan.').waitFor();
}

/** The leader approves the page that is open. */
export async function approveMinutes(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Setujui', exact: true }).click();
  await page.getByText('Notula disetujui dan dikunci.').waitFor();
}

export async function publishMinutes(page: Page, minutes: string): Promise<void> {
  await page.goto(minutes);
  await press(page, 'Terbitkan');
  await page.getByText('Notula terbit untuk LKS yang hadir.').waitFor();
}
