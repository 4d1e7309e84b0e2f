import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const guestKinds = ['guest', 'speaker', 'committee', 'press'] as const;
export type GuestKind = (typeof guestKinds)[number];

/** Somebody who comes and is sent by no institution. */
@Entity('guest')
export class Guest {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ type: 'integer' })
  eventId: number;

  @Column({ type: 'text', default: 'guest' })
  kind: GuestKind;

  /** When it is one of the plan's speakers. */
  @Column({ type: 'integer', nullable: true })
  speakerId: number | null;

  @Column({ type: 'text', default: '' })
  nameBefore: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', default: '' })
  nameAfter: string;

  @Column({ type: 'varchar', nullable: true })
  sex: 'L' | 'P' | null;

  @Column({ type: 'text', default: '' })
  position: string;

  /** Where they come from, as it stands in the list. */
  @Column({ type: 'text', default: '' })
  origin: string;

  /** E.164; erased after the office's retention time. */
  @Column({ type: 'text', nullable: true })
  phone: string | null;

  /** Of the form that brought them, so that sending it twice makes one guest. */
  @Column({ type: 'uuid', nullable: true })
  clientId: string | null;

  @Column({ type: 'integer', nullable: true })
  createdBy: number | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
