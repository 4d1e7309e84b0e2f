import { expect, test } from '@jest/globals';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import {
  describeJourney,
  expectNoSideScroll,
  expectNoViolations,
  screens,
  signIn,
} from '../support/browser.js';

describeJourney('someone signs in', (journey) => {
  test.each(Object.entries(screens))(
    'on a %s, and finds the pages free of obstacles',
    async (_name, screen) => {
      const user = await makeUser(journey().db, await makeOffice(journey().db));
      const page = await journey().open(screen);
      await page.goto('/');
      expect(new URL(page.url()).pathname).toBe('/session');
      await expectNoViolations(page);
      await expectNoSideScroll(page);
      await signIn(page, user.email, factoryPassword);
      expect(new URL(page.url()).pathname).toBe('/');
      await expectNoViolations(page);
      await expectNoSideScroll(page);
    },
  );

  test('with script off', async () => {
    const user = await makeUser(journey().db, await makeOffice(journey().db));
    const page = await journey().open({ ...screens.phone, javaScriptEnabled: false });
    await signIn(page, user.email, factoryPassword);
    expect(new URL(page.url()).pathname).toBe('/');
  });

  test('a wrong password is told on the page, which stays free of obstacles', async () => {
    const user = await makeUser(journey().db, await makeOffice(journey().db));
    const page = await journey().open();
    await page.goto('/session');
    await page.fill('input[name=email]', user.email);
    await page.fill('input[name=password]', 'bukan-sandi-ini');
    await page.click('main form[action="/session"] button');
    await page.waitForSelector('[role=alert], .error-summary');
    expect(await page.inputValue('input[name=email]')).toBe(user.email);
    await expectNoViolations(page);
  });
});
