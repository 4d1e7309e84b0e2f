import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDesk, type Desk } from './support.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.app.close());

const pathOf = ({ invitations }: Awaited<ReturnType<Desk['scene']>>, at = 0) => invitations[at]?.path ?? '';

test('a phone that asks again for the page of a form finds the invitation, not an error', async () => {
  const path = pathOf(await desk.scene());
  for (const lost of [`${path}/answer`, `${path}/delegates/1`, `${path}/delegates/1/return`]) {
    const { status, headers } = await desk.get(lost);
    expect([lost, status, headers.location]).toEqual([lost, 303, path]);
  }
  expect((await desk.get('/u/%2F%2Fevil.example/answer')).headers.location).toBe('/u/%2F%2Fevil.example');
});

test('who finds too few seats may also say that they cannot come', async () => {
  const scene = await desk.scene({ quota: { seats: 3 } });
  await desk.accept(pathOf(scene), 2);
  const second = pathOf(scene, 1);
  const short = await desk.visitor.post(`${second}/answer`, { answer: 'accept', seats: '2' }, second);
  expect(short.status).toBe(409);
  expect(short.text).toContain('Tinggal 1 kursi');
  expect(short.text).toContain('value="decline"');
});

test('marks that come along with a copied number or name are dropped', async () => {
  const path = pathOf(await desk.scene());
  const [delegate = 0] = await desk.accept(path);
  const form = { name: 'Siti\u202e Aminah\u200b', phone: '\u202a+62 812-3456-7890\u202c', other: 'same' };
  expect((await desk.visitor.post(`${path}/delegates/${delegate}`, form, path)).status).toBe(303);
  const [row] = (await desk.app.db.query('SELECT name, phone FROM delegate WHERE id = $1', [delegate])) as [
    object,
  ];
  expect(row).toEqual({ name: 'Siti Aminah', phone: '+6281234567890' });
});

test.each([
  ['one word', 'Sutrisno'],
  ['Arabic letters', 'محمد يوسف الأنصاري'],
  ['an apostrophe and a dash', "Nur'aini Al-Ma'arif"],
  ['120 letters without a space', 'K'.repeat(120)],
  ['letters beyond the basic plane', 'Made 𝒮ukerta'],
])('a name with %s is kept and shown as it was written', async (_kind, name) => {
  const path = pathOf(await desk.scene());
  const [delegate = 0] = await desk.accept(path);
  const form = { name, nameBefore: 'Drs. KH.', nameAfter: 'S.Pd.I., M.Pd.', other: 'same' };
  expect((await desk.visitor.post(`${path}/delegates/${delegate}`, form, path)).status).toBe(303);
  const { text } = await desk.get(path);
  expect(text.replaceAll('&#39;', "'")).toContain(`Drs. KH. ${name}, S.Pd.I., M.Pd.`);
});
