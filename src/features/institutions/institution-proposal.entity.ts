import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/**
 * What the managing office is asked for: by an office that sees an institution but does not manage it (rules.md 19), or
 * by the institution itself, through the link of an invitation.
 */
@Entity('institution_proposal')
export class InstitutionProposal {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  institutionId: number;

  @Column({ type: 'text', default: 'office' })
  way: 'office' | 'link';

  /** Who proposes; null by link. */
  @Column({ type: 'integer', nullable: true })
  officeId: number | null;

  @Column({ type: 'integer', nullable: true })
  userId: number | null;

  /** Whose link it came by; null from an office. */
  @Column({ type: 'integer', nullable: true })
  invitationId: number | null;

  @Column({ type: 'text' })
  kind: 'change' | 'handover';

  /** Fact by fact, the value it should have. */
  @Column({ type: 'jsonb', default: {} })
  changes: Record<string, unknown>;

  /** By link: fact by fact, the value that stood there when it was proposed. */
  @Column({ type: 'jsonb', default: {} })
  before: Record<string, unknown>;

  @Column({ type: 'text', default: '' })
  note: string;

  /** By link also `partly` (some facts were accepted) and `replaced` (by a newer one of the same invitation). */
  @Column({ type: 'text', default: 'open' })
  state: 'open' | 'accepted' | 'refused' | 'partly' | 'replaced';

  /** By link: fact by fact, what was decided. */
  @Column({ type: 'jsonb', default: {} })
  decisions: Record<string, unknown>;

  @Column({ type: 'integer', nullable: true })
  decidedBy: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @Column({ type: 'text', default: '' })
  decisionNote: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
