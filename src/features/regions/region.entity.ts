import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A province (`63`) or a kabupaten/kota (`63.71`) by its Kemendagri code. */
@Entity('region')
export class Region {
  @PrimaryColumn({ type: 'varchar' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  /** IANA zone of most of the region; an event may lie elsewhere. */
  @Column({ type: 'text' })
  zone: string;
}
