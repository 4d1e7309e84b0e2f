import { expect, test } from '@jest/globals';
import { makeAction } from '../factories/actions.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { describeJourney, screens, signIn } from '../support/browser.js';
import { inspect } from './support/inspect.js';

describeJourney('what waits on the first page', (journey) => {
  test.each(Object.entries(screens))('has its signs in one line and size, on a %s', async (_name, screen) => {
    const { db } = journey();
    const office = await makeOffice(db);
    const { email } = await makeUser(db, office);
    await db.query(
      `INSERT INTO event (office_id, title, kind, zone) VALUES ($1, 'x', 'rakor', 'Asia/Makassar')`,
      [office.id],
    );
    await makeAction(db, office, { dueOn: '2026-01-01' });
    await makeAction(db, office, { state: 'handed_in' });
    const page = await journey().open(screen);
    await signIn(page, email, factoryPassword);
    const signs = await page.locator('.attention li .icon').evaluateAll((icons) =>
      icons.map((icon) => {
        const { x, width, height } = icon.getBoundingClientRect();
        return { x, width, height };
      }),
    );
    expect(signs).toHaveLength(2);
    expect(signs[1]).toEqual(signs[0]);
    await inspect(page, 'home-waiting');
    await page.close();
  });
});
