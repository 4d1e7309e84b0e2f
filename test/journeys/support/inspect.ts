import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expectNoSideScroll, expectNoViolations } from '../../support/browser.js';

/** Set to a folder to keep a picture of every page that a journey inspects. */
const picturesDir = process.env.JOURNEY_PICTURES;
if (picturesDir) mkdirSync(picturesDir, { recursive: true });

/** The page is free of obstacles, in light and in dark, and fits the width of the screen. */
export async function inspect(page: Page, name: string): Promise<void> {
  await expectNoSideScroll(page);
  const { width } = page.viewportSize() ?? { width: 0 };
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // What is dark differs in nothing but its colours.
    await expectNoViolations(page, colorScheme === 'dark' ? ['color-contrast'] : undefined);
    if (picturesDir)
      await page.screenshot({
        path: join(picturesDir, `${name}-${width}-${colorScheme}.png`),
        fullPage: true,
      });
  }
  await page.emulateMedia({ colorScheme: null });
}
