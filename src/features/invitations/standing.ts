import { columnsOf, runPrepared } from '../../database/data-source.js';
import { NotFound } from '../../errors.js';
import { roomOf } from '../quotas/seats.js';
import type { Book } from './book.js';
import { Invitation } from './invitation.entity.js';
import { anythingDue, settle } from './settle.js';

/** An invitation of the event of an open book, with everything that an answer to it depends on. */
export interface Standing {
  invitation: Invitation;
  /** How many delegates it may send: seats per institution, or its stratum's own limit (rules.md 2). */
  limit: number;
  /** How many seats it could get now; not counted beyond its limit. */
  room: number;
  /** Seats that it has taken, or that are kept for a confirmation. */
  named: number;
  /** Seats held for an offer. */
  offered: number;
}

type Row = Invitation & Omit<Standing, 'invitation'> & { overdue: boolean };

const limitOf = 'greatest(1, least(q.seats_per_institution, t.limit_per_institution))';

const statement = (columns: string, room: string) => `
  SELECT ${columns}, ${limitOf} AS "limit", ${room} AS room, own.named, own.offered, ${anythingDue} AS overdue
  FROM invitation i
  JOIN event e ON e.id = i.event_id
  JOIN event_quota q ON q.event_id = i.event_id
  JOIN quota_stratum t ON t.id = i.stratum_id
  CROSS JOIN LATERAL (
    SELECT count(s.delegate_id)::int AS named, (count(*) - count(s.delegate_id))::int AS offered
    FROM seat s WHERE s.invitation_id = i.id) own
  WHERE i.id = $2 AND i.event_id = $3`;

async function read({ tx, quota, now }: Book, id: number): Promise<{ standing: Standing; overdue: boolean }> {
  const { room: roomThere, name } = roomOf(quota, limitOf);
  const text = statement(columnsOf(tx, Invitation, 'i'), roomThere);
  const [row] = await runPrepared<Row>(tx, `standing_${name}`, text, [now, id, quota.eventId]);
  if (!row) throw new NotFound();
  const { overdue, limit, room, named, offered, ...columns } = row;
  const invitation = Object.assign(new Invitation(), columns);
  return { standing: { invitation, limit, room, named, offered }, overdue };
}

/** Reads an invitation for an act, in one round trip. @throws NotFound for one of another event */
export async function readStanding(book: Book, id: number): Promise<Standing> {
  return (await read(book, id)).standing;
}

/** Opens an invitation for an act: what is overdue in its event is ended first. @throws NotFound as above */
export async function begin(book: Book, id: number): Promise<Standing> {
  const { standing, overdue } = await read(book, id);
  if (!overdue) return standing;
  await settle(book);
  return readStanding(book, id);
}
