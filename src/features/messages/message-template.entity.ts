import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { InvitationPurpose } from './purposes.js';

/** What an office writes for one purpose in place of our words. */
@Entity('message_template')
export class MessageTemplate {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  officeId: number;

  @Column({ type: 'text' })
  purpose: InvitationPurpose;

  /** With placeholders in braces, `{lks}`; never empty. */
  @Column({ type: 'text' })
  text: string;

  /** Raised by each change, so that two people do not overwrite each other. */
  @Column({ type: 'integer', default: 1 })
  version: number;
}
