import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inspect } from './inspect.js';

/** Goes to each page in turn and names every one that is not as it should be. */
export async function walk(page: Page, pages: Record<string, string>): Promise<void> {
  const problems: unknown[] = [];
  for (const [name, address] of Object.entries(pages)) {
    const status = (await page.goto(address))?.status();
    if (status !== (name === 'not-found' ? 404 : 200)) problems.push(`${name} answers ${status}`);
    await inspect(page, name).catch((error: unknown) => problems.push(error));
  }
  expect(problems).toEqual([]);
}

/** Opens everything on the page that is folded away: forms above all. */
const unfold = (page: Page): Promise<void> =>
  page.evaluate(`for (const part of document.querySelectorAll('main details')) part.open = true;`);

/** Sends the form to that address with all that was typed or chosen taken out of it, past the browser's own checks. */
async function sendEmpty(page: Page, action: string): Promise<number | undefined> {
  const [response] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === 'POST'),
    page.waitForEvent('load'),
    page.evaluate(`(() => {
      const wanted = ${JSON.stringify(action)};
      const form = [...document.querySelectorAll('main form')]
        .find((one) => (one.getAttribute('action') || '').replace(/[0-9]+$/, '').endsWith(wanted) && !one.querySelector('[name=id]:not([value=""])'));
      if (!form) throw new Error('no form to ' + wanted);
      for (const field of form.querySelectorAll('input:not([type=hidden]), textarea, select')) field.value = '';
      HTMLFormElement.prototype.submit.call(form);
    })()`),
  ]);
  return response.status();
}

/**
 * The same with every form unfolded, and then with forms that come back: sent empty, they say what to mend.
 * @param wrong by the name of a page, the ends of the addresses of its forms that cannot be empty
 */
export async function walkThroughForms(
  page: Page,
  pages: Record<string, string>,
  wrong: Record<string, string[]> = {},
): Promise<void> {
  const problems: unknown[] = [];
  const look = (name: string) => inspect(page, name).catch((error: unknown) => problems.push(error));
  for (const [name, address] of Object.entries(pages)) {
    const status = (await page.goto(address))?.status();
    if (status !== 200) problems.push(`${name} answers ${status}`);
    await unfold(page);
    await look(name);
    for (const action of wrong[name] ?? []) {
      await page.goto(address);
      const answered = await sendEmpty(page, action);
      if (answered !== 422) problems.push(`${name} ${action} answers ${answered}`);
      await look(`${name}${action.replaceAll('/', '-')}-wrong`);
    }
  }
  expect(problems).toEqual([]);
}
