import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import pino from 'pino';
import type { Express } from 'express';
import request from 'supertest';
import { createApp } from '../../src/app.js';
import { makeAction, makeOwner } from '../factories/actions.js';
import { makeInstitution } from '../factories/institutions.js';
import { lineOf } from '../factories/minutes.js';
import { makeUser } from '../factories/people.js';
import { openDoor, type Door, type Scene } from '../attendance/support.js';
import { Visitor } from '../support/visitor.js';

let door: Door;
let program: Express;
const lines: string[] = [];

beforeAll(async () => {
  door = await openDoor();
  program = createApp({
    ...door.app.deps,
    log: pino({ level: 'trace' }, { write: (line) => void lines.push(line) }),
  });
});
afterAll(() => door.app.close());

const secret = 'Cenderawasih';
const phone = '81298765432';

interface Opened {
  scene: Scene;
  tokens: Record<'u' | 'd' | 't' | 's' | 'm', string>;
  doorCode: string;
  action: number;
  material: number;
  staff: Visitor;
}

async function open(): Promise<Opened> {
  const { app, office, rows } = door;
  const scene = await door.scene({ title: `Rapat ${secret}` });
  const [delegate] = scene.delegates as [Scene['delegates'][number]];
  await rows('UPDATE delegate SET name = $2, phone = $3 WHERE id = $1', [
    ...[delegate.id, `Haji ${secret}`, `+62${phone}`],
  ]);
  await rows(`INSERT INTO minutes (event_id, chair_name) VALUES ($1, $2)`, [scene.eventId, secret]);
  const user = await makeUser(app.db, office, ['organizer', 'secretary']);
  const staff = await new Visitor(program).signIn(user.email);
  const owner = await makeOwner(app.db, office, { name: secret, phone: `+62${phone}` });
  const action = await makeAction(app.db, office, { ownerId: owner, title: `Janji ${secret}` });
  await staff.post(`${scene.list}/scan-links`, { label: secret }, scene.list);
  const list = `/events/${scene.eventId}/materials`;
  const file = {
    field: 'files',
    content: Buffer.from(`%PDF-1.4\n${randomUUID()}\n%%EOF`),
    name: `${secret}.pdf`,
  };
  await staff.upload(list, file, { agendaItemId: '', visibility: 'public' }, list);
  const [ids] = (await rows(
    `SELECT (SELECT max(id) FROM scan_link) AS scan, (SELECT max(id) FROM material) AS material`,
  )) as [{ scan: number; material: number }];
  const { links } = app.deps;
  return {
    ...{ scene, action, staff, material: ids.material, doorCode: links.doorCode(delegate.id, 1) },
    tokens: {
      u: links.token('invitation', delegate.invitationId, 1),
      d: links.token('delegate', delegate.id, 1),
      t: links.token('owner', owner, 1),
      s: links.token('scan', ids.scan, 1),
      m: links.token('material', ids.material, 1),
    },
  };
}

/** Everything that people do in the four rooms, once each; the statuses, by path without ids. */
async function day({ scene, tokens, doorCode, action, material, staff }: Opened): Promise<number[]> {
  const { links, db } = { ...door.app.deps };
  const at = `/events/${scene.eventId}`;
  const lks = await makeInstitution(db, door.office);
  const clientId = () => randomUUID();
  const person = { name: `Haji ${secret}`, phone: `0${phone}` };
  const statuses: number[] = [];
  const post = async (path: string, fields: Record<string, unknown>) => {
    statuses.push((await staff.post(path, fields)).status);
  };
  const send = async (page: string, path: string, fields: Record<string, string>) => {
    const form = { _csrf: links.formToken(page), clientId: clientId(), ...fields };
    statuses.push(
      (
        await request(program)
          .post(page + path)
          .type('form')
          .send(form)
      ).status,
    );
  };
  for (const [letter, token] of Object.entries(tokens))
    for (const path of [
      `/${letter}/${token}`,
      `/${letter}/${token}x`,
      `/${letter}/${token}/lain?q=${secret}`,
    ])
      statuses.push((await request(program).get(path).set('Accept', 'text/html')).status);
  for (const path of [`/u/${tokens.u}/materials.zip`, `/d/${tokens.d}/materials/${material}`])
    statuses.push((await request(program).get(path)).status);
  await send(`/s/${tokens.s}`, '/marks', { code: doorCode, session: String(scene.sessions[0]) });
  await send(`/s/${tokens.s}`, '/marks', { code: `http://127.0.0.1/d/${tokens.d}` });
  await send(`/t/${tokens.t}`, `/actions/${action}`, { act: 'note', version: '1', text: secret, url: '' });
  await send(`/u/${tokens.u}`, `/delegates/${scene.delegates[0]!.id}`, { other: 'same', ...person });
  await post(`${scene.session}/scan`, { code: doorCode, clientId: clientId() });
  await post(`${scene.session}/walk-in/${lks}`, { ...person, clientId: clientId(), reason: secret });
  await post(`${scene.session}/guests`, { ...person, kind: 'guest', clientId: clientId() });
  await post(`${at}/minutes/blocks`, lineOf({ text: `Dibahas ${secret}`, person: secret }));
  await post(`${at}/minutes/reviews`, { programme: secret, clientId: clientId(), version: '0' });
  await post(`${at}/actions`, {
    title: secret,
    ownerKind: 'outside',
    ownerOutside: secret,
    ownerPhone: `0${phone}`,
  });
  await post(`/actions/${action}/notes`, { text: secret, url: '', clientId: clientId() });
  await post(`${at}/materials/links`, {
    title: secret,
    url: `https://contoh.example/${secret}`,
    visibility: 'public',
  });
  statuses.push((await staff.get(`${scene.list}?q=${secret}`)).status);
  statuses.push((await staff.get(`/actions?q=${secret}`)).status);
  return statuses;
}

/** What of these people stands in the log. */
function told({ tokens, doorCode }: Opened): string[] {
  const words = [
    secret,
    phone,
    doorCode,
    ...Object.values(tokens).flatMap((token) => [token, token.slice(10)]),
  ];
  return lines.filter((line) => words.some((word) => line.includes(word)));
}

test('a day in the four rooms leaves no token, name, phone or text in the log', async () => {
  const opened = await open();
  const statuses = await day(opened);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
  expect(told(opened)).toEqual([]);
});

test('neither does a day on which everything fails', async () => {
  const opened = await open();
  const { rows } = door;
  // What the database then says of the refused row has all of its values in it.
  for (const [table, column] of [
    ...[
      ['attendance_mark', 'client_id'],
      ['guest', 'name'],
      ['minutes_block', 'text'],
      ['programme_review', 'programme'],
    ],
    ...[
      ['action_owner', 'name'],
      ['action_note', 'text'],
      ['material', 'title'],
      ['delegate', 'name'],
    ],
  ])
    await rows(`ALTER TABLE ${table} ADD CONSTRAINT broken_${table} CHECK (${column} IS NULL) NOT VALID`);
  const [{ sha256 }] = (await rows(
    `SELECT f.sha256 FROM material_version v JOIN stored_file f ON f.id = v.stored_file_id WHERE v.material_id = $1`,
    [opened.material],
  )) as [{ sha256: string }];
  await rm(door.app.deps.files.pathOf(sha256));
  lines.length = 0;
  const statuses = await day(opened);
  expect(statuses.filter((status) => status === 500).length).toBeGreaterThan(8);
  expect(lines.filter((line) => line.includes('request failed')).length).toBeGreaterThan(8);
  expect(told(opened)).toEqual([]);
});
