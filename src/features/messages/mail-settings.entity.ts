import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MailSecurity } from '../../mail/server.js';

/** Through which server the installation sends its e-mail; one row, or none while nothing is set. */
@Entity('mail_settings')
export class MailSettings {
  @PrimaryColumn({ type: 'boolean', default: true })
  single: boolean;

  @Column({ type: 'text' })
  host: string;

  @Column({ type: 'integer' })
  port: number;

  @Column({ type: 'text' })
  security: MailSecurity;

  @Column({ type: 'text', default: '' })
  username: string;

  /** Sealed under a key that is not in the database (src/links/sealing.ts); empty: none. */
  @Column({ type: 'text', default: '' })
  passwordSealed: string;

  /** What every mail comes from; each office adds its own name. */
  @Column({ type: 'text' })
  fromAddress: string;

  /** At the same time, in one process. */
  @Column({ type: 'integer', default: 5 })
  connections: number;

  /** Raised by each change, so that two people do not overwrite each other. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  /** The server's own words while it takes nothing from us; empty while all is well. */
  @Column({ type: 'text', default: '' })
  trouble: string;

  @Column({ type: 'timestamptz', nullable: true })
  troubleSince: Date | null;

  /** When it is asked again. */
  @Column({ type: 'timestamptz', nullable: true })
  retryAt: Date | null;
}
