import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import { systemClock } from '../../src/clock.js';
import { createDataSource } from '../../src/database/data-source.js';
import { findFreePort } from '../../src/database/embedded/free-port.js';
import { realLinks } from '../../src/features/messages/mail-links.js';
import { writeMails } from '../../src/features/messages/mails.js';
import { outgoingMail } from '../../src/features/messages/outgoing.js';
import { Jobs } from '../../src/jobs/jobs.js';
import { LinkKeys } from '../../src/links/tokens.js';
import { mails } from '../../src/mails.js';
import { makeMailScene, setMailServer } from '../../test/factories/mails.js';
import type { Host } from '../../test/factories/scenes.js';
import { startBare } from '../bare.js';
import { interleaved, type Measurement } from '../harness.js';
import { inBenchHouse, type BenchHouse } from '../house.js';
import { temporaryFolder } from '../server.js';

const [mailCount, connections, rounds] = [1500, 10, 5];
const base = 'http://rembuk.example';

type Db = Host['deps']['db'];

/** The messages as they leave, for the yardstick. */
async function writeDown(db: Db, masterKey: string, file: string): Promise<void> {
  const links = new LinkKeys(masterKey);
  const messages = (await db.query(
    `SELECT id, office_id AS "officeId", event_id AS "eventId", invitation_id AS "invitationId", NULL AS "delegateId",
       NULL AS "userId", purpose, detail FROM message WHERE channel = 'email' ORDER BY id`,
  )) as Parameters<typeof writeMails>[2];
  const written = await writeMails(mails, { db, clock: systemClock }, messages, realLinks(links, base));
  const sender = { settings: { fromAddress: 'rembuk@dinsos.example' }, base, links };
  const outgoing = [...written].flatMap(([id, mail]) =>
    mail.kind === 'mail' ? [outgoingMail(id, mail, [], sender)] : [],
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
    if (left.length === 0) return performance.now() - start;
    await delay(25);
  }
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
    await makeMailScene(host.deps.db, host.office, mailCount);
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
