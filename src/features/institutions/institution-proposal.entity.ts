import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What an office that sees an institution, but does not manage it, asks the managing office for (rules.md 19). */
@Entity('institution_proposal')
export class InstitutionProposal {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  institutionId: number;

  /** Who proposes. */
  @Column({ type: 'integer' })
  officeId: number;

  @Column({ type: 'integer' })
  userId: number;

  @Column({ type: 'text' })
  kind: 'change' | 'handover';

  /** Fact by fact, the value it should have. */
  @Column({ type: 'jsonb', default: {} })
  changes: Record<string, unknown>;

  @Column({ type: 'text', default: '' })
  note: string;

  @Column({ type: 'text', default: 'open' })
  state: 'open' | 'accepted' | 'refused';

  @Column({ type: 'integer', nullable: true })
  decidedBy: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @Column({ type: 'text', default: '' })
  decisionNote: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
