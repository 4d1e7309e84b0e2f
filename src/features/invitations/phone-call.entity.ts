import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** `will_answer`: they said so; `wrong_number`: somebody else answered, or the number does not exist. */
export const callOutcomes = ['will_answer', 'no_answer', 'wrong_number', 'other'] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** A phone call about an invitation, as a colleague noted it. Never changed but for the end of its text. */
@Entity('phone_call')
export class PhoneCall {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  @Column({ type: 'integer' })
  invitationId: number;

  @Column({ type: 'integer' })
  eventId: number;

  @Column({ type: 'timestamptz' })
  at: Date;

  @Column({ type: 'integer' })
  userId: number;

  @Column({ type: 'text' })
  outcome: CallOutcome;

  /** What was said, in the colleague's words; erased with the contacts of the event. */
  @Column({ type: 'text', default: '' })
  text: string;
}
