/** What an institution, or one of its delegates, can be told about an event. */
export const invitationPurposes = [
  'invitation',
  'offer',
  'offer_ended',
  'promotion',
  'confirmation',
  'day_changed',
  'changed',
  'revocation',
  'released',
  'cancellation',
  'reminder_answer',
  'reminder_day',
  'materials',
  'thanks',
  'follow_up',
] as const;
export type InvitationPurpose = (typeof invitationPurposes)[number];

/** What a person with an account can be told. */
export const userPurposes = ['welcome', 'reset'] as const;
export type UserPurpose = (typeof userPurposes)[number];

export type MessagePurpose = InvitationPurpose | UserPurpose;

export const channels = ['email', 'whatsapp'] as const;
export type Channel = (typeof channels)[number];
