import type { DataSource } from 'typeorm';
import type { Deps } from '../../deps.js';
import type { MailContent } from '../../mail/compose.js';
import type { MailAttachment } from '../../mail/server.js';
import type { MessagePurpose } from './purposes.js';

/** A row of the outbox that is to become an e-mail, or to be looked at as one. */
export interface MailMessage {
  id: number;
  officeId: number | null;
  eventId: number | null;
  invitationId: number | null;
  delegateId: number | null;
  userId: number | null;
  purpose: MessagePurpose;
  detail: Record<string, unknown>;
}

/** The secret addresses that a mail carries. A preview gets masked ones: whoever reads it is not the recipient. */
export interface MailLinks {
  invitation(id: number, version: number): string;
  code(id: number, version: number): string;
  delegate(id: number, version: number): string;
  access(linkId: number): string;
}

/** What a feature makes of a message. */
export type WrittenMail =
  | {
      kind: 'mail';
      /** The address is null when there is nowhere to send it (any more). */
      to: { name: string; address: string | null };
      /** In whose name, and who reads what is answered. */
      sender: { name: string; replyTo: string | undefined };
      content: MailContent;
    }
  /** What it tells is not so any longer. */
  | { kind: 'outdated' };

/** What can leave. */
export type AddressedMail = WrittenMail & { kind: 'mail'; to: { address: string } };

export const hasAddress = (mail: WrittenMail): mail is AddressedMail =>
  mail.kind === 'mail' && mail.to.address !== null;

/** Writes many messages with few queries. Whoever is not in the result is gone. */
export type MailWriter = (
  deps: Pick<Deps, 'db' | 'clock'>,
  messages: MailMessage[],
  links: MailLinks,
) => Promise<Map<number, WrittenMail>>;

/** From where mail goes out, for files that name it. */
export interface MailOrigin {
  /** The public address, without a trailing slash. */
  base: string;
  /** The installation's own e-mail address; null while no server is set. */
  sender: string | null;
}

/** Files that go out with messages, by the id of the message; whoever has none is left out. */
export type AttachmentProvider = (
  deps: Deps,
  messages: MailMessage[],
  origin: MailOrigin,
) => Promise<Map<number, MailAttachment[]>>;

/** Mail that must not leave before somebody has done something, such as approved the letter that goes along. */
export interface HoldBack {
  purposes: readonly MessagePurpose[];
  /** Those of these events whose mail waits. */
  eventsThatWait(db: Pick<DataSource, 'query'>, eventIds: number[]): Promise<number[]>;
}

/** What the features bring to the sending of mail; put together in src/mails.ts. */
export interface Mails {
  writers: Record<MessagePurpose, MailWriter>;
  attachments: AttachmentProvider[];
  holdBack: HoldBack;
}

/** Each message as its feature writes it. */
export async function writeMails(
  mails: Mails,
  deps: Pick<Deps, 'db' | 'clock'>,
  messages: MailMessage[],
  links: MailLinks,
): Promise<Map<number, WrittenMail>> {
  const byWriter = Map.groupBy(messages, ({ purpose }) => mails.writers[purpose]);
  const written = await Promise.all([...byWriter].map(([write, theirs]) => write(deps, theirs, links)));
  return new Map(written.flatMap((some) => [...some]));
}

/** All files of each message, in the order of the providers. */
export async function attachmentsFor(
  mails: Mails,
  deps: Deps,
  messages: MailMessage[],
  origin: MailOrigin,
): Promise<Map<number, MailAttachment[]>> {
  const all = new Map<number, MailAttachment[]>();
  for (const provide of mails.attachments)
    for (const [id, files] of await provide(deps, messages, origin))
      all.set(id, [...(all.get(id) ?? []), ...files]);
  return all;
}
