import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Pengurus: a person who speaks for an institution. At most one of those in office leads it. */
@Entity('representative')
export class Representative {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  institutionId: number;

  @Column({ type: 'text', default: '' })
  nameBefore: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', default: '' })
  nameAfter: string;

  @Column({ type: 'varchar', nullable: true })
  sex: 'L' | 'P' | null;

  @Column({ type: 'text', default: '' })
  position: string;

  /** E.164 */
  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'boolean', default: false })
  isLeader: boolean;

  @Column({ type: 'integer', default: 0 })
  sort: number;

  /** No longer speaks for it; delegates of past events may still point here. */
  @Column({ type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  /** Raised by each change, so that two people do not overwrite each other. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
