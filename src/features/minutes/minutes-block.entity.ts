import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { BlockKind } from './minutes.words.js';

/** A line of the minutes: what was said, raised, answered or decided. Every version of it is kept. */
@Entity('minutes_block')
export class MinutesBlock {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  eventId: number;

  /** Made by the browser, so that a line that is sent twice is one line. */
  @Column({ type: 'uuid' })
  clientId: string;

  /** Null for the opening, and for what belongs to no item. */
  @Column({ type: 'integer', nullable: true })
  agendaItemId: number | null;

  @Column({ type: 'text' })
  kind: BlockKind;

  /** The issue that a response answers. */
  @Column({ type: 'integer', nullable: true })
  parentId: number | null;

  /** Place among its neighbours: a line put between two gets a number between theirs. */
  @Column({ type: 'double precision', default: 0 })
  position: number;

  @Column({ type: 'text', default: '' })
  text: string;

  /** Who spoke, as heard; no record of a person. */
  @Column({ type: 'text', default: '' })
  person: string;

  /** The LKS that it was said for, when it is one of the event's. */
  @Column({ type: 'integer', nullable: true })
  institutionId: number | null;

  /** For whom it was said otherwise: an LKKS, an agency. */
  @Column({ type: 'text', default: '' })
  origin: string;

  /** Raised with every save; a save carries the one that its writer saw. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'integer', nullable: true })
  updatedBy: number | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt: Date;

  /** Taken out of the minutes; its history stays. */
  @Column({ type: 'timestamptz', nullable: true })
  removedAt: Date | null;
}
