import { LinkKeys } from '../src/links/tokens.js';
import type { Host } from '../test/factories/scenes.js';
import { startBare } from './bare.js';
import { interleaved, type BenchPart, type Measurement } from './harness.js';
import { inBenchHouse, type BenchHouse } from './house.js';
import { inThisProcess, recordStatements } from './record.js';
import { fillRegistry } from './registry.js';
import { bareAnswer, realAnswer } from './seats/answers.js';
import { invite, makeEvents, makePast } from './seats/crowd.js';
import { contestEvents, makeContest, overbooking, type Contest } from './seats/overbooking.js';
import { rush } from './seats/rush.js';
import { selecting } from './seats/selection.js';

const rounds = 5;
const connections = 20;
/** Answers of one measurement; each institution answers once. */
const atOnce = 100;
const institutions = (rounds + 1) * atOnce;
/** Institutions of the house: among so many the selection is measured. */
const registry = 20_000;
const manyEvents = 100;
const poolSize = 12;
const attempts = { short: 1_000, long: 100_000 };

/** Invitations still open, all of one event, or spread over many; taken from the front. */
interface Guests {
  one: number[];
  many: number[];
}

interface Scenes {
  real: Guests;
  plain: Guests;
  prepared: Guests;
  contest: Contest;
  selection: Measurement[];
}

/** As many seats as people who answer: nobody is turned away. */
async function spread(host: Host, events: number): Promise<number[]> {
  const each = institutions / events;
  const ids = await makeEvents(host, events, { seats: each });
  return invite(host.deps.db, ids, each);
}

async function prepare(host: Host, long: boolean): Promise<Scenes> {
  const contestants = long ? attempts.long : attempts.short;
  await fillRegistry(host.deps.db, host.office.id, Math.max(registry, contestants / contestEvents));
  const selection = await selecting(host);
  await makePast(host, institutions);
  const guests = async () => ({ one: await spread(host, 1), many: await spread(host, manyEvents) });
  return {
    ...{ real: await guests(), plain: await guests(), prepared: await guests() },
    contest: await makeContest(host, contestants),
    selection,
  };
}

/** Statements of one answer, BEGIN and COMMIT included, as they leave for PostgreSQL. Uses up two invitations. */
const countStatements = (house: BenchHouse, links: LinkKeys, invitations: number[]): Promise<number> =>
  inThisProcess(house, async (url) => {
    const answer = () => rush([url], [realAnswer(links, invitations.pop() ?? 0, { seats: 1 })], 1);
    // The first one opens the connection and prepares it.
    await answer();
    return (await recordStatements(answer)).length;
  });

/** Lets the next of these invitations accept, all at once. @returns how many were answered in a second */
async function perSecond(url: string, invitations: number[], ask: (id: number) => string): Promise<number> {
  const requests = invitations.splice(0, atOnce).map(ask);
  const { seconds, replies } = await rush([url], requests, connections);
  const refused = replies.find(({ done }) => done !== 'accepted');
  if (refused) throw new Error(`${url} answered with ${refused.status} ${refused.done}`);
  return replies.length / seconds;
}

function rowsOf(where: string, [real = 0, plain = 0, prepared = 0]: number[]): Measurement[] {
  return [
    { name: `answers_${where}_per_s`, value: real, unit: '1/s' },
    { name: `bare_answers_${where}_per_s`, value: plain, unit: '1/s' },
    { name: `seat_ratio_${where}`, value: real / plain, unit: '', goal: { atLeast: 0.5 } },
    // Harder on us: the bare handler keeps its plans, too.
    { name: `seat_ratio_${where}_prepared`, value: real / prepared, unit: '' },
  ];
}

async function compare(house: BenchHouse, { real, plain, prepared }: Scenes): Promise<Measurement[]> {
  const links = new LinkKeys(house.masterKey);
  const statements = await countStatements(house, links, real.many);
  const settings = { DATABASE_URL: house.databaseUrl, DATABASE_POOL: String(poolSize) };
  const bare = await startBare('bench/seats/bare-answer.ts', settings, '/ready');
  const works = (['one', 'many'] as const).flatMap((where) => [
    () => perSecond(house.url, real[where], (id) => realAnswer(links, id, { seats: 1 })),
    () => perSecond(bare.url, plain[where], (id) => bareAnswer('plain', id)),
    () => perSecond(bare.url, prepared[where], (id) => bareAnswer('prepared', id)),
  ]);
  try {
    for (const work of works) await work();
    const rates = await interleaved(rounds, works);
    return [
      ...rowsOf('1_event', rates.slice(0, 3)),
      ...rowsOf(`${manyEvents}_events`, rates.slice(3)),
      { name: 'seat_statements', value: statements, unit: '', goal: { atMost: 12 } },
    ];
  } finally {
    bare.stop();
  }
}

/**
 * Answers to one event, and spread over many, beside the least that could seat as many; and far more answers than
 * seats, in two processes, after which not one seat may be given twice.
 */
export const seats: BenchPart = {
  name: 'seats',
  measure: ({ long }) =>
    inBenchHouse(
      (host) => prepare(host, long),
      async (house, scenes) => [
        ...(await compare(house, scenes)),
        ...(await overbooking(house, scenes.contest)),
        ...scenes.selection,
      ],
    ),
};
