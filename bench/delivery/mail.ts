import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import { systemClock } from '../../src/clock.js';
import type { Deps } from '../../src/deps.js';
import { createDataSource } from '../../src/database/data-source.js';
import { findFreePort } from '../../src/database/embedded/free-port.js';
import { realLinks } from '../../src/features/messages/mail-links.js';
import { attachmentsFor, hasAddress, writeMails } from '../../src/features/messages/mails.js';
import { outgoingMail } from '../../src/features/messages/outgoing.js';
import { Jobs } from '../../src/jobs/jobs.js';
import { LinkKeys } from '../../src/links/tokens.js';
import { toNodemailer } from '../../src/mail/server.js';
import { mails } from '../../src/mails.js';
import { inAMonth } from '../../test/factories/events.js';
import { makeMailScene, setMailServer } from '../../test/factories/mails.js';
import type { Host } from '../../test/factories/scenes.js';
import { startBare } from '../bare.js';
import { interleaved, type Measurement } from '../harness.js';
import { inBenchHouse, type BenchHouse } from '../house.js';
import { temporaryFolder } from '../server.js';

const [mailCount, connections, rounds] = [1500, 10, 5];
const base = 'http://rembuk.example';

type Db = Host['deps']['db'];

/** The messages as they leave, with their files, for the yardstick. */
async function writeDown(db: Db, masterKey: string, file: string): Promise<void> {
  const links = new LinkKeys(masterKey);
  const origin = { base, sender: 'rembuk@dinsos.example' };
  const messages = (await db.query(
    `SELECT id, office_id AS "officeId", event_id AS "eventId", invitation_id AS "invitationId", NULL AS "delegateId",
       NULL AS "userId", purpose, detail FROM message WHERE channel = 'email' ORDER BY id`,
  )) as Parameters<typeof writeMails>[2];
  const written = await writeMails(mails, { db, clock: systemClock }, messages, realLinks(links, base));
  // No letter is issued here: of what the providers ask for, the calendars need no more than this.
  const files = await attachmentsFor(mails, { db, clock: systemClock, links } as Deps, messages, origin);
  const sender = { settings: { fromAddress: origin.sender }, base, links };
  const outgoing = [...written].flatMap(([id, mail]) =>
    hasAddress(mail) ? [toNodemailer(outgoingMail(id, mail, files.get(id) ?? [], sender))] : [],
  );
  if (outgoing.length !== mailCount) throw new Error(`${outgoing.length} mails of ${mailCount}`);
  await writeFile(file, JSON.stringify(outgoing));
}

/** Through outbox and jobs: from the moment they may leave until the last is recorded as sent. */
async function throughOutbox(db: Db, jobs: Jobs): Promise<number> {
  await db.query(`UPDATE message SET state = 'queued', sent_at = NULL WHERE channel = 'email'`);
  const start = performance.now();
  jobs.wake('mail');
  for (;;) {
    const left = (await db.query(
      `SELECT 1 FROM message WHERE channel = 'email' AND state IN ('queued', 'sending') LIMIT 1`,
    )) as unknown[];
    if (left.length === 0) break;
    await delay(25);
  }
  const ms = performance.now() - start;
  const [{ sent }] = (await db.query(
    `SELECT count(*)::int AS sent FROM message WHERE channel = 'email' AND state = 'sent'`,
  )) as [{ sent: number }];
  if (sent !== mailCount) throw new Error(`${sent} mails of ${mailCount} were sent`);
  return ms;
}

async function bareLoop(url: string): Promise<number> {
  const answer = await fetch(url, { method: 'POST' });
  return Number(await answer.text());
}

async function compare(house: BenchHouse, smtpPort: number, folder: string): Promise<Measurement[]> {
  const db = await createDataSource({ url: house.databaseUrl, poolSize: 2 }).initialize();
  const jobs = new Jobs(house.databaseUrl, pino({ level: 'silent' }));
  try {
    await jobs.start([{ name: 'mail', run: () => Promise.resolve() }], false);
    const file = join(folder, 'mails.json');
    await writeDown(db, house.masterKey, file);
    const given = { SMTP_PORT: String(smtpPort), CONNECTIONS: String(connections), MAILS: file };
    const bare = await startBare('bench/delivery/bare-mail.ts', given, '/');
    // Once without measuring: both have their code warm.
    await throughOutbox(db, jobs);
    await bareLoop(bare.url);
    const [ours = 0, theirs = 0] = await interleaved(rounds, [
      () => throughOutbox(db, jobs),
      () => bareLoop(bare.url),
    ]);
    bare.stop();
    return [
      { name: 'mail_ratio', value: theirs / ours, unit: '', goal: { atLeast: 0.4 } },
      { name: 'mails_per_s', value: (mailCount / ours) * 1000, unit: '/s' },
    ];
  } finally {
    await jobs.stop();
    await db.destroy();
  }
}

/**
 * Mails through outbox and jobs, beside a bare pooled nodemailer loop with the same messages and as many connections,
 * against the same mail server. Each of the four is a process of its own.
 */
export async function mailing(): Promise<Measurement[]> {
  const smtpPort = await findFreePort();
  const folder = await temporaryFolder();
  const sink = await startBare('bench/delivery/mail-sink.ts', { SMTP_PORT: String(smtpPort) }, '/');
  const prepare = async (host: Host) => {
    await makeMailScene(host.deps.db, host.office, mailCount, inAMonth());
    await host.deps.db.query(`UPDATE message SET state = 'sent', sent_at = now()`);
    await setMailServer(host.deps, smtpPort, { connections });
  };
  try {
    return await inBenchHouse(prepare, (house) => compare(house, smtpPort, folder.path), { BASE_URL: base });
  } finally {
    sink.stop();
    await folder.remove();
  }
}
