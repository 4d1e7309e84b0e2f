import { fillPlaceholders } from '../../placeholders.js';
import type { MailContent } from '../../mail/compose.js';
import { formats } from '../../texts.js';
import { messageTexts } from '../invitations/message.texts.js';
import { invitationPurposes, type InvitationPurpose } from './purposes.js';

const toDelegates: InvitationPurpose[] = ['confirmation', 'released'];

/** What an institution can be told by hand; what concerns one delegate goes to them, with the text of their mail. */
export const handPurposes = invitationPurposes.filter((purpose) => !toDelegates.includes(purpose));
export type HandPurpose = (typeof handPurposes)[number];

/** What the text of a message is filled with. */
export interface MessageFacts {
  institution: string;
  office: string;
  title: string;
  days: string[];
  place: string;
  answerBy: Date | null;
  holdUntil: Date | null;
  zone: string;
  link: string;
  /** Why the event is cancelled. */
  reason: string;
  /** What has changed, a line each. */
  changes: string;
}

/** The placeholders of offices, and what stands for each in our own texts. */
const ours = {
  lks: 'institution',
  instansi: 'office',
  acara: 'title',
  tanggal: 'dates',
  tempat: 'place',
  jawab_sampai: 'until',
  tautan: 'link',
  perubahan: 'changes',
  alasan: 'reason',
} as const;
type Placeholder = keyof typeof ours;

/** Placeholders that only some purposes have a value for. */
const only: Partial<Record<Placeholder, InvitationPurpose[]>> = {
  perubahan: ['changed', 'day_changed'],
  alasan: ['cancellation'],
};

/** What a text for this purpose may hold: only a message about a change knows what has changed. */
export const placeholdersOf = (purpose: InvitationPurpose): Placeholder[] =>
  (Object.keys(ours) as Placeholder[]).filter((name) => only[name]?.includes(purpose) ?? true);

/** Our own text for a purpose, in the placeholders that offices write. */
export function defaultText(purpose: InvitationPurpose): string {
  // Letters and messages go out in Indonesian, whatever the organizer's screen shows.
  const [text] = messageTexts[`invitation.message.${purpose}`];
  return Object.entries(ours).reduce(
    (filled: string, [name, word]) => filled.replaceAll(`{{${word}}}`, `{${name}}`),
    text,
  );
}

/** The texts that an office wrote itself, by purpose. */
export type Wording = ReadonlyMap<InvitationPurpose, string>;

/** What a mail that was refused says, for WhatsApp. */
export const spokenMail = ({ greeting, paragraphs, facts, changes, button }: MailContent): string =>
  [
    greeting,
    ...paragraphs,
    facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    changes.join('\n'),
    button?.url ?? '',
  ]
    .filter(Boolean)
    .join('\n\n');

/** The text for one purpose, filled: for the queue, the share buttons and the preview of a template alike. */
export function fillText(text: string, facts: MessageFacts): string {
  const format = formats.id;
  const until = facts.holdUntil ?? facts.answerBy;
  const values: Record<Placeholder, string> = {
    lks: facts.institution,
    instansi: facts.office,
    acara: facts.title,
    tanggal: format.days(facts.days),
    tempat: facts.place,
    jawab_sampai: until ? format.dateTime(until, facts.zone) : '',
    tautan: facts.link,
    perubahan: facts.changes,
    alasan: facts.reason,
  };
  return fillPlaceholders(text, values);
}

export const messageText = (wording: Wording, purpose: InvitationPurpose, facts: MessageFacts): string =>
  fillText(wording.get(purpose) ?? defaultText(purpose), facts);
