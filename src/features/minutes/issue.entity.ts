import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { IssueState } from './minutes.words.js';

/** Permasalahan of an LKS: a line of the minutes that outlives its event until somebody closes it. */
@Entity('issue')
export class Issue {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  officeId: number;

  @Column({ type: 'integer' })
  eventId: number;

  /** The line that says what it is. */
  @Column({ type: 'integer' })
  blockId: number;

  /** Answered by the first response, in the minutes or later; closed by hand. */
  @Column({ type: 'text', default: 'open' })
  state: IssueState;

  @Column({ type: 'timestamptz', nullable: true })
  closedAt: Date | null;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
