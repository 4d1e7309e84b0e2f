import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { ActionState, Verb, Way } from './action.machine.js';

/** One step in the life of a follow-up: who, when, by which way, why. Never changed. */
@Entity('action_change')
export class ActionChange {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  @Column({ type: 'integer' })
  actionId: number;

  @Column({ type: 'text' })
  verb: Verb | 'create' | 'change';

  @Column({ type: 'text' })
  fromState: ActionState;

  @Column({ type: 'text' })
  toState: ActionState;

  /** Names of the facts that were changed. */
  @Column({ type: 'text', array: true, default: [] })
  fields: string[];

  @Column({ type: 'text' })
  way: Way;

  @Column({ type: 'integer', nullable: true })
  userId: number | null;

  /** The later event at which it was recorded. */
  @Column({ type: 'integer', nullable: true })
  eventId: number | null;

  @Column({ type: 'text', default: '' })
  reason: string;

  @Column({ type: 'timestamptz' })
  at: Date;
}
