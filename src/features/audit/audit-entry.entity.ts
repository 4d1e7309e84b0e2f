import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Who did what to which record. Names fields and keeps no personal values (rules.md); never changed. */
@Entity('audit_entry')
export class AuditEntry {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  at: Date;

  @Column({ type: 'integer', nullable: true })
  officeId: number | null;

  @Column({ type: 'integer', nullable: true })
  userId: number | null;

  @Column({ type: 'text' })
  way: 'office' | 'link' | 'clock' | 'system';

  /** Key of a text: `audit.<action>`. */
  @Column({ type: 'text' })
  action: string;

  @Column({ type: 'text' })
  subjectType: string;

  @Column({ type: 'integer', nullable: true })
  subjectId: number | null;

  /** Names of the fields that changed. */
  @Column({ type: 'text', array: true, default: [] })
  fields: string[];

  /** Numbers and states; no names, no phones. */
  @Column({ type: 'jsonb', default: {} })
  detail: Record<string, unknown>;

  @Column({ type: 'text', nullable: true })
  requestId: string | null;
}
