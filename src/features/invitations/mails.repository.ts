import type { DataSource } from 'typeorm';
import type { PersonName } from '../../i18n/format.js';
import { emailOf, isRefused } from '../messages/contacts.js';

/** To whom a message goes, and where they stand. */
export interface MailRecipient {
  messageId: number;
  eventId: number;
  invitationId: number;
  tokenVersion: number;
  language: 'id' | 'en';
  institution: string;
  reason: string;
  holdUntil: Date | null;
  ownAnswerBy: Date | null;
  /** Of the institution; null when nobody knows one, or it was refused. */
  email: string | null;
  delegate:
    | (PersonName & {
        id: number;
        tokenVersion: number;
        /** Null when there is none, or it was refused. */
        email: string | null;
        state: 'active' | 'replaced' | 'released';
      })
    | null;
}

const recipientStatement = `
  SELECT m.id AS "messageId", i.event_id AS "eventId", i.id AS "invitationId", i.token_version AS "tokenVersion",
    i.language, l.name AS institution, i.reason, i.hold_until AS "holdUntil", i.answer_by AS "ownAnswerBy",
    ${emailOf} AS email,
    CASE WHEN d.id IS NOT NULL THEN json_build_object('id', d.id, 'tokenVersion', d.token_version, 'email', CASE WHEN NOT ${isRefused('d.email')} THEN d.email END,
      'state', d.state, 'nameBefore', d.name_before, 'name', d.name, 'nameAfter', d.name_after) END AS delegate
  FROM message m JOIN invitation i ON i.id = m.invitation_id JOIN institution l ON l.id = i.institution_id
  LEFT JOIN delegate d ON d.id = m.delegate_id
  WHERE m.id = ANY ($1)`;

/** The recipients of messages to institutions and their delegates. */
export const mailRecipients = (db: DataSource, messageIds: number[]): Promise<MailRecipient[]> =>
  db.query(recipientStatement, [messageIds]);

/** What of an event and its office stands in a mail. */
export interface MailEvent {
  id: number;
  title: string;
  notes: string;
  cancelReason: string;
  zone: string;
  answerBy: Date | null;
  venueName: string;
  venueAddress: string;
  onlineUrl: string;
  contactName: string;
  contactPhone: string | null;
  office: string;
  accent: string;
  sender: string;
  replyTo: string | null;
  sessions: { date: string; startsAt: Date; endsAt: Date | null }[];
}

type EventRow = Omit<MailEvent, 'sessions'> & {
  sessions: { date: string; startsAt: string; endsAt: string | null }[];
};

/** The events of a batch of mails, by id; usually there is one. */
export async function mailEvents(db: DataSource, ids: number[]): Promise<Map<number, MailEvent>> {
  const rows = (await db.query(
    `SELECT e.id, e.title, e.notes, e.cancel_reason AS "cancelReason", e.zone, e.answer_by AS "answerBy",
       e.venue_name AS "venueName", e.venue_address AS "venueAddress", e.online_url AS "onlineUrl",
       coalesce(nullif(e.contact_name, ''), o.contact_name) AS "contactName",
       coalesce(e.contact_phone, o.contact_phone) AS "contactPhone", o.name AS office, o.accent,
       coalesce(nullif(o.mail_sender, ''), o.name) AS sender, coalesce(o.mail_reply_to, o.email) AS "replyTo",
       (SELECT coalesce(json_agg(json_build_object('date', y.date, 'startsAt', x.starts_at, 'endsAt', x.ends_at)
          ORDER BY x.starts_at), '[]') FROM event_day y JOIN event_session x ON x.day_id = y.id
        WHERE y.event_id = e.id) AS sessions
     FROM event e JOIN office o ON o.id = e.office_id WHERE e.id = ANY ($1)`,
    [ids],
  )) as EventRow[];
  const toEvent = ({ sessions, ...row }: EventRow): MailEvent => ({
    ...row,
    sessions: sessions.map(({ date, startsAt, endsAt }) => ({
      date,
      startsAt: new Date(startsAt),
      endsAt: endsAt === null ? null : new Date(endsAt),
    })),
  });
  return new Map(rows.map((row) => [row.id, toEvent(row)]));
}
