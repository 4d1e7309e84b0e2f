import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { staffRoutes } from '../../src/app.js';
import { roles, type OfficeActor } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { AttemptLimits } from '../../src/web/limits.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeInvitations, makeSeats } from '../factories/invitations.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { pathWithSamples } from '../support/samples.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let actor: OfficeActor;
let email: string;
let organizer: Visitor;

beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  const user = await makeUser(app.db, office, [...roles], { isInstallationAdmin: true });
  await makeUser(app.db, office, ['administrator']);
  ({ email } = user);
  actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
  organizer = await new Visitor(app.app).signIn(email);
});
afterAll(() => app.close());

const routes = (method: 'get' | 'post') =>
  staffRoutes({ ...app.deps, limits: new AttemptLimits(app.db) }).filter((route) => route.method === method);

/** A browser that is signed in, with the token of its session. */
async function signedIn() {
  const agent = request.agent(app.app);
  const tokenOn = async (page: string) =>
    /name="_csrf" value="([0-9a-f]{60,})"/.exec(
      (await agent.get(page).set('Accept', 'text/html')).text,
    )?.[1] ?? '';
  await agent
    .post('/session')
    .type('form')
    .send({ _csrf: await tokenOn('/session'), email, password: factoryPassword });
  return { agent, token: await tokenOn('/account') };
}

describe('what a browser keeps', () => {
  test('no page behind the sign-in, no file and no redirect stays in a cache', async () => {
    const kept: string[] = [];
    for (const route of routes('get')) {
      const path = await pathWithSamples(app.db, office, route.path.replace(':token', 'x'));
      const { headers } = await organizer.get(path);
      const control = headers['cache-control'] ?? '';
      if (!/no-store|private, no-cache/.test(control)) kept.push(`${route.path}: ${control}`);
    }
    expect(kept).toEqual([]);
  });

  test('assets stay, and are the same for everybody', async () => {
    const { text } = await organizer.get('/account');
    const sheet = /href="(\/assets\/[^"]+\.css)"/.exec(text)?.[1] ?? '';
    const { headers } = await organizer.get(sheet);
    expect(headers['cache-control']).toMatch(/^public/);
    expect(headers['set-cookie']).toBeUndefined();
  });
});

describe('forms that no page of ours sends', () => {
  test('a right token in a header with no form, JSON or a foreign kind of body breaks nothing', async () => {
    let { agent, token } = await signedIn();
    const broken: string[] = [];
    for (const route of routes('post')) {
      const path = await pathWithSamples(app.db, office, route.path.replace(':token', 'x'));
      for (const [type, body] of [
        ['', ''],
        ['application/json', '{"name":{"$ne":1}}'],
        ['text/plain', 'name=1'],
        ['multipart/form-data; boundary=x', '--x\r\n\r\n'],
        ['application/x-www-form-urlencoded; charset=utf-16', 'name=1'],
      ]) {
        const sent = agent.post(path).set({ Accept: 'text/html', 'x-csrf-token': token });
        const { status, headers } = await (type ? sent.set('Content-Type', type).send(body) : sent);
        if (status >= 500) broken.push(`${status} ${route.path} ${type}`);
        if (headers.location === '/session') ({ agent, token } = await signedIn());
      }
    }
    expect(broken).toEqual([]);
  });

  test('ids of another office in any field name nothing', async () => {
    const far = await makeOffice(app.db, { regionCode: '35.73' });
    const stranger = await makeUser(app.db, far);
    const [own, theirs] = [await makeEvent(app.db, office), await makeEvent(app.db, far)];
    const lks = await makeInstitution(app.db, office);
    const foreignLks = await makeInstitution(app.db, far, { regionCode: '35.73', name: 'LKS Malang Jauh' });
    const [series] = (await app.db.query(
      `INSERT INTO event_series (office_id, name) VALUES ($1, 'Seri Malang') RETURNING id`,
      [far.id],
    )) as [{ id: number }];
    const place = { version: '1', venueInstitution: 'LKS Malang Jauh', venueName: 'Aula' };
    expect((await organizer.post(`/events/${own}/plan/place`, place)).status).toBe(422);
    expect(
      (await organizer.post(`/institutions/${lks}/pendamping`, { pendampingId: String(stranger.id) })).status,
    ).toBe(422);
    expect(
      (
        await organizer.post(`/events/${own}/clone`.replace(String(own), String(theirs)), {
          title: 'X',
          firstDay: '2026-05-01',
        })
      ).status,
    ).toBe(404);
    expect((await organizer.get(`/events?series=${series.id}`)).text).not.toContain('Seri Malang');
    expect((await organizer.get(`/settings/audit?person=${stranger.id}`)).text).not.toContain(stranger.name);
    expect(
      (await organizer.post(`/events/${own}/invitations/choose`, { institutions: [String(foreignLks)] }))
        .status,
    ).toBe(404);
  });
});

describe('texts in files and headers', () => {
  const breaking = 'Rakor "A"; filename=x.exe\u2028é/../..\\';

  test('a title with quotes, breaks and separators stays inside its header and its line', async () => {
    const eventId = await makeEvent(app.db, office, { title: breaking });
    const answer = await organizer.get(`/events/${eventId}/calendar.ics`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename=[\w.-]+$/);
    const forged = await makeEvent(app.db, office, { title: 'Rakor\r\nATTENDEE:mailto:x@y.z\nEND:VEVENT' });
    const { text } = await organizer.get(`/events/${forged}/calendar.ics`);
    expect(text).not.toMatch(/^ATTENDEE/m);
    expect(text.match(/^END:VEVENT/gm)).toHaveLength(1);
  });
});

describe('where a sign-in leads', () => {
  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/%09/evil.example',
    '/\t/evil.example',
  ])('never to another site: %s', async (address) => {
    const browser = request.agent(app.app);
    if (address.startsWith('/')) await browser.get(encodeURI(address)).set('Accept', 'text/html');
    const { text } = await browser.get('/session').set('Accept', 'text/html');
    const _csrf = /name="_csrf" value="([0-9a-f]{60,})"/.exec(text)?.[1];
    const { headers } = await browser
      .post('/session')
      .type('form')
      .send({ _csrf, email, password: factoryPassword });
    expect(headers.location).toMatch(/^\/(?![/\\])/);
    const token = app.deps.links.formToken('language');
    const back = await browser
      .post('/language')
      .type('form')
      .send({ _csrf: token, language: 'en', back: address });
    expect(back.headers.location).toMatch(/^\/(?![/\\\t])/);
  });
});

describe('dates at the edges', () => {
  const form = { kind: 'rakor', title: 'Rakor Tepi', from: '09:00', to: '12:00', days: '30' };
  test.each(['1900-01-01', '2199-12-31', '2024-02-29'])(
    'thirty days from %s are planned, shown and copied',
    async (firstDay) => {
      const made = await organizer.post('/events', { ...form, firstDay }, '/events/new');
      expect(made.status).toBe(303);
      const plan = made.headers.location ?? '';
      const id = /\d+/.exec(plan)?.[0];
      for (const page of [
        plan,
        `/events/${id}`,
        `/events/${id}/plan/days`,
        `/events/${id}/calendar.ics`,
        '/events',
        `/events/calendar?month=${firstDay.slice(0, 7)}`,
      ])
        expect([page, (await organizer.get(page)).status]).toEqual([page, 200]);
      const copy = await organizer.post(`/events/${id}/clone`, { title: 'Salinan', firstDay: '2199-12-31' });
      expect(copy.status).toBe(303);
      expect((await organizer.get(copy.headers.location ?? '')).status).toBe(200);
    },
  );

  test.each([
    { firstDay: '9999-12-31' },
    { firstDay: '0001-01-01' },
    { days: '31' },
    { days: '-1' },
    { from: '24:00' },
    { to: '08:00' },
  ])('what cannot be is refused at its field: %j', async (change) => {
    const answer = await organizer.post(
      '/events',
      { ...form, firstDay: '2026-05-01', ...change },
      '/events/new',
    );
    expect(answer.status).toBe(422);
  });
});

test('the same form sent twice from two tabs makes one change and one explanation', async () => {
  const eventId = await makeEvent(app.db, office, { state: 'draft' });
  await makeSeats(app, actor, eventId, 3);
  const lks = await makeInstitution(app.db, office);
  await makeInvitations(app, actor, eventId, [lks]);
  await app.db.query(`UPDATE event SET venue_name = 'Aula' WHERE id = $1`, [eventId]);
  const publish = await organizer.prepare(`/events/${eventId}/publication`);
  const answers = await Promise.all([publish(), publish(), publish()]);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
});
