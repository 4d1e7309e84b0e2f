import type { DataSource } from 'typeorm';
import { makeScene, type Host, type SceneGiven } from '../../test/factories/scenes.js';

/** Made several at a time: hundreds one after the other would take longer than what is measured in them. */
export async function makeEvents(host: Host, count: number, quota: SceneGiven['quota']): Promise<number[]> {
  const ids: number[] = [];
  const make = async () => (await makeScene(host, { quota, institutions: [] })).eventId;
  while (ids.length < count)
    ids.push(...(await Promise.all(Array.from({ length: Math.min(8, count - ids.length) }, make))));
  return ids;
}

/**
 * Invites so many institutions of the registry to each event, as publishing does, but without a history of its own.
 * @returns the invitations, in turn from one event to the next
 */
export async function invite(db: DataSource, events: number[], each: number): Promise<number[]> {
  const rows = (await db.query(
    `WITH guest AS (SELECT i.*, row_number() OVER (ORDER BY id) - 1 AS place FROM institution i),
     host AS (SELECT id, place - 1 AS place FROM unnest($1::int[]) WITH ORDINALITY AS e (id, place)),
     made AS (
       INSERT INTO invitation (event_id, institution_id, state, stratum_id, region_key, service_key, demand)
       SELECT h.id, g.id, 'open', coalesce(own.id, other.id), g.region_code, s.service_type, 2
       FROM host h
       CROSS JOIN generate_series(0, $2::int - 1) AS n
       JOIN guest g ON g.place = (n + h.place * $2) % (SELECT count(*) FROM guest)
       JOIN institution_service s ON s.institution_id = g.id AND s.position = 1
       LEFT JOIN quota_stratum own ON own.event_id = h.id AND own.key = s.service_type
       LEFT JOIN quota_stratum other ON other.event_id = h.id AND other.key IN ('umum', 'lainnya')
       ORDER BY n, h.place
       RETURNING id)
     SELECT id FROM made ORDER BY id`,
    [events, each],
  )) as { id: number }[];
  return rows.map(({ id }) => id);
}

/**
 * An event to which so many came before: in a house where nobody ever did, PostgreSQL keeps plans for empty tables
 * until it has looked again, in the middle of the measurement.
 */
export async function makePast(host: Host, guests: number): Promise<void> {
  const { db } = host.deps;
  const events = await makeEvents(host, 1, { seats: guests });
  await invite(db, events, guests);
  await db.query(
    `WITH made AS (
       INSERT INTO delegate (event_id, invitation_id, representative_id, name)
       SELECT i.event_id, i.id, r.id, r.name FROM invitation i JOIN representative r USING (institution_id)
       WHERE i.event_id = $1 RETURNING id, invitation_id),
     told AS (
       INSERT INTO invitation_change (invitation_id, event_id, at, verb, from_state, to_state, seats, way)
       SELECT id, event_id, now(), 'accept', 'open', 'accepted', 1, 'link' FROM invitation WHERE event_id = $1),
     answered AS (UPDATE invitation SET state = 'accepted', demand = 1 WHERE event_id = $1)
     UPDATE seat s SET state = 'taken', invitation_id = m.invitation_id, delegate_id = m.id
     FROM (SELECT made.*, row_number() OVER (ORDER BY id) AS number FROM made) m
     WHERE s.event_id = $1 AND s.number = m.number`,
    events,
  );
}
