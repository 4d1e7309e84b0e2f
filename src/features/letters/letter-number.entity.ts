import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A line of the register: a number that a letter bears, or one that was left out and why. */
@Entity('letter_number')
export class LetterNumber {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  officeId: number;

  /** Of the letter's date. */
  @Column({ type: 'integer' })
  year: number;

  @Column({ type: 'integer' })
  serial: number;

  /** "a" of 123a, which registries give to what was forgotten. */
  @Column({ type: 'text', default: '' })
  suffix: string;

  /** As it stands on the letter; of one that was left out only the serial. */
  @Column({ type: 'text' })
  number: string;

  @Column({ type: 'integer', nullable: true })
  letterId: number | null;

  /** Why it was left out; empty when a letter bears it. */
  @Column({ type: 'text', default: '' })
  reason: string;

  /** Written down by hand: no letter of ours ever bore it, and the note can be taken back. */
  @Column({ type: 'boolean', default: false })
  noted: boolean;

  @Column({ type: 'integer', nullable: true })
  givenBy: number | null;

  @Column({ type: 'timestamptz' })
  givenAt: Date;
}
