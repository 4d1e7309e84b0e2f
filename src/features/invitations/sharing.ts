import type { Deps } from '../../deps.js';
import type { LinkKeys } from '../../links/tokens.js';
import { formats, translators } from '../../texts.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { datesOf } from '../events/events.service.js';
import type { InvitationPurpose } from '../messages/purposes.js';
import { wordingOf } from '../messages/templates.service.js';
import { byHand } from '../messages/whatsapp-sender.js';
import { messageText, type MessageFacts, type Wording } from '../messages/wording.js';
import { changeLines } from './changes.js';
import { latestShared, type InvitationRow } from './invitations.repository.js';

/** What of an event a message tells. */
export interface EventFacts {
  title: string;
  days: string[];
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

/** What every text of an office about an event is made with. */
export interface Sharing {
  event: EventFacts;
  links: LinkKeys;
  /** Public address of the program. */
  base: string;
  officeName: string;
  wording: Wording;
}

export const sharingOf = async (
  { db, links }: Pick<Deps, 'db' | 'links'>,
  base: string,
  { office }: OfficeActor,
  event: Omit<EventFacts, 'days'> & { id: number },
): Promise<Sharing> => ({
  event: { ...event, days: await datesOf(db.manager, event.id) },
  links,
  base,
  officeName: office.name,
  wording: await wordingOf(db, office.id),
});

type Shared = Pick<InvitationRow, 'id' | 'tokenVersion' | 'name' | 'holdUntil'>;

function factsOf(
  { links, base, officeName, event }: Omit<Sharing, 'wording'>,
  row: Shared,
  detail?: Record<string, unknown>,
): MessageFacts {
  const { title, days, answerBy, zone, venueName, onlineUrl, cancelReason } = event;
  return {
    ...{ title, days, answerBy, zone },
    place: venueName || onlineUrl,
    institution: row.name,
    office: officeName,
    holdUntil: row.holdUntil,
    link: linksOf(links, base, row.id, row.tokenVersion).url,
    reason: cancelReason,
    changes: changeLines(detail ?? {}, translators.id, formats.id).join('\n'),
  };
}

/** Everything to pass an invitation on by hand: address, code, and WhatsApp with the text of a purpose. */
export function sharedTexts(
  sharing: Sharing,
  row: Shared & { phone: string | null },
  told: { purpose: InvitationPurpose; detail?: Record<string, unknown> },
) {
  const text = messageText(sharing.wording, told.purpose, factsOf(sharing, row, told.detail));
  return {
    ...linksOf(sharing.links, sharing.base, row.id, row.tokenVersion),
    text,
    whatsapp: byHand.handOver({ phone: row.phone, text }).address,
  };
}

/** The facts of the LKS that an office invited last, to try a text with; undefined before the first. */
export async function exampleFacts(
  { db, links }: Pick<Deps, 'db' | 'links'>,
  base: string,
  actor: OfficeActor,
): Promise<MessageFacts | undefined> {
  const found = await latestShared(db, actor.office.id);
  return found && factsOf({ links, base, officeName: actor.office.name, event: found }, found);
}
