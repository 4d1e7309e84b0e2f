import { beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import type { Page } from 'playwright-core';
import { findActor } from '../../src/features/accounts/actor.repository.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { describeJourney, screens, signIn } from '../support/browser.js';
import { makeSituation } from './support/situations.js';

/**
 * How much ink closes the band on each side, where its seats are free: seen in a picture of it. A line that falls between
 * two pixels is as much ink as one that fills its own.
 */
async function closingLines(page: Page): Promise<Record<string, number>> {
  const picture = await page.locator('.strip__band').first().screenshot();
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const at = (x: number, y: number) => data[y * width + x] ?? 0;
  // Of the band's three seats: the middle of the first and of the last one.
  const [first, last, middle] = [Math.round(width / 6), Math.round((width * 5) / 6), Math.round(height / 2)];
  const ink = (pixels: number[]) =>
    pixels.reduce((sum, value) => sum + Math.abs(value - at(first, middle)), 0);
  const outer = [0, 1, 2, 3, 4, 5];
  return {
    left: ink(outer.map((step) => at(step, middle))),
    right: ink(outer.map((step) => at(width - 1 - step, middle))),
    top: ink(outer.map((step) => at(last, step))),
    bottom: ink(outer.map((step) => at(last, height - 1 - step))),
  };
}

describeJourney('the strip of seats', (journey) => {
  let actor: OfficeActor;
  let email: string;
  let link: string;

  beforeAll(async () => {
    const office = await makeOffice(journey().db);
    const user = await makeUser(journey().db, office);
    email = user.email;
    actor = (await findActor(journey().db, user.id, office.id)) as OfficeActor;
    ({ link } = await makeSituation(journey(), actor, { name: 'open', seats: 3 }));
  }, 30_000);

  test.each(Object.entries(screens))(
    'closes its free seats on every side, in light and dark, on a %s',
    async (_name, screen) => {
      const page = await journey().open(screen);
      await signIn(page, email, factoryPassword);
      for (const address of ['/events', '/', link])
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await page.goto(address);
          const lines = await closingLines(page);
          const whole = Math.max(...Object.values(lines));
          expect(whole).toBeGreaterThan(80);
          // A line that is cut lengthwise has half of it, one that is missing nothing.
          for (const [side, amount] of Object.entries(lines))
            expect({ address, colorScheme, side, share: amount / whole > 0.75 }).toMatchObject({
              share: true,
            });
        }
    },
    60_000,
  );
});
