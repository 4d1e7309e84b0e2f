import request from 'supertest';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeHost, makeScene, type Host, type SceneGiven } from '../factories/scenes.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';

/** A phone as people carry it; without a name a request passes for a machine. */
export const phoneAgent =
  'Mozilla/5.0 (Linux; Android 11; RMX3231) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36';

/** An office, its program, and the addresses of what it sends out. */
export interface Desk {
  app: TestApp;
  host: Host & { office: Office };
  visitor: Visitor;
  /** An event whose invitations are open, by their addresses. */
  scene(
    given?: Partial<SceneGiven>,
  ): Promise<{ eventId: number; invitations: { id: number; path: string }[] }>;
  /** Accepts and gives the delegates' ids. */
  accept(path: string, seats?: number): Promise<number[]>;
  get(path: string, headers?: Record<string, string>): request.Test;
}

export async function openDesk(): Promise<Desk> {
  const app = await startTestApp();
  app.clock.set(new Date().toISOString());
  const host = await makeHost(app.deps);
  const visitor = new Visitor(app.app);
  return {
    app,
    host,
    visitor,
    scene: async (given = {}) => {
      const { eventId, invitations } = await makeScene(host, {
        quota: { seats: 5 },
        institutions: [{ leader: { name: 'Ketua Satu' } }, { leader: { name: 'Ketua Dua' } }],
        ...given,
      });
      const pathOf = (id: number) => `/u/${app.deps.links.token('invitation', id, 1)}`;
      return { eventId, invitations: invitations.map((id) => ({ id, path: pathOf(id) })) };
    },
    accept: async (path, seats = 1) => {
      await visitor.post(`${path}/answer`, { answer: 'accept', seats: String(seats) }, path);
      const { text } = await visitor.get(path);
      return [...text.matchAll(/id="delegasi-(\d+)"/g)].map(([, id]) => Number(id));
    },
    get: (path, headers = {}) =>
      request(app.app)
        .get(path)
        .set({ accept: 'text/html', 'user-agent': phoneAgent, ...headers }),
  };
}
