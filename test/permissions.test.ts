import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { staffRoutes } from '../src/app.js';
import { permissions, roles, type Permission, type Role } from '../src/features/accounts/permissions.js';
import type { Office } from '../src/features/offices/office.entity.js';
import { AttemptLimits } from '../src/web/limits.js';
import type { Access, Route } from '../src/web/routes.js';
import { makeOffice, makeUser } from './factories/people.js';
import { bodies, expectations, refusedToOwn } from './permissions.table.js';
import { startTestApp, type TestApp } from './support/app.js';
import { pathWithSamples } from './support/samples.js';
import { Visitor } from './support/visitor.js';

let app: TestApp;
let routes: Route[];
let office: Office;
let neighbour: Office;
const people = new Map<string, Visitor>();
const whos = ['anonymous', ...roles, 'no office', 'installation admin'] as const;
type Who = (typeof whos)[number];

beforeAll(async () => {
  app = await startTestApp();
  routes = staffRoutes({ ...app.deps, limits: new AttemptLimits(app.db) });
  office = await makeOffice(app.db);
  neighbour = await makeOffice(app.db, { regionCode: '33', zone: 'Asia/Jakarta' });
  await makeUser(app.db, office, ['administrator']);
  for (const who of whos) people.set(who, await browserOf(who));
});
afterAll(() => app.close());

async function browserOf(who: Who): Promise<Visitor> {
  const browser = new Visitor(app.app);
  if (who === 'anonymous') return browser;
  const isInstallationAdmin = who === 'installation admin';
  const belongs = who !== 'no office' && !isInstallationAdmin;
  const user = await makeUser(app.db, belongs ? office : undefined, belongs ? [who] : [], {
    isInstallationAdmin,
  });
  return browser.signIn(user.email);
}

const nameOf = (route: Route) => `${route.method.toUpperCase()} ${route.path}`;
const spell = (access: Access) => (access.kind === 'may' ? access.permission : access.kind);

test('every route is in the table, with the access that it really has', () => {
  const told = routes.map((route) => [
    nameOf(route),
    expectations[nameOf(route)] ?? 'MISSING: add it to test/permissions.table.ts',
  ]);
  expect(Object.fromEntries(told)).toEqual(
    Object.fromEntries(routes.map((route) => [nameOf(route), spell(route.access)])),
  );
  expect(Object.keys(expectations).sort()).toEqual(routes.map(nameOf).sort());
});

test('no route is there twice', () => {
  expect(new Set(routes.map(nameOf)).size).toBe(routes.length);
});

/** What a person should meet: in, sent to the sign-in, refused, or an address that is not there. */
function expected(route: Route, who: Who): 'in' | 'sign-in' | 'refused' | 'missing' {
  const wanted = expectations[nameOf(route)];
  if (wanted === undefined) throw new Error(`${nameOf(route)} is not in test/permissions.table.ts`);
  if (wanted === 'open') return 'in';
  if (who === 'anonymous') return 'sign-in';
  if (wanted === 'signedIn') return 'in';
  if (wanted === 'installation') return who === 'installation admin' ? 'in' : 'missing';
  const allowed: readonly string[] = permissions[wanted as Permission];
  return allowed.includes(who) ? 'in' : 'refused';
}

/** POSTs are sent without their token: whoever is let in is then stopped by it, and nothing is acted on. */
async function met(route: Route, who: Who): Promise<string> {
  const browser = people.get(who) as Visitor;
  const path = route.path.replace(/:\w+/g, '999999999');
  if (route.method === 'get') {
    const { status, headers } = await browser.get(path);
    if (status === 303 && headers.location === '/session') return 'sign-in';
    if (status === 403) return 'refused';
    if (status >= 500) return `broken (${status})`;
    return status === 404 && route.access.kind === 'installation' ? 'missing' : 'in';
  }
  const { status, headers, text } = await browser.postWithoutToken(path);
  if (status === 303 && headers.location === '/session') return 'sign-in';
  if (status === 404) return 'missing';
  if (status === 403) return text.includes('kedaluwarsa') ? 'in' : 'refused';
  return `acted without a token (${status})`;
}

describe.each(whos)('%s', (who) => {
  test('meets at every address what the table says', async () => {
    const seen: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const route of routes) {
      seen[nameOf(route)] = await met(route, who);
      wanted[nameOf(route)] = expected(route, who);
    }
    expect(seen).toEqual(wanted);
  });
});

async function call(browser: Visitor, route: Route): Promise<number> {
  const path = await pathWithSamples(app.db, office, route.path);
  const response =
    route.method === 'get' ? await browser.get(path) : await browser.post(path, bodies[nameOf(route)] ?? {});
  return response.status;
}

test('records are found within the own office only: for all others their address does not exist', async () => {
  const own = await new Visitor(app.app).signIn((await makeUser(app.db, office, [...roles])).email);
  const other = await new Visitor(app.app).signIn(
    (await makeUser(app.db, neighbour, [...roles] as Role[])).email,
  );
  const wrong: string[] = [];
  for (const route of routes.filter(({ path, access }) => path.includes('/:') && access.kind === 'may')) {
    const [here, there] = [await call(own, route), await call(other, route)];
    const refused = here === 403 && !refusedToOwn.has(nameOf(route));
    if (here >= 500 || here === 404 || refused) wrong.push(`${nameOf(route)}: own office gets ${here}`);
    if (there !== 404) wrong.push(`${nameOf(route)}: other office gets ${there}`);
  }
  expect(wrong).toEqual([]);
}, 90_000);

test('an installation’s administrator sees no office’s records by that role', async () => {
  const browser = people.get('installation admin') as Visitor;
  for (const route of routes.filter(({ path, access }) => path.includes('/:') && access.kind === 'may'))
    expect([nameOf(route), await call(browser, route)]).toEqual([nameOf(route), 403]);
});
