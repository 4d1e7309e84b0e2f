import type { InvitationPurpose } from '../messages/purposes.js';

/** When somebody is reminded: twice to answer, once of the day, and once that there are materials. */
export const slots = ['answer_first', 'answer_last', 'day', 'materials'] as const;
export type Slot = (typeof slots)[number];

/** How an event reminds at one of these times. */
export interface Rule {
  active: boolean;
  /** Whole days before the deadline or the first day; after the last day for materials. */
  days: number;
  /** `08:00`, in the event's zone. */
  hour: string;
}

/** What holds where an event says nothing else. */
export const defaultRules: Record<Slot, Rule> = {
  answer_first: { active: true, days: 7, hour: '08:00' },
  answer_last: { active: true, days: 3, hour: '08:00' },
  day: { active: true, days: 1, hour: '08:00' },
  materials: { active: true, days: 1, hour: '08:00' },
};

export const purposeOf: Record<Slot, InvitationPurpose> = {
  answer_first: 'reminder_answer',
  answer_last: 'reminder_answer',
  day: 'reminder_day',
  materials: 'materials',
};

/** Everything that is sent by these rules. */
export const reminderPurposes = [...new Set(Object.values(purposeOf))];
