import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { staffRoutes } from '../../src/app.js';
import { roles } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { AttemptLimits } from '../../src/web/limits.js';
import { keepInStore, makeAction } from '../factories/actions.js';
import { makeUser } from '../factories/people.js';
import { openDoor, type Door, type Scene } from '../attendance/support.js';
import { pathWithSamples } from '../support/samples.js';
import { Visitor } from '../support/visitor.js';

/** Ends an attribute, an element, a template and a text of its kind; and is a formula where it stands first. */
const attack = `=1+1"'><x-attack onclick=x()>{{7*7}}<%= 7*7 %>\${7*7}</textarea></title><x-attack>&lt;`;

let door: Door;
let scene: Scene;
let everybody: Visitor;
let staffPages: string[];
let linkPages: string[];
let poisoned: string[];

const rooms = /^\/(actions|issues|events)/;

/** Writes the attack into every text that no constraint of the database reads; the columns that took it. */
async function poison({ app }: Door): Promise<string[]> {
  const columns = (await app.db.query(
    `SELECT c.relname AS "table", a.attname AS "column" FROM pg_attribute a
     JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
       AND a.attgenerated = '' AND t.typname = 'text' AND c.relname NOT IN ('session', 'migrations', 'region')
       AND a.attname !~ '(hash|sha256|email|phone|zone|accent|media_type|url|code|token|content|icon|pattern|key)'`,
  )) as { table: string; column: string }[];
  const taken: string[] = [];
  for (const { table, column } of columns)
    await app.db
      .transaction(async (tx) => {
        await tx.query(`SET LOCAL session_replication_role = 'replica'`);
        await tx.query(`UPDATE "${table}" SET "${column}" = $1`, [attack]);
        taken.push(`${table}.${column}`);
      })
      // A choice, or unique: nothing that a person could have typed this into.
      .catch(() => undefined);
  return taken;
}

beforeAll(async () => {
  door = await openDoor();
  const { app, office } = door;
  scene = await door.scene();
  const user = await makeUser(app.db, office, [...roles]);
  everybody = await new Visitor(app.app).signIn(user.email);
  const { links } = app.deps;
  const [delegate] = scene.delegates as [Scene['delegates'][number]];
  const action = await makeAction(app.db, office, { eventId: scene.eventId });
  const [{ owner }] = (await door.rows('SELECT owner_id AS owner FROM action_item WHERE id = $1', [
    action,
  ])) as [{ owner: number }];
  await door.secretary.post(`${scene.list}/scan-links`, { label: 'Pintu' }, scene.list);
  const [{ scan }] = (await door.rows('SELECT max(id) AS scan FROM scan_link')) as [{ scan: number }];
  await door.rows(
    `INSERT INTO material (event_id, title, url, visibility) VALUES ($1, 'A', 'https://a.example/', 'invited')`,
    [scene.eventId],
  );
  await door.secretary.post(`${scene.session}/delegates/${delegate.id}/marks`, {}, scene.list);
  await door.rows('UPDATE event SET record_check = true WHERE id = $1', [scene.eventId]);
  await door.rows(
    `INSERT INTO assignment_letter (invitation_id, stored_file_id, file_name, handed_in_at)
     SELECT $1, $2, 'surat.pdf', now()`,
    [delegate.invitationId, await keepInStore(app.db)],
  );
  await door.rows(
    `INSERT INTO institution_proposal (institution_id, way, invitation_id, kind, changes, before)
     SELECT institution_id, 'link', id, 'change', $2, '{}' FROM invitation WHERE id = $1`,
    [delegate.invitationId, JSON.stringify({ name: attack, leaderName: attack })],
  );
  linkPages = [
    `/u/${links.token('invitation', delegate.invitationId, 1)}`,
    `/u/${links.token('invitation', delegate.invitationId, 1)}/record`,
    `/d/${links.token('delegate', delegate.id, 1)}`,
    `/t/${links.token('owner', owner, 1)}`,
    `/s/${links.token('scan', scan, 1)}`,
  ];
  staffPages = [
    ...(await pathsOf(office)),
    ...['', '/attendance', '/materials', '/actions'].map((part) => `/events/${scene.eventId}${part}`),
    `${scene.session}/delegates/${delegate.id}`,
    ...['/actions?state=all', '/issues', '/settings/audit', '/'],
  ];
  poisoned = await poison(door);
}, 60_000);
afterAll(() => door.app.close());

async function pathsOf(office: Office): Promise<string[]> {
  const { app } = door;
  const routes = staffRoutes({ ...app.deps, limits: new AttemptLimits(app.db) });
  const paths: string[] = [];
  for (const { method, path } of routes)
    if (method === 'get' && rooms.test(path) && !/\.(svg|zip)$|\/(file|picture|thumbnail)$/.test(path))
      paths.push(await pathWithSamples(app.db, office, path));
  return paths;
}

test('the attack is in the texts that people write', () => {
  expect(poisoned).toEqual(
    expect.arrayContaining([
      ...['event.title', 'delegate.name', 'guest.name', 'scan_link.label', 'material.title', 'photo.caption'],
      ...['minutes_block.text', 'minutes.chair_name', 'programme_review.result', 'handover_entry.document'],
      ...['action_item.title', 'action_note.text', 'action_note.file_name', 'material_version.file_name'],
      ...['assignment_letter.file_name', 'institution_proposal.note', 'institution_proposal.decision_note'],
    ]),
  );
});

test('whatever is written into any text is shown as text on every page of the office and of links', async () => {
  const wrong: string[] = [];
  let seen = 0;
  const phone = new Visitor(door.app.app);
  for (const [visitor, paths] of [
    [everybody, staffPages],
    [phone, linkPages],
  ] as const)
    for (const path of paths) {
      const { status, text, headers, type } = await visitor.get(path);
      const shape = path.replace(/\d+/g, '#');
      if (status >= 500) wrong.push(`${status} ${shape}`);
      if (/x-attack/.test(JSON.stringify(headers))) wrong.push(`${shape}: in a header`);
      if (!type.includes('html')) continue;
      if (/<x-attack/.test(text)) wrong.push(`${shape}: as markup`);
      if (text.includes('&lt;x-attack')) seen += 1;
      if (/(href|src|action)="(javascript|data:text)/i.test(text))
        wrong.push(`${shape}: script in an address`);
    }
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(40);
}, 120_000);

test('papers are printed and tables are safe with it', async () => {
  const at = `/events/${scene.eventId}`;
  for (const [path, fields] of [
    [`${at}/attendance/sheets`, { of: String(scene.sessions[0]), form: 'filled', file: 'pdf' }],
    ['/actions/export', { format: 'pdf', state: 'all' }],
    ['/actions/export', { format: 'pdf', event: String(scene.eventId), state: 'all' }],
  ] as const) {
    const { status, type, headers } = await everybody.post(path, fields);
    expect([path, status, type]).toEqual([path, 200, 'application/pdf']);
    expect(headers['content-disposition']).toMatch(/^attachment; filename="[\w .-]+\.pdf"$/);
  }
  for (const [path, fields] of [
    [`${at}/attendance/sheets`, { of: String(scene.sessions[0]), form: 'filled', file: 'xlsx' }],
    ['/actions/export', { format: 'xlsx', state: 'all' }],
  ] as const) {
    const rows = await readSheet(await everybody.download(path, fields));
    const texts = rows.flat().filter((cell): cell is string => typeof cell === 'string');
    expect(texts.filter((text) => text.includes('x-attack')).length).toBeGreaterThan(0);
    expect(texts.filter((text) => /^[=+\-@]/.test(text))).toEqual([]);
  }
});
