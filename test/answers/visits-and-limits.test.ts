import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { codeAlphabet, codeLength, spellCode } from '../../src/links/tokens.js';
import { openDesk, phoneAgent, type Desk } from './support.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.app.db.query('DELETE FROM failed_attempt'));
afterAll(() => desk.app.close());

const visitsOf = async (id: number) =>
  ((await desk.app.db.query('SELECT visits FROM invitation WHERE id = $1', [id])) as [{ visits: number }])[0]
    .visits;

/** The visit is noted after the response. */
async function soon(id: number, visits: number): Promise<void> {
  for (let i = 0; i < 100 && (await visitsOf(id)) !== visits; i += 1)
    await new Promise((r) => setTimeout(r, 10));
  expect(await visitsOf(id)).toBe(visits);
}

async function oneInvitation() {
  const { invitations } = await desk.scene({ institutions: [{}] });
  return invitations[0] ?? { id: 0, path: '' };
}

test('a person who looks is one visit for ten minutes', async () => {
  const { id, path } = await oneInvitation();
  await desk.get(path);
  await soon(id, 1);
  await desk.get(path);
  desk.app.clock.forward(0.1);
  await desk.get(path);
  await soon(id, 1);
  desk.app.clock.forward(0.1);
  await desk.get(path);
  await soon(id, 2);
});

test('previews, scanners, prefetching browsers and requests without a name are no visits', async () => {
  const { id, path } = await oneInvitation();
  const machines: Record<string, string>[] = [
    { 'user-agent': 'WhatsApp/2.23.20.0 A' },
    { 'user-agent': 'facebookexternalhit/1.1' },
    { 'user-agent': 'TelegramBot (like TwitterBot)' },
    { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' },
    { 'user-agent': 'curl/8.0' },
    { 'user-agent': '' },
    { 'user-agent': phoneAgent, purpose: 'prefetch' },
    { 'user-agent': phoneAgent, 'sec-purpose': 'prefetch;prerender' },
    { 'user-agent': phoneAgent, 'x-purpose': 'preview' },
    { 'user-agent': phoneAgent, 'x-moz': 'prefetch' },
  ];
  for (const headers of machines) expect((await desk.get(path, headers)).status).toBe(200);
  await new Promise((r) => setTimeout(r, 100));
  expect(await visitsOf(id)).toBe(0);
  await desk.get(path);
  await soon(id, 1);
});

test('looking at every link page writes nothing but the visit', async () => {
  const { id, path } = await oneInvitation();
  const [delegate = 0] = await desk.accept(path);
  const own = `/d/${desk.app.deps.links.token('delegate', delegate, 1)}`;
  await desk.get(path);
  await soon(id, 1);
  const tables = (await desk.app.db.query(
    `SELECT relname AS name FROM pg_stat_user_tables WHERE schemaname = 'public' ORDER BY relname`,
  )) as { name: string }[];
  const contents = async (): Promise<unknown[]> =>
    Promise.all(
      tables.map(async ({ name }): Promise<unknown> => [
        name,
        await desk.app.db.query(
          `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS sum FROM "${name}" t`,
        ),
      ]),
    );
  const before = await contents();
  for (const page of [
    path,
    `${path}?done=accepted`,
    `${path}/calendar.ics`,
    own,
    `${own}/qr.svg`,
    `${own}/calendar.ics`,
    '/u',
  ])
    expect([page, (await desk.get(page)).status]).toEqual([page, 200]);
  expect(await contents()).toEqual(before);
});

const wrongCode = () =>
  Array.from({ length: codeLength }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('');

test('guessing codes is stopped after twenty, and the links and codes of others still work', async () => {
  const { id, path } = await oneInvitation();
  const statuses: number[] = [];
  for (let i = 0; i < 25; i += 1)
    statuses.push((await desk.visitor.post('/u', { code: wrongCode() }, '/u')).status);
  expect(statuses).toEqual([...Array<number>(20).fill(422), ...Array<number>(5).fill(429)]);
  const right = { code: spellCode(desk.app.deps.links.code(id, 1)) };
  expect((await desk.visitor.post('/u', right, '/u')).status).toBe(429);
  // Thousands of phones share the address of their carrier: who has a good link is not stopped by another's guesses.
  expect((await desk.get(path)).status).toBe(200);
  expect((await desk.visitor.post(`${path}/answer`, { answer: 'accept', seats: '1' }, path)).status).toBe(
    303,
  );
});

test('guessing at once does not get past the limit', async () => {
  const _csrf = await desk.visitor.token('/u');
  const replies = await Promise.all(
    Array.from({ length: 100 }, () => desk.visitor.send('/u', { _csrf, code: wrongCode() })),
  );
  expect(replies.filter(({ status }) => status === 422).length).toBeLessThanOrEqual(20);
  expect(replies.every(({ status }) => status === 422 || status === 429)).toBe(true);
});

test('right codes are never counted, and spelling does not matter', async () => {
  const { id, path } = await oneInvitation();
  const code = desk.app.deps.links.code(id, 1);
  for (const typed of [code, spellCode(code), code.toLowerCase(), ` ${code.split('').join(' ')} `]) {
    const reply = await desk.visitor.post('/u', { code: typed }, '/u');
    expect([reply.status, reply.headers.location]).toEqual([303, path]);
  }
  for (let i = 0; i < 30; i += 1) await desk.visitor.post('/u', { code }, '/u');
  expect((await desk.visitor.post('/u', { code }, '/u')).status).toBe(303);
});

test('wrong links are stopped after sixty, good ones from the same address never', async () => {
  const { path } = await oneInvitation();
  const wrong = `${path.slice(0, -6)}${'A'.repeat(6)}`;
  const statuses: number[] = [];
  for (let i = 0; i < 63; i += 1) statuses.push((await desk.get(wrong)).status);
  expect(statuses.filter((status) => status === 404).length).toBe(60);
  expect(statuses.slice(60)).toEqual([429, 429, 429]);
  expect((await desk.get(path)).status).toBe(200);
});

test('the mail of an answer need not wait for the next minute; a page that is only looked at wakes nothing', async () => {
  const woken = jest.spyOn(desk.app.deps.jobs, 'wakeSoon');
  const { invitations } = await desk.scene();
  const path = invitations[0]?.path ?? '';
  await desk.visitor.get(path);
  expect(woken).not.toHaveBeenCalled();
  await desk.accept(path);
  expect(woken.mock.calls.map(([job]) => job)).toEqual(['mail']);
  woken.mockRestore();
});
