import type { EntityManager } from 'typeorm';
import { NotFound } from '../../errors.js';
import { waitingToBeAsked } from '../actions/asked.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { Event } from './event.entity.js';
import type { EventCounts, RoomCounts } from './event-steps.js';

/** @throws NotFound for an event of another office, or none */
export async function findEvent(tx: EntityManager, actor: OfficeActor, id: number): Promise<Event> {
  const event = await tx.findOneBy(Event, { id, officeId: actor.office.id });
  if (!event) throw new NotFound();
  return event;
}

/** States in which an institution has been asked, and in which it has said something. */
const invitedStates = `('open', 'offered', 'waiting', 'accepted', 'reconfirm', 'declined', 'lapsed')`;
const answeredStates = `('waiting', 'accepted', 'declined')`;
/** Still to answer, before the deadline of each. */
const awaitedStates = `('open', 'offered', 'reconfirm')`;

/** Seats and invitations of the events in `event e`, as columns to select beside it. */
export const countColumns = `
  (SELECT count(*)::int FROM event_day d JOIN event_session s ON s.day_id = d.id WHERE d.event_id = e.id)
    AS sessions,
  coalesce((SELECT q.seats FROM event_quota q WHERE q.event_id = e.id), 0) AS seats,
  (SELECT count(*)::int FROM seat x WHERE x.event_id = e.id AND x.pool = 'quota' AND x.state = 'taken')
    AS "seatsTaken",
  i.chosen, i.invited, i.answered, i.awaited`;

export const countJoin = `
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE state <> 'revoked')::int AS chosen,
      count(*) FILTER (WHERE state IN ${invitedStates})::int AS invited,
      count(*) FILTER (WHERE state IN ${answeredStates})::int AS answered,
      count(*) FILTER (WHERE state IN ${awaitedStates})::int AS awaited
    FROM invitation WHERE event_id = e.id
  ) i`;

export async function countsOf(tx: EntityManager, eventId: number): Promise<EventCounts> {
  const rows = (await tx.query(`SELECT ${countColumns} FROM event e ${countJoin} WHERE e.id = $1`, [
    eventId,
  ])) as [EventCounts];
  return rows[0];
}

/** What has happened in the rooms that follow the answers; each feature keeps its own tables. */
export async function roomCountsOf(tx: EntityManager, eventId: number): Promise<RoomCounts> {
  const [rooms] = (await tx.query(
    `SELECT a.came, m.materials, t.actions, t.closed AS "actionsClosed",
       (SELECT state FROM minutes WHERE event_id = $1) AS minutes
     FROM (SELECT json_build_object('delegates', count(DISTINCT a.delegate_id), 'guests', count(DISTINCT a.guest_id),
         'institutions', count(DISTINCT i.institution_id)) AS came
       FROM attendance a LEFT JOIN delegate d ON d.id = a.delegate_id LEFT JOIN invitation i ON i.id = d.invitation_id
       WHERE a.event_id = $1 AND a.state = 'present') a,
       (SELECT count(*)::int AS materials FROM material WHERE event_id = $1 AND archived_at IS NULL) m,
       (SELECT count(*)::int AS actions, count(closed_at)::int AS closed FROM action_item WHERE event_id = $1) t`,
    [eventId],
  )) as [Omit<RoomCounts, 'toAsk'>];
  return { ...rooms, toAsk: await waitingToBeAsked(tx, eventId) };
}
