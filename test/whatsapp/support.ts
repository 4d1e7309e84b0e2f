import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent, type EventGiven } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeInvitations, makeSeats } from '../factories/invitations.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

/** A colleague of the office before the queue. */
export interface Colleague {
  actor: OfficeActor;
  visitor: Visitor;
  userId: number;
}

export interface QueueRoom {
  app: TestApp;
  office: Office;
  colleague(name?: string): Promise<Colleague>;
  /** An event whose invitations wait to be passed on; the leader of the nth LKS has a number that ends in n. */
  event(count: number, given?: EventGiven): Promise<QueuedEvent>;
  query<T>(sql: string, values?: unknown[]): Promise<T[]>;
}

export interface QueuedEvent {
  id: number;
  path: string;
  invitations: number[];
  institutions: number[];
}

export const leaderPhone = (n: number): string => `+62812000001${String(n).padStart(2, '0')}`;

export async function openQueueRoom(): Promise<QueueRoom> {
  const app = await startTestApp();
  const office = await makeOffice(app.db);
  const actorOf = (userId: number) =>
    ({ userId, office: { ...office, roles: ['organizer'] } }) as unknown as OfficeActor;
  const host = actorOf((await makeUser(app.db, office)).id);
  return {
    app,
    office,
    async colleague(name) {
      const user = await makeUser(app.db, office, ['organizer'], name ? { name } : {});
      return {
        actor: actorOf(user.id),
        userId: user.id,
        visitor: await new Visitor(app.app).signIn(user.email),
      };
    },
    async event(count, given = {}) {
      const id = await makeEvent(app.db, office, given);
      await makeSeats(app, host, id, count);
      const institutions: number[] = [];
      for (let n = 1; n <= count; n += 1)
        institutions.push(
          await makeInstitution(app.db, office, {
            name: `Panti ${id} nomor ${String(n).padStart(2, '0')}`,
            leader: { name: `Ketua ${n}`, phone: leaderPhone(n) },
          }),
        );
      const invitations = await makeInvitations(app, host, id, institutions);
      return { id, path: `/events/${id}/invitations/whatsapp`, invitations, institutions };
    },
    query: (sql, values = []) => app.db.query(sql, values),
  };
}

/** What the queue shows to somebody. */
export interface Card {
  html: string;
  /** Of the message before them; undefined before the first and after the last. */
  id: number | undefined;
  /** Of the invitation. */
  invitation: number;
  number: string;
  whatsapp: string;
  text: string;
}

/** Looks at the queue, and reads what stands there. */
export async function look(visitor: Visitor, path: string): Promise<Card> {
  const { text: html } = await visitor.get(path);
  const first = (pattern: RegExp) => pattern.exec(html)?.[1] ?? '';
  const id = first(/whatsapp\/(\d+)\/sent"/);
  const whatsapp = first(/href="(https:\/\/wa\.me\/[^"]*)"/);
  return {
    html,
    id: id ? Number(id) : undefined,
    invitation: Number(first(/<h2 id="lks"><a href="\/events\/\d+\/invitations\/(\d+)"/)),
    number: first(/thumb__number[^>]*>([^<]+)</),
    whatsapp,
    text: decodeURIComponent(whatsapp.split('?text=')[1] ?? ''),
  };
}

/** Sends one of the forms that stand on the queue's page, and looks at what comes next. */
export async function tap(
  visitor: Visitor,
  path: string,
  act: string,
  fields: Record<string, string> = {},
): Promise<Card> {
  const reply = await visitor.post(`${path}/${act}`, fields, path);
  if (reply.status !== 303) throw new Error(`${act} answered ${reply.status}`);
  return look(visitor, reply.headers.location as string);
}
