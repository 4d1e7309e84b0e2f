import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expectNoSideScroll, expectNoViolations } from '../../support/browser.js';

/** Set to a folder to keep a picture of every page that a journey inspects. */
const picturesDir = process.env.JOURNEY_PICTURES;
if (picturesDir) mkdirSync(picturesDir, { recursive: true });

/**
 * The page is free of obstacles and fits the width of the screen; on a phone in dark too: a desktop has the same
 * colours.
 */
export async function inspect(page: Page, name: string): Promise<void> {
  // Before its styles have come a page shows what belongs to other screens.
  await page.waitForLoadState();
  await expectNoSideScroll(page);
  await expectNoViolations(page);
  const { width } = page.viewportSize() ?? { width: 0 };
  const keep = async (scheme: string) => {
    if (picturesDir)
      await page.screenshot({ path: join(picturesDir, `${name}-${width}-${scheme}.png`), fullPage: true });
  };
  await keep('light');
  if (width > 700 && !picturesDir) return;
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoViolations(page, ['color-contrast']);
  await keep('dark');
  await page.emulateMedia({ colorScheme: null });
}
