import { writeAccountMails } from './features/accounts/accounts.mails.js';
import { calendarFilesFor } from './features/invitations/calendar-files.service.js';
import { writeInvitationMails } from './features/invitations/invitations.mails.js';
import { eventsHeldByLetters, letterFilesFor, type LetterFile } from './features/letters/letters.service.js';
import type { AttachmentProvider, Mails, MailWriter } from './features/messages/mails.js';
import {
  invitationPurposes,
  type InvitationPurpose,
  type MessagePurpose,
} from './features/messages/purposes.js';

/**
 * The letter goes with what invites: later messages tell what has changed since. One that tells another plan than the
 * mail stays behind.
 */
const inviting: readonly MessagePurpose[] = ['invitation', 'offer'];

const letters: AttachmentProvider = async (deps, messages, { base }) => {
  const wanted = messages.filter(
    ({ purpose, delegateId }) => delegateId === null && inviting.includes(purpose),
  );
  const ids = wanted.map(({ invitationId }) => Number(invitationId));
  if (ids.length === 0) return new Map();
  const files = await letterFilesFor(deps, ids, base);
  const attached = ({ filename, contentType, ...file }: LetterFile) => ({
    ...{ filename, contentType },
    content: 'content' in file ? file.content : { path: file.path },
  });
  return new Map(
    wanted.map(({ id, invitationId }) => [id, (files.get(Number(invitationId)) ?? []).map(attached)]),
  );
};

const calendars: AttachmentProvider = async (deps, messages, origin) => {
  const files = await calendarFilesFor(deps, messages, origin);
  return new Map(
    [...files].map(([id, some]) => [
      id,
      some.map((file) => ({ ...file, content: Buffer.from(file.content) })),
    ]),
  );
};

/** Who writes which mail, and what goes along; each feature brings its own. */
export const mails: Mails = {
  writers: {
    ...(Object.fromEntries(invitationPurposes.map((purpose) => [purpose, writeInvitationMails])) as Record<
      InvitationPurpose,
      MailWriter
    >),
    welcome: writeAccountMails,
    reset: writeAccountMails,
  },
  attachments: [letters, calendars],
  holdBack: { purposes: inviting, eventsThatWait: eventsHeldByLetters },
};
