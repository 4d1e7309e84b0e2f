import { formatPhone, personName, type Format } from '../../i18n/format.js';
import type { Translate } from '../../i18n/translate.js';
import type { MailContent } from '../../mail/compose.js';
import { formats, translators } from '../../texts.js';
import type { MailLinks, MailMessage, MailWriter, WrittenMail } from '../messages/mails.js';
import type { InvitationPurpose } from '../messages/purposes.js';
import { changeLines } from './changes.js';
import { mailEvents, mailRecipients, type MailEvent, type MailRecipient } from './mails.repository.js';

/** What a mail of a purpose holds beside its sentence and its button. */
interface Shape {
  /** Day, hours, place. */
  facts?: boolean;
  /** Until when they answer, or their seats are held. */
  until?: 'answer' | 'hold';
  /** The code to be typed where the link is no help. */
  code?: boolean;
}

const shapes: Record<InvitationPurpose, Shape> = {
  invitation: { facts: true, until: 'answer', code: true },
  offer: { facts: true, until: 'hold', code: true },
  offer_ended: {},
  promotion: { facts: true },
  confirmation: { facts: true },
  day_changed: { facts: true, until: 'hold', code: true },
  changed: { facts: true },
  revocation: {},
  released: {},
  cancellation: { facts: true },
  reminder_answer: { facts: true, until: 'answer', code: true },
  reminder_day: { facts: true },
  materials: {},
  thanks: {},
  follow_up: {},
};

/** Writes what institutions and their delegates are told of an event: two queries, however many they are. */
export const writeInvitationMails: MailWriter = async ({ db }, messages, links) => {
  const recipients = await mailRecipients(
    db,
    messages.map(({ id }) => id),
  );
  const events = await mailEvents(db, [...new Set(recipients.map(({ eventId }) => eventId))]);
  const byId = new Map(messages.map((message) => [message.id, message]));
  // When and where is the same for all who are told of an event, and takes longest to spell.
  const spelled = new Map<string, [string, string][]>();
  const written = recipients.flatMap((recipient): [number, WrittenMail][] => {
    const [message, event] = [byId.get(recipient.messageId), events.get(recipient.eventId)];
    if (!message || !event) return [];
    const key = `${event.id} ${recipient.language}`;
    const whenAndWhere = spelled.get(key) ?? whenAndWhereOf(event, recipient.language);
    spelled.set(key, whenAndWhere);
    return [[message.id, write(message, recipient, { ...event, whenAndWhere }, links)]];
  });
  return new Map(written);
};

/** With its days, hours and place in words. */
type SpelledEvent = MailEvent & { whenAndWhere: [string, string][] };

function write(
  message: MailMessage,
  recipient: MailRecipient,
  event: SpelledEvent,
  links: MailLinks,
): WrittenMail {
  const { delegate, institution } = recipient;
  // Whoever was named for the seat afterwards is told by a message of their own.
  if (message.purpose === 'confirmation' && delegate?.state !== 'active') return { kind: 'outdated' };
  return {
    kind: 'mail',
    to: delegate
      ? { name: personName(delegate), address: delegate.email }
      : { name: institution, address: recipient.email },
    sender: { name: event.sender, replyTo: event.replyTo ?? undefined },
    content: contentOf(message, recipient, event, links),
  };
}

function contentOf(
  { purpose, detail }: MailMessage,
  recipient: MailRecipient,
  event: SpelledEvent,
  links: MailLinks,
): MailContent {
  const { language, institution, delegate, invitationId, tokenVersion } = recipient;
  const [t, format] = [translators[language], formats[language]];
  const shape = shapes[purpose as InvitationPurpose];
  const names = { title: event.title, institution, office: event.office };
  const reason = purpose === 'cancellation' ? event.cancelReason : recipient.reason;
  const isTaken = purpose === 'cancellation' || purpose === 'revocation';
  return {
    language,
    subject: t(`mail.subject.${purpose}`, names),
    from: event.office,
    accent: event.accent,
    greeting: delegate
      ? t('mail.to_person', { name: personName(delegate) || institution })
      : t('mail.to_institution', { institution }),
    paragraphs: [
      t(`mail.text.${purpose}`, names),
      ...(isTaken && reason ? [t('mail.reason', { reason })] : []),
    ],
    facts: shape.facts ? factsOf(t, format, recipient, event, shape) : [],
    changes: changeLines(detail, t, format),
    button: {
      text: t(`mail.button.${purpose}`),
      url: delegate
        ? links.delegate(delegate.id, delegate.tokenVersion)
        : links.invitation(invitationId, tokenVersion),
    },
    code:
      shape.code && !delegate
        ? { label: t('mail.code'), value: links.code(invitationId, tokenVersion) }
        : undefined,
    closing: [
      ...(shape.facts && !isTaken && event.notes ? [t('mail.notes', { notes: event.notes })] : []),
      contact(t, event),
    ],
    footer: [t(delegate ? 'mail.footer_delegate' : 'mail.footer_institution', names)],
  };
}

function contact(t: Translate, { contactName, contactPhone }: MailEvent): string {
  const name = contactName || t('mail.contact_office');
  const phone = contactPhone ? formatPhone(contactPhone) : '';
  return t('mail.contact', { contact: phone ? `${name}, ${phone}` : name });
}

function factsOf(
  t: Translate,
  format: Format,
  { ownAnswerBy, holdUntil }: MailRecipient,
  { answerBy, zone, whenAndWhere }: SpelledEvent,
  { until }: Shape,
): [string, string][] {
  const times = [ownAnswerBy, answerBy].filter((at) => at !== null);
  const lastAnswer = times.length > 0 ? new Date(Math.min(...times.map(Number))) : null;
  if (until === 'answer' && lastAnswer)
    return [...whenAndWhere, [t('mail.answer_until'), format.dateTime(lastAnswer, zone)]];
  if (until === 'hold' && holdUntil)
    return [...whenAndWhere, [t('mail.held_until'), format.dateTime(holdUntil, zone)]];
  return whenAndWhere;
}

function whenAndWhereOf(event: MailEvent, language: 'id' | 'en'): [string, string][] {
  const t = translators[language];
  const place = [event.venueName, event.venueAddress].filter(Boolean).join('\n');
  const facts: [string, string][] = [
    ...whenOf(t, formats[language], event),
    [t('mail.place'), place],
    [t('mail.online'), event.onlineUrl],
  ];
  return facts.filter(([, value]) => value !== '');
}

/** One session has a day and hours; several are a line each. */
function whenOf(t: Translate, format: Format, { sessions, zone }: MailEvent): [string, string][] {
  const [first, ...others] = sessions;
  if (!first) return [];
  if (others.length === 0)
    return [
      [t('mail.day'), format.date(first.date)],
      [t('mail.hours'), format.timeRange(first.startsAt, first.endsAt, zone)],
    ];
  const lines = sessions.map(
    ({ date, startsAt, endsAt }) => `${format.date(date)}, ${format.timeRange(startsAt, endsAt, zone)}`,
  );
  return [[t('mail.day'), lines.join('\n')]];
}
