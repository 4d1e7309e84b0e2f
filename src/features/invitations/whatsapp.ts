import { formats, translators } from '../../texts.js';
import { changeLines } from './changes.js';
import type { InvitationPurpose } from '../messages/purposes.js';

/** What the text of a message is filled with. */
export interface MessageFacts {
  institution: string;
  office: string;
  title: string;
  firstDay: string | null;
  lastDay: string | null;
  answerBy: Date | null;
  holdUntil: Date | null;
  zone: string;
  link: string;
  venueName: string;
  onlineUrl: string;
  cancelReason: string;
  /** Of the message: what changed, and the like. */
  detail: Record<string, unknown>;
}

/** The text for one purpose; letters and messages go out in Indonesian, whatever the organizer's screen shows. */
export function messageText(purpose: InvitationPurpose, facts: MessageFacts): string {
  const t = translators.id;
  const format = formats.id;
  const until = facts.holdUntil ?? facts.answerBy;
  return t(`invitation.message.${purpose}`, {
    institution: facts.institution,
    office: facts.office,
    title: facts.title,
    link: facts.link,
    place: facts.venueName || facts.onlineUrl,
    changes: changeLines(facts.detail, t, format).join('\n'),
    reason: facts.cancelReason,
    dates: facts.firstDay ? format.dateRange(facts.firstDay, facts.lastDay ?? facts.firstDay) : '',
    until: until ? format.dateTime(until, facts.zone) : '',
  });
}

/** Opens WhatsApp with the text ready; without a number the sender chooses whom (domain.md). */
export const whatsappLink = (phone: string | null, text: string): string =>
  `https://wa.me/${phone ? phone.replace('+', '') : ''}?text=${encodeURIComponent(text)}`;
