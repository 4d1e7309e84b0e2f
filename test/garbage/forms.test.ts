import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { staffRoutes } from '../../src/app.js';
import { roles } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { AttemptLimits } from '../../src/web/limits.js';
import type { Route } from '../../src/web/routes.js';
import { makeAction, makeOwner } from '../factories/actions.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { answer, makeInvitations, makeSeats } from '../factories/invitations.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { formsOf, type Form } from '../support/forms.js';
import { pathWithSamples } from '../support/samples.js';

type Agent = ReturnType<typeof request.agent>;

let app: TestApp;
let office: Office;
let routes: Route[];
let email: string;
let agent: Agent;

beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  await makeUser(app.db, office, ['administrator']);
  routes = staffRoutes({ ...app.deps, limits: new AttemptLimits(app.db) });
  ({ email } = await makeUser(app.db, office, [...roles], { isInstallationAdmin: true }));
  agent = await signIn();
});
afterAll(() => app.close());

async function signIn(): Promise<Agent> {
  const browser = request.agent(app.app);
  const { text } = await browser.get('/session');
  const form = formsOf(text).find(({ action }) => action === '/session');
  const _csrf = form?.fields.find(([name]) => name === '_csrf')?.[1];
  await browser.post('/session').type('form').send({ _csrf, email, password: factoryPassword });
  return browser;
}

/** What no honest page sends, as it stands in a body or an address after the field's name (NAME: once more). */
const garbage = [
  ...[
    '=',
    '=0',
    '=-1',
    '=1e9',
    '=1.5',
    '=%EF%BC%91',
    '=NaN',
    '=99999999999999999999',
    '=24:00',
    '=2026-02-30',
  ],
  ...[
    '=%00',
    '=a%00b',
    '=%FF%FE',
    '=%ED%A0%80',
    '=%F0%9F%98%80',
    `=${'9'.repeat(400)}`,
    `=${'x'.repeat(30_000)}`,
  ],
  ...['=0000-01-01', '=9999-12-31', '=-000001-01-01', '=__proto__', '=constructor', '=%3Cscript%3E', "=';--"],
  ...[
    '=9999-99-99_1',
    '=%5B%22%5Cu0000%22,1%5D',
    '=%5B%22a%22,99999999999%5D',
    '=%5B%22a%22,%22b%22,1%5D',
    '=a%00%7C1',
  ],
  ...['[]=1', '[]=a&NAME[]=b', '[a][b][c][d]=1', '[toString]=1', '[a][valueOf]=1', '[__proto__][x]=1'],
  ...['[length]=1e9', '[0][key]=x&NAME[0][seats]=y'],
];
const sent = (name: string, rubbish: string) => {
  const encoded = encodeURIComponent(name);
  return encoded + rubbish.replaceAll('NAME', encoded);
};

/** Signing out in between is answered, not tried: it would end the walk. */
const leaves = (action: string) => /\/end$/.test(action) && !action.includes('representatives');

async function walk(form: Form, action: string): Promise<string[]> {
  const broken: string[] = [];
  for (const [at, [name]] of form.fields.filter(([field]) => field !== '_csrf').entries()) {
    const others = form.fields
      .filter(([field]) => field !== name)
      .map(([field, value]) => `${encodeURIComponent(field)}=${encodeURIComponent(value)}`);
    // Each field gets a fifth of it, its neighbours the rest: fields of a form are read by the same few schemas.
    for (const rubbish of garbage.filter((_, place) => place % 5 === at % 5)) {
      const body = [...others, sent(name, rubbish)].join('&');
      const { status, headers } = await agent.post(action).set('Accept', 'text/html').type('form').send(body);
      // A new password or an empty one ends the session.
      if (status === 303 && headers.location === '/session') agent = await signIn();
      if (status >= 500)
        broken.push(`${status} ${action.replace(/\d+/g, '#')} ${name}${rubbish.slice(0, 40)}`);
    }
  }
  return broken;
}

test('no field of any form, filled with garbage, breaks anything', async () => {
  const broken: string[] = [];
  const seen = new Set<string>();
  for (const route of routes.filter(({ method }) => method === 'get')) {
    const path = await pathWithSamples(app.db, office, route.path.replace(':token', 'x'));
    const page = await agent.get(path).set('Accept', 'text/html');
    if (page.status >= 500) broken.push(`${page.status} GET ${route.path}`);
    for (const form of page.type.includes('html') ? formsOf(page.text) : []) {
      const shape = form.action.replace(/\d+/g, '#');
      if (seen.has(shape) || leaves(shape)) continue;
      seen.add(shape);
      broken.push(...(await walk(form, form.action || path)));
    }
  }
  expect(broken).toEqual([]);
  expect(seen.size).toBeGreaterThan(40);
}, 400_000);

const queryNames = [
  ...[
    'q',
    'search',
    'filter',
    'after',
    'before',
    'sort',
    'service',
    'region',
    'registration',
    'accreditation',
  ],
  ...['reached', 'archived', 'kind', 'state', 'series', 'year', 'month', 'person', 'action', 'from', 'until'],
  ...[
    'dimension',
    'show',
    'done',
    'show',
    'owner',
    'due',
    'event',
    'block',
    'answer',
    'purpose',
    'changes',
    'mine',
  ],
];

test('no address of a page with garbage in it breaks anything', async () => {
  const broken: string[] = [];
  for (const route of routes.filter(({ method, path }) => method === 'get' && !path.includes(':token'))) {
    const path = await pathWithSamples(app.db, office, route.path);
    for (const rubbish of garbage.filter((one) => one.length < 1000)) {
      const all = queryNames.map((name) => sent(name, rubbish)).join('&');
      const { status } = await agent.get(`${path}?${all}`).set('Accept', 'text/html');
      if (status < 500) continue;
      for (const name of queryNames) {
        const alone = await agent.get(`${path}?${sent(name, rubbish)}`).set('Accept', 'text/html');
        if (alone.status >= 500) broken.push(`${alone.status} GET ${route.path}?${name}${rubbish}`);
      }
    }
  }
  expect(broken).toEqual([]);
}, 400_000);

test('a multipart form that is broken off, nested or has fields it should not, is refused', async () => {
  const statuses: number[] = [];
  const note = `/actions/${await makeAction(app.db, office)}/notes`;
  for (const path of ['/settings/letterhead', '/institutions/import', note]) {
    const part = (name: string, value: string) =>
      `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const file = (name: string) =>
      `--x\r\nContent-Disposition: form-data; name="${name}"; filename="a\r\nb.csv"\r\n\r\nx\r\n`;
    const bodies = [
      ...[
        '',
        '--x',
        part('lines', 'x'),
        `${file('wrong')}--x--\r\n`,
        `${file('logo')}${file('logo')}--x--\r\n`,
      ],
      ...[`${part('lines[a]', 'x')}--x--\r\n`, `${part('lines[toString]', 'x')}--x--\r\n`],
      `${part('n'.repeat(5000), 'x')}--x--\r\n`,
      `${Array.from({ length: 30 }, (_, n) => part(`f${n}`, 'x')).join('')}--x--\r\n`,
    ];
    for (const body of bodies) {
      const { status } = await agent
        .post(path)
        .set('Content-Type', 'multipart/form-data; boundary=x')
        .send(body);
      statuses.push(status);
    }
    statuses.push((await agent.post(path).set('Content-Type', 'multipart/form-data').send('x')).status);
  }
  expect(statuses.filter((status) => status < 400 || status >= 500)).toEqual([]);
});

test('no field of the pages behind a link, filled with garbage, breaks anything', async () => {
  const user = await makeUser(app.db, office);
  const actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
  const eventId = await makeEvent(app.db, office);
  await makeSeats(app, actor, eventId, 5);
  const lks = [await makeInstitution(app.db, office), await makeInstitution(app.db, office)];
  const [open = 0, accepted = 0] = await makeInvitations(app, actor, eventId, lks);
  await answer(app, eventId, accepted, 'accepts');
  await app.db.query('UPDATE event SET record_check = true WHERE id = $1', [eventId]);
  const ownerId = await makeOwner(app.db, office);
  await makeAction(app.db, office, { ownerId });
  await makeAction(app.db, office, { ownerId, state: 'returned' });
  const promises = `/t/${app.deps.links.token('owner', ownerId, 1)}`;
  const pages = [
    promises,
    '/u',
    ...[open, accepted].map((id) => `/u/${app.deps.links.token('invitation', id, 1)}`),
    `/u/${app.deps.links.token('invitation', accepted, 1)}/record`,
  ];
  const broken: string[] = [];
  for (const path of pages) {
    const { status, text } = await agent.get(path).set('Accept', 'text/html');
    expect(status).toBe(200);
    for (const form of formsOf(text)) broken.push(...(await walk(form, form.action || path)));
    for (const rubbish of garbage.filter((one) => one.length < 1000)) {
      const { status: seen } = await agent
        .get(`${path}?${sent('done', rubbish)}&${sent('session', rubbish)}`)
        .set('Accept', 'text/html');
      if (seen >= 500) broken.push(`${seen} GET ${path}?done${rubbish}`);
    }
  }
  expect(broken).toEqual([]);
}, 100_000);
