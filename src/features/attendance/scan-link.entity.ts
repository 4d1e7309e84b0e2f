import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A helper's address: whoever has it can scan for this event, until the event ends or the link is revoked. */
@Entity('scan_link')
export class ScanLink {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  eventId: number;

  /** For whom or where: "Pintu utama". */
  @Column({ type: 'text' })
  label: string;

  @Column({ type: 'integer', default: 1 })
  tokenVersion: number;

  @Column({ type: 'integer' })
  createdBy: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}
