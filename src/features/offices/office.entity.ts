import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Instansi penyelenggara: a Dinas Sosial of any level, or an LKKS. */
@Entity('office')
export class Office {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'text' })
  name: string;

  /** For places where the full name does not fit: "Dinsos Kalsel". */
  @Column({ type: 'text' })
  shortName: string;

  /** Sees the institutions whose region code starts with this one (domain.md). */
  @Column({ type: 'varchar' })
  regionCode: string;

  /** Rules quiet hours and the numbering year; an event has its own zone. */
  @Column({ type: 'text' })
  zone: string;

  /** Lines of the kop, top down; the last is the address line. */
  @Column({ type: 'text', array: true, default: [] })
  letterheadLines: string[];

  @Column({ type: 'text', default: '' })
  address: string;

  /** E.164. */
  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'integer', nullable: true })
  logoFileId: number | null;

  /** `#rrggbb`; its contrast on white is checked when it is saved. */
  @Column({ type: 'varchar', default: '#0f5c63' })
  accent: string;

  /** Who answers questions of delegates unless the event names somebody else. */
  @Column({ type: 'text', default: '' })
  contactName: string;

  @Column({ type: 'text', nullable: true })
  contactPhone: string | null;

  /** In whose name e-mail goes out; empty: the office's name. */
  @Column({ type: 'text', default: '' })
  mailSender: string;

  /** Who reads what is answered to e-mail; null: the office's address. */
  @Column({ type: 'text', nullable: true })
  mailReplyTo: string | null;

  /** Letter numbers: `{kode}/{urut}/{unit}/{bulan_romawi}/{tahun}` (domain.md). */
  @Column({ type: 'text' })
  numberPattern: string;

  @Column({ type: 'text', default: '005' })
  numberCode: string;

  @Column({ type: 'text', default: '' })
  numberUnit: string;

  /** How long phones and addresses of delegates are kept after an event, in months (rules.md). */
  @Column({ type: 'integer', default: 24 })
  retentionMonths: number;

  /** From when in the evening until when in the morning nobody is reminded, in the office's zone (rules.md 17). */
  @Column({ type: 'text', default: '20:00' })
  quietFrom: string;

  /** The same as `quietFrom`: at any hour. */
  @Column({ type: 'text', default: '07:00' })
  quietUntil: string;

  /** Part of the address of the office's calendar feed; a new version revokes the old address. */
  @Column({ type: 'integer', default: 1 })
  feedVersion: number;

  /** Raised by each change, so that two people do not overwrite each other. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
