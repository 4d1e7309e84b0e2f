import type { DataSource } from 'typeorm';
import { readPrepared, type Tx } from '../../database/data-source.js';
import type { InvitationState } from '../invitations/invitation.entity.js';
import { turnOf, type Turn } from '../invitations/turn.js';
import type { EventWords } from '../letters/letters.service.js';
import type { LockedQuota } from '../quotas/quota-lock.js';

/** Everything the answer page shows of an invitation, its event and its office, in one read. */
export interface AnswerView {
  id: number;
  eventId: number;
  institutionId: number;
  state: InvitationState;
  tokenVersion: number;
  waiting: number;
  waitForAll: boolean;
  holdUntil: Date | null;
  ownAnswerBy: Date | null;
  lastVisitAt: Date | null;
  /** Of the e-mail that is sent to it. */
  language: 'id' | 'en';
  reason: string;
  institution: string;
  /** How many have waited longer in the same stratum, and this one. */
  place: number | null;
  /** What the line looks like; null for whoever is in none. */
  line: WaitingLine | null;
  limit: number;
  free: number;
  held: number;
  taken: number;
  offered: number;
  representative: string | null;
  /** Whether the event hands out anything at all; what this reader may see is another question. */
  hasMaterials: boolean;
  /** Its letter of assignment, when one was handed in. */
  letterName: string | null;
  letterAt: Date | null;
  /** Part of the address of the institution's calendar. */
  feedVersion: number;
  /** The letter of the event once one is issued. */
  invitationLetter: {
    /** Whether a sheet of this institution's own goes beside it. */
    hasSheet: boolean;
    /** The plan as it tells it. */
    plan: EventWords;
  } | null;
  /** When it said that its record is right. */
  recordConfirmedAt: Date | null;
  /** What became of the latest proposal that it made by this link. */
  proposalState: 'open' | 'accepted' | 'refused' | 'partly' | 'replaced' | null;
  event: EventView;
  office: OfficeView;
  sessions: SessionView[];
}

export interface WaitingLine {
  /** Institutions that wait in the same stratum. */
  length: number;
  turn: Turn;
  /** Name of the stratum; null where there is only one. */
  stratum: { id: string; en: string } | null;
  /** How long an offered seat is held. */
  offerHours: number;
}

export interface EventView {
  title: string;
  kind: string;
  kindLabel: string;
  subject: string;
  notes: string;
  state: LockedQuota['eventState'];
  cancelReason: string;
  filling: 'first_come' | 'selection';
  zone: string;
  answerBy: Date | null;
  namesUntil: Date | null;
  startsAt: Date | null;
  endsAt: Date | null;
  venueName: string;
  venueAddress: string;
  mapUrl: string;
  onlineUrl: string;
  contactName: string;
  contactPhone: string | null;
  calendarSequence: number;
  /** Institutions are asked to check their record here. */
  recordCheck: boolean;
}

export interface OfficeView {
  name: string;
  email: string | null;
  accent: string;
  hasLogo: boolean;
  retentionMonths: number;
}

export interface SessionView {
  id: number;
  dayId: number;
  date: string;
  title: string;
  startsAt: Date;
  endsAt: Date | null;
}

const waitingAhead = (those: string) =>
  `coalesce(sum(w.waiting) FILTER (WHERE w.queue_number < i.queue_number ${those}), 0)`;

const columns = `
  i.id, i.event_id AS "eventId", i.institution_id AS "institutionId", i.state, i.token_version AS "tokenVersion", i.waiting,
  i.wait_for_all AS "waitForAll", i.hold_until AS "holdUntil", i.answer_by AS "ownAnswerBy",
  i.last_visit_at AS "lastVisitAt", i.language, i.reason, l.name AS institution, e.title, e.kind, e.kind_label AS "kindLabel",
  e.subject, e.notes, e.state AS "eventState", e.cancel_reason AS "cancelReason", e.filling, e.zone,
  e.answer_by AS "answerBy", e.names_until AS "namesUntil", e.starts_at AS "startsAt", e.ends_at AS "endsAt",
  e.venue_name AS "venueName", e.venue_address AS "venueAddress", e.map_url AS "mapUrl",
  e.online_url AS "onlineUrl", e.calendar_sequence AS "calendarSequence",
  coalesce(nullif(e.contact_name, ''), o.contact_name) AS "contactName",
  coalesce(e.contact_phone, o.contact_phone) AS "contactPhone", o.name AS office, o.email AS "officeEmail", o.accent,
  l.feed_version AS "feedVersion",
  o.logo_file_id IS NOT NULL AS "hasLogo", o.retention_months AS "retentionMonths",
  greatest(1, least(q.seats_per_institution, coalesce(t.limit_per_institution, q.seats_per_institution))) AS "limit",
  seats.free, seats.held, seats.taken, seats.offered, days.sessions,
  CASE WHEN i.queue_number IS NULL THEN NULL ELSE (SELECT count(*)::int FROM invitation w
    WHERE w.event_id = i.event_id AND w.stratum_id = i.stratum_id AND w.queue_number <= i.queue_number) END AS place,
  CASE WHEN i.queue_number IS NOT NULL THEN (
    SELECT json_build_object('length', count(*),
      'turn', ${turnOf({ all: waitingAhead(''), takingLess: waitingAhead('AND (w.waiting = 1 OR NOT w.wait_for_all)') }, 'seats.free')},
      'stratum', coalesce((SELECT json_build_object('id', y.name_id, 'en', y.name_en) FROM service_type y WHERE y.code = t.key),
        (SELECT json_build_object('id', r.name, 'en', r.name) FROM region r WHERE r.code = t.key)), 'offerHours', q.offer_hours)
    FROM invitation w WHERE w.stratum_id = i.stratum_id AND w.queue_number IS NOT NULL) END AS line,
  (SELECT p.name FROM representative p WHERE p.institution_id = l.id AND p.ended_at IS NULL
   ORDER BY p.is_leader DESC, p.sort, p.id LIMIT 1) AS representative,
  EXISTS (SELECT 1 FROM material m WHERE m.event_id = i.event_id AND m.archived_at IS NULL) AS "hasMaterials",
  (SELECT json_build_object('hasSheet', b.mode = 'list' OR b.signed_file_id IS NOT NULL, 'plan', b.content -> 'event')
   FROM invitation_letter b WHERE b.event_id = i.event_id AND b.state = 'issued'
   ORDER BY b.issued_at DESC, b.id DESC LIMIT 1) AS "invitationLetter",
  a.file_name AS "letterName", a.handed_in_at AS "letterAt", e.record_check AS "recordCheck",
  i.record_confirmed_at AS "recordConfirmedAt",
  (SELECT p.state FROM institution_proposal p WHERE p.invitation_id = i.id ORDER BY p.id DESC LIMIT 1) AS "proposalState"`;

const joins = `
  FROM invitation i
  JOIN institution l ON l.id = i.institution_id
  JOIN event e ON e.id = i.event_id
  JOIN office o ON o.id = e.office_id
  JOIN event_quota q ON q.event_id = e.id
  JOIN quota_stratum t ON t.id = i.stratum_id
  LEFT JOIN assignment_letter a ON a.invitation_id = i.id
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE s.state = 'free')::int AS free, count(*) FILTER (WHERE s.state = 'held')::int AS held,
      count(*) FILTER (WHERE s.state = 'taken')::int AS taken,
      count(*) FILTER (WHERE s.invitation_id = i.id AND s.delegate_id IS NULL)::int AS offered
    FROM seat s WHERE s.event_id = i.event_id AND s.stratum_id = i.stratum_id) seats
  CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('id', x.id, 'dayId', d.id, 'date', d.date, 'title', x.title, 'startsAt', x.starts_at,
      'endsAt', x.ends_at) ORDER BY x.starts_at), '[]') AS sessions
    FROM event_day d JOIN event_session x ON x.day_id = d.id WHERE d.event_id = e.id) days`;

/** The one read behind the page; the bench gives it to its bare handler, too. */
export const answerStatement = `SELECT ${columns} ${joins} WHERE i.id = $1`;

type Row = Record<string, unknown> & {
  sessions: (Omit<SessionView, 'startsAt' | 'endsAt'> & { startsAt: string; endsAt: string | null })[];
};

function toView(row: Row): AnswerView {
  const pick = (...names: string[]) => Object.fromEntries(names.map((name) => [name, row[name]]));
  return {
    ...row,
    event: {
      ...pick(
        'title',
        'kind',
        'kindLabel',
        'subject',
        'notes',
        'cancelReason',
        'filling',
        'zone',
        'answerBy',
      ),
      ...pick('namesUntil', 'startsAt', 'endsAt', 'venueName', 'venueAddress', 'mapUrl', 'onlineUrl'),
      ...pick('contactName', 'contactPhone', 'calendarSequence', 'recordCheck'),
      state: row.eventState,
    },
    office: { name: row.office, email: row.officeEmail, ...pick('accent', 'hasLogo', 'retentionMonths') },
    sessions: row.sessions.map((session) => ({
      ...session,
      startsAt: new Date(session.startsAt),
      endsAt: session.endsAt === null ? null : new Date(session.endsAt),
    })),
  } as unknown as AnswerView;
}

/** The invitation that a token claims to open; the caller compares the token with its version. */
export async function findAnswerView(db: DataSource, invitationId: number): Promise<AnswerView | undefined> {
  const [row] = await readPrepared<Row>(db, 'answer_view', answerStatement, [invitationId]);
  return row && toView(row);
}

/** What of an invitation opens its link. */
export interface InvitationKey {
  id: number;
  eventId: number;
  tokenVersion: number;
}

export async function findInvitationKey(db: DataSource, id: number): Promise<InvitationKey | undefined> {
  const statement =
    'SELECT id, event_id AS "eventId", token_version AS "tokenVersion" FROM invitation WHERE id = $1';
  const [row] = await readPrepared<InvitationKey>(db, 'invitation_key', statement, [id]);
  return row;
}

/** The invitation of a code typed from paper, by the code's hash. */
export async function findByCode(
  db: DataSource,
  hash: string,
): Promise<{ id: number; tokenVersion: number } | undefined> {
  const [row] = (await db.query(
    'SELECT id, token_version AS "tokenVersion" FROM invitation WHERE code_hash = $1',
    [hash],
  )) as [{ id: number; tokenVersion: number } | undefined];
  return row;
}

export interface DelegateKey {
  id: number;
  invitationId: number;
  tokenVersion: number;
}

export async function findDelegateKey(db: DataSource, delegateId: number): Promise<DelegateKey | undefined> {
  const [row] = (await db.query(
    'SELECT id, invitation_id AS "invitationId", token_version AS "tokenVersion" FROM delegate WHERE id = $1',
    [delegateId],
  )) as [DelegateKey | undefined];
  return row;
}

/**
 * Notes a visit: an estimate, since the mail scanners and previews that we know are left out (rules.md 25).
 * @param language in which the page was read: mail to the institution goes out in it from now on
 */
export async function noteVisit(
  db: DataSource,
  invitationId: number,
  now: Date,
  language: 'id' | 'en' = 'id',
): Promise<void> {
  await db.query(
    `UPDATE invitation SET visits = visits + 1, last_visit_at = $2, first_visit_at = coalesce(first_visit_at, $2),
       language = $3 WHERE id = $1`,
    [invitationId, now, language],
  );
}

/** Notes that the institution found its record right. @returns the office that invited it */
export async function noteRecordConfirmed(tx: Tx, invitationId: number, now: Date): Promise<number> {
  const [[row]] = (await tx.query(
    `UPDATE invitation i SET record_confirmed_at = $2 FROM event e WHERE i.id = $1 AND e.id = i.event_id
     RETURNING e.office_id AS "officeId"`,
    [invitationId, now],
  )) as [[{ officeId: number }], number];
  return row.officeId;
}
