import autocannon from 'autocannon';
import { randomUUID } from 'node:crypto';
import { actorQuery } from '../src/features/accounts/actor.repository.js';
import { saveStatement } from '../src/features/minutes/blocks.repository.js';
import { makeEvent } from '../test/factories/events.js';
import { makeUser } from '../test/factories/people.js';
import type { Host } from '../test/factories/scenes.js';
import { Visitor } from '../test/support/visitor.js';
import { startBare } from './bare.js';
import { interleaved, type BenchPart, type Measurement } from './harness.js';
import { inBenchHouse, type BenchHouse } from './house.js';

const rounds = 5;
const seconds = 2;
/** So many secretaries type at once, each in a line of their own. */
const writers = 10;
const words =
  'Kepala bidang menjelaskan enam standar akreditasi, dan LKS menyampaikan kesulitan pada sarana.';

interface Prepared {
  databaseUrl: string;
  officeId: number;
  eventId: number;
  people: { id: number; email: string }[];
}

async function prepare({ deps, office }: Host): Promise<Prepared> {
  const eventId = await makeEvent(deps.db, office);
  await deps.db.query('INSERT INTO minutes (event_id) VALUES ($1)', [eventId]);
  const people: Prepared['people'] = [];
  for (let n = 0; n < writers; n += 1) people.push(await makeUser(deps.db, office, ['secretary']));
  const { url = '' } = deps.db.options as { url?: string };
  return { databaseUrl: url, officeId: office.id, eventId, people };
}

/** A secretary at the page, and what every form of theirs carries. */
interface Writer {
  visitor: Visitor;
  fields: Record<string, string>;
}

async function sit(url: string, path: string, people: Prepared['people']): Promise<Writer[]> {
  const found: Writer[] = [];
  for (const { id, email } of people) {
    const visitor = await new Visitor(url).signIn(email);
    const session = { user: String(id), sid: visitor.sessionId(), _csrf: await visitor.token(path) };
    const place = { kind: 'discussion', agendaItemId: '', parent: '', after: '' };
    found.push({ visitor, fields: { ...place, ...session, person: 'Ibu Rahma', origin: '' } });
  }
  return found;
}

/** A new line for each: of the round before, a last save may have been made and never answered. */
async function newLines(path: string, chairs: Writer[]): Promise<Writer['fields'][]> {
  const lines: Writer['fields'][] = [];
  for (const { visitor, fields } of chairs) {
    const line = { ...fields, clientId: randomUUID() };
    // Twice: the first change of an hour is written into the log.
    for (const version of ['0', '1']) {
      const { status } = await visitor.json('POST', `${path}/blocks`, { ...line, version, text: version });
      if (status !== 200) throw new Error(`a line was not made: ${status}`);
    }
    lines.push(line);
  }
  return lines;
}

/** Saves one line after the other, each upon the version that the save before has made. */
async function savesPerSecond(address: string, path: string, chairs: Writer[]): Promise<number> {
  const lines = await newLines(path, chairs);
  let seat = 0;
  const result = await autocannon({
    url: address,
    method: 'POST',
    connections: chairs.length,
    duration: seconds,
    setupClient(client) {
      const line = lines[seat] ?? {};
      const cookie = chairs[seat]?.visitor.sessionCookie ?? '';
      seat += 1;
      let version = 2;
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        cookie,
      };
      const next = () => {
        const body = new URLSearchParams({ ...line, version: String(version), text: `${words} ${version}` });
        client.setHeadersAndBody(headers, body.toString());
      };
      next();
      client.on('response', () => {
        version += 1;
        next();
      });
    },
  });
  if (result.non2xx + result.errors > 0) throw new Error(`${address}: ${result.non2xx} saves were refused`);
  return result.requests.average;
}

async function measure({ url }: BenchHouse, prepared: Prepared): Promise<Measurement[]> {
  const path = `/events/${prepared.eventId}/minutes`;
  const chairs = await sit(url, path, prepared.people);
  const bare = await startBare(
    'bench/bare-save.ts',
    {
      DATABASE_URL: prepared.databaseUrl,
      OFFICE: String(prepared.officeId),
      ACTOR_STATEMENT: actorQuery,
      SAVE_STATEMENT: saveStatement,
    },
    '/ready',
  );
  try {
    const works = [`${url}${path}/blocks`, `${bare.url}/${prepared.eventId}`].map(
      (address) => () => savesPerSecond(address, path, chairs),
    );
    for (const work of works) await work();
    const [saves = 0, yardstick = 0] = await interleaved(rounds, works);
    return [
      { name: 'block_saves_per_second', value: saves, unit: '1/s' },
      { name: 'bare_saves_per_second', value: yardstick, unit: '1/s' },
      { name: 'block_save_ratio', value: saves / yardstick, unit: '', goal: { atLeast: 0.5 } },
    ];
  } finally {
    bare.stop();
  }
}

/** Lines of minutes saved through HTTP, beside the least that could do the same with the same statements. */
export const minutes: BenchPart = { name: 'minutes', measure: () => inBenchHouse(prepare, measure) };
