import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Role } from './permissions.js';

/** A person's roles in one office. */
@Entity('membership')
export class Membership {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  officeId: number;

  @Column({ type: 'integer' })
  userId: number;

  @Column({ type: 'text', array: true })
  roles: Role[];

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
