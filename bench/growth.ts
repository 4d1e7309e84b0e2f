import { withBook } from '../src/features/invitations/book.js';
import { chooseInstitutions } from '../src/features/invitations/choosing.js';
import { officeAuthor } from '../src/features/invitations/invitations.service.js';
import { makeScene, type Host } from '../test/factories/scenes.js';
import type { BenchPart, Measurement } from './harness.js';
import { inBenchHouse, type BenchHouse } from './house.js';
import { fillRegistry } from './registry.js';

const institutions = 20_000;
const invitations = 2_000;
const looks = 30;

/** A registry as large as a province's, and an event that invites more than any office did. */
async function fill(host: Host): Promise<number> {
  const { db } = host.deps;
  await fillRegistry(db, host.office.id, institutions);
  const chosen = (await db.query('SELECT id FROM institution ORDER BY id DESC LIMIT $1', [invitations])) as {
    id: number;
  }[];
  const ids = chosen.map(({ id }) => id);
  const { eventId } = await makeScene(host, { quota: { seats: 300 }, institutions: [] });
  await withBook(host.deps, eventId, officeAuthor(host.actor), (book) =>
    chooseInstitutions(book, host.deps.links, ids, 'draft'),
  );
  return eventId;
}

/** The page that lies behind so many presses of "next". */
async function goOn({ organizer }: BenchHouse, path: string, presses: number): Promise<string> {
  let address = path;
  for (let press = 0; press < presses; press += 1) {
    const { text } = await organizer.get(address);
    const href = /href="([^"]*[?&;]after=[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    if (!href) throw new Error(`${address} has no next page`);
    address = new URL(href, `http://x${address}`).href.slice('http://x'.length);
  }
  return address;
}

async function timesOf({ organizer }: BenchHouse, path: string): Promise<number[]> {
  const times: number[] = [];
  for (let look = -3; look < looks; look += 1) {
    const start = performance.now();
    const { status, text } = await organizer.get(path);
    const isFilled = /href="\/(institutions|events)\/\d/.test(text);
    if (status !== 200 || !isFilled) throw new Error(`${path} answered with ${status}, or with nothing`);
    if (look >= 0) times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b);
}

async function measure(house: BenchHouse, eventId: number): Promise<Measurement[]> {
  const list = `/events/${eventId}/invitations`;
  const pages = {
    registry_first: '/institutions',
    registry_deep: await goOn(house, '/institutions', 20),
    registry_typo: '/institutions?q=sejahtra+amanh',
    invitations_first: list,
    invitations_typo: `${list}?q=sejahtra+amanh`,
    invitations_deep: await goOn(house, list, 20),
    home: '/',
  };
  const results: Measurement[] = [];
  for (const [name, path] of Object.entries(pages)) {
    const times = await timesOf(house, path);
    const at = (part: number) => times[Math.floor(times.length * part)] ?? 0;
    results.push({ name: `${name}_p50_ms`, value: at(0.5), unit: 'ms' });
    results.push({ name: `${name}_p95_ms`, value: at(0.95), unit: 'ms', goal: { atMost: 250 } });
  }
  return results;
}

/** Lists that grow over the years: 20,000 LKS, and 2,000 invitations to one event; one reader at a time. */
export const growth: BenchPart = { name: 'growth', measure: () => inBenchHouse(fill, measure) };
