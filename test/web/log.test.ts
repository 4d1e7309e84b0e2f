import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pino from 'pino';
import request from 'supertest';
import { createApp } from '../../src/app.js';
import { makeHost, makeScene } from '../factories/scenes.js';
import { startTestApp, type TestApp } from '../support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  app.clock.set(new Date().toISOString());
});
afterAll(() => app.close());

test('the log has one line for a request, with its route and number, and nothing that opens a page or names a person', async () => {
  const lines: string[] = [];
  const program = createApp({ ...app.deps, log: pino({}, { write: (line) => void lines.push(line) }) });
  const { invitations } = await makeScene(await makeHost(app.deps), {
    quota: { seats: 1 },
    institutions: [{ leader: { name: 'Hajah Aminah' } }],
  });
  const token = app.deps.links.token('invitation', invitations[0] ?? 0, 1);
  const addresses = [
    `/u/${token}`,
    `/u/${token}?done=accepted`,
    `/d/${token}`,
    '/session?email=siti@contoh.id',
  ];
  for (const address of addresses) {
    const { headers } = await request(program).get(address).set('accept', 'text/html');
    expect(lines).toHaveLength(1);
    const [line = ''] = lines.splice(0);
    expect(JSON.parse(line)).toMatchObject({ requestId: headers['x-request-id'], method: 'GET' });
    expect(line).not.toMatch(new RegExp(`${token}|${token.slice(8)}|siti@|Aminah`));
  }
  await request(program).get(`/u/${token}`);
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ route: '/u/:token', status: 200 });
});
