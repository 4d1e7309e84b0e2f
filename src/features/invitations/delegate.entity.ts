import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A person (or a seat still without a name, "nama menyusul") sent by an institution. */
@Entity('delegate')
export class Delegate {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  eventId: number;

  @Column({ type: 'integer' })
  invitationId: number;

  /** Set when the person is a known representative. */
  @Column({ type: 'integer', nullable: true })
  representativeId: number | null;

  @Column({ type: 'text', default: '' })
  nameBefore: string;

  /** Empty: nama menyusul. */
  @Column({ type: 'text', default: '' })
  name: string;

  @Column({ type: 'text', default: '' })
  nameAfter: string;

  @Column({ type: 'varchar', nullable: true })
  sex: 'L' | 'P' | null;

  @Column({ type: 'text', default: '' })
  position: string;

  /** E.164; erased after the office's retention time. */
  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  /** Access or food; erased when the event has ended. */
  @Column({ type: 'text', default: '' })
  needs: string;

  @Column({ type: 'text', default: 'active' })
  state: 'active' | 'replaced' | 'released';

  /** Came without having been named before the day; the office let them in at the door. */
  @Column({ type: 'boolean', default: false })
  walkIn: boolean;

  /** The delegate whose seat this one took over. */
  @Column({ type: 'integer', nullable: true })
  replacesId: number | null;

  @Column({ type: 'integer', default: 1 })
  tokenVersion: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}
