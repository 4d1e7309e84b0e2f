import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A photo of an event, drawn anew without anything but the picture. */
@Entity('photo')
export class Photo {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  eventId: number;

  @Column({ type: 'integer' })
  pictureFileId: number;

  @Column({ type: 'integer' })
  thumbnailFileId: number;

  /** In pixels. */
  @Column({ type: 'integer' })
  width: number;

  @Column({ type: 'integer' })
  height: number;

  @Column({ type: 'text', default: '' })
  caption: string;

  @Column({ type: 'integer', name: 'position', default: 0 })
  sort: number;

  /** Raised with every change; a form that carries an older one is told so. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'integer', nullable: true })
  createdBy: number | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
