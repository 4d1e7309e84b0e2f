import type { DataSource } from 'typeorm';
import { NotFound } from '../../errors.js';
import { Bindings } from '../institutions/institutions.filter.js';
import { readSearch, searchCondition, searchRank } from '../institutions/institutions.search.js';
import type { InvitationState } from './invitation.entity.js';
import { hasSharedPhone } from './same-phone.js';
import { phoneOf, toldAt } from '../messages/contacts.js';
import type { InvitationPurpose } from '../messages/purposes.js';
import type { EventFacts } from './sharing.js';

type Reader = Pick<DataSource, 'query'>;

/** How the answers stand, in institutions and in people: the two are never mixed (rules.md 1). */
export interface Summary {
  chosen: number;
  reserves: number;
  invited: number;
  sent: number;
  visited: number;
  accepted: number;
  acceptedPeople: number;
  /** Came forward before the day changed, and have not confirmed since. */
  reconfirm: number;
  reconfirmPeople: number;
  waiting: number;
  waitingPeople: number;
  offered: number;
  offeredPeople: number;
  declined: number;
  lapsed: number;
  unanswered: number;
  answered: number;
}

export async function summarise(db: Reader, eventId: number): Promise<Summary> {
  const [row] = (await db.query(
    `SELECT count(*) FILTER (WHERE i.state = 'draft')::int AS chosen,
       count(*) FILTER (WHERE i.state = 'reserve')::int AS reserves,
       count(*) FILTER (WHERE i.state NOT IN ('draft', 'reserve', 'revoked'))::int AS invited,
       count(*) FILTER (WHERE ${toldAt} IS NOT NULL AND i.state NOT IN ('draft', 'reserve', 'revoked'))::int AS sent,
       count(*) FILTER (WHERE i.first_visit_at IS NOT NULL AND i.state NOT IN ('draft', 'reserve', 'revoked'))::int
         AS visited,
       count(*) FILTER (WHERE i.state = 'accepted')::int AS accepted,
       coalesce(sum(s.named) FILTER (WHERE i.state = 'accepted'), 0)::int AS "acceptedPeople",
       count(*) FILTER (WHERE i.state = 'reconfirm')::int AS reconfirm,
       coalesce(sum(s.named) FILTER (WHERE i.state = 'reconfirm'), 0)::int AS "reconfirmPeople",
       count(*) FILTER (WHERE i.waiting > 0)::int AS waiting,
       coalesce(sum(i.waiting), 0)::int AS "waitingPeople",
       count(*) FILTER (WHERE s.offered > 0)::int AS offered,
       coalesce(sum(s.offered), 0)::int AS "offeredPeople",
       count(*) FILTER (WHERE i.state = 'declined')::int AS declined,
       count(*) FILTER (WHERE i.state = 'lapsed')::int AS lapsed,
       count(*) FILTER (WHERE i.state = 'open')::int AS unanswered,
       count(*) FILTER (WHERE i.state IN ('accepted', 'waiting', 'declined'))::int AS answered
     FROM invitation i
     CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE x.delegate_id IS NOT NULL)::int AS named,
         count(*) FILTER (WHERE x.state = 'held' AND x.delegate_id IS NULL)::int AS offered
       FROM seat x WHERE x.invitation_id = i.id) s
     WHERE i.event_id = $1`,
    [eventId],
  )) as [Summary];
  return row;
}

export interface InvitationRow {
  id: number;
  institutionId: number;
  name: string;
  regionName: string;
  serviceName: string;
  state: InvitationState;
  named: number;
  offered: number;
  waiting: number;
  place: number | null;
  holdUntil: Date | null;
  sentAt: Date | null;
  lastVisitAt: Date | null;
  answeredWay: 'link' | 'office' | null;
  tokenVersion: number;
  /** E.164 of the leader, else of the institution. */
  phone: string | null;
  /** What the institution should be told and has not been, and what that text needs. */
  untold: InvitationPurpose | null;
  untoldDetail: Record<string, unknown> | null;
  /** It is not reminded until a person lets it go on. */
  remindersStoppedAt: Date | null;
  /** It handed in a letter of assignment. */
  hasLetter: boolean;
  /** Another delegate of the event has the phone of one of its own. */
  samePhone: boolean;
  /** Its record is not complete yet. */
  provisional: boolean;
  recordConfirmedAt: Date | null;
}

/** Message `m` waits for somebody to pass it on to the institution of invitation `i`. */
const isUntold = `m.invitation_id = i.id AND m.delegate_id IS NULL AND m.channel = 'whatsapp' AND m.state = 'queued'`;

const letterOf = 'SELECT 1 FROM assignment_letter g WHERE g.invitation_id = i.id';

const rowColumns = `
  i.id, i.institution_id AS "institutionId", l.name, r.name AS "regionName", t.short_name AS "serviceName",
    i.state, i.waiting, i.hold_until AS "holdUntil", ${toldAt} AS "sentAt", i.last_visit_at AS "lastVisitAt",
    i.answered_way AS "answeredWay", i.token_version AS "tokenVersion",
    (SELECT count(*)::int FROM seat s WHERE s.invitation_id = i.id AND s.delegate_id IS NOT NULL) AS named,
    (SELECT count(*)::int FROM seat s WHERE s.invitation_id = i.id AND s.delegate_id IS NULL) AS offered,
    CASE WHEN i.queue_number IS NULL THEN NULL ELSE (SELECT count(*)::int FROM invitation w
      WHERE w.event_id = i.event_id AND w.stratum_id = i.stratum_id AND w.queue_number <= i.queue_number) END AS place,
    ${phoneOf} AS phone,
    u.purpose AS untold, u.detail AS "untoldDetail", i.reminders_stopped_at AS "remindersStoppedAt",
    EXISTS (${letterOf}) AS "hasLetter", ${hasSharedPhone} AS "samePhone", l.provisional,
    i.record_confirmed_at AS "recordConfirmedAt"`;
const rowTables = `
  FROM invitation i JOIN institution l ON l.id = i.institution_id JOIN region r ON r.code = l.region_code
  JOIN service_type t ON t.code = i.service_key
  LEFT JOIN LATERAL (SELECT m.purpose, m.detail FROM message m WHERE ${isUntold} ORDER BY m.id DESC LIMIT 1) u ON true`;

/** What a list can be narrowed to; `untold` are those with a message that nobody has sent. */
export const listFilters = {
  all: 'true',
  unanswered: `i.state = 'open'`,
  accepted: `i.state = 'accepted'`,
  reconfirm: `i.state = 'reconfirm'`,
  waiting: `i.waiting > 0`,
  offered: `i.hold_until IS NOT NULL AND i.state <> 'reconfirm'`,
  declined: `i.state IN ('declined', 'lapsed')`,
  unsent: `${toldAt} IS NULL AND i.state NOT IN ('draft', 'reserve', 'revoked', 'declined', 'lapsed')`,
  untold: `EXISTS (SELECT 1 FROM message m WHERE ${isUntold})`,
  no_letter: `i.state = 'accepted' AND NOT EXISTS (${letterOf})`,
  same_phone: hasSharedPhone,
  draft: `i.state IN ('draft', 'reserve')`,
  revoked: `i.state = 'revoked'`,
} as const;
export type ListFilter = keyof typeof listFilters;

export interface ListQuery {
  filter: ListFilter;
  /** Words of an institution's name or address, as somebody typed them. */
  search: string;
  /** Last row of the page before. */
  after?: { key: string; id: number } | undefined;
  limit: number;
}

/**
 * Invitations of an event by the institution's name, the best first when one is searched; pages go on from a key,
 * not from a number.
 */
export async function listInvitations(
  db: Reader,
  eventId: number,
  { filter, search: typed, after, limit }: ListQuery,
): Promise<(InvitationRow & { key: string })[]> {
  const search = await readSearch(db, typed);
  const bind = new Bindings();
  const key = search.text === '' ? 'l.name' : `${searchRank(search, bind, 'l')} || l.name`;
  const parts = [
    `i.event_id = ${bind.add(eventId)}`,
    listFilters[filter],
    searchCondition(search, bind, 'l'),
  ];
  if (after) parts.push(`(${key}, i.id) > (${bind.add(after.key)}, ${bind.add(after.id)})`);
  return db.query(
    `SELECT ${rowColumns}, ${key} AS key ${rowTables}
     WHERE ${parts.join(' AND ')} ORDER BY ${key}, i.id LIMIT ${bind.add(limit)}`,
    bind.values,
  );
}

/** One invitation of the event. @throws NotFound */
export async function findInvitation(db: Reader, eventId: number, id: number): Promise<InvitationRow> {
  const [row] = (await db.query(`SELECT ${rowColumns} ${rowTables} WHERE i.event_id = $1 AND i.id = $2`, [
    eventId,
    id,
  ])) as [InvitationRow | undefined];
  if (!row) throw new NotFound();
  return row;
}

type Example = Pick<InvitationRow, 'id' | 'tokenVersion' | 'name' | 'holdUntil'> & EventFacts;

/** What a message tells of the LKS that an office invited last, and of its event. */
export async function latestShared(db: Reader, officeId: number): Promise<Example | undefined> {
  const [row] = (await db.query(
    `SELECT i.id, i.token_version AS "tokenVersion", l.name, i.hold_until AS "holdUntil", e.title, e.zone,
       ARRAY(SELECT d.date::text FROM event_day d WHERE d.event_id = e.id ORDER BY d.date) AS days,
       e.answer_by AS "answerBy", e.venue_name AS "venueName", e.online_url AS "onlineUrl",
       e.cancel_reason AS "cancelReason"
     FROM invitation i JOIN event e ON e.id = i.event_id JOIN institution l ON l.id = i.institution_id
     WHERE e.office_id = $1 AND i.state NOT IN ('draft', 'reserve', 'revoked') ORDER BY i.id DESC LIMIT 1`,
    [officeId],
  )) as [Example | undefined];
  return row;
}

/** @throws NotFound for an invitation of another event, or none */
export async function belongsToEvent(db: Reader, eventId: number, id: number): Promise<void> {
  const rows = (await db.query('SELECT 1 FROM invitation WHERE event_id = $1 AND id = $2', [
    eventId,
    id,
  ])) as unknown[];
  if (rows.length === 0) throw new NotFound();
}

export interface DelegateRow {
  id: number;
  nameBefore: string;
  name: string;
  nameAfter: string;
  sex: 'L' | 'P' | null;
  position: string;
  phone: string | null;
  email: string | null;
  needs: string;
  state: 'active' | 'replaced' | 'released';
  tokenVersion: number;
  seatNumber: number | null;
  pool: string | null;
}

/** Delegates with their seats; those who were replaced or went come after, with their state. */
export async function delegatesOf(db: Reader, invitationId: number): Promise<DelegateRow[]> {
  return db.query(
    `SELECT d.id, d.name_before AS "nameBefore", d.name, d.name_after AS "nameAfter", d.sex, d.position, d.phone,
       d.email, d.needs, d.state, d.token_version AS "tokenVersion", s.number AS "seatNumber", s.pool
     FROM delegate d LEFT JOIN seat s ON s.delegate_id = d.id
     WHERE d.invitation_id = $1 ORDER BY (d.state = 'active') DESC, s.number, d.id`,
    [invitationId],
  );
}

export interface SheetRow {
  id: number;
  name: string;
  address: string;
  regionName: string;
  tokenVersion: number;
}

/** For the printed sheets: every institution that is to answer by its link. */
export async function sheetsOf(db: Reader, eventId: number): Promise<SheetRow[]> {
  return db.query(
    `SELECT i.id, l.name, l.address, r.name AS "regionName", i.token_version AS "tokenVersion"
     FROM invitation i JOIN institution l ON l.id = i.institution_id JOIN region r ON r.code = l.region_code
     WHERE i.event_id = $1 AND i.state NOT IN ('reserve', 'revoked') ORDER BY l.name, i.id`,
    [eventId],
  );
}

/** Marks an institution as told by hand: the invitation as sent, and what waited for a thumb. E-mail goes by itself. */
export async function markSent(db: Reader, invitationId: number, userId: number, now: Date): Promise<void> {
  await db.query('UPDATE invitation SET sent_at = $2 WHERE id = $1', [invitationId, now]);
  await db.query(
    `UPDATE message SET state = 'sent', sent_at = $2, sent_by = $3
     WHERE invitation_id = $1 AND delegate_id IS NULL AND channel = 'whatsapp' AND state = 'queued'`,
    [invitationId, now, userId],
  );
}
