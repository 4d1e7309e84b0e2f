import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A person who signs in. What they may do hangs on their memberships. */
@Entity('app_user')
export class User {
  @PrimaryGeneratedColumn('identity')
  id: number;

  /** Lower case. */
  @Column({ type: 'text' })
  email: string;

  /** argon2id; null until the person has opened their welcome link. */
  @Column({ type: 'text', nullable: true })
  passwordHash: string | null;

  @Column({ type: 'text', default: '' })
  nameBefore: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', default: '' })
  nameAfter: string;

  @Column({ type: 'boolean', default: false })
  isInstallationAdmin: boolean;

  /** Of the e-mail that is sent to them. */
  @Column({ type: 'text', default: 'id' })
  language: 'id' | 'en';

  /** Sessions of an earlier version are over, whether or not their row is still there. */
  @Column({ type: 'integer', default: 1 })
  sessionVersion: number;

  @Column({ type: 'timestamptz', nullable: true })
  deactivatedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastSignedInAt: Date | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
