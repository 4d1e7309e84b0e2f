import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { grades, ownerships, registrationStates } from './institution.facts.js';

/** Lembaga kesejahteraan sosial: legal body or not, registered or not yet. Clients are numbers, never names. */
@Entity('institution')
export class Institution {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'text' })
  name: string;

  /** `normaliseName(name)`: equal means the same name (rules.md 20). */
  @Column({ type: 'text' })
  nameNormalised: string;

  /** `searchTextOf(…)`, under a trigram index. */
  @Column({ type: 'text' })
  searchText: string;

  /** Kemendagri code of the kabupaten/kota. */
  @Column({ type: 'varchar' })
  regionCode: string;

  @Column({ type: 'text', default: '' })
  address: string;

  @Column({ type: 'text', default: '' })
  village: string;

  @Column({ type: 'text', default: '' })
  district: string;

  /** Degrees, WGS 84. */
  @Column({ type: 'numeric', precision: 9, scale: 6, nullable: true })
  latitude: number | null;

  @Column({ type: 'numeric', precision: 9, scale: 6, nullable: true })
  longitude: number | null;

  /** E.164 */
  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', default: 'community' })
  ownership: (typeof ownerships)[number];

  @Column({ type: 'integer', nullable: true })
  clientsInsideMale: number | null;

  @Column({ type: 'integer', nullable: true })
  clientsInsideFemale: number | null;

  @Column({ type: 'integer', nullable: true })
  clientsOutsideMale: number | null;

  @Column({ type: 'integer', nullable: true })
  clientsOutsideFemale: number | null;

  /** Akta notaris. */
  @Column({ type: 'text', default: '' })
  deedNumber: string;

  @Column({ type: 'date', nullable: true })
  deedDate: string | null;

  /** SK Kemenkumham. */
  @Column({ type: 'text', default: '' })
  ministryDecree: string;

  /** NPWP of the institution. */
  @Column({ type: 'text', default: '' })
  taxNumber: string;

  @Column({ type: 'text', default: 'not_registered' })
  registrationState: (typeof registrationStates)[number];

  /** Tanda daftar. */
  @Column({ type: 'text', default: '' })
  registrationNumber: string;

  /** `registrationKeyOf(…)`: unique among those not archived. */
  @Column({ type: 'text', default: '' })
  registrationKey: string;

  @Column({ type: 'date', nullable: true })
  registrationDate: string | null;

  /** Izin operasional. */
  @Column({ type: 'text', default: '' })
  permitNumber: string;

  @Column({ type: 'date', nullable: true })
  permitDate: string | null;

  @Column({ type: 'date', nullable: true })
  permitValidUntil: string | null;

  /** Edits it; the others that see it propose changes (rules.md 19). */
  @Column({ type: 'integer' })
  managingOfficeId: number;

  /** The officer who looks after it (rules.md 22). */
  @Column({ type: 'integer', nullable: true })
  pendampingId: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  archivedAt: Date | null;

  /** Invited before anybody knew more of it than its name; until its record is saved as complete. */
  @Column({ type: 'boolean', default: false })
  provisional: boolean;

  /** Part of the address of its calendar feed; a new version revokes the old address. */
  @Column({ type: 'integer', default: 1 })
  feedVersion: number;

  /** Raised by each change, so that two people do not overwrite each other. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}

/** Accreditation as its certificate says; validity is stored, never computed (domain.md). */
@Entity('accreditation')
export class Accreditation {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  institutionId: number;

  @Column({ type: 'varchar' })
  grade: (typeof grades)[number];

  @Column({ type: 'text', default: '' })
  certificateNumber: string;

  @Column({ type: 'date', nullable: true })
  issuedOn: string | null;

  @Column({ type: 'date', nullable: true })
  validUntil: string | null;
}
