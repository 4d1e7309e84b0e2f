import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

/** Runs in the page: everything that is folded away is unfolded, and then what is too small is named. */
const findTooSmall = `(() => {
  for (const part of document.querySelectorAll('details')) part.open = true;
  const isSeen = (element) => element.checkVisibility() && !element.closest('.visually-hidden');
  const name = (element, size) => element.tagName.toLowerCase() + ' “' + element.textContent.trim().slice(0, 40) + '”: ' + size;
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
  const texts = [...document.querySelectorAll('body *')]
    .filter((element) => hasText(element) && isSeen(element))
    .map((element) => [element, parseFloat(getComputedStyle(element).fontSize)])
    .filter(([, size]) => size < 16);
  const wanted = 'a, button, summary, select, textarea, label:has(input), input:not([type=hidden], [type=radio], [type=checkbox])';
  const targets = [...document.querySelectorAll(wanted)]
    .filter(isSeen)
    .map((element) => [element, element.getBoundingClientRect().height])
    .filter(([, height]) => height < 43.9);
  return [...texts, ...targets].map(([element, size]) => name(element, size));
})()`;

/** Text of at least 16 px and targets of at least 44 px (experience.md), also where the page is folded. */
export async function expectLargeEnough(page: Page): Promise<void> {
  await page.waitForLoadState();
  expect({ page: page.url(), small: await page.evaluate<string[]>(findTooSmall) }).toEqual({
    page: page.url(),
    small: [],
  });
}
