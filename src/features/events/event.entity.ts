import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { localParts } from '../../i18n/zones.js';
import type { EventKind, EventState, Filling } from './event-words.js';

/** A coordination meeting or training of an office. Its days, sessions, agenda and speakers hang on it. */
@Entity('event')
export class Event {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  officeId: number;

  @Column({ type: 'integer', nullable: true })
  seriesId: number | null;

  @Column({ type: 'text' })
  kind: EventKind;

  /** What an event of kind `other` is called; empty for all others. */
  @Column({ type: 'text', default: '' })
  kindLabel: string;

  @Column({ type: 'text' })
  title: string;

  /** Acara, as the invitation letter names it. */
  @Column({ type: 'text', default: '' })
  subject: string;

  /** Told to those who are invited: "membawa stempel". */
  @Column({ type: 'text', default: '' })
  notes: string;

  /** With whom the office holds it. */
  @Column({ type: 'text', default: '' })
  partner: string;

  /** IANA zone of the venue; every time of the event is shown in it. */
  @Column({ type: 'text' })
  zone: string;

  @Column({ type: 'text', default: '' })
  venueName: string;

  @Column({ type: 'text', default: '' })
  venueAddress: string;

  /** The LKS that hosts the event, when one does. */
  @Column({ type: 'integer', nullable: true })
  venueInstitutionId: number | null;

  @Column({ type: 'text', default: '' })
  mapUrl: string;

  @Column({ type: 'text', default: '' })
  onlineUrl: string;

  /** Who answers questions; empty: the office's own contact. */
  @Column({ type: 'text', default: '' })
  contactName: string;

  /** E.164. */
  @Column({ type: 'text', nullable: true })
  contactPhone: string | null;

  @Column({ type: 'text', default: 'first_come' })
  filling: Filling;

  /** Accept and decline until here (rules.md 15). */
  @Column({ type: 'timestamptz', nullable: true })
  answerBy: Date | null;

  /** Delegates are named and replaced until here (rules.md 15); follows the start unless set otherwise. */
  @Column({ type: 'timestamptz', nullable: true })
  namesUntil: Date | null;

  /** Who arrives later than this after a session's start is late; in minutes. */
  @Column({ type: 'integer', default: 15 })
  lateAfterMinutes: number;

  /** Institutions look through their own record when they have answered. */
  @Column({ type: 'boolean', default: false })
  recordCheck: boolean;

  @Column({ type: 'text', default: 'draft' })
  state: EventState;

  /** A person has overruled the clock: it leaves this event alone. */
  @Column({ type: 'boolean', default: false })
  stateByHand: boolean;

  @Column({ type: 'text', default: '' })
  cancelReason: string;

  /** Date of the first day in the event's zone; kept beside the days for lists. */
  @Column({ type: 'date', nullable: true })
  firstDay: string | null;

  /** Start of the first session; kept beside the sessions for lists and the clock. */
  @Column({ type: 'timestamptz', nullable: true })
  startsAt: Date | null;

  /** End of the last session, or 23.59 of its day when it is open ended. */
  @Column({ type: 'timestamptz', nullable: true })
  endsAt: Date | null;

  /** SEQUENCE of the calendar entries (RFC 5545 §3.8.7.4): raised with every change of day, hour or place. */
  @Column({ type: 'integer', default: 0 })
  calendarSequence: number;

  /** Nobody is reminded of this event until a person lets it go on. */
  @Column({ type: 'timestamptz', nullable: true })
  remindersStoppedAt: Date | null;

  @Column({ type: 'integer', nullable: true })
  clonedFromId: number | null;

  /** Raised with every change of the plan; a form that carries an older one is told so. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'integer', nullable: true })
  createdBy: number | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  publishedAt: Date | null;

  /** Date of the last day in the event's zone. */
  get lastDay(): string | null {
    return this.endsAt && localParts(this.endsAt, this.zone).date;
  }

  /** Before it begins, and with people already asked. */
  get isAnnounced(): boolean {
    return this.state === 'published' || this.state === 'running';
  }
}
