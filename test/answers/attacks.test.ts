import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { openDesk, type Desk } from './support.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.app.close());

type Scene = Awaited<ReturnType<Desk['scene']>>;
const first = ({ invitations }: Scene) => invitations[0] ?? { id: 0, path: '' };
const second = ({ invitations }: Scene) => invitations[1] ?? { id: 0, path: '' };
const count = async (sql: string, values: unknown[] = []) =>
  ((await desk.app.db.query(`SELECT count(*)::int AS count FROM ${sql}`, values)) as [{ count: number }])[0]
    .count;
const person = (id: number) =>
  desk.app.db.query('SELECT name, state FROM delegate WHERE id = $1', [id]) as Promise<{ name: string }[]>;

test('each token opens only what it was made for', async () => {
  const scene = await desk.scene();
  const [delegate = 0] = await desk.accept(first(scene).path);
  const { links } = desk.app.deps;
  const institution = links.token('invitation', first(scene).id, 1);
  const own = links.token('delegate', delegate, 1);
  await desk.get(`/u/${institution}`).expect(200);
  await desk.get(`/d/${own}`).expect(200);
  const wrong = [
    `/d/${institution}`,
    `/u/${own}`,
    `/d/${institution}/qr.svg`,
    `/u/${own}/calendar.ics`,
    `/u/${links.token('invitation', first(scene).id, 2)}`,
    `/u/${links.token('invitation', 2_000_000_000, 1)}`,
    `/u/${institution.slice(0, -1)}${institution.endsWith('A') ? 'B' : 'A'}`,
    `/u/${institution}A`,
    `/u/${'A'.repeat(5000)}`,
    '/u/%00',
    '/u/..%2f..%2fetc',
  ];
  for (const path of wrong) expect([path, (await desk.get(path)).status]).toEqual([path, 404]);
  await desk.app.db.query('DELETE FROM failed_attempt');
});

test('a broken escape in an address is a bad request, not a fault', async () => {
  expect((await desk.get('/u/%E0%A4%A')).status).toBe(400);
});

test("the delegates of another invitation are not reached through one's own link", async () => {
  const [scene, other] = [await desk.scene(), await desk.scene()];
  await desk.accept(first(scene).path);
  const strangers = [...(await desk.accept(second(scene).path)), ...(await desk.accept(first(other).path))];
  for (const stranger of strangers) {
    const before = await person(stranger);
    const form = { name: 'Bukan Saya', other: 'other' };
    const path = `${first(scene).path}/delegates/${stranger}`;
    expect((await desk.visitor.post(path, form, first(scene).path)).status).toBe(404);
    expect((await desk.visitor.post(path, { ...form, other: 'same' }, first(scene).path)).status).toBe(404);
    expect((await desk.visitor.post(`${path}/return`, {}, first(scene).path)).status).toBe(409);
    expect(await person(stranger)).toEqual(before);
  }
  for (const id of ['0', '-1', '1e3', '99999999999999', 'x'])
    expect(
      (await desk.visitor.post(`${first(scene).path}/delegates/${id}`, { name: 'X' }, first(scene).path))
        .status,
    ).toBe(404);
});

test('a form without a token, with that of another page or of a signed-in session changes nothing', async () => {
  const scene = await desk.scene();
  const { path, id } = first(scene);
  const send = (fields: object) =>
    request(desk.app.app)
      .post(`${path}/answer`)
      .set('Accept', 'text/html')
      .type('form')
      .send({ answer: 'accept', seats: '1', ...fields });
  const [foreign, language] = [
    await desk.visitor.token(second(scene).path),
    desk.app.deps.links.formToken('language'),
  ];
  for (const fields of [{}, { _csrf: '' }, { _csrf: foreign }, { _csrf: language }, { '_csrf[]': foreign }])
    expect((await send(fields)).status).toBe(403);
  expect(await count(`invitation WHERE id = $1 AND state = 'open'`, [id])).toBe(1);
  const own = await desk.visitor.token(path);
  expect((await send({ _csrf: own })).status).toBe(303);
});

test('a form that another site sends is refused although its token is right', async () => {
  const scene = await desk.scene();
  const { path } = first(scene);
  const _csrf = await desk.visitor.token(path);
  const send = (site: string) =>
    request(desk.app.app)
      .post(`${path}/answer`)
      .set({ accept: 'text/html', 'sec-fetch-site': site })
      .type('form')
      .send({ _csrf, answer: 'accept', seats: '1' });
  expect((await send('cross-site')).status).toBe(403);
  expect((await send('same-site')).status).toBe(403);
  expect((await send('same-origin')).status).toBe(303);
});

test('whatever is written into an event, an institution or a name is shown as text', async () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;
  const scene = await desk.scene({ title: evil, institutions: [{ name: evil, leader: { name: evil } }] });
  const { path } = first(scene);
  await desk.app.db.query(
    `UPDATE event SET notes = $2, venue_name = $2, venue_address = $2, contact_name = $2, kind = 'other', kind_label = $2,
       subject = $2 WHERE id = $1`,
    [scene.eventId, evil],
  );
  const [delegate = 0] = await desk.accept(path);
  const form = {
    name: evil,
    position: evil,
    nameBefore: '<b>',
    nameAfter: '</b>',
    needs: evil,
    other: 'same',
  };
  expect((await desk.visitor.post(`${path}/delegates/${delegate}`, form, path)).status).toBe(303);
  const pages = [
    path,
    `/d/${desk.app.deps.links.token('delegate', delegate, 1)}`,
    `${path}?done=<script>alert(1)</script>`,
  ];
  for (const page of pages) {
    const { text, status } = await desk.get(page);
    expect([page, status]).toEqual([page, 200]);
    expect(text).toContain('&lt;script&gt;');
    expect(text).not.toMatch(/<script|<img src=x|<b>/);
  }
  const mistake = await desk.visitor.post(`${path}/delegates/${delegate}`, { ...form, phone: evil }, path);
  expect(mistake.status).toBe(422);
  expect(mistake.text).not.toMatch(/<script|<img src=x|<b>/);
});

test('input that is too long, of a wrong kind or not of the form is refused at its field and kept', async () => {
  const scene = await desk.scene();
  const { path } = first(scene);
  for (const fields of [
    { answer: 'accept', seats: '3' },
    { answer: 'accept', seats: '-1' },
    { answer: 'accept', seats: '1e9' },
    { answer: 'accept', seats: 'dua' },
    { answer: 'revoke' },
    { answer: ['accept', 'decline'] },
    {},
  ])
    expect([fields, (await desk.visitor.post(`${path}/answer`, fields, path)).status]).toEqual([fields, 422]);
  const [delegate = 0] = await desk.accept(path);
  const to = `${path}/delegates/${delegate}`;
  const long = await desk.visitor.post(
    to,
    { name: 'a'.repeat(121), position: 'Ketua Harian', sex: 'P', needs: 'kursi roda', other: 'other' },
    path,
  );
  expect(long.status).toBe(422);
  expect(long.text).toContain('aria-invalid="true"');
  expect(long.text).toContain('value="Ketua Harian"');
  expect(long.text).toContain('value="kursi roda"');
  expect(long.text).toContain('<option value="P" selected>');
  // The form that came back is that of the person who comes instead.
  expect(long.text).toContain(`id="d${delegate}-other-name-error"`);
  expect(long.text).toContain('paling banyak 120 huruf');
  for (const fields of [
    { name: 'A\u0000B' },
    { name: '' },
    { name: ['A', 'B'] },
    { name: 'A', phone: '12' },
    { name: 'A', sex: 'X' },
    { name: { $ne: '' } },
  ])
    expect([fields, (await desk.visitor.post(to, fields, path)).status]).toEqual([fields, 422]);
  const huge = await desk.visitor.post(to, { name: 'a'.repeat(1_200_000) }, path);
  expect(huge.status).toBe(413);
});

test('correcting a name keeps what else is known of the person', async () => {
  const scene = await desk.scene();
  const { path } = first(scene);
  const [delegate = 0] = await desk.accept(path);
  await desk.app.db.query(
    `UPDATE delegate SET email = 'ketua@contoh.id', phone = '+6281234567890' WHERE id = $1`,
    [delegate],
  );
  const { text } = await desk.visitor.get(path);
  const [correction = ''] = text.split('name="other" value="other"');
  const inputs = [...correction.matchAll(/name="(\w+)" type="\w+" maxlength="\d+" value="([^"]*)"/g)].map(
    ([, name, value]) => [name, value],
  );
  const form = { ...(Object.fromEntries(inputs) as object), name: 'Ketua Ditulis Benar', other: 'same' };
  expect((await desk.visitor.post(`${path}/delegates/${delegate}`, form, path)).status).toBe(303);
  expect(
    await desk.app.db.query('SELECT name, email, phone FROM delegate WHERE id = $1', [delegate]),
  ).toEqual([{ name: 'Ketua Ditulis Benar', email: 'ketua@contoh.id', phone: '+6281234567890' }]);
});

test('other methods than those of the page change nothing and bring no fault', async () => {
  const scene = await desk.scene();
  const { path, id } = first(scene);
  const app = request(desk.app.app);
  const head = await app.head(path).set('user-agent', 'Chrome Mobile');
  expect(head.status).toBe(200);
  expect(head.text).toBeFalsy();
  expect((await app.options(path)).status).toBe(200);
  for (const method of ['put', 'patch', 'delete'] as const)
    expect((await app[method](`${path}/answer`)).status).toBe(404);
  expect((await app.get(`${path}/answer`)).headers.location).toBe(path);
  expect(await count(`invitation WHERE id = $1 AND state = 'open' AND visits = 0`, [id])).toBe(1);
});

test('a link page is kept by no cache, shown in no frame, found by no search and tells other sites nothing', async () => {
  const scene = await desk.scene();
  const { headers } = await desk.get(first(scene).path);
  expect(headers).toMatchObject({
    'cache-control': 'private, no-store',
    'referrer-policy': 'same-origin',
    'x-robots-tag': 'noindex, nofollow',
    'x-frame-options': 'DENY',
  });
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['set-cookie']).toBeUndefined();
});
