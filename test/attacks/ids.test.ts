import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { staffRoutes } from '../../src/app.js';
import { roles } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { AttemptLimits } from '../../src/web/limits.js';
import { makeAction, makeOwner } from '../factories/actions.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { lineOf } from '../factories/minutes.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { samples } from '../permissions.samples.js';
import { bodies } from '../permissions.table.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { changedTables, contentOfTables } from '../support/tables.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let far: Office;
let farUser: number;
let everybody: Visitor;

beforeAll(async () => {
  app = await startTestApp();
  // Within the day of the factory's events, so that the door is open.
  app.clock.set('2026-03-20T01:30:00Z');
  office = await makeOffice(app.db);
  far = await makeOffice(app.db, { regionCode: '35' });
  const user = await makeUser(app.db, office, [...roles]);
  farUser = (await makeUser(app.db, far, [...roles])).id;
  everybody = await new Visitor(app.app).signIn(user.email);
});
afterAll(() => app.close());

const rooms =
  /^\/(actions|issues)|^\/events\/:id\/(attendance|materials|photos|minutes|actions|invitations\/whatsapp)/;
/** Numbers within their record, which every other one has too; and what an office may bring to any event. */
const notIds = new Set([':number', ':institutionId']);

/** Fresh ids for each `:id` of a path, by the path up to it. */
async function idsFor(path: string, of: Office): Promise<number[]> {
  const ids: number[] = [];
  const parts = path.split('/');
  for (const [at, part] of parts.entries())
    if (part.startsWith(':')) {
      const sample = samples[parts.slice(0, at + 1).join('/')];
      if (!sample) throw new Error(`no sample for ${path}`);
      ids.push(await sample(app.db, of, ids));
    }
  return ids;
}

const filled = (path: string, ids: number[]): string => {
  const left = [...ids];
  return path.replace(/:\w+/g, () => String(left.shift()));
};

/** Bodies that pass their schema, so that the id is what is refused. */
const complete: Record<string, Record<string, unknown>> = {
  ...bodies,
  'POST /events/:id/materials/:materialId': {
    ...{ title: 'Dicuri', agendaItemId: '', visibility: 'public', sort: '0', version: '1' },
  },
  'POST /events/:id/photos/:photoId': { caption: 'Dicuri', sort: '1', version: '1' },
  'POST /events/:id/actions/:actionId/evaluation': {
    ...{ clientId: randomUUID(), version: '1', text: 'Dicuri', act: 'note' },
  },
};

test('no route takes a record of another event or office for one of its own', async () => {
  const wrong: string[] = [];
  const all = staffRoutes({ ...app.deps, limits: new AttemptLimits(app.db) });
  const mixed = all.filter(({ path }) => rooms.test(path) && (path.match(/:\w+/g) ?? []).length > 1);
  expect(mixed.length).toBeGreaterThan(40);
  for (const { method, path } of mixed) {
    const names = path.match(/:\w+/g) ?? [];
    for (const [whose, other] of [
      ['beside', office],
      ['far', far],
    ] as const)
      for (let from = 1; from < names.length; from += 1) {
        if (names.slice(from).every((name) => notIds.has(name))) continue;
        const own = await idsFor(path, office);
        const theirs = await idsFor(path, other);
        const mix = [...own.slice(0, from), ...theirs.slice(from)];
        const before = method === 'post' ? await contentOfTables(app.db) : undefined;
        const route = `${method.toUpperCase()} ${path}`;
        const { status } =
          method === 'get'
            ? await everybody.get(filled(path, mix))
            : await everybody.post(filled(path, mix), complete[route] ?? {});
        const changed = before ? await changedTables(app.db, before) : [];
        if (status !== 404 || changed.length > 0)
          wrong.push(`${route} ${whose} from ${names[from]}: ${status} ${changed.join()}`);
      }
  }
  expect(wrong).toEqual([]);
}, 300_000);

interface Records {
  eventId: number;
  session: number;
  agendaItem: number;
  delegate: number;
  issueLine: { id: number; client: string };
  handover: number;
  institution: number;
}

async function recordsOf(of: Office, regionCode: string): Promise<Records> {
  const one = async (sql: string, values: unknown[]) =>
    ((await app.db.query(`${sql} RETURNING id`, values)) as [{ id: number }])[0].id;
  const eventId = await makeEvent(app.db, of, { state: 'running' });
  const [{ id: session }] = (await app.db.query(
    `SELECT x.id FROM event_session x JOIN event_day d ON d.id = x.day_id WHERE d.event_id = $1`,
    [eventId],
  )) as [{ id: number }];
  await app.db.query(`INSERT INTO minutes (event_id, chair_name) VALUES ($1, 'Ketua')`, [eventId]);
  const institution = await makeInstitution(app.db, of, { regionCode, name: `LKS Rekam ${eventId}` });
  const stratum = await one(
    `INSERT INTO quota_stratum (event_id, key, position, seats) VALUES ($1, 'umum', 0, 0)`,
    [eventId],
  );
  const invitation = await one(
    `INSERT INTO invitation (event_id, institution_id, state, stratum_id, region_key, service_key)
     VALUES ($1, $2, 'open', $3, $4, 'anak')`,
    [eventId, institution, stratum, regionCode],
  );
  const client = randomUUID();
  return {
    ...{ eventId, session, institution },
    agendaItem: await one(
      `INSERT INTO agenda_item (session_id, starts_at, title) VALUES ($1, '2026-03-20T01:00:00Z', 'Acara')`,
      [session],
    ),
    delegate: await one(`INSERT INTO delegate (event_id, invitation_id, name) VALUES ($1, $2, 'Utusan')`, [
      ...[eventId, invitation],
    ]),
    issueLine: {
      id: await one(
        `INSERT INTO minutes_block (event_id, client_id, kind, text) VALUES ($1, $2, 'issue', 'Masalah')`,
        [eventId, client],
      ),
      client,
    },
    handover: await one(
      `INSERT INTO handover_entry (event_id, institution_id, document) VALUES ($1, $2, 'Sertifikat')`,
      [eventId, institution],
    ),
  };
}

test('no field of a form takes a record of another event or office', async () => {
  const own = await recordsOf(office, '63.71');
  const strangers = [await recordsOf(office, '63.72'), await recordsOf(far, '35.73')];
  const [series] = (await app.db.query(
    `INSERT INTO event_series (office_id, name) VALUES ($1, 'Seri Jauh') RETURNING id`,
    [far.id],
  )) as [{ id: number }];
  const farOwner = await makeOwner(app.db, far);
  const farAction = await makeAction(app.db, far, { ownerId: farOwner, title: 'Janji Jauh' });
  const at = `/events/${own.eventId}`;
  const session = `${at}/attendance/sessions/${own.session}`;
  const action = { problem: 'P', title: 'Janji', ownerKind: 'unit', ownerUnit: 'Bidang', version: '1' };
  const place = { title: 'Tautan', url: 'https://contoh.example/', visibility: 'public' };
  const forms: [path: string, fields: Record<string, unknown>][] = [
    ['/actions', { ...action, seriesId: String(series.id) }],
    ['/actions', { ...action, ownerKind: 'user', ownerUserId: String(farUser) }],
    ...strangers.flatMap((other): [string, Record<string, unknown>][] => [
      [`${at}/materials/links`, { ...place, agendaItemId: String(other.agendaItem) }],
      [`${session}/walk-in/${own.institution}`, { name: 'X', replaces: String(other.delegate) }],
      [`${at}/attendance/sheets`, { of: String(other.session), form: 'filled', file: 'xlsx' }],
      [`${at}/minutes/blocks`, lineOf({ agendaItemId: String(other.agendaItem) })],
      [`${at}/minutes/blocks`, lineOf({ kind: 'response', parent: other.issueLine.client })],
      // A line that is somebody's already is not written over from another event.
      [`${at}/minutes/blocks`, lineOf({ clientId: other.issueLine.client, text: 'Ditimpa', version: '1' })],
      [
        `${at}/minutes/handovers`,
        { institutionId: String(other.institution), document: 'X', version: '0', clientId: randomUUID() },
      ],
      [
        `${at}/minutes/handovers`,
        {
          ...{ id: String(other.handover), institutionId: String(own.institution) },
          ...{ document: 'X', version: '1', clientId: randomUUID() },
        },
      ],
      [`${at}/actions`, { ...action, block: String(other.issueLine.id) }],
    ]),
    [`${session}/walk-in/${strangers[1]!.institution}`, { name: 'X' }],
    [
      '/actions',
      { ...action, ownerKind: 'institution', ownerInstitution: `LKS Rekam ${strangers[1]!.eventId}` },
    ],
    [`${at}/actions/${farAction}/evaluation`, { ...action, clientId: randomUUID(), act: 'verify' }],
    ['/actions/export', { format: 'pdf', event: String(strangers[1]!.eventId) }],
  ];
  const wrong: string[] = [];
  for (const [path, fields] of forms) {
    const before = await contentOfTables(app.db);
    const { status, text } = await everybody.post(path, fields);
    const changed = await changedTables(app.db, before);
    if (![404, 409, 422].includes(status) || changed.length > 0 || /Jauh/.test(text))
      wrong.push(`${path} ${JSON.stringify(fields)}: ${status} ${changed.join()}`);
  }
  expect(wrong).toEqual([]);
  const sheet = await everybody.post('/actions/export', {
    format: 'xlsx',
    owner: String(farOwner),
    state: 'all',
  });
  expect(sheet.status).toBe(200);
  for (const path of [
    `${at}/actions/new?block=${strangers[0]!.issueLine.id}`,
    `${at}/actions/new?block=${strangers[1]!.issueLine.id}`,
    `/actions?owner=${farOwner}&state=all`,
    `/actions?event=${strangers[1]!.eventId}&state=all`,
    `/issues?event=${strangers[1]!.eventId}`,
    `/issues?institution=${strangers[1]!.institution}`,
  ])
    expect((await everybody.get(path)).text).not.toMatch(/Jauh|LKS Rekam|Masalah/);
});
