import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { makeUser } from './factories/people.js';
import { startTestApp, type TestApp } from './support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await makeUser(app.db, undefined);
});
afterAll(() => app.close());

test('the program says that it is alive and ready', async () => {
  await request(app.app).get('/healthz').expect(200, 'ok');
  await request(app.app).get('/readyz').expect(200, 'ready');
});

test('a page needs a sign-in, and an unknown address is a page of its own', async () => {
  await request(app.app).get('/').expect(303).expect('location', '/session');
  const missing = await request(app.app).get('/tidak-ada').expect(404);
  expect(missing.text).toContain('Halaman ini tidak ada');
});

test('what goes wrong before any page is found becomes a page too', async () => {
  const broken = await request(app.app).get('/favicon.svg').set('range', 'bytes=999999-').expect(416);
  expect(broken.headers['content-type']).toMatch(/^text\/html/);
  expect(broken.text).toContain('<h1');
  expect(broken.text).not.toContain('node_modules');
});
