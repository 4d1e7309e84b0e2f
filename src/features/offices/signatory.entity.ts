import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Signing for somebody (`a.n.`, `u.b.`) or standing in for them (`Plt.`, `Plh.`); empty: in their own right. */
export const authorities = ['', 'a.n.', 'u.b.', 'Plt.', 'Plh.'] as const;
export type Authority = (typeof authorities)[number];

/** Who signs the letters of an office. */
@Entity('signatory')
export class Signatory {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  officeId: number;

  @Column({ type: 'text', default: '' })
  authority: Authority;

  @Column({ type: 'text', default: '' })
  nameBefore: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', default: '' })
  nameAfter: string;

  /** Jabatan, as it stands above the signature. */
  @Column({ type: 'text' })
  position: string;

  /** Pangkat/golongan, below the name. */
  @Column({ type: 'text', default: '' })
  rank: string;

  /** 18 digits; people of an LKKS have none. */
  @Column({ type: 'char', length: 18, nullable: true })
  nip: string | null;

  /** Place in the list; the first one is proposed in a new letter. */
  @Column({ type: 'integer', default: 0 })
  sort: number;

  /** Raised by each change, so that two people do not overwrite each other. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
