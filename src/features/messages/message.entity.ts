import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Channel, MessagePurpose } from './purposes.js';

export const messageStates = ['queued', 'sending', 'sent', 'refused', 'held', 'cancelled'] as const;
/**
 * `queued`: to be sent, by a job or by a thumb; `sending`: a job has it until `claimed_until`; `held`: waits for
 * somebody, such as the leader's approval; `cancelled`: overtaken or called off; `refused`: for good.
 */
export type MessageState = (typeof messageStates)[number];

/** Something that somebody is to be told: written with what caused it, sent afterwards (outbox). */
@Entity('message')
export class Message {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  /** Null for what the installation writes to its people. */
  @Column({ type: 'integer', nullable: true })
  officeId: number | null;

  @Column({ type: 'integer', nullable: true })
  eventId: number | null;

  /** To an institution; null for a message to somebody with an account. */
  @Column({ type: 'integer', nullable: true })
  invitationId: number | null;

  /** To one of its delegates alone. */
  @Column({ type: 'integer', nullable: true })
  delegateId: number | null;

  /** To somebody with an account. */
  @Column({ type: 'integer', nullable: true })
  userId: number | null;

  @Column({ type: 'text' })
  purpose: MessagePurpose;

  @Column({ type: 'text', default: 'whatsapp' })
  channel: Channel;

  @Column({ type: 'text', default: 'queued' })
  state: MessageState;

  /** The same cause never writes two messages. */
  @Column({ type: 'text' })
  dedupeKey: string;

  /** Where it went when it left; erased with the contacts it was taken from. Until then it is looked up anew. */
  @Column({ type: 'text', nullable: true })
  address: string | null;

  /** What the text needs and no record holds, such as what a change replaced. Never a token, never a name. */
  @Column({ type: 'jsonb', default: {} })
  detail: Record<string, unknown>;

  /** Not before; a refusal for now moves it on. */
  @Column({ type: 'timestamptz', default: () => 'now()' })
  dueAt: Date;

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  /** A job, or a colleague before the WhatsApp queue, has it until then; whoever died gives it back by waiting. */
  @Column({ type: 'timestamptz', nullable: true })
  claimedUntil: Date | null;

  @Column({ type: 'integer', nullable: true })
  claimedBy: number | null;

  /** The round that a colleague started by hand; null for what something else caused. */
  @Column({ type: 'integer', nullable: true })
  roundId: number | null;

  /** Somebody put it off in the WhatsApp queue: it comes after those that nobody has looked at. */
  @Column({ type: 'timestamptz', nullable: true })
  skippedAt: Date | null;

  /** The mail server's own last words. */
  @Column({ type: 'text', default: '' })
  reply: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  sentAt: Date | null;

  /** When it was refused for good, at last; it stays when a person has it tried again. */
  @Column({ type: 'timestamptz', nullable: true })
  refusedAt: Date | null;

  /** Who passed it on by hand. */
  @Column({ type: 'integer', nullable: true })
  sentBy: number | null;
}
