import type { LinkKeys } from '../../links/tokens.js';
import type { InvitationRow } from './invitations.repository.js';
import { messageText, whatsappLink } from './whatsapp.js';

/** What of an event a message tells. */
export interface EventFacts {
  title: string;
  firstDay: string | null;
  lastDay: string | null;
  answerBy: Date | null;
  zone: string;
  venueName: string;
  onlineUrl: string;
  cancelReason: string;
}

/** The address and the code of an institution's answer page. */
export function linksOf(links: LinkKeys, base: string, id: number, version: number) {
  return { url: `${base}/u/${links.token('invitation', id, version)}`, code: links.code(id, version) };
}

/** Everything to pass an invitation on by hand: address, code, and WhatsApp with the text that is due now. */
export function sharedTexts(
  links: LinkKeys,
  base: string,
  office: string,
  event: EventFacts,
  row: InvitationRow,
) {
  const { url, code } = linksOf(links, base, row.id, row.tokenVersion);
  // Named one by one: the last day of an event is a getter, which a spread leaves behind.
  const { title, firstDay, lastDay, answerBy, zone, venueName, onlineUrl, cancelReason } = event;
  const text = messageText(row.untold ?? 'invitation', {
    ...{ title, firstDay, lastDay, answerBy, zone, venueName, onlineUrl, cancelReason },
    detail: row.untoldDetail ?? {},
    institution: row.name,
    office,
    holdUntil: row.holdUntil,
    link: url,
  });
  return { url, code, text, whatsapp: whatsappLink(row.phone, text) };
}
