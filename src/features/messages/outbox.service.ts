import { inTransaction } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { Conflict } from '../../errors.js';
import { composeMail, type MailContent } from '../../mail/compose.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { maskedLinks } from './mail-links.js';
import { attachmentsFor, writeMails, type Mails, type WrittenMail } from './mails.js';
import { mayBeCancelled, mayBeTried } from './outbox.policy.js';
import { mailJob } from './outbox.js';
import {
  cancelMessage,
  findOutboxMessage,
  lockOutboxMessage,
  requeue,
  unmarkAddress,
  type OutboxMessage,
} from './outbox.repository.js';

/** A message as it would arrive, or why it would not. */
export interface Preview {
  message: OutboxMessage;
  /** Undefined for what goes out by WhatsApp: its text stands with its invitation. */
  written: WrittenMail | undefined;
  /** Names of the files that go along. */
  files: string[];
}

/** Stands for the public address where none is set: nothing leaves, but what would can be read. */
const noBase = 'https://…';

/** Writes a message for the eyes of the office: as it would arrive now, with its secrets masked. @throws NotFound */
export async function previewMessage(
  deps: Deps,
  mails: Mails,
  actor: OfficeActor,
  id: number,
): Promise<Preview> {
  const message = await findOutboxMessage(deps.db, actor, id);
  if (message.channel !== 'email') return { message, written: undefined, files: [] };
  const links = maskedLinks(deps.config.baseUrl ?? noBase);
  const [written, files] = [
    await writeMails(mails, deps, [message], links),
    await attachmentsFor(mails, deps, [message], { base: deps.config.baseUrl ?? noBase, sender: null }),
  ];
  return {
    message,
    written: written.get(id) ?? { kind: 'outdated' },
    files: (files.get(id) ?? []).map(({ filename }) => filename),
  };
}

/** The same as a page of its own, or as text with its subject. */
export function shownMail(content: MailContent, as: 'html' | 'text'): string {
  const { html, text } = composeMail(content);
  return as === 'html' ? html : `${content.subject}\n\n${text}`;
}

/** Notes who looked at a message: it shows a person and where they are reached. */
export async function noteReading({ db }: Deps, actor: OfficeActor, { id }: OutboxMessage): Promise<void> {
  await inTransaction(db, (tx) =>
    recordAudit(tx, byActor(actor), { action: 'persons.read', subject: ['message', id] }),
  );
}

/**
 * Tries a mail at once that waits or was refused; an address that was marked is believed again.
 * @throws Conflict when it has left, or was called off
 */
export async function tryAgain({ db, clock, jobs }: Deps, actor: OfficeActor, id: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const message = await lockOutboxMessage(tx, actor, id);
    if (!mayBeTried(message)) throw new Conflict('outbox.not_waiting');
    if (message.address) await unmarkAddress(tx, message.address);
    await requeue(tx, id, clock.now());
    await recordAudit(tx, byActor(actor), { action: 'message.tried_again', subject: ['message', id] });
  });
  jobs.wake(mailJob);
}

/** Calls off what has not left. @throws Conflict when it has */
export async function callOff({ db }: Deps, actor: OfficeActor, id: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (!mayBeCancelled(await lockOutboxMessage(tx, actor, id))) throw new Conflict('outbox.not_waiting');
    await cancelMessage(tx, id);
    await recordAudit(tx, byActor(actor), { action: 'message.called_off', subject: ['message', id] });
  });
}
