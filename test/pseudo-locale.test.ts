import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { staffRoutes } from '../src/app.js';
import { prepareSetup } from '../src/features/accounts/setup.service.js';
import { roles } from '../src/features/accounts/permissions.js';
import type { Office } from '../src/features/offices/office.entity.js';
import { AttemptLimits } from '../src/web/limits.js';
import type { Route } from '../src/web/routes.js';
import { makeOffice, makeUser } from './factories/people.js';
import { startTestApp, type TestApp } from './support/app.js';
import { bareTexts } from './support/bare-texts.js';
import { disguise } from './support/disguise.js';
import { pathWithSamples } from './support/samples.js';
import { Visitor } from './support/visitor.js';

let app: TestApp;
let routes: Route[];
let office: Office | undefined;
let email: string | undefined;
beforeAll(async () => {
  app = await startTestApp();
  routes = staffRoutes({ ...app.deps, limits: new AttemptLimits(app.db) });
});
afterAll(() => app.close());

/**
 * No pages of the office: a picture, the design system for developers, a link that has a test of its own, and a mail,
 * which speaks the language of its recipient.
 */
const skipped = new Set([
  '/settings/logo',
  '/styleguide',
  '/access/:token',
  '/settings/outbox/:messageId/mail',
]);
const visitor = () => new Visitor(app.app, { language: 'pseudo' });
const report = (where: string, html: string) => bareTexts(html).map((text) => `${where}: "${text}"`);

test('the page of the first run is translated', async () => {
  await prepareSetup(app.deps);
  await disguise(app.db);
  const page = await visitor().get('/setup');
  expect(report('/setup', page.text)).toEqual([]);
  expect(page.text).toContain('⟦Mulai memakai Rembuk⟧');
});

async function signedIn(): Promise<Visitor> {
  office ??= await makeOffice(app.db);
  email ??= (await makeUser(app.db, office, [...roles], { isInstallationAdmin: true })).email;
  const browser = await visitor().signIn(email);
  await disguise(app.db);
  return browser;
}

/** Addresses of routes, with records made for their ids; all data is disguised afterwards. */
async function placesOf(chosen: Route[]): Promise<[path: string, place: string][]> {
  office ??= await makeOffice(app.db);
  const places: [string, string][] = [];
  for (const { path } of chosen) places.push([path, await pathWithSamples(app.db, office, path)]);
  await disguise(app.db);
  return places;
}

async function visitAll(browser: Visitor, withIds: boolean): Promise<string[]> {
  const chosen = routes.filter(
    ({ method, path }) => method === 'get' && !skipped.has(path) && path.includes('/:') === withIds,
  );
  const bare: string[] = [];
  for (const [path, place] of await placesOf(chosen)) {
    const { status, type, text } = await browser.get(place);
    if (status >= 500) bare.push(`${path}: broken (${status})`);
    else if (status < 300 && type === 'text/html') bare.push(...report(path, text));
  }
  return bare;
}

test('every list and form is translated while there is nothing to show yet', async () => {
  expect(await visitAll(await signedIn(), false)).toEqual([]);
});

test('every page of a record is translated', async () => {
  expect(await visitAll(await signedIn(), true)).toEqual([]);
});

test('every list is translated when there is something to show', async () => {
  expect(await visitAll(await signedIn(), false)).toEqual([]);
});

test('what a form says about an empty entry is translated', async () => {
  const browser = await signedIn();
  const bare: string[] = [];
  const forms = routes.filter(
    ({ method, access, path }) =>
      method === 'post' && access.kind !== 'open' && path !== '/account/sessions/end',
  );
  for (const [path, place] of await placesOf(forms)) {
    const { status, text } = await browser.post(place, {});
    if (status >= 500) bare.push(`${path}: broken (${status})`);
    else if (status === 422) bare.push(...report(path, text));
  }
  expect(bare).toEqual([]);
});

test('pages for people who are not signed in are translated', async () => {
  await signedIn();
  const token = 'a'.repeat(43);
  const pages = ['/session', '/session/forgotten', `/access/${token}`, '/tidak-ada'];
  const bare: string[] = [];
  for (const path of pages) bare.push(...report(path, (await visitor().get(path)).text));
  expect(bare).toEqual([]);
});

test('a bare text, and a bare word in an attribute, would be found', () => {
  const html = `<p>⟦Nama ⟦dalam⟧⟧ ｓａｒｉ 12 <b>bare</b><img alt="bare alt"><input type="submit" value="Send"></p>`;
  expect(bareTexts(html)).toEqual(['bare', 'bare alt', 'Send']);
});
