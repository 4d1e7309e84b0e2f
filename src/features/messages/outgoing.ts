import type { LinkKeys } from '../../links/tokens.js';
import { composeMail } from '../../mail/compose.js';
import type { MailAttachment, OutgoingMail } from '../../mail/server.js';
import type { MailSettings } from './mail-settings.entity.js';
import type { AddressedMail } from './mails.js';

interface Sender {
  settings: Pick<MailSettings, 'fromAddress'>;
  /** The public address. */
  base: string;
  links: LinkKeys;
}

/**
 * A message as it leaves. Its Message-ID is the same whatever is restarted, so that a mail which came twice is shown
 * once (RFC 5322 §3.6.4).
 */
export function outgoingMail(
  messageId: number,
  { to, sender, content }: AddressedMail,
  attachments: MailAttachment[],
  { settings, base, links }: Sender,
): OutgoingMail {
  return {
    messageId: `<${messageId}.${links.messageTag(messageId)}@${new URL(base).hostname}>`,
    from: { name: sender.name, address: settings.fromAddress },
    replyTo: sender.replyTo,
    to,
    subject: content.subject,
    language: content.language,
    attachments,
    ...composeMail(content),
  };
}
