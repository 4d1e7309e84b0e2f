import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Something the institution is to be told: written with what caused it, sent afterwards (outbox). */
@Entity('message')
export class Message {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  @Column({ type: 'integer' })
  officeId: number;

  @Column({ type: 'integer' })
  eventId: number;

  @Column({ type: 'integer' })
  invitationId: number;

  /** What it says; see messages.ts. */
  @Column({ type: 'text' })
  purpose: string;

  @Column({ type: 'text', default: 'whatsapp' })
  channel: 'whatsapp' | 'email';

  @Column({ type: 'text', default: 'queued' })
  state: 'queued' | 'sending' | 'sent' | 'refused' | 'held' | 'cancelled';

  /** The same cause never writes two messages. */
  @Column({ type: 'text' })
  dedupeKey: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  sentAt: Date | null;

  @Column({ type: 'integer', nullable: true })
  sentBy: number | null;
}
