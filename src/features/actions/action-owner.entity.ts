import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const ownerKinds = ['unit', 'user', 'institution', 'outside'] as const;
export type OwnerKind = (typeof ownerKinds)[number];

/** Penanggung jawab: a unit of the office, a colleague, an LKS, or an outside body. Used again for each promise. */
@Entity('action_owner')
export class ActionOwner {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  officeId: number;

  @Column({ type: 'text' })
  kind: OwnerKind;

  @Column({ type: 'integer', nullable: true })
  userId: number | null;

  @Column({ type: 'integer', nullable: true })
  institutionId: number | null;

  /** Of a unit or an outside body; the others have names of their own. */
  @Column({ type: 'text', default: '' })
  name: string;

  /** E.164; an LKS is reached through its leader. */
  @Column({ type: 'text', nullable: true })
  phone: string | null;

  /** A new one revokes the owner's link. */
  @Column({ type: 'integer', default: 1 })
  tokenVersion: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
