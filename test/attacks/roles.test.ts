import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { staffRoutes } from '../../src/app.js';
import { AttemptLimits } from '../../src/web/limits.js';
import { begin, lineOf, makeTable, write, type Table } from '../factories/minutes.js';
import { openDoor, type Door } from '../attendance/support.js';
import { changedTables, contentOfTables } from '../support/tables.js';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.app.close());

async function submitted(): Promise<Table & { seen: string }> {
  door.app.clock.set('2026-03-10T02:00:00Z');
  const table = await makeTable(door.app, door.office);
  await begin(table);
  await write(table, lineOf());
  await table.secretary.post(`${table.at}/submission`, {}, table.at);
  const { text } = await table.leader.get(table.at);
  return { ...table, seen: /name="seen" value="([0-9a-f]{64})"/.exec(text)?.[1] ?? '' };
}

test('who writes does not approve, and who approves does not write, whatever form they send', async () => {
  const { at, seen, secretary, leader } = await submitted();
  const organizer = await door.browserOf('organizer');
  const before = await contentOfTables(door.app.db);
  for (const writer of [secretary, organizer])
    for (const [path, fields] of [
      ['/approval', { seen }],
      ['/return', { reason: 'Keliru' }],
    ] as const)
      expect([path, (await writer.post(at + path, fields)).status]).toEqual([path, 403]);
  for (const [path, fields] of [
    ['/blocks', lineOf()],
    ['/head', { version: '1', chairName: 'Lain' }],
    ['/reviews', { programme: 'Lain', version: '0' }],
    ['/submission', {}],
    ['/correction', { reason: 'Keliru' }],
  ] as const)
    expect([path, (await leader.post(at + path, fields)).status]).toEqual([path, 403]);
  expect(await changedTables(door.app.db, before)).toEqual([]);
});

test('a helper’s link and what it answers with open no page of the office', async () => {
  const { list } = await door.scene();
  await door.secretary.post(`${list}/scan-links`, { label: 'Pintu' }, list);
  const [{ id }] = (await door.rows('SELECT max(id) AS id FROM scan_link')) as [{ id: number }];
  const page = `/s/${door.app.deps.links.token('scan', id, 1)}`;
  const helper = request.agent(door.app.app);
  await helper.get(page);
  const opened: string[] = [];
  const { app } = door;
  const before = await contentOfTables(app.db);
  for (const { method, path, access } of staffRoutes({ ...app.deps, limits: new AttemptLimits(app.db) })) {
    if (access.kind === 'open') continue;
    const address = path.replace(/:\w+/g, '1');
    const { status, headers } =
      method === 'get'
        ? await helper.get(address)
        : await helper
            .post(address)
            .type('form')
            .send({ _csrf: app.deps.links.formToken(page) });
    const isTurnedAway = status === 303 && headers.location === '/session';
    if (!isTurnedAway && ![403, 401].includes(status)) opened.push(`${method} ${path}: ${status}`);
  }
  expect(opened).toEqual([]);
  expect(await changedTables(app.db, before)).toEqual([]);
});
