import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Surat tugas: the letter by which an institution assigns those whom it sends. One of each invitation. */
@Entity('assignment_letter')
export class AssignmentLetter {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  invitationId: number;

  @Column({ type: 'integer' })
  storedFileId: number;

  /** As it is called on the disk of whoever saves it. */
  @Column({ type: 'text' })
  fileName: string;

  @Column({ type: 'timestamptz' })
  handedInAt: Date;
}
