import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { HandPurpose } from '../messages/wording.js';
import type { AnswerFilter } from './audience.js';

/** A purpose that a colleague wrote to many at once; what it wrote are messages of the outbox. */
@Entity('message_round')
export class MessageRound {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  officeId: number;

  @Column({ type: 'integer' })
  eventId: number;

  @Column({ type: 'text' })
  purpose: HandPurpose;

  /** To whom, by their answers at that time. */
  @Column({ type: 'text' })
  answer: AnswerFilter;

  /** Made with the preview, so that a second tap does not start a second round. */
  @Column({ type: 'uuid' })
  clientId: string;

  @Column({ type: 'integer' })
  createdBy: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
