import { writeAccountMails } from './features/accounts/accounts.mails.js';
import { writeInvitationMails } from './features/invitations/invitations.mails.js';
import type { AttachmentProvider, Mails, MailWriter } from './features/messages/mails.js';
import { invitationPurposes, type InvitationPurpose } from './features/messages/purposes.js';

/** Files that go out with mail; a feature that has some puts its provider here. */
const attachments: AttachmentProvider[] = [];

/** Who writes which mail; each feature brings its own. */
export const mails: Mails = {
  writers: {
    ...(Object.fromEntries(invitationPurposes.map((purpose) => [purpose, writeInvitationMails])) as Record<
      InvitationPurpose,
      MailWriter
    >),
    welcome: writeAccountMails,
    reset: writeAccountMails,
  },
  attachments,
};
