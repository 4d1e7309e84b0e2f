import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { erasePersonalData } from '../../src/features/invitations/retention.js';
import { openDesk, type Desk } from '../answers/support.js';
import { makeHost, makeScene } from '../factories/scenes.js';
import { Visitor } from '../support/visitor.js';

let desk: Desk;
let organizer: Visitor;
beforeAll(async () => {
  desk = await openDesk();
  organizer = await new Visitor(desk.app.app).signIn(desk.host.email);
});
afterAll(() => desk.app.close());

const sql = <T = never>(text: string, values: unknown[] = []) =>
  desk.app.db.query(text, values) as Promise<T[]>;
const institutionOf = async (invitation: number) =>
  (await sql<{ id: number }>('SELECT institution_id AS id FROM invitation WHERE id = $1', [invitation]))[0]!
    .id;

interface Sent {
  name: string;
  phone?: string;
  state?: string;
}

/** An earlier event of the office, to which an institution sent people. */
async function past(institution: number, monthsAgo: number, sent: Sent[], host = desk.host): Promise<number> {
  const { eventId } = await makeScene(host, { quota: { seats: 9 }, institutions: [] });
  await sql(
    `UPDATE event SET starts_at = now() - make_interval(months => $2), ends_at = now() - make_interval(months => $2),
       state = 'finished' WHERE id = $1`,
    [eventId, monthsAgo],
  );
  const [{ id }] = (await sql<{ id: number }>(
    `INSERT INTO invitation (event_id, institution_id, state, stratum_id, region_key, service_key)
     SELECT $1, $2, 'accepted', min(id), '63.71', 'anak' FROM quota_stratum WHERE event_id = $1 RETURNING id`,
    [eventId, institution],
  )) as [{ id: number }];
  for (const { name, phone = null, state = 'active' } of sent)
    await sql(
      `INSERT INTO delegate (event_id, invitation_id, name_before, name, name_after, sex, position, phone, state)
       VALUES ($1, $2, 'H.', $3, 'S.Sos', 'L', 'Sekretaris', $4, $5)`,
      [eventId, id, name, phone, state],
    );
  return eventId;
}

/** An event with two accepted seats of an institution of which nobody is known. */
async function scene(seats = 2) {
  const { eventId, invitations } = await desk.scene({ institutions: [{}, {}] });
  const [own, other] = invitations as [(typeof invitations)[0], (typeof invitations)[0]];
  const delegates = await desk.accept(own.path, seats);
  return { eventId, own, other, delegates, institution: await institutionOf(own.id) };
}

/** The buttons of a page: names by what they send. */
const tapsOn = (page: string) =>
  new Map(
    [...page.matchAll(/name="known" value="(\d+)">(.*?)<\/button>/gs)].map(([, id = '', inside = '']) => [
      inside.replace(/<svg.*?<\/svg>/gs, '').trim(),
      id,
    ]),
  );
const offeredOn = (page: string) => [...tapsOn(page).keys()];
const tapOf = (page: string, name: string) => tapsOn(page).get(`${name}, S.Sos`) ?? '';
const delegate = async (id: number) =>
  (
    await sql<Record<string, unknown>>(
      `SELECT name_before AS before, name, name_after AS after, sex, position, phone, needs, state FROM delegate WHERE id = $1`,
      [id],
    )
  )[0];

test('people of earlier events are offered once each, the latest first, at most six; one tap fills a seat', async () => {
  const { own, delegates, institution } = await scene();
  await past(institution, 30, [{ name: 'Rahmah Lama' }, { name: 'BUDI SANTOSO', phone: '+628110000001' }]);
  await past(institution, 3, [
    { name: 'Budi Santoso', phone: '+628110000002' },
    { name: 'Tidak Jadi', state: 'released' },
    ...['A', 'B', 'C', 'D', 'E'].map((letter) => ({ name: `Orang ${letter}` })),
  ]);
  const page = (await desk.get(own.path)).text;
  const names = offeredOn(page);
  expect(names).toHaveLength(6);
  expect(names).toContain('H. Budi Santoso, S.Sos');
  expect(page).not.toMatch(/Rahmah Lama|BUDI SANTOSO|Tidak Jadi|0811-0000/);
  const known = tapOf(page, 'H. Budi Santoso');
  const tapped = await desk.visitor.post(`${own.path}/delegates/${delegates[0]}/known`, { known }, own.path);
  expect(tapped.headers.location).toBe(`${own.path}?done=named`);
  expect(await delegate(delegates[0]!)).toMatchObject({
    ...{ before: 'H.', name: 'Budi Santoso', after: 'S.Sos', sex: 'L', position: 'Sekretaris' },
    ...{ phone: '+628110000002', state: 'active' },
  });
  const after = offeredOn((await desk.get(own.path)).text);
  expect(after).not.toContain('H. Budi Santoso, S.Sos');
  // Who is filled in already cannot be tapped a second time.
  const again = await desk.visitor.post(`${own.path}/delegates/${delegates[1]}/known`, { known }, own.path);
  expect(again.status).toBe(409);
  expect(again.text).toContain('tidak lagi ditawarkan');
});

test('a seat that has a name is passed on to somebody known, whose needs are not those of the other', async () => {
  const { own, delegates, institution } = await scene(1);
  await sql(`UPDATE delegate SET name = 'Yang Pertama', needs = 'kursi roda' WHERE id = $1`, [delegates[0]]);
  await past(institution, 3, [{ name: 'Siti Aminah' }]);
  const known = tapOf((await desk.get(own.path)).text, 'H. Siti Aminah');
  const tapped = await desk.visitor.post(`${own.path}/delegates/${delegates[0]}/known`, { known }, own.path);
  expect(tapped.headers.location).toBe(`${own.path}?done=replaced`);
  expect(await delegate(delegates[0]!)).toMatchObject({ name: 'Yang Pertama', state: 'replaced' });
  expect(
    await sql(`SELECT name, needs FROM delegate WHERE invitation_id = $1 AND state = 'active'`, [own.id]),
  ).toEqual([{ name: 'Siti Aminah', needs: '' }]);
});

test('no other institution, office or token is offered them, nor takes them by their number', async () => {
  const { own, other, institution, eventId } = await scene();
  await past(institution, 3, [{ name: 'Milik Sendiri' }]);
  const foreign = await makeHost(desk.app.deps);
  await past(institution, 3, [{ name: 'Dari Dinas Lain' }], foreign);
  await past(await institutionOf(other.id), 3, [{ name: 'Dari LKS Lain' }]);
  const page = (await desk.get(own.path)).text;
  expect(offeredOn(page)).toEqual(['H. Milik Sendiri, S.Sos']);
  const theirs = await desk.accept(other.path, 1);
  const otherPage = (await desk.get(other.path)).text;
  expect(offeredOn(otherPage)).toEqual(['H. Dari LKS Lain, S.Sos']);
  const strangers = await sql<{ id: number }>(
    `SELECT id FROM delegate WHERE name IN ('Milik Sendiri', 'Dari Dinas Lain')`,
  );
  for (const { id } of strangers) {
    const at = `${other.path}/delegates/${theirs[0]}/known`;
    expect((await desk.visitor.post(at, { known: String(id) }, other.path)).status).toBe(409);
  }
  expect(await delegate(theirs[0]!)).toMatchObject({ name: '' });
  // The office sees them where it names somebody for that very invitation.
  const one = `/events/${eventId}/invitations`;
  expect(offeredOn((await organizer.get(`${one}/${own.id}`)).text)).toEqual(['H. Milik Sendiri, S.Sos']);
  expect(offeredOn((await organizer.get(`${one}/${other.id}`)).text)).toEqual(['H. Dari LKS Lain, S.Sos']);
});

test('the office fills a seat with one tap, too', async () => {
  const { own, delegates, institution, eventId } = await scene();
  await past(institution, 3, [{ name: 'Utusan Tetap' }]);
  const one = `/events/${eventId}/invitations/${own.id}`;
  const known = tapOf((await organizer.get(one)).text, 'H. Utusan Tetap');
  expect((await organizer.post(`${one}/delegates/${delegates[0]}/known`, { known }, one)).status).toBe(303);
  expect(await delegate(delegates[0]!)).toMatchObject({ name: 'Utusan Tetap' });
});

test('later events, those not held, and names past their deadline offer nobody', async () => {
  const { own, institution, eventId } = await scene();
  const later = await past(institution, 3, [{ name: 'Belum Terjadi' }]);
  await sql(`UPDATE event SET starts_at = now() + interval '90 days', state = 'published' WHERE id = $1`, [
    later,
  ]);
  await past(institution, 3, [{ name: 'Pernah Hadir' }]);
  expect(offeredOn((await desk.get(own.path)).text)).toEqual(['H. Pernah Hadir, S.Sos']);
  await sql(`UPDATE event SET names_until = now() - interval '1 hour' WHERE id = $1`, [eventId]);
  expect(offeredOn((await desk.get(own.path)).text)).toEqual([]);
});

test('after the contacts were erased the name is still offered, without phone and sex', async () => {
  const { own, delegates, institution } = await scene();
  await past(institution, 30, [{ name: 'Lama Sekali', phone: '+628110000009' }]);
  await erasePersonalData(desk.app.deps);
  const known = tapOf((await desk.get(own.path)).text, 'H. Lama Sekali');
  await desk.visitor.post(`${own.path}/delegates/${delegates[0]}/known`, { known }, own.path);
  expect(await delegate(delegates[0]!)).toMatchObject({ name: 'Lama Sekali', phone: null, sex: null });
});

test('the page with all of it weighs less than 60 kB with its stylesheet', async () => {
  const { own, institution, eventId, delegates } = await scene();
  await sql('UPDATE event SET record_check = true WHERE id = $1', [eventId]);
  await sql(`UPDATE delegate SET phone = '+628110000077' WHERE id = ANY ($1)`, [delegates]);
  const long = 'Muhammad Abdurrahman Kusumaningrat Hidayatullah';
  await past(
    institution,
    3,
    [1, 2, 3, 4, 5, 6].map((n) => ({ name: `${long} ${n}` })),
  );
  const { text } = await desk.get(own.path);
  for (const words of ['Surat tugas', 'Periksa data lembaga', 'Nomor HP ini', `${long} 6`])
    expect(text).toContain(words);
  const sheets = [...text.matchAll(/<link[^>]*href="(\/assets[^"]+\.css)"/g)].map(([, href]) => href ?? '');
  expect(sheets.length).toBeGreaterThan(0);
  let weight = Buffer.byteLength(text);
  for (const href of sheets) weight += Number((await desk.get(href)).headers['content-length']);
  expect(weight).toBeLessThan(60_000);
});
