import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/database/data-source.js';
import { LinkKeys } from '../../src/links/tokens.js';
import type { Host } from '../../test/factories/scenes.js';
import { brokenRules, passedOver } from '../../test/support/invariants.js';
import type { Measurement } from '../harness.js';
import type { BenchHouse } from '../house.js';
import { startOwnServer, temporaryFolder } from '../server.js';
import { realAnswer, withdrawal } from './answers.js';
import { invite, makeEvents } from './crowd.js';
import { rush, type Reply } from './rush.js';

/** Answers to one event of the short run, which is over in seconds; the long one has ten events. */
const shortAnswers = 200;
export const contestEvents = 10;
const connections = 40;
/** After so many answers, one of those who came first withdraws, and the next in line move up. */
const answersPerWithdrawal = 100;

/** Strata, and a cap that is reached before the seats are gone. */
const quota = {
  seats: 120,
  dimension: 'service' as const,
  capPerRegion: 10,
  strata: [
    { key: 'anak', seats: 60, limit: null },
    { key: 'lanjut_usia', seats: 30, limit: null },
    { key: 'disabilitas', seats: 20, limit: null },
    { key: 'lainnya', seats: 10, limit: null },
  ],
};

export interface Contest {
  events: number[];
  invitations: number[];
}

/** Far more institutions than seats. */
export async function makeContest(host: Host, attempts: number): Promise<Contest> {
  const count = Math.min(contestEvents, attempts / shortAnswers);
  const events = await makeEvents(host, count, quota);
  return { events, invitations: await invite(host.deps.db, events, attempts / count) };
}

/** Two in three want two seats; half of those take what is there, the others wait for both. */
const wishOf = (n: number) =>
  ({ seats: n % 3 === 0 ? 1 : 2, shortage: n % 2 === 0 ? 'take_rest' : 'wait_for_all' }) as const;

/** Seats beyond quota, stratum or cap; seats with two people, people with two seats or none. */
const excessStatement = `
  WITH busy AS (
    SELECT s.*, i.region_key FROM seat s JOIN invitation i ON i.id = s.invitation_id
    WHERE s.event_id = $1 AND s.pool = 'quota'),
  person AS (SELECT id FROM delegate WHERE event_id = $1 AND state = 'active'),
  excess AS (
    SELECT count(*) - q.seats AS seats FROM busy, event_quota q WHERE q.event_id = $1 GROUP BY q.event_id
    UNION ALL
    SELECT count(*) - t.seats FROM busy JOIN quota_stratum t ON t.id = busy.stratum_id GROUP BY t.id
    UNION ALL
    SELECT count(*) - q.cap_per_region FROM busy, event_quota q WHERE q.event_id = $1 GROUP BY q.event_id, region_key
    UNION ALL
    SELECT count(*) - 1 FROM busy WHERE delegate_id IS NOT NULL GROUP BY delegate_id
    UNION ALL
    SELECT count(*) - 1 FROM busy GROUP BY number
    UNION ALL
    SELECT 1 FROM person WHERE NOT EXISTS (SELECT 1 FROM seat s WHERE s.delegate_id = person.id)
    UNION ALL
    SELECT 1 FROM busy WHERE state = 'taken' AND delegate_id NOT IN (SELECT id FROM person))
  SELECT coalesce(sum(seats) FILTER (WHERE seats > 0), 0)::int AS excess,
    (SELECT count(*)::int FROM busy) AS taken FROM excess`;

/** What is wrong with an event afterwards, each seat and each broken rule counted once. */
async function judge(db: DataSource, eventId: number): Promise<{ excess: number; taken: number }> {
  const [row] = (await db.query(excessStatement, [eventId])) as [{ excess: number; taken: number }];
  const broken = await brokenRules(db, eventId);
  const passed = (await passedOver(db, eventId)).map((id) => `invitation ${id} was passed over`);
  for (const rule of [...broken, ...passed]) process.stderr.write(`event ${eventId}: ${rule}\n`);
  return { excess: row.excess + broken.length + passed.length, taken: row.taken };
}

async function contend(house: BenchHouse, { invitations }: Contest): Promise<Reply[]> {
  const links = new LinkKeys(house.masterKey);
  const requests = invitations.flatMap((id, n) => {
    const answer = realAnswer(links, id, wishOf(n));
    const first = invitations[n / answersPerWithdrawal - 1];
    return first === undefined ? [answer] : [answer, withdrawal(links, first)];
  });
  const folder = await temporaryFolder();
  const settings = { DATABASE_URL: house.databaseUrl, MASTER_KEY: house.masterKey };
  const second = await startOwnServer(folder.path, settings);
  try {
    return (await rush([house.url, second.url], requests, connections)).replies;
  } finally {
    await second.stop();
    await folder.remove();
  }
}

/** Answers from everywhere at once, through two processes, for seats of which there are few. */
export async function overbooking(house: BenchHouse, contest: Contest): Promise<Measurement[]> {
  const replies = await contend(house, contest);
  const lost = replies.find(({ status }) => status !== 303);
  if (lost) throw new Error(`an answer was refused with ${lost.status}`);
  const db = await createDataSource({ url: house.databaseUrl }).initialize();
  try {
    let [overbooked, taken] = [0, 0];
    for (const eventId of contest.events) {
      const event = await judge(db, eventId);
      overbooked += event.excess;
      taken += event.taken;
    }
    const got = (done: string) => replies.filter((reply) => reply.done === done).length;
    return [
      { name: 'attempts', value: got('accepted') + got('waiting'), unit: '' },
      { name: 'attempts_seated_at_once', value: got('accepted'), unit: '' },
      { name: 'attempts_waiting', value: got('waiting'), unit: '' },
      { name: 'withdrawals', value: got('declined'), unit: '' },
      { name: 'seats_of_contest', value: quota.seats * contest.events.length, unit: '' },
      { name: 'seats_taken_afterwards', value: taken, unit: '' },
      { name: 'overbooked', value: overbooked, unit: '', goal: { atMost: 0 } },
    ];
  } finally {
    await db.destroy();
  }
}
