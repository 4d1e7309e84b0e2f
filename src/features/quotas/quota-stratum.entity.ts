import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** The one stratum of an event without a dimension. */
export const generalKey = 'umum';
/** Where institutions go whose service or region has no stratum of its own. */
export const otherKey = 'lainnya';

/** A part of the open seats: of a main service, of a kabupaten/kota, or all of them. */
@Entity('quota_stratum')
export class QuotaStratum {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  eventId: number;

  /** A service type's code, a region's code, `lainnya` or `umum`. */
  @Column({ type: 'text' })
  key: string;

  @Column({ type: 'integer' })
  seats: number;

  /** Seats that one institution of this stratum may take; null: as the event says. */
  @Column({ type: 'integer', nullable: true })
  limitPerInstitution: number | null;

  @Column({ type: 'integer' })
  position: number;
}
