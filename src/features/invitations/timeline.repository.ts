import type { DataSource } from 'typeorm';
import type { Channel, MessagePurpose } from '../messages/purposes.js';
import type { CallOutcome } from './phone-call.entity.js';

type Reader = Pick<DataSource, 'query'>;

interface Happened {
  at: Date;
  /** Whose hand it was; null for links, the clock, and what goes by itself. */
  who: string | null;
}

/** One line of what happened to an invitation; each kind brings its own facts. */
export type TimelineRow = Happened &
  (
    | {
        kind: 'change';
        verb: string;
        way: 'link' | 'office' | 'clock';
        seats: number;
        waiting: number;
        reason: string;
      }
    | {
        kind: 'message';
        purpose: MessagePurpose;
        channel: Channel;
        /** `written`: still waits to be sent. */
        state: 'written' | 'sent' | 'refused';
        writtenAt: Date;
        /** The mail server's own words. */
        reply: string;
      }
    | { kind: 'visit'; visits: number }
    | { kind: 'replaced'; way: 'link' | 'office'; earlier: string; later: string }
    | { kind: 'call'; outcome: CallOutcome; text: string }
  );

/** So many lines are shown: what lies further back is of no use to whoever follows an answer. */
const shown = 100;

const changes = `
  SELECT c.at, c.id, 'change' AS kind, u.name AS who, jsonb_build_object('verb', c.verb, 'way', c.way,
    'seats', c.seats, 'waiting', c.waiting, 'reason', c.reason) AS facts
  FROM invitation_change c LEFT JOIN app_user u ON u.id = c.user_id WHERE c.invitation_id = $1`;

/**
 * A message that waits stands where it was written; one that was overtaken told nobody. When a mail was refused is not
 * known of old ones alone: not before it was due.
 */
const messages = `
  SELECT CASE m.state WHEN 'sent' THEN coalesce(m.sent_at, m.created_at)
      WHEN 'refused' THEN coalesce(m.refused_at, m.due_at) ELSE m.created_at END, m.id, 'message', u.name,
    jsonb_build_object('purpose', m.purpose, 'channel', m.channel, 'writtenAt', m.created_at, 'reply', m.reply,
      'state', CASE WHEN m.state IN ('sent', 'refused') THEN m.state ELSE 'written' END)
  FROM message m LEFT JOIN app_user u ON u.id = m.sent_by
  WHERE m.invitation_id = $1 AND m.state <> 'cancelled'`;

const visits = `
  SELECT v.at, 0, 'visit', NULL, jsonb_build_object('visits', v.visits)
  FROM invitation i CROSS JOIN LATERAL (
    VALUES (i.first_visit_at, 1, true), (i.last_visit_at, i.visits, false)) AS v (at, visits, "isFirst")
  WHERE i.id = $1 AND v.at IS NOT NULL AND (v."isFirst" OR v.visits > 1)`;

/** By whom a delegate was replaced stands in the audit log alone. */
const replacements = `
  SELECT d.ended_at, d.id, 'replaced', u.name,
    jsonb_build_object('way', coalesce(a.way, 'link'), 'earlier', d.name, 'later', n.name)
  FROM delegate d JOIN delegate n ON n.replaces_id = d.id
  LEFT JOIN audit_entry a ON a.subject_type = 'delegate' AND a.subject_id = n.id AND a.action = 'delegate.replace'
  LEFT JOIN app_user u ON u.id = a.user_id
  WHERE d.invitation_id = $1 AND d.state = 'replaced' AND d.ended_at IS NOT NULL`;

const calls = `
  SELECT c.at, c.id, 'call', u.name, jsonb_build_object('outcome', c.outcome, 'text', c.text)
  FROM phone_call c JOIN app_user u ON u.id = c.user_id WHERE c.invitation_id = $1`;

/** Everything that happened to an invitation, the last first. */
export async function timelineOf(db: Reader, invitationId: number): Promise<TimelineRow[]> {
  const rows = (await db.query(
    `SELECT at, kind, who, facts FROM (
       ${[changes, messages, visits, replacements, calls].join(' UNION ALL ')}) AS happened
     ORDER BY at DESC, id DESC LIMIT ${shown}`,
    [invitationId],
  )) as (Happened & { kind: string; facts: Record<string, unknown> })[];
  return rows.map(({ facts, ...row }) => {
    const { writtenAt } = facts;
    const dates = typeof writtenAt === 'string' ? { writtenAt: new Date(writtenAt) } : {};
    return { ...row, ...facts, ...dates } as TimelineRow;
  });
}
