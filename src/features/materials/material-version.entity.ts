import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One content that a material had; the one with the highest number is what people get. */
@Entity('material_version')
export class MaterialVersion {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  materialId: number;

  /** From 1. */
  @Column({ type: 'integer' })
  number: number;

  @Column({ type: 'integer' })
  storedFileId: number;

  /** As it was called, made safe; downloads are named after the title instead. */
  @Column({ type: 'text' })
  fileName: string;

  @Column({ type: 'integer', nullable: true })
  createdBy: number | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
