import autocannon from 'autocannon';
import { randomUUID } from 'node:crypto';
import { localParts } from '../../src/i18n/zones.js';
import { factoryPassword } from '../../test/factories/people.js';
import { makeScene, type Host } from '../../test/factories/scenes.js';
import { startBare } from '../bare.js';
import { interleaved, type Measurement } from '../harness.js';
import type { BenchHouse } from '../house.js';
import { inThisProcess, recordStatements, type Statement } from '../record.js';

const institutions = 300;
const connections = 20;
/** Phones and laptops at the doors, each signed in by itself. */
const deviceCount = 10;
const poolSize = 12;
const rounds = 5;
const secondsEach = 2;
/** Ids of delegates begin here, so that no other number in a statement is taken for one. */
const firstDelegate = 1_000_001;

export interface DayEvent {
  id: number;
  scanPath: string;
  delegates: { id: number; code: string }[];
}

/** An event of today on which everybody has said that they come. */
async function makeDay(host: Host): Promise<DayEvent> {
  const { db, links } = host.deps;
  const { eventId } = await makeScene(host, {
    days: [localParts(new Date(), 'Asia/Makassar').date],
    quota: { seats: institutions },
    institutions: Array.from({ length: institutions }, (_, n) => ({ leader: { name: `Ketua ${n}` } })),
  });
  const rows = (await db.query(
    `WITH made AS (
       INSERT INTO delegate (event_id, invitation_id, name)
       SELECT event_id, id, 'Delegasi ' || id FROM invitation WHERE event_id = $1 RETURNING id, invitation_id),
     open AS (UPDATE invitation SET state = 'accepted' WHERE event_id = $1),
     seated AS (
       UPDATE seat s SET state = 'taken', invitation_id = m.invitation_id, delegate_id = m.id
       FROM (SELECT made.*, row_number() OVER (ORDER BY id) AS number FROM made) m
       WHERE s.event_id = $1 AND s.number = m.number)
     SELECT id FROM made`,
    [eventId],
  )) as { id: number }[];
  const [session] = (await db.query(
    `SELECT x.id FROM event_session x JOIN event_day y ON y.id = x.day_id WHERE y.event_id = $1`,
    [eventId],
  )) as [{ id: number }];
  return {
    id: eventId,
    scanPath: `/events/${eventId}/attendance/sessions/${session.id}/scan`,
    delegates: rows.map(({ id }) => ({ id, code: `/d/${links.token('delegate', id, 1)}` })),
  };
}

export interface Days {
  ours: DayEvent;
  theirs: DayEvent;
}

/** Two events, so that neither the program nor its yardstick meets the marks of the other. */
export async function makeDays(host: Host): Promise<Days> {
  await host.deps.db.query(`ALTER TABLE delegate ALTER id RESTART WITH ${firstDelegate}`);
  return { ours: await makeDay(host), theirs: await makeDay(host) };
}

/** A browser's cookie and the token of the scanning page. */
async function signInAt(url: string, email: string, scanPath: string) {
  let cookie = '';
  const call = async (path: string, body?: Record<string, string>) => {
    const post = body && { method: 'POST', body: new URLSearchParams(body) };
    const response = await fetch(url + path, { ...post, redirect: 'manual', headers: { cookie } });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    // The form for the language carries a token of its own.
    const text = (await response.text()).replace(/<form method="post" action="\/language">.*?<\/form>/gs, '');
    return /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
  };
  await call('/session', { _csrf: await call('/session'), email, password: factoryPassword });
  const token = await call(scanPath);
  const session = /=s(?:%3A|:)([^.]+)/.exec(cookie)?.[1] ?? '';
  return { token, cookie, session };
}
type Device = Awaited<ReturnType<typeof signInAt>>;

type Bodies = (delegate: DayEvent['delegates'][number], device: Device) => Record<string, string>;

async function perSecond(
  url: string,
  path: string,
  bodies: Bodies,
  { delegates }: DayEvent,
  devices: Device[],
  seconds: number,
): Promise<number> {
  let next = 0;
  const setupRequest = (request: autocannon.Request): autocannon.Request => {
    next += 1;
    const [delegate, device] = [delegates[next % delegates.length], devices[next % devices.length]];
    if (!delegate || !device) throw new Error('nobody to scan, or nothing to scan with');
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      cookie: device.cookie,
      'x-part': '1',
    };
    return { ...request, headers, body: new URLSearchParams(bodies(delegate, device)).toString() };
  };
  const requests = [{ method: 'POST' as const, path, setupRequest }];
  const result = await autocannon({ url, requests, connections, duration: seconds });
  if (result.non2xx + result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} failed`);
  return result.requests.average;
}

/** What the program asks the database for one check-in; the ids that differ from one to the next are marked. */
async function statementsOf(
  house: BenchHouse,
  event: DayEvent,
): Promise<{ statements: Statement[]; bytes: number }> {
  return inThisProcess(house, async (url, db) => {
    const { cookie, token, session } = await signInAt(url, house.email, event.scanPath);
    const [delegate] = event.delegates;
    const clientId = randomUUID();
    let answer = '';
    const seen = await recordStatements(async () => {
      const body = new URLSearchParams({ _csrf: token, code: delegate?.code ?? '', clientId });
      const response = await fetch(url + event.scanPath, {
        method: 'POST',
        body,
        headers: { cookie, 'x-part': '1' },
      });
      answer = await response.text();
      if (!answer.includes('door--ok')) throw new Error('the recorded check-in was refused');
    });
    const [mark] = (await db.query('SELECT id FROM attendance_mark WHERE client_id = $1', [clientId])) as [
      { id: number },
    ];
    const name = new Map<unknown, string>([
      [delegate?.id, '$delegate'],
      [clientId, '$client'],
      [session, '$session'],
      [mark.id, '$mark'],
    ]);
    // Only the standing refers to the mark; elsewhere the same number is another id.
    const marked = seen.map(({ values, ...statement }) => ({
      ...statement,
      values: values.map((value) =>
        value === mark.id && !statement.text.startsWith('INSERT INTO attendance (')
          ? value
          : (name.get(value) ?? value),
      ),
    }));
    return { statements: marked, bytes: Buffer.byteLength(answer) };
  });
}

/** Scanned codes per second through the real page's address, beside the least that could record them. */
export async function compareCheckIns(house: BenchHouse, { ours, theirs }: Days): Promise<Measurement[]> {
  const { statements, bytes } = await statementsOf(house, theirs);
  const bare = await startBare(
    'bench/day/bare-check-in.ts',
    {
      DATABASE_URL: house.databaseUrl,
      DATABASE_POOL: String(poolSize),
      STATEMENTS: JSON.stringify(statements),
      ANSWER_BYTES: String(bytes),
    },
    '/ready',
  );
  try {
    const devices: Device[] = [];
    for (let device = 0; device < deviceCount; device += 1)
      devices.push(await signInAt(house.url, house.email, ours.scanPath));
    const scan: Bodies = ({ code }, { token }) => ({ _csrf: token, code, clientId: randomUUID() });
    const bareScan: Bodies = ({ id }, { session }) => ({ delegate: String(id), session });
    const real = (seconds: number) => perSecond(house.url, ours.scanPath, scan, ours, devices, seconds);
    const yardstick = (seconds: number) => perSecond(bare.url, '/', bareScan, theirs, devices, seconds);
    for (const works of [real, yardstick]) await works(1);
    const [mine = 0, least = 0] = await interleaved(rounds, [
      () => real(secondsEach),
      () => yardstick(secondsEach),
    ]);
    return [
      { name: 'checkins_rps', value: mine, unit: '1/s' },
      { name: 'bare_checkins_rps', value: least, unit: '1/s' },
      { name: 'checkin_statements', value: statements.length, unit: '' },
      { name: 'checkin_ratio', value: mine / least, unit: '', goal: { atLeast: 0.5 } },
    ];
  } finally {
    bare.stop();
  }
}
