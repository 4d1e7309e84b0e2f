import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { staffRoutes } from '../../src/app.js';
import { roles } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { AttemptLimits } from '../../src/web/limits.js';
import type { Route } from '../../src/web/routes.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { formsOf } from '../support/forms.js';
import { pathWithSamples } from '../support/samples.js';

let app: TestApp;
let office: Office;
let routes: Route[];
let email: string;
beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  await makeUser(app.db, office, ['administrator']);
  routes = staffRoutes({ ...app.deps, limits: new AttemptLimits(app.db) });
  ({ email } = await makeUser(app.db, office, [...roles], { isInstallationAdmin: true }));
});
afterAll(() => app.close());

/** What no browser sends from an honest form, as it stands in a body after `name`. */
const garbage = [
  '=', '=0', '=-1', '=1e9', '=1.5', '=%EF%BC%91', '=NaN', '=99999999999999999999', '=%00', '=a%00b', '=%FF%FE',
  `=${'9'.repeat(400)}`, `=${'x'.repeat(30_000)}`, '=0001-01-01', '=9999-12-31', '=-000001-01-01', '=2026-02-30', '=24:00',
  '=%3Cscript%3E', "=';--", '=__proto__', '=constructor', '[]=1', '[]=a&NAME[]=b', '[a][b][c][d]=1', '[toString]=1', '[__proto__][x]=1',
  '[0][key]=x&NAME[0][seats]=y', '[length]=1e9', '=%F0%9F%98%80', '=%ED%A0%80',
];
export const sent = (name: string, rubbish: string) => encodeURIComponent(name) + rubbish.replaceAll('NAME', encodeURIComponent(name));

type Agent = ReturnType<typeof request.agent>;

async function signedIn(): Promise<Agent> {
  const agent = request.agent(app.app);
  const { text } = await agent.get('/session');
  const _csrf = formsOf(text).find(({ action }) => action === '/session')?.fields.find(([name]) => name === '_csrf')?.[1];
  const res = await agent.post('/session').type('form').send({ _csrf, email, password: 'sandi-untuk-uji' });
  expect(res.status).toBe(303);
  return agent;
}

test('no field of any form, filled with garbage, breaks anything', async () => {
  let agent = await signedIn();
  const broken: string[] = [];
  const odd: Record<string, number> = {};
  let count = 0;
  const seen = new Set<string>();
  for (const route of routes.filter(({ method }) => method === 'get')) {
    const path = await pathWithSamples(app.db, office, route.path.replace(':token', 'x'));
    const page = await agent.get(path).set('Accept', 'text/html');
    if (page.status !== 200 || !page.type.includes('html')) { odd[`${page.status} ${route.path}`] = 1; continue; }
    for (const form of formsOf(page.text)) {
      const shape = form.action.replace(/\d+/g, '#');
      if (seen.has(shape) || shape === '' || shape.startsWith('/session/end') || shape.includes('sessions/end')) continue;
      seen.add(shape);
      for (const [name] of form.fields.filter(([one]) => one !== '_csrf'))
        for (const rubbish of garbage) {
          const others = form.fields.filter(([one]) => one !== name).map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`);
          const body = [...others, sent(name, rubbish)].join('&');
          count += 1;
          const { status, headers } = await agent.post(form.action || path).set('Accept', 'text/html').type('form').send(body);
          if (status === 303 && headers.location === '/session') agent = await signedIn();
          if (status >= 500) broken.push(`${status} ${shape} ${name}${rubbish.slice(0, 40)}`);
        }
    }
  }
  console.log(count, [...seen].length, odd);
  console.log(broken.length, broken.slice(0, 300).join('\n'));
  expect(broken).toEqual([]);
}, 1_000_000);
