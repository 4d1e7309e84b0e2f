import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const invitationStates = [
  'reserve',
  'draft',
  'open',
  'offered',
  'waiting',
  'accepted',
  'reconfirm',
  'declined',
  'lapsed',
  'revoked',
] as const;
export type InvitationState = (typeof invitationStates)[number];

/** What an office and an institution have agreed about one event; states as in docs/states.md. */
@Entity('invitation')
export class Invitation {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  eventId: number;

  @Column({ type: 'integer' })
  institutionId: number;

  @Column({ type: 'text', default: 'draft' })
  state: InvitationState;

  /** Fixed when the institution is chosen: a later change of its service moves no seat. */
  @Column({ type: 'integer' })
  stratumId: number;

  /** The kabupaten/kota that a cap counts. */
  @Column({ type: 'varchar' })
  regionKey: string;

  /** The main service that a cap counts. */
  @Column({ type: 'text' })
  serviceKey: string;

  /** Seats that are wanted or, before an answer, meant for it. */
  @Column({ type: 'integer', default: 0 })
  demand: number;

  /** Seats still waited for. */
  @Column({ type: 'integer', default: 0 })
  waiting: number;

  /** "Tunggu sampai cukup": lets smaller demands pass (rules.md 8). */
  @Column({ type: 'boolean', default: false })
  waitForAll: boolean;

  /** Place in the event's queue, from its counter; lower is earlier. */
  @Column({ type: 'integer', nullable: true })
  queueNumber: number | null;

  /** Place among the reserves of its stratum, as the selection gave it; lower is invited earlier. */
  @Column({ type: 'integer', nullable: true })
  reserveRank: number | null;

  /** Its own last moment to answer; never later than the event's. */
  @Column({ type: 'timestamptz', nullable: true })
  answerBy: Date | null;

  /** Until when held seats (offer or reconfirmation) stay held. */
  @Column({ type: 'timestamptz', nullable: true })
  holdUntil: Date | null;

  /** In which its page was read last, and its e-mail is written. */
  @Column({ type: 'text', default: 'id' })
  language: 'id' | 'en';
  /** This institution is not reminded until a person lets it go on. */
  @Column({ type: 'timestamptz', nullable: true })
  remindersStoppedAt: Date | null;

  /** Part of the address token; a new version revokes the old address. */
  @Column({ type: 'integer', default: 1 })
  tokenVersion: number;

  /** HMAC of the ten-character code on paper. */
  @Column({ type: 'char', nullable: true })
  codeHash: string | null;

  /** Why it was revoked. */
  @Column({ type: 'text', default: '' })
  reason: string;

  @Column({ type: 'timestamptz', nullable: true })
  answeredAt: Date | null;

  @Column({ type: 'text', nullable: true })
  answeredWay: 'link' | 'office' | null;

  /** When an organizer last marked it as sent. */
  @Column({ type: 'timestamptz', nullable: true })
  sentAt: Date | null;

  /** Visits of the link by what looks like a person; an estimate (rules.md 25). */
  @Column({ type: 'timestamptz', nullable: true })
  firstVisitAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastVisitAt: Date | null;

  @Column({ type: 'integer', default: 0 })
  visits: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
