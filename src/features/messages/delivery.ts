import { inTransaction } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { withoutValues } from '../../errors.js';
import {
  usualPatience,
  type MailAttachment,
  type MailOutcome,
  type MailPatience,
  type MailServer,
  type OutgoingMail,
} from '../../mail/server.js';
import {
  claimDue,
  dropMessage,
  giveBack,
  markAddress,
  postpone,
  recordSent,
  refuseMessage,
  type ClaimedMessage,
  type SentMessage,
} from './delivery.repository.js';
import { Gathering } from './gathering.js';
import { realLinks } from './mail-links.js';
import { forgetTrouble, mailStanding, noteTrouble, openServer, type MailStanding } from './mail-server.js';
import { holdBack, releaseHeld } from './holding.js';
import {
  attachmentsFor,
  hasAddress,
  writeMails,
  type AddressedMail,
  type Mails,
  type WrittenMail,
} from './mails.js';
import { outgoingMail } from './outgoing.js';
import { nextAttempt } from './retries.js';

export interface DeliveryOptions {
  /** Aborted when the program stops: what is being sent is finished, the rest is given back. */
  signal?: AbortSignal;
  patience?: MailPatience;
}

/** Claimed at once for each connection. */
const perConnection = 10;
/** How long claimed messages are this process's own. */
const leaseMs = 600_000;
/** For how long new messages are begun: a job has an end. */
const roundMs = 600_000;

interface Ready {
  message: ClaimedMessage;
  written: WrittenMail | undefined;
  files: MailAttachment[];
}

/**
 * Sends what is due: as many at the same time as the settings allow connections, each recorded before the next takes
 * its place, so that a kill doubles at most those. Safe in several processes at once.
 * @returns whether there may be more to do
 */
export async function deliverDue(deps: Deps, mails: Mails, options: DeliveryOptions = {}): Promise<boolean> {
  const standing = await mailStanding(deps);
  if (standing.state !== 'ready') return false;
  await releaseHeld(deps, mails.holdBack);
  const server = openServer(standing.settings, deps, options.patience);
  try {
    return await new Round(deps, mails, standing, server, options).run();
  } finally {
    server.close();
  }
}

class Round {
  private readonly ready: Ready[] = [];
  private readonly links;
  private readonly origin;
  private readonly sent;
  private readonly endsAt: number;
  private filling: Promise<void> | undefined;
  /** Nothing more is due. */
  private isDry = false;
  /** The server takes nothing from us. */
  private isStopped = false;

  constructor(
    private readonly deps: Deps,
    private readonly mails: Mails,
    private readonly standing: MailStanding & { state: 'ready' },
    private readonly server: MailServer,
    private readonly options: DeliveryOptions,
  ) {
    this.links = realLinks(deps.links, standing.base);
    this.origin = { base: standing.base, sender: standing.settings.fromAddress };
    this.sent = new Gathering<SentMessage>((some) => recordSent(deps.db, some, deps.clock.now()));
    this.endsAt = performance.now() + roundMs;
  }

  async run(): Promise<boolean> {
    const senders = Array.from({ length: this.standing.settings.connections }, () => this.sendOneByOne());
    const ended = await Promise.allSettled(senders);
    // Those that were claimed ahead are given back; those in doubt stay until the end of their lease.
    await this.filling?.catch(() => undefined);
    if (this.ready.length > 0)
      await giveBack(
        this.deps.db,
        this.ready.map(({ message }) => message.id),
      );
    for (const result of ended) if (result.status === 'rejected') throw result.reason as Error;
    return !this.isDry && !this.isStopped;
  }

  private async sendOneByOne(): Promise<void> {
    for (let next = await this.next(); next; next = await this.next()) await this.deliver(next);
  }

  private get isOver(): boolean {
    return this.isStopped || (this.options.signal?.aborted ?? false) || performance.now() > this.endsAt;
  }

  /** The next batch is claimed while the last one is being sent, so that no connection waits for it. */
  private async next(): Promise<Ready | undefined> {
    while (!this.isOver) {
      const next = this.ready.shift();
      if (next) {
        // What goes wrong there is met by whoever needs the batch.
        if (this.ready.length < this.standing.settings.connections * 2)
          void this.fill().catch(() => undefined);
        return next;
      }
      if (this.isDry) return undefined;
      await this.fill();
    }
    return undefined;
  }

  private fill(): Promise<void> {
    if (this.isDry) return Promise.resolve();
    this.filling ??= this.claim().finally(() => (this.filling = undefined));
    return this.filling;
  }

  private async claim(): Promise<void> {
    const now = this.deps.clock.now();
    const until = new Date(now.getTime() + leaseMs);
    const limit = this.standing.settings.connections * perConnection;
    const messages = await claimDue(this.deps.db, { now, until, limit });
    if (messages.length === 0) this.isDry = true;
    else this.ready.push(...(await this.prepare(messages)));
  }

  private async prepare(claimed: ClaimedMessage[]): Promise<Ready[]> {
    const messages = await holdBack(this.deps.db, this.mails.holdBack, claimed);
    const wanted = messages.filter(({ isOvertaken }) => !isOvertaken);
    try {
      const written = await writeMails(this.mails, this.deps, wanted, this.links);
      const files = await attachmentsFor(this.mails, this.deps, wanted, this.origin);
      return messages.map((message) => ({
        message,
        written: written.get(message.id),
        files: files.get(message.id) ?? [],
      }));
    } catch (error) {
      if (messages.length > 1) return this.prepareEach(messages);
      this.deps.log.error({ job: 'mail', err: withoutValues(error) }, 'writing a mail failed');
      for (const message of messages) await this.later(message, 'internal error', undefined);
      return [];
    }
  }

  /** One that cannot be written must not keep the others. */
  private async prepareEach(messages: ClaimedMessage[]): Promise<Ready[]> {
    const ready: Ready[] = [];
    for (const message of messages) ready.push(...(await this.prepare([message])));
    return ready;
  }

  private async deliver({ message, written, files }: Ready): Promise<void> {
    const { db, clock } = this.deps;
    if (message.isOvertaken || !written || written.kind === 'outdated') return dropMessage(db, message.id);
    if (!hasAddress(written)) return this.refuse(message, { words: '', address: undefined });
    // Whoever takes it up after the end of the lease must not meet this one still sending.
    const longest = (this.options.patience ?? usualPatience).mail;
    if (clock.now().getTime() + longest >= message.claimedUntil.getTime()) return giveBack(db, [message.id]);
    await this.record(message, written.to.address, await this.send(message, written, files));
  }

  private async send(
    message: ClaimedMessage,
    written: AddressedMail,
    files: MailAttachment[],
  ): Promise<MailOutcome> {
    let mail: OutgoingMail;
    try {
      mail = outgoingMail(message.id, written, files, { ...this.standing, links: this.deps.links });
    } catch (error) {
      this.deps.log.error({ job: 'mail', err: withoutValues(error) }, 'composing a mail failed');
      return { kind: 'later', words: 'internal error' };
    }
    return this.server.send(mail);
  }

  private async record(message: ClaimedMessage, address: string, outcome: MailOutcome): Promise<void> {
    const { db, clock } = this.deps;
    switch (outcome.kind) {
      case 'sent':
        await this.sent.add({ id: message.id, address, words: outcome.words });
        if (this.standing.settings.trouble) await this.allIsWell();
        return;
      case 'later':
        return this.later(message, outcome.words, address);
      case 'refused':
        return this.refuse(message, { words: outcome.words, address, mark: outcome.address });
      case 'server':
        // The message is as good as before: it waits with all others until the server takes some again.
        await giveBack(db, [message.id]);
        if (!this.isStopped)
          await noteTrouble(db, outcome.words, this.standing.settings.troubleSince, clock.now());
        this.isStopped = true;
    }
  }

  private async allIsWell(): Promise<void> {
    this.standing.settings.trouble = '';
    await forgetTrouble(this.deps.db);
  }

  private async later(message: ClaimedMessage, words: string, address: string | undefined): Promise<void> {
    const at = nextAttempt(message.attempts + 1, this.deps.clock.now());
    if (at) await postpone(this.deps.db, message.id, words, at);
    else await this.refuse(message, { words, address });
  }

  private refuse(
    { id }: ClaimedMessage,
    { words, address, mark = false }: { words: string; address: string | undefined; mark?: boolean },
  ): Promise<void> {
    return inTransaction(this.deps.db, async (tx) => {
      const at = this.deps.clock.now();
      await refuseMessage(tx, id, { words, address, at });
      if (mark && address) await markAddress(tx, address, words, at);
    });
  }
}
