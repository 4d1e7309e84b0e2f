import { makeScene, type Scene } from '../factories/scenes.js';
import type { House } from './house.js';
import { times } from './race.js';

/** Institutions with one seat offered to each, and behind them in the scene some that wait for what becomes free. */
export interface Offers extends Scene {
  offered: number[];
  waiting: number[];
}

export async function makeOffers(
  house: House,
  { offers, waiting }: { offers: number; waiting: number },
): Promise<Offers> {
  const { db } = house.app;
  const scene = await makeScene(house, {
    filling: 'selection',
    state: 'draft',
    quota: { seats: offers },
    institutions: times(offers + waiting, () => ({})),
  });
  const [offered, queue] = [scene.invitations.slice(0, offers), scene.invitations.slice(offers)];
  await db.query(`UPDATE event SET state = 'published' WHERE id = $1`, [scene.eventId]);
  await db.query(
    `UPDATE invitation SET state = 'waiting', demand = 1, waiting = 1, queue_number = 1000 + id
     WHERE id = ANY($1)`,
    [queue],
  );
  await db.query(
    `UPDATE seat s SET state = 'held', invitation_id = o.id, held_until = now() + interval '1 hour'
     FROM unnest($2::int[]) WITH ORDINALITY AS o (id, number) WHERE s.event_id = $1 AND s.number = o.number`,
    [scene.eventId, offered],
  );
  await db.query(
    `UPDATE invitation SET state = 'offered', demand = 1, hold_until = now() + interval '1 hour'
     WHERE id = ANY($1)`,
    [offered],
  );
  return { ...scene, offered, waiting: queue };
}

/** Moves the end of the offers. */
export async function endOffers({ app }: House, { offered }: Offers, at: Date): Promise<void> {
  await app.db.query('UPDATE invitation SET hold_until = $2 WHERE id = ANY($1)', [offered, at]);
  await app.db.query('UPDATE seat SET held_until = $2 WHERE invitation_id = ANY($1)', [offered, at]);
}

/** Invitations of which the history says more than once that they lapsed. */
export async function lapsedTwice({ app }: House, { eventId }: Scene): Promise<string[]> {
  const rows = (await app.db.query(
    `SELECT invitation_id AS id FROM invitation_change WHERE event_id = $1 AND verb = 'lapse_held'
     GROUP BY invitation_id HAVING count(*) > 1`,
    [eventId],
  )) as { id: number }[];
  return rows.map(({ id }) => `invitation ${id} lapsed more than once`);
}
