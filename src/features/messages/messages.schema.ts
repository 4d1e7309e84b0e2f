import { z } from 'zod';
import { mailSecurities } from '../../mail/server.js';
import {
  choice,
  email,
  optionalText,
  recordId,
  required,
  seenVersion,
  storableText,
  wholeNumber,
} from '../../web/form.js';
import { messageStates } from './message.entity.js';
import { channels, invitationPurposes, userPurposes } from './purposes.js';

export const mailSettingsForm = z.object({
  version: seenVersion,
  // A name or an address of the network: nothing of a web address, and no port.
  host: required(253).refine((host) => /^[a-z\d]([a-z\d.:-]*[a-z\d])?$/i.test(host), { error: 'error.host' }),
  port: wholeNumber(1, 65535),
  security: choice(mailSecurities),
  username: optionalText(200),
  // Empty: the one that is kept.
  password: z.string().max(500, { error: 'error.too_long' }).default(''),
  fromAddress: email,
  connections: wholeNumber(1, 20),
});
export type MailSettingsForm = z.output<typeof mailSettingsForm>;

const purposes = [...invitationPurposes, ...userPurposes] as const;

/** What of the outbox is shown. A filter in an address that makes no sense filters nothing. */
export const outboxFilter = z.object({
  state: z.enum(messageStates).or(z.literal('')).catch('').default(''),
  channel: z.enum(channels).or(z.literal('')).catch('').default(''),
  purpose: z.enum(purposes).or(z.literal('')).catch('').default(''),
  event: recordId.nullable().catch(null).default(null),
  before: storableText
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .nullable()
    .catch(null)
    .default(null),
});
export type OutboxFilter = z.output<typeof outboxFilter>;
