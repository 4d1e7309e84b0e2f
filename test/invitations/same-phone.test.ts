import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDesk, type Desk } from '../answers/support.js';
import { Visitor } from '../support/visitor.js';

let desk: Desk;
let organizer: Visitor;
beforeAll(async () => {
  desk = await openDesk();
  organizer = await new Visitor(desk.app.app).signIn(desk.host.email);
});
afterAll(() => desk.app.close());

const phone = '0811-2222-3333';
const name = (path: string, id: number, person: Record<string, string>) =>
  desk.visitor.post(`${path}/delegates/${id}`, { other: 'same', ...person }, path);

test('one phone twice at an event is saved and pointed out; whose it is, is for the office alone', async () => {
  const { eventId, invitations } = await desk.scene({
    institutions: [{ name: 'LKS Kenanga Satu' }, { name: 'LKS Cempaka Dua' }],
  });
  const [first, second] = invitations as [(typeof invitations)[0], (typeof invitations)[0]];
  const [a = 0, b = 0] = await desk.accept(first.path, 2);
  const [c = 0] = await desk.accept(second.path, 1);
  await name(first.path, a, { name: 'Aminah', phone });
  expect((await desk.get(first.path)).text).not.toContain('Nomor HP ini');

  const saved = await name(second.path, c, { name: 'Cahyo', phone });
  expect(saved.status).toBe(303);
  for (const path of [first.path, second.path]) {
    const { text } = await desk.get(path);
    expect(text).toContain('Nomor HP ini juga dipakai delegasi lain pada kegiatan ini');
  }
  expect((await desk.get(first.path)).text).not.toMatch(/Cahyo|Cempaka/);
  expect((await desk.get(second.path)).text).not.toMatch(/Aminah|Kenanga/);

  await name(first.path, b, { name: 'Bahri', phone });
  expect((await desk.get(first.path)).text).toContain('Nomor HP ini sama dengan nomor Bahri');

  const list = `/events/${eventId}/invitations`;
  const marked = (await organizer.get(`${list}?filter=same_phone`)).text;
  for (const words of ['LKS Kenanga Satu', 'LKS Cempaka Dua', 'Nomor HP sama'])
    expect(marked).toContain(words);
  const page = (await organizer.get(`${list}/${second.id}`)).text;
  expect(page).toContain('Nomor HP sama dengan Aminah (LKS Kenanga Satu)');
  expect(page).toContain(`href="${list}/${first.id}"`);
});

test('who was replaced, gave the seat back, or comes to another event shares nothing', async () => {
  const { eventId, invitations } = await desk.scene({ institutions: [{}, {}] });
  const [first, second] = invitations as [(typeof invitations)[0], (typeof invitations)[0]];
  const [a = 0] = await desk.accept(first.path, 1);
  const [b = 0] = await desk.accept(second.path, 1);
  await name(first.path, a, { name: 'Aminah', phone });
  await name(second.path, b, { name: 'Badrun', phone });
  await desk.visitor.post(
    `${first.path}/delegates/${a}`,
    { other: 'other', name: 'Zainab', phone: '' },
    first.path,
  );
  expect((await desk.get(second.path)).text).not.toContain('Nomor HP ini');
  expect((await organizer.get(`/events/${eventId}/invitations`)).text).not.toContain('badge--wait">');
  const other = await desk.scene({ institutions: [{}] });
  const [d = 0] = await desk.accept(other.invitations[0]!.path, 1);
  await name(other.invitations[0]!.path, d, { name: 'Dahlia', phone });
  expect((await desk.get(other.invitations[0]!.path)).text).not.toContain('Nomor HP ini');
});
