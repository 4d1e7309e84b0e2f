import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Visibility } from './material-words.js';

/** Something that is handed out at an event: a file with its versions, or a link. */
@Entity('material')
export class Material {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  eventId: number;

  /** What of the agenda it belongs to; the whole event when null. */
  @Column({ type: 'integer', nullable: true })
  agendaItemId: number | null;

  @Column({ type: 'text' })
  title: string;

  /** Where a link leads; empty for files. */
  @Column({ type: 'text', default: '' })
  url: string;

  @Column({ type: 'text', default: 'accepted' })
  visibility: Visibility;

  /** Place among those of the same agenda item; equal ones stand in the order in which they came. */
  @Column({ type: 'integer', name: 'position', default: 0 })
  sort: number;

  /** Of the public address `/m/…`; raised to make the printed and shared ones void. */
  @Column({ type: 'integer', default: 1 })
  tokenVersion: number;

  /** Raised with every change; a form that carries an older one is told so. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', nullable: true })
  archivedAt: Date | null;

  @Column({ type: 'integer', nullable: true })
  createdBy: number | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
