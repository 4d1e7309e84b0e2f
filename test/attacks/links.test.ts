import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Router } from 'express';
import request from 'supertest';
import { ownerLinkRouter } from '../../src/features/actions/owner-link.routes.js';
import { answerRouter } from '../../src/features/answers/answers.routes.js';
import { scanLinkRouter } from '../../src/features/attendance/attendance.routes.js';
import { feedRouter } from '../../src/features/feeds/feeds.routes.js';
import { materialLinkRouter } from '../../src/features/materials/materials.routes.js';
import type { LinkPurpose } from '../../src/links/tokens.js';
import { AttemptLimits } from '../../src/web/limits.js';
import { makeAction, makeOwner } from '../factories/actions.js';
import { makeOffice } from '../factories/people.js';
import { openDoorOn, onTime, type Door, type Scene } from '../attendance/support.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { changedTables, contentOfTables } from '../support/tables.js';

let app: TestApp;
let own: House;
let beside: House;
let far: House;

/** Everything of an event that a link leads to. */
interface House {
  door: Door;
  scene: Scene;
  ids: Record<LinkPurpose, number> & { action: number; note: number; file: number };
}

/** A word that stands in all texts of a house: whoever reads it has read what is not theirs. */
const words = { own: 'Kasuari', beside: 'Cendrawasih', far: 'Maleo' };

async function makeHouse(door: Door, word: string): Promise<House> {
  const { db, deps } = app;
  const scene = await door.scene({ title: `Rapat ${word}` });
  const row = async (sql: string, values: unknown[]) =>
    ((await db.query(`${sql} RETURNING id`, values)) as [{ id: number }])[0].id;
  await db.query(
    `UPDATE event SET venue_name = $2, venue_address = $2, online_url = 'https://rapat.example/' || $2, notes = $2,
       cancel_reason = '', record_check = true WHERE id = $1`,
    [scene.eventId, `Aula ${word}`],
  );
  const content = Buffer.from(`isi ${word}`);
  const sha256 = await deps.files.put(content);
  const storedFile = await row(
    `INSERT INTO stored_file (sha256, size, media_type) VALUES ($1, $2, 'text/plain')
     ON CONFLICT (sha256) DO UPDATE SET size = excluded.size`,
    [sha256, content.length],
  );
  const material = async (visibility: string) => {
    const id = await row(`INSERT INTO material (event_id, title, visibility) VALUES ($1, $2, $3)`, [
      ...[scene.eventId, `Paparan ${word}`, visibility],
    ]);
    await db.query(
      `INSERT INTO material_version (material_id, number, stored_file_id, file_name) VALUES ($1, 1, $2, $3)`,
      [id, storedFile, `${word}.txt`],
    );
    return id;
  };
  const [delegate] = scene.delegates as [Scene['delegates'][number]];
  await db.query(
    `INSERT INTO assignment_letter (invitation_id, stored_file_id, file_name, handed_in_at) VALUES ($1, $2, $3, now())`,
    [delegate.invitationId, storedFile, `${word}.pdf`],
  );
  await db.query(
    `UPDATE institution SET address = $2 WHERE id = (SELECT institution_id FROM invitation WHERE id = $1)`,
    [delegate.invitationId, `Jalan ${word}`],
  );
  const [institution] = (await db.query('SELECT institution_id AS id FROM invitation WHERE id = $1', [
    delegate.invitationId,
  ])) as [{ id: number }];
  await db.query('UPDATE delegate SET name = $2 WHERE event_id = $1', [scene.eventId, `Utusan ${word}`]);
  const owner = await makeOwner(db, door.office, { name: word });
  const action = await makeAction(db, door.office, {
    ownerId: owner,
    title: `Janji ${word}`,
    eventId: scene.eventId,
  });
  const note = await row(
    `INSERT INTO action_note (action_id, client_id, text, stored_file_id, file_name, way, at)
     VALUES ($1, $2, $3, $4, $5, 'link', now())`,
    [action, randomUUID(), `Kabar ${word}`, storedFile, `${word}.txt`],
  );
  const scan = await row(
    `INSERT INTO scan_link (event_id, label, created_by) VALUES ($1, $2, (SELECT min(id) FROM app_user))`,
    [scene.eventId, `Pintu ${word}`],
  );
  return {
    door,
    scene,
    ids: {
      ...{ invitation: delegate.invitationId, delegate: delegate.id, owner, scan },
      ...{ officeFeed: door.office.id, institutionFeed: institution.id },
      ...{ material: await material('public'), file: await material('accepted'), action, note },
    },
  };
}

beforeAll(async () => {
  app = await startTestApp();
  const door = await openDoorOn(app);
  own = await makeHouse(door, words.own);
  beside = await makeHouse(door, words.beside);
  far = await makeHouse({ ...(await openDoorOn(app)) }, words.far);
  app.clock.set(onTime);
});
afterAll(() => app.close());
// Each failure is counted for the address that all of these come from.
beforeEach(() => app.db.query('DELETE FROM failed_attempt'));

/**
 * Every route behind a secret address, written down by hand: what opens it, and its path with ids of a house. A new
 * route that is missing here fails the test below.
 */
const routes: Record<string, [LinkPurpose, (token: string, ids: House['ids']) => string]> = {
  'get /u/:token': ['invitation', (token) => `/u/${token}`],
  'get /u/:token/calendar.ics': ['invitation', (token) => `/u/${token}/calendar.ics`],
  'get /u/:token/logo': ['invitation', (token) => `/u/${token}/logo`],
  'get /u/:token/notula.pdf': ['invitation', (token) => `/u/${token}/notula.pdf`],
  'get /u/:token/undangan.pdf': ['invitation', (token) => `/u/${token}/undangan.pdf`],
  'get /u/:token/konfirmasi.pdf': ['invitation', (token) => `/u/${token}/konfirmasi.pdf`],
  'get /u/:token/materials.zip': ['invitation', (token) => `/u/${token}/materials.zip`],
  'get /u/:token/materials/:materialId': ['invitation', (token, { file }) => `/u/${token}/materials/${file}`],
  'post /u/:token/answer': ['invitation', (token) => `/u/${token}/answer`],
  'post /u/:token/delegates/:delegateId': [
    'invitation',
    (token, { delegate }) => `/u/${token}/delegates/${delegate}`,
  ],
  'post /u/:token/delegates/:delegateId/return': [
    'invitation',
    (token, { delegate }) => `/u/${token}/delegates/${delegate}/return`,
  ],
  'post /u/:token/delegates/:delegateId/known': [
    'invitation',
    (token, { delegate }) => `/u/${token}/delegates/${delegate}/known`,
  ],
  'get /u/:token/letter/file': ['invitation', (token) => `/u/${token}/letter/file`],
  'post /u/:token/letter': ['invitation', (token) => `/u/${token}/letter`],
  'post /u/:token/letter/removal': ['invitation', (token) => `/u/${token}/letter/removal`],
  'get /u/:token/record': ['invitation', (token) => `/u/${token}/record`],
  'post /u/:token/record': ['invitation', (token) => `/u/${token}/record`],
  'post /u/:token/record/confirmation': ['invitation', (token) => `/u/${token}/record/confirmation`],
  'get /d/:token': ['delegate', (token) => `/d/${token}`],
  'get /d/:token/notula.pdf': ['delegate', (token) => `/d/${token}/notula.pdf`],
  'get /d/:token/qr.svg': ['delegate', (token) => `/d/${token}/qr.svg`],
  'get /d/:token/calendar.ics': ['delegate', (token) => `/d/${token}/calendar.ics`],
  'get /d/:token/materials.zip': ['delegate', (token) => `/d/${token}/materials.zip`],
  'get /d/:token/materials/:materialId': ['delegate', (token, { file }) => `/d/${token}/materials/${file}`],
  'get /t/:token': ['owner', (token) => `/t/${token}`],
  'post /t/:token/actions/:id': ['owner', (token, { action }) => `/t/${token}/actions/${action}`],
  'get /t/:token/actions/:id/notes/:noteId': [
    'owner',
    (token, { action, note }) => `/t/${token}/actions/${action}/notes/${note}`,
  ],
  'get /s/:token': ['scan', (token) => `/s/${token}`],
  'post /s/:token/marks': ['scan', (token) => `/s/${token}/marks`],
  'get /m/:token': ['material', (token) => `/m/${token}`],
  'post /u/:token/calendar': ['invitation', (token) => `/u/${token}/calendar`],
  'get /c/o/:token.ics': ['officeFeed', (token) => `/c/o/${token}.ics`],
  'get /c/i/:token.ics': ['institutionFeed', (token) => `/c/i/${token}.ics`],
};

/** Open to everybody, or only leading back to a page of the list above. */
const harmless = [
  ...['get /u', 'post /u', 'get /u/:token/answer', 'get /u/:token/delegates/*rest'],
  ...[
    'get /u/:token/calendar',
    'get /u/:token/letter',
    'get /u/:token/letter/removal',
    'get /u/:token/record/confirmation',
  ],
];

const purposes: LinkPurpose[] = [
  'invitation',
  'delegate',
  'owner',
  'scan',
  'material',
  'officeFeed',
  'institutionFeed',
];

interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean> };
}

function routesOf(router: Router): string[] {
  return (router.stack as unknown as Layer[]).flatMap(({ route }) =>
    route
      ? [route.path].flat().flatMap((path) => Object.keys(route.methods).map((method) => `${method} ${path}`))
      : [],
  );
}

const pageOf = (path: string) => /^\/\w\/[^/]+/.exec(path)?.[0] ?? path;

/** Asks as a phone does; a form comes with the token of its page, so that only the address can be what is wrong. */
function call(route: string, path: string, fields: Record<string, string> = {}) {
  const agent = request(app.app);
  if (route.startsWith('get')) return agent.get(path).set('Accept', 'text/html');
  const _csrf = app.deps.links.formToken(pageOf(path));
  const form = {
    ...{ _csrf, clientId: randomUUID(), version: '1', act: 'note', text: 'x', url: '', answer: 'decline' },
    ...{
      other: 'other',
      name: 'Penyusup',
      known: '1',
      code: app.deps.links.doorCode(own.ids.delegate, 1),
      ...fields,
    },
  };
  return agent.post(path).set('Accept', 'text/html').type('form').send(form);
}

/** What is wrong with the answer to an address that opens nothing. */
function leaks(what: string, { status, text, headers }: request.Response): string[] {
  const read = Object.values(words).filter((word) => `${text}${JSON.stringify(headers)}`.includes(word));
  return [
    ...(status === 404 ? [] : [`${what}: ${status}`]),
    ...(read.length > 0 ? [`${what}: tells ${read.join()}`] : []),
  ];
}

/** Walks over all routes with addresses that must open nothing; nothing may change by it. */
async function walk(
  addresses: (route: string, purpose: LinkPurpose) => [what: string, path: string][],
): Promise<string[]> {
  const wrong: string[] = [];
  const before = await contentOfTables(app.db);
  for (const [route, [purpose]] of Object.entries(routes))
    for (const [what, path] of addresses(route, purpose)) {
      await app.db.query('DELETE FROM failed_attempt');
      wrong.push(...leaks(`${route} ${what}`, await call(route, path)));
    }
  return [...wrong, ...(await changedTables(app.db, before))];
}

const pathOf = (route: string, token: string, { ids }: House) => routes[route]![1](token, ids);

test('every route behind a secret address is walked here', () => {
  const deps = { ...app.deps, limits: new AttemptLimits(app.db) };
  const routers = [
    answerRouter(deps),
    ownerLinkRouter(deps),
    scanLinkRouter(deps),
    materialLinkRouter(deps),
    feedRouter(deps),
  ];
  const all = routers.flatMap(routesOf);
  expect(all.toSorted()).toEqual([...Object.keys(routes), ...harmless].toSorted());
});

test('with its own token each page opens, so that what follows is refused for its token alone', async () => {
  const open: Record<string, number> = {};
  for (const [route, [purpose]] of Object.entries(routes))
    if (route.startsWith('get')) {
      const token = app.deps.links.token(purpose, own.ids[purpose], 1);
      const reply = await call(route, pathOf(route, token, own));
      if (reply.status !== 200) open[route] = reply.status;
    }
  // No logo, no letter, and no minutes yet.
  expect(open).toEqual({
    'get /u/:token/logo': 404,
    'get /u/:token/notula.pdf': 404,
    'get /u/:token/undangan.pdf': 404,
    'get /u/:token/konfirmasi.pdf': 404,
    'get /d/:token/notula.pdf': 404,
  });
});

describe('nothing opens, is told or changes', () => {
  test('by a token made for another purpose', async () => {
    expect(
      await walk((route, purpose) =>
        purposes
          .filter((other) => other !== purpose)
          .flatMap((other) => [
            [other, pathOf(route, app.deps.links.token(other, own.ids[other], 1), own)],
            // The same number, which is somebody's here too.
            [`${other} of the id`, pathOf(route, app.deps.links.token(other, own.ids[purpose], 1), own)],
          ]),
      ),
    ).toEqual([]);
  });

  test('by a revoked version, one to come, an id that nobody has, or a token that was bent', async () => {
    const { links } = app.deps;
    expect(
      await walk((route, purpose) => {
        const good = links.token(purpose, own.ids[purpose], 1);
        const bent = Buffer.from(good, 'base64url');
        // What is beside is held by the same office, which has one calendar.
        bent.writeUInt32BE((purpose === 'officeFeed' ? far : beside).ids[purpose], 2);
        return [
          ['revoked', links.token(purpose, own.ids[purpose], 0)],
          ['to come', links.token(purpose, own.ids[purpose], 2)],
          ['nobody', links.token(purpose, 4_000_000_000, 1)],
          ['another id', bent.toString('base64url')],
          ['cut off', good.slice(0, -1)],
          ['longer', `${good}A`],
          ['encoded', encodeURIComponent(`${good}\0`)],
          ['a path', encodeURIComponent(`../u/${good}`)],
        ].map(([what, token]) => [what!, pathOf(route, token!, own)]);
      }),
    ).toEqual([]);
  });

  test('of another event or office, by a token that is good for its own', async () => {
    const withIds = Object.keys(routes).filter((route) => /:(materialId|delegateId|id)/.test(route));
    const wrong: string[] = [];
    for (const route of withIds)
      for (const other of [beside, far]) {
        const [purpose] = routes[route]!;
        const token = app.deps.links.token(purpose, own.ids[purpose], 1);
        const path = pathOf(route, token, other);
        const before = await contentOfTables(app.db);
        const reply = await call(route, path);
        const told = [words.beside, words.far].filter((word) => reply.text.includes(word));
        // A name of one's own page may come back with it; what is asked for is not there.
        if (![404, 409].includes(reply.status) || told.length > 0)
          wrong.push(`${route}: ${reply.status} ${told.join()}`);
        wrong.push(...(await changedTables(app.db, before)).map((table) => `${route} changed ${table}`));
      }
    expect(wrong).toEqual([]);
  });

  test('by a helper’s token for somebody of another event or office', async () => {
    const path = `/s/${app.deps.links.token('scan', own.ids.scan, 1)}/marks`;
    const before = await contentOfTables(app.db);
    for (const other of [beside, far]) {
      const { links } = app.deps;
      for (const code of [
        links.doorCode(other.ids.delegate, 1),
        `/d/${links.token('delegate', other.ids.delegate, 1)}`,
        `/d/${links.token('delegate', other.ids.delegate, 0)}`,
        `/u/${links.token('invitation', other.ids.invitation, 1)}`,
        String(other.ids.delegate),
      ]) {
        const { status, text } = await call('post', path, { code, session: String(other.scene.sessions[0]) });
        expect([code, status]).toEqual([code, 200]);
        // Of the same office the title is told, so that the person can be sent there; no name in any case.
        expect(text).not.toMatch(/Utusan (Cendrawasih|Maleo)|Rapat Maleo|Aula/);
      }
    }
    expect(await changedTables(app.db, before)).toEqual([]);
  });
});

/** What the routes of links that are good in themselves answer, and whether place, address and notes are told. */
async function seen(house: House, word: string) {
  const told: Record<string, string> = {};
  for (const [route, [purpose]] of Object.entries(routes)) {
    if (!route.startsWith('get') || /logo|qr\.svg/.test(route)) continue;
    await app.db.query('DELETE FROM failed_attempt');
    const token = app.deps.links.token(purpose, house.ids[purpose], 1);
    const { status, text, body } = await call(route, pathOf(route, token, house));
    const content = text || (Buffer.isBuffer(body) ? body.toString('latin1') : '');
    const tells = [`Aula ${word}`, `rapat.example`, `isi ${word}`].some((part) => content.includes(part));
    told[route.slice(4)] = `${status}${tells ? ' tells' : ''}`;
  }
  return told;
}

describe('who is out learns that, and nothing more', () => {
  const closed = {
    '/u/:token/letter/file': '404',
    '/u/:token/record': '404',
    '/u/:token/notula.pdf': '404',
    '/u/:token/materials.zip': '404',
    '/u/:token/materials/:materialId': '404',
    '/d/:token/notula.pdf': '404',
    '/d/:token/materials.zip': '404',
    '/d/:token/materials/:materialId': '404',
  };
  const change = (sql: string, id: number) => app.db.query(sql, [id]);

  async function house(): Promise<House> {
    const made = await makeHouse(own.door, 'Enggang');
    app.clock.set(onTime);
    return made;
  }

  test('a revoked invitation', async () => {
    const made = await house();
    await change(`DELETE FROM seat WHERE invitation_id = $1`, made.ids.invitation);
    await change(
      `UPDATE invitation SET state = 'revoked', reason = 'Keliru' WHERE id = $1`,
      made.ids.invitation,
    );
    expect(await seen(made, 'Enggang')).toMatchObject({
      ...closed,
      '/u/:token': '200',
      '/u/:token/calendar.ics': '404',
      '/d/:token': '200',
      '/d/:token/calendar.ics': '404',
    });
  });

  test.each(['replaced', 'released'])('a delegate who is %s', async (state) => {
    const made = await house();
    await change(
      `UPDATE seat SET delegate_id = NULL, state = 'free', invitation_id = NULL WHERE delegate_id = $1`,
      made.ids.delegate,
    );
    await app.db.query('UPDATE delegate SET state = $2 WHERE id = $1', [made.ids.delegate, state]);
    expect(await seen(made, 'Enggang')).toMatchObject({
      '/d/:token': '200',
      '/d/:token/calendar.ics': '404',
      '/d/:token/notula.pdf': '404',
      '/d/:token/materials.zip': '404',
      '/d/:token/materials/:materialId': '404',
    });
  });

  test('whom nobody has invited yet', async () => {
    const made = await house();
    await change(`UPDATE event SET state = 'draft' WHERE id = $1`, made.scene.eventId);
    expect(await seen(made, 'Enggang')).toMatchObject({
      ...closed,
      '/u/:token': '200',
      '/u/:token/calendar.ics': '404',
      '/d/:token/calendar.ics': '404',
    });
  });

  test('a cancelled event takes back its entry in calendars, and hands out nothing', async () => {
    const made = await house();
    await change(
      `UPDATE event SET state = 'cancelled', cancel_reason = 'Banjir' WHERE id = $1`,
      made.scene.eventId,
    );
    expect(await seen(made, 'Enggang')).toMatchObject({
      ...closed,
      '/u/:token': expect.stringMatching(/^200/),
      '/d/:token': '200',
      '/m/:token': '404',
    });
    const { text } = await call(
      'get',
      `/u/${app.deps.links.token('invitation', made.ids.invitation, 1)}/calendar.ics`,
    );
    expect(text).toContain('STATUS:CANCELLED');
    const marks = `/s/${app.deps.links.token('scan', made.ids.scan, 1)}/marks`;
    const before = await contentOfTables(app.db);
    const { status } = await call('post', marks, {
      code: app.deps.links.doorCode(made.ids.delegate, 1),
    });
    expect(status).toBe(200);
    expect(await changedTables(app.db, before)).toEqual([]);
  });

  test('a helper’s link that was ended', async () => {
    const made = await house();
    await change('UPDATE scan_link SET revoked_at = now() WHERE id = $1', made.ids.scan);
    const path = `/s/${app.deps.links.token('scan', made.ids.scan, 1)}`;
    const before = await contentOfTables(app.db);
    expect(leaks('page', await call('get', path))).toEqual([]);
    const code = app.deps.links.doorCode(made.ids.delegate, 1);
    expect(leaks('marks', await call('post', `${path}/marks`, { code }))).toEqual([]);
    expect(await changedTables(app.db, before)).toEqual([]);
  });
});

test('who works for the office has no link of promises, whatever its token', async () => {
  const office = await makeOffice(app.db);
  const [{ id }] = (await app.db.query('SELECT min(id) AS id FROM app_user')) as [{ id: number }];
  const owner = await makeOwner(app.db, office, { kind: 'user', userId: id });
  expect(leaks('page', await call('get', `/t/${app.deps.links.token('owner', owner, 1)}`))).toEqual([]);
});
