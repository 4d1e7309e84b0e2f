import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AttemptLimits, type AttemptKind } from '../../src/web/limits.js';
import { startTestApp, type TestApp } from '../support/app.js';

let app: TestApp;
let limits: AttemptLimits;
beforeAll(async () => {
  app = await startTestApp();
  limits = new AttemptLimits(app.db);
});
afterAll(() => app.close());

const bounds: [kind: AttemptKind, tries: number][] = [
  ['link', 60],
  ['code', 20],
  ['sign_in', 10],
  ['access_link', 20],
  ['setup', 10],
];

test.each(bounds)(
  'of attempts at %s, %d may fail from one place, and others are not touched',
  async (kind, tries) => {
    const who = `tempat-${kind}`;
    for (let n = 0; n < tries; n += 1) {
      await limits.check(kind, who);
      await limits.attempt(kind, who);
    }
    await expect(limits.check(kind, who)).rejects.toMatchObject({ status: 429 });
    await expect(limits.attempt(kind, who)).rejects.toMatchObject({ status: 429 });
    await limits.check(kind, 'tempat-lain');
    for (const [other] of bounds.filter(([name]) => name !== kind)) await limits.check(other, who);
    // The counts lie in the database: another process knows them too.
    await expect(new AttemptLimits(app.db).check(kind, who)).rejects.toMatchObject({ status: 429 });
    await limits.forget(kind, who);
    await limits.check(kind, who);
  },
);

test('who was right in the end is not counted', async () => {
  for (let n = 0; n < 30; n += 1) await (await limits.attempt('code', 'benar')).forgive();
  await limits.check('code', 'benar');
});
