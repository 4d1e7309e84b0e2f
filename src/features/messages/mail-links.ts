import { spellCode, type LinkKeys } from '../../links/tokens.js';
import type { MailLinks } from './mails.js';

/** The addresses as they go out. @param base the public address, without a trailing slash */
export const realLinks = (links: LinkKeys, base: string): MailLinks => ({
  invitation: (id, version) => `${base}/u/${links.token('invitation', id, version)}`,
  code: (id, version) => spellCode(links.code(id, version)),
  delegate: (id, version) => `${base}/d/${links.token('delegate', id, version)}`,
  access: (linkId) => `${base}/access/${links.accessToken(linkId)}`,
});

const dots = '••••••••';

/** The same for the eyes of the office: it shows where the address stands, and opens nothing. */
export const maskedLinks = (base: string): MailLinks => ({
  invitation: () => `${base}/u/${dots}`,
  code: () => '•••••-•••••',
  delegate: () => `${base}/d/${dots}`,
  access: () => `${base}/access/${dots}`,
});
