import type { Response } from 'supertest';
import type { Role } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent, type EventGiven } from '../factories/events.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

/** An office with a person in front of its pages. */
export interface Desk {
  app: TestApp;
  office: Office;
  visitor: Visitor;
  userId: number;
  /** Somebody else of the office. */
  colleague(roles: Role[]): Promise<{ visitor: Visitor; userId: number }>;
  sql<T>(statement: string, values?: unknown[]): Promise<T[]>;
  /** State and version of a follow-up. */
  look(id: number): Promise<{ state: string; version: number }>;
  /** Takes a step as the page's form does. */
  step(visitor: Visitor, id: number, noun: string, fields?: Record<string, string>): Promise<Response>;
  series(name: string): Promise<number>;
  eventOf(seriesId: number, given?: EventGiven): Promise<number>;
  ownerLink(ownerId: number): Promise<string>;
}

export async function openDesk(): Promise<Desk> {
  const app = await startTestApp();
  const office = await makeOffice(app.db);
  const colleague = async (roles: Role[]) => {
    const user = await makeUser(app.db, office, roles);
    return { visitor: await new Visitor(app.app).signIn(user.email), userId: user.id };
  };
  const { visitor, userId } = await colleague(['organizer']);
  const sql: Desk['sql'] = (statement, values = []) => app.db.query(statement, values);
  const look: Desk['look'] = async (id) => {
    const [row] = await sql<{ state: string; version: number }>(
      'SELECT state, version FROM action_item WHERE id = $1',
      [id],
    );
    return row ?? { state: 'none', version: 0 };
  };
  return {
    ...{ app, office, visitor, userId, colleague, sql, look },
    step: async (who, id, noun, fields = {}) =>
      who.post(`/actions/${id}/${noun}`, { version: String((await look(id)).version), ...fields }),
    series: async (name) => {
      const [row] = await sql<{ id: number }>(
        'INSERT INTO event_series (office_id, name) VALUES ($1, $2) RETURNING id',
        [office.id, name],
      );
      return row?.id ?? 0;
    },
    eventOf: async (seriesId, given) => {
      const id = await makeEvent(app.db, office, given);
      await sql('UPDATE event SET series_id = $2 WHERE id = $1', [id, seriesId]);
      return id;
    },
    ownerLink: async (ownerId) => {
      const [row] = await sql<{ version: number }>(
        'SELECT token_version AS version FROM action_owner WHERE id = $1',
        [ownerId],
      );
      return `/t/${app.deps.links.token('owner', ownerId, row?.version ?? 0)}`;
    },
  };
}

/** The hidden fields of the form with this address. */
export function formAt(page: string, action: string): Record<string, string> {
  const inside = new RegExp(`<form[^>]* action="${action}"[^>]*>(.*?)</form>`, 's').exec(page)?.[1] ?? '';
  const fields = inside.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value]));
}
