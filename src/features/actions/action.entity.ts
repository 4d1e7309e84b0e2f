import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { ActionState } from './action.machine.js';

/** A promise (RTL) with somebody who owes it; states as in docs/states.md. It outlives its event. */
@Entity('action_item')
export class ActionItem {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  officeId: number;

  /** Where it was agreed; none for one that came about by itself. */
  @Column({ type: 'integer', nullable: true })
  eventId: number | null;

  /** Events of this series ask about it; only without an event, which has a series of its own. */
  @Column({ type: 'integer', nullable: true })
  seriesId: number | null;

  /** The line of the minutes that it was made from. */
  @Column({ type: 'integer', nullable: true })
  blockId: number | null;

  @Column({ type: 'text', default: '' })
  problem: string;

  /** What is to be done. */
  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'text', default: '' })
  proposedBy: string;

  @Column({ type: 'integer' })
  ownerId: number;

  /** Pihak terkait, as a meeting would write them down. */
  @Column({ type: 'text', default: '' })
  involved: string;

  @Column({ type: 'date', nullable: true })
  dueOn: string | null;

  @Column({ type: 'text', default: 'open' })
  state: ActionState;

  /** On this day it is open again, by the clock or by whoever looks first. */
  @Column({ type: 'date', nullable: true })
  deferredUntil: string | null;

  /** When it was verified or dropped. */
  @Column({ type: 'timestamptz', nullable: true })
  closedAt: Date | null;

  /** Of state and facts; notes do not count. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'integer', nullable: true })
  createdBy: number | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
