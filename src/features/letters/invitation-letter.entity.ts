import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { LetterContent } from './content.js';
import type { LetterMode, LetterState } from './letter-words.js';

/** Surat undangan: the letter by which an office invites to an event. Its texts hold placeholders until it is issued. */
@Entity('invitation_letter')
export class InvitationLetter {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  eventId: number;

  @Column({ type: 'text', default: 'draft' })
  state: LetterState;

  /** A letter of its own for each institution, or one that serves all, with the list as annex. */
  @Column({ type: 'text' })
  mode: LetterMode;

  /** Sifat. */
  @Column({ type: 'text', default: '' })
  classification: string;

  /** Lampiran. */
  @Column({ type: 'text', default: '' })
  attachment: string;

  /** Hal. */
  @Column({ type: 'text', default: '' })
  subject: string;

  @Column({ type: 'text', default: '' })
  addressee: string;

  @Column({ type: 'text', default: '' })
  opening: string;

  @Column({ type: 'text', default: '' })
  closing: string;

  @Column({ type: 'text', default: '' })
  notes: string;

  /** Tembusan, one to a line. */
  @Column({ type: 'text', default: '' })
  copies: string;

  @Column({ type: 'integer', nullable: true })
  signatoryId: number | null;

  /** Comes with the number; what is issued has one. */
  @Column({ type: 'date', nullable: true })
  letterDate: string | null;

  @Column({ type: 'text', default: '' })
  returnReason: string;

  @Column({ type: 'integer', nullable: true })
  submittedBy: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  submittedAt: Date | null;

  @Column({ type: 'integer', nullable: true })
  approvedBy: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  approvedAt: Date | null;

  /** Hash of what the leader approved: what changed since is not issued. */
  @Column({ type: 'char', nullable: true })
  approvedSha256: string | null;

  @Column({ type: 'integer', nullable: true })
  issuedBy: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  issuedAt: Date | null;

  /** Everything that the letter says, frozen when it is issued. */
  @Column({ type: 'jsonb', nullable: true })
  content: LetterContent | null;

  /** The logo that it bears, kept as long as the letter is. */
  @Column({ type: 'integer', nullable: true })
  logoFileId: number | null;

  /** The signed scan, or the file with an electronic signature: goes out in place of the printed letter. */
  @Column({ type: 'integer', nullable: true })
  signedFileId: number | null;

  /** Hash of what the letter said when its signed copy was handed in; null of none, and of one that came after the issue. */
  @Column({ type: 'char', nullable: true })
  signedContentSha256: string | null;

  /** Raised by each change, so that two people do not overwrite each other. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'integer', nullable: true })
  createdBy: number | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
