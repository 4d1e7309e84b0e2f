import type { DataSource } from 'typeorm';
import { personName, type PersonName } from '../../i18n/format.js';
import { translators } from '../../texts.js';
import type { MailLinks, MailMessage, MailWriter, WrittenMail } from '../messages/mails.js';

/** The person a message is for, the link it brings, and the office that it comes from. */
interface Facts extends PersonName {
  messageId: number;
  email: string;
  language: 'id' | 'en';
  linkId: number;
  /** The link still opens something. */
  isGood: boolean;
  office: string | null;
  sender: string | null;
  replyTo: string | null;
  accent: string | null;
}

const findFacts = (db: DataSource, messageIds: number[], now: Date): Promise<Facts[]> =>
  db.query(
    `SELECT m.id AS "messageId", u.email, u.language, u.name_before AS "nameBefore", u.name, u.name_after AS "nameAfter",
       (m.detail ->> 'linkId')::int AS "linkId", o.name AS office, o.accent,
       coalesce(nullif(o.mail_sender, ''), o.name) AS sender, coalesce(o.mail_reply_to, o.email) AS "replyTo",
       u.deactivated_at IS NULL AND EXISTS (SELECT 1 FROM access_link l
         WHERE l.id = (m.detail ->> 'linkId')::int AND l.ended_at IS NULL AND l.expires_at > $2) AS "isGood"
     FROM message m JOIN app_user u ON u.id = m.user_id LEFT JOIN office o ON o.id = m.office_id
     WHERE m.id = ANY ($1)`,
    [messageIds, now],
  );

/** What the installation itself writes looks like this. */
const plainAccent = '#0f5c63';

/** Writes what people with an account are mailed: the link by which they set their password. */
export const writeAccountMails: MailWriter = async ({ db, clock }, messages, links) => {
  const ids = messages.map(({ id }) => id);
  const facts = new Map((await findFacts(db, ids, clock.now())).map((row) => [row.messageId, row]));
  const written = messages.flatMap((message): [number, WrittenMail][] => {
    const row = facts.get(message.id);
    return row ? [[message.id, write(message, row, links)]] : [];
  });
  return new Map(written);
};

function write({ purpose }: MailMessage, row: Facts, links: MailLinks): WrittenMail {
  if (!row.isGood) return { kind: 'outdated' };
  const t = translators[row.language];
  const name = personName(row);
  const office = row.office ?? t('app.name');
  return {
    kind: 'mail',
    to: { name, address: row.email },
    sender: { name: row.sender ?? t('app.name'), replyTo: row.replyTo ?? undefined },
    content: {
      language: row.language,
      subject: t(`mail.subject.${purpose}`, { office }),
      from: office,
      accent: row.accent ?? plainAccent,
      greeting: t('mail.to_person', { name }),
      paragraphs: [t(`mail.text.${purpose}`, { office, email: row.email })],
      facts: [],
      changes: [],
      button: { text: t(`mail.button.${purpose}`), url: links.access(row.linkId) },
      code: undefined,
      closing: [t(`mail.closing.${purpose}`)],
      footer: [t('mail.footer_account')],
    },
  };
}
