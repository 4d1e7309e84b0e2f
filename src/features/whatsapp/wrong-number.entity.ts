import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/**
 * A number at which an office did not reach an institution. It is the office's own view: the record belongs to its
 * managing office, and to another institution the same number may be right.
 */
@Entity('wrong_number')
export class WrongNumber {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  officeId: number;

  @Column({ type: 'integer' })
  institutionId: number;

  /** SHA-256 of the number: what is of no use must not be kept a second time. */
  @Column({ type: 'char' })
  fingerprint: string;

  @Column({ type: 'timestamptz' })
  markedAt: Date;

  @Column({ type: 'integer' })
  markedBy: number;
}
