import request from 'supertest';
import type { Express } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import { readdir } from 'node:fs/promises';
import type { Role } from '../../src/features/accounts/permissions.js';
import type { Visibility } from '../../src/features/materials/material-words.js';
import { makeHost, makeScene, type Host, type Scene, type SceneGiven } from '../factories/scenes.js';
import { makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { phoneAgent } from '../answers/support.js';

export interface Given {
  name: string;
  content: Buffer;
}

/** What a small PDF begins and ends with; enough to be known as one. */
export const pdf = (text = 'isi'): Buffer => Buffer.from(`%PDF-1.4\n% ${text}\n%%EOF\n`);

/** The desk of a secretary who hands out materials, and the phones of those who get them. */
export interface Desk {
  app: TestApp;
  host: Host;
  secretary: Visitor;
  /** Somebody else of the office, signed in. */
  colleague(role: Role): Promise<Visitor>;
  scene(given?: Partial<SceneGiven>): Promise<Scene>;
  /** Sends files by the form of a page, as a browser or (`json`) as the script of the page does. */
  upload(
    path: string,
    files: Given[],
    fields?: Record<string, string>,
    options?: Sending,
  ): Promise<request.Response>;
  /** Uploads one file and gives its material's id. */
  material(eventId: number, file?: Partial<Given>, visibility?: Visibility): Promise<number>;
  /** Fetches by a phone, bytes and all. */
  fetch(path: string, headers?: Record<string, string>): Promise<request.Response>;
  link(invitationId: number): string;
  /** What lies in the folder of uploads, folders left out. */
  stored(): Promise<string[]>;
  rows<T>(sql: string, values?: unknown[]): Promise<T[]>;
}

export interface Sending {
  field?: string;
  json?: boolean;
  app?: Express;
  page?: string;
}

const asBuffer = (response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void) => {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
};

export async function openDesk(): Promise<Desk> {
  const app = await startTestApp();
  app.clock.set(new Date().toISOString());
  const host = await makeHost(app.deps);
  const { email } = await makeUser(app.db, host.office, ['secretary']);
  const secretary = await new Visitor(app.app).signIn(email);
  const rows = <T>(sql: string, values: unknown[] = []) => app.db.query(sql, values) as Promise<T[]>;

  const upload: Desk['upload'] = async (path, files, fields = {}, sending = {}) => {
    const visitor = sending.app ? await new Visitor(sending.app).signIn(email) : secretary;
    return visitor.uploadMany(path, {
      field: sending.field ?? 'files',
      files,
      fields: { agendaItemId: '', visibility: 'accepted', ...fields },
      accept: sending.json ? 'application/json' : 'text/html',
      from: sending.page ?? path,
    });
  };

  return {
    app,
    host,
    secretary,
    upload,
    rows,
    colleague: async (role) =>
      new Visitor(app.app).signIn((await makeUser(app.db, host.office, [role])).email),
    scene: (given = {}) => makeScene(host, { quota: { seats: 5 }, institutions: [{}, {}], ...given }),
    material: async (eventId, file = {}, visibility = 'accepted') => {
      const one = { name: 'Paparan.pdf', content: pdf(), ...file };
      const { status, text } = await upload(`/events/${eventId}/materials`, [one], { visibility });
      if (status !== 303) throw new Error(`upload answered ${status}: ${text}`);
      const [{ id }] = (await rows('SELECT max(id) AS id FROM material WHERE event_id = $1', [eventId])) as [
        { id: number },
      ];
      return id;
    },
    fetch: (path, headers = {}) =>
      request(app.app)
        .get(path)
        .set({ 'user-agent': phoneAgent, ...headers })
        .buffer(true)
        .parse(asBuffer as never) as unknown as Promise<request.Response>,
    link: (invitationId) => `/u/${app.deps.links.token('invitation', invitationId, 1)}`,
    stored: async () => {
      // What was not kept goes with the end of the answer, a moment after it was read.
      await delay(50);
      const entries = await readdir(app.settings.UPLOADS_DIR, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
  };
}

/** Marks a delegate as present, as the attendance room keeps it. */
export async function markPresent({ app, host }: Desk, eventId: number, delegateId: number): Promise<void> {
  await app.db.query(
    `WITH s AS (SELECT x.id FROM event_session x JOIN event_day d ON d.id = x.day_id WHERE d.event_id = $1 LIMIT 1),
       m AS (INSERT INTO attendance_mark (client_id, event_id, session_id, delegate_id, kind, device_at, happened_at, recorded_at, way, user_id)
         SELECT gen_random_uuid(), $1, s.id, $2, 'in', now(), now(), now(), 'list', $3 FROM s RETURNING id, session_id)
     INSERT INTO attendance (event_id, session_id, delegate_id, state, arrived_at, last_mark_id)
     SELECT $1, m.session_id, $2, 'present', now(), m.id FROM m`,
    [eventId, delegateId, host.actor.userId],
  );
}

/** An institution accepts by its link; the ids of its delegates. */
export async function accept({ app, link, rows }: Desk, invitationId: number, seats = 1): Promise<number[]> {
  const path = link(invitationId);
  await new Visitor(app.app).post(`${path}/answer`, { answer: 'accept', seats: String(seats) }, path);
  const delegates = await rows<{ id: number }>(
    'SELECT id FROM delegate WHERE invitation_id = $1 ORDER BY id',
    [invitationId],
  );
  return delegates.map(({ id }) => id);
}
