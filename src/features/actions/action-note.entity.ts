import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What was reported about a follow-up, with evidence: a file, a photo, a link. Only ever added. */
@Entity('action_note')
export class ActionNote {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  @Column({ type: 'integer' })
  actionId: number;

  /** Made with the form, so that sending it twice is one note. */
  @Column({ type: 'uuid' })
  clientId: string;

  @Column({ type: 'text', default: '' })
  text: string;

  @Column({ type: 'integer', nullable: true })
  storedFileId: number | null;

  /** Of a photo. */
  @Column({ type: 'integer', nullable: true })
  thumbnailFileId: number | null;

  @Column({ type: 'text', default: '' })
  fileName: string;

  @Column({ type: 'text', default: '' })
  url: string;

  @Column({ type: 'text' })
  way: 'office' | 'link';

  @Column({ type: 'integer', nullable: true })
  userId: number | null;

  /** The later event at which it was recorded. */
  @Column({ type: 'integer', nullable: true })
  eventId: number | null;

  @Column({ type: 'timestamptz' })
  at: Date;
}
