import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Minutes as they were approved. The database refuses every change of it. */
@Entity('minutes_edition')
export class MinutesEdition {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  eventId: number;

  @Column({ type: 'integer' })
  number: number;

  /** Canonical JSON (RFC 8785) of everything that these minutes show. */
  @Column({ type: 'text' })
  content: string;

  /** Of the content, in hexadecimal. */
  @Column({ type: 'char', length: 64 })
  sha256: string;

  /** That of the edition before, which also stands in the content: so editions are chained. */
  @Column({ type: 'char', length: 64, nullable: true })
  previousSha256: string | null;

  @Column({ type: 'integer' })
  pdfFileId: number;

  @Column({ type: 'integer' })
  approvedBy: number;

  @Column({ type: 'timestamptz' })
  approvedAt: Date;
}
