import nodemailer from 'nodemailer';
import { judge, wordsOf, type MailFailure } from './verdict.js';

/** `tls`: encrypted from the first byte (465); `starttls`: encrypted before anything is said (587); `none`: bare. */
export const mailSecurities = ['tls', 'starttls', 'none'] as const;
export type MailSecurity = (typeof mailSecurities)[number];

export interface MailServerSettings {
  host: string;
  port: number;
  security: MailSecurity;
  /** Empty: the server lets us in without a name. */
  username: string;
  password: string;
  /** At the same time; it bounds what a kill can double. */
  connections: number;
}

/** How long is waited, in milliseconds: for the server to answer at all, for its next word, and for a mail as a whole. */
export interface MailPatience {
  greeting: number;
  silence: number;
  mail: number;
}

export const usualPatience: MailPatience = { greeting: 20_000, silence: 60_000, mail: 120_000 };

export interface MailAttachment {
  filename: string;
  /** Such as `application/pdf`; `text/calendar; method=REQUEST` becomes an invitation that calendars understand. */
  contentType: string;
  /** The bytes, or where the file lies. */
  content: Buffer | { path: string };
}

/** A mail as it goes out. */
export interface OutgoingMail {
  messageId: string;
  from: { name: string; address: string };
  replyTo: string | undefined;
  to: { name: string; address: string };
  subject: string;
  html: string;
  text: string;
  language: string;
  attachments: MailAttachment[];
}

export type MailOutcome = { kind: 'sent'; words: string } | MailFailure;

/** A mail server over a few connections that are kept open. */
export class MailServer {
  private readonly transport;
  private asking: Promise<string | undefined> | undefined;

  constructor(
    settings: MailServerSettings,
    private readonly patience: MailPatience = usualPatience,
  ) {
    const { host, port, security, username, password, connections } = settings;
    this.transport = nodemailer.createTransport({
      pool: true,
      maxConnections: connections,
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(username && { auth: { user: username, pass: password } }),
      connectionTimeout: patience.greeting,
      greetingTimeout: patience.greeting,
      socketTimeout: patience.silence,
      // What a mail holds comes from us; nothing in it may fetch a file or an address.
      disableUrlAccess: true,
    });
  }

  /** Sends one mail, and tells what became of it; never throws. */
  async send(mail: OutgoingMail): Promise<MailOutcome> {
    try {
      const { response } = await this.transport.sendMail({
        ...toNodemailer(mail),
        signal: AbortSignal.timeout(this.patience.mail),
      });
      return { kind: 'sent', words: wordsOf(response) };
    } catch (error) {
      const failure = judge(error);
      if (failure.kind !== 'connection') return failure;
      // Was it this mail, or is the server away? A new connection tells.
      const trouble = await this.findTrouble();
      return trouble === undefined
        ? { kind: 'later', words: failure.words }
        : { kind: 'server', words: trouble };
    }
  }

  /** Whether we are let in at all. @returns the server's words when not; asked once for all who want to know now */
  findTrouble(): Promise<string | undefined> {
    this.asking ??= this.transport
      .verify()
      .then(
        () => undefined,
        (error: unknown) => judge(error).words,
      )
      .finally(() => (this.asking = undefined));
    return this.asking;
  }

  /** Closes the connections; a mail that is being sent is finished first. */
  close(): void {
    this.transport.close();
  }
}

/** A mail in nodemailer's own words. */
export function toNodemailer({ attachments, language, ...mail }: OutgoingMail) {
  const isCalendar = ({ contentType }: MailAttachment) => contentType.startsWith('text/calendar');
  // Mail programs understand one calendar entry beside the text; further days come as files.
  const calendar = attachments.find(isCalendar);
  const method = /method=(\w+)/i.exec(calendar?.contentType ?? '')?.[1];
  const inside = ({ content }: MailAttachment) => (Buffer.isBuffer(content) ? { content } : content);
  return {
    ...mail,
    attachments: attachments
      .filter((file) => file !== calendar)
      .map((file) => ({ filename: file.filename, contentType: file.contentType, ...inside(file) })),
    ...(calendar && {
      icalEvent: { method: method ?? 'PUBLISH', filename: calendar.filename, ...inside(calendar) },
    }),
    headers: {
      'Content-Language': language,
      // No holiday notes in return (RFC 3834 §5).
      'Auto-Submitted': 'auto-generated',
    },
  };
}
