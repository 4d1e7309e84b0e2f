import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDesk, type Desk } from '../answers/support.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeUser } from '../factories/people.js';
import { fieldsOf, formsOf } from '../support/forms.js';
import { Visitor } from '../support/visitor.js';

let desk: Desk;
let organizer: Visitor;
let eventId: number;
let at: string;
beforeAll(async () => {
  desk = await openDesk();
  organizer = await new Visitor(desk.app.app).signIn(desk.host.email);
  ({ eventId } = await desk.scene({ institutions: [] }));
  at = `/events/${eventId}/invitations/newcomer`;
});
afterAll(() => desk.app.close());

const sql = <T = never>(text: string, values: unknown[] = []) =>
  desk.app.db.query(text, values) as Promise<T[]>;
const given = { name: 'LKSA Sinar Fajar', regionCode: '63.71', mainService: 'anak' };
const add = (fields: Record<string, string>, who = organizer) => who.post(at, { ...given, ...fields });
const named = (name: string) =>
  sql<{ id: number; provisional: boolean; state: string | null }>(
    `SELECT i.id, i.provisional, v.state FROM institution i LEFT JOIN invitation v ON v.institution_id = i.id AND v.event_id = $2
     WHERE i.name = $1 ORDER BY i.id`,
    [name, eventId],
  );

test('an LKS that is in no list is recorded provisionally and invited, with whom to ask, in one go', async () => {
  expect((await organizer.get(`/events/${eventId}/invitations/choose`)).text).toContain(at);
  const reply = await add({ contactName: 'Ibu Hj. Rukayah', contactPhone: '0812 1111 2222' });
  expect(reply.headers.location).toBe(`/events/${eventId}/invitations`);
  const [row] = await named(given.name);
  expect(row).toMatchObject({ provisional: true, state: 'open' });
  expect(
    await sql('SELECT name, phone, is_leader FROM representative WHERE institution_id = $1', [row!.id]),
  ).toEqual([{ name: 'Rukayah', phone: '+6281211112222', is_leader: false }]);
  const list = (await organizer.get('/institutions?mark=provisional')).text;
  expect(list).toContain('LKSA Sinar Fajar');
  expect(list).toContain('Sementara');
  for (const page of [`/institutions/${row!.id}`, `/events/${eventId}/invitations`])
    expect((await organizer.get(page)).text).toContain('Sementara');
  const actions = await sql<{ action: string }>(
    `SELECT action FROM audit_entry WHERE subject_type = 'institution' AND subject_id = $1`,
    [row!.id],
  );
  expect(actions.map(({ action }) => action)).toContain('institution.added');
});

test('likely twins are shown before anything is added; one of them is invited with one tap', async () => {
  const twin = await makeInstitution(desk.app.db, desk.host.office, { name: 'Panti Asuhan Bakti Mulia' });
  const warned = await add({ name: 'Yayasan Bakti Mulya' });
  expect(warned.status).toBe(422);
  for (const words of [
    'Mungkin LKS ini sudah ada',
    'Panti Asuhan Bakti Mulia',
    'Undang yang ini',
    'Bukan, ini LKS lain',
  ])
    expect(warned.text).toContain(words);
  expect(await named('Yayasan Bakti Mulya')).toEqual([]);
  const form = formsOf(warned.text).find(({ action }) => action.endsWith('/choose'))!;
  expect((await organizer.send(form.action, fieldsOf(form))).status).toBe(303);
  expect(await named('Panti Asuhan Bakti Mulia')).toMatchObject([
    { id: twin, state: 'open', provisional: false },
  ]);
  expect((await add({ name: 'Yayasan Bakti Mulya', isAnother: 'on' })).status).toBe(303);
  expect(await named('Yayasan Bakti Mulya')).toMatchObject([{ provisional: true, state: 'open' }]);
});

test('a mistake comes back at its field with what was typed, and leaves neither LKS nor invitation', async () => {
  const wrong = await add({ name: 'LKS Purnama Raya', mainService: '', contactPhone: '0812 1111 3333' });
  expect(wrong.status).toBe(422);
  for (const words of ['value="LKS Purnama Raya"', 'id="field-mainService-error"'])
    expect(wrong.text).toContain(words);
  const alone = await add({ name: 'LKS Purnama Raya', contactPhone: '0812 1111 3333' });
  expect(alone.text).toContain('id="field-contactName-error"');
  const outside = await add({ name: 'LKS Purnama Raya', regionCode: '35.73' });
  expect(outside.text).toContain('id="field-regionCode-error"');
  expect(await named('LKS Purnama Raya')).toEqual([]);
});

test('two who add the same one at once have one of it', async () => {
  const replies = await Promise.all([1, 2, 3].map(() => add({ name: 'LKSA Cahaya Timur' })));
  expect(replies.map(({ status }) => status).toSorted()).toEqual([303, 422, 422]);
  expect(await named('LKSA Cahaya Timur')).toHaveLength(1);
});

test('who may not edit the registry is refused, and so is an event that is over', async () => {
  const secretary = await makeUser(desk.app.db, desk.host.office, ['secretary']);
  const other = await new Visitor(desk.app.app).signIn(secretary.email);
  expect((await other.get(at)).status).toBe(403);
  expect((await add({ name: 'LKS Terlarang' }, other)).status).toBe(403);
  const over = await desk.scene({ institutions: [] });
  await sql(`UPDATE event SET state = 'finished' WHERE id = $1`, [over.eventId]);
  const page = `/events/${over.eventId}/invitations/newcomer`;
  expect((await organizer.get(page)).status).toBe(409);
  expect((await organizer.post(page, { ...given, name: 'LKS Terlambat' })).status).toBe(409);
  expect(await named('LKS Terlambat')).toEqual([]);
});

test('the mark goes when somebody says that the record is complete, not before', async () => {
  await add({ name: 'LKSA Pelita Harapan Jaya' });
  const { id } = (await named('LKSA Pelita Harapan Jaya'))[0]!;
  const edit = `/institutions/${id}/edit`;
  const form = async () =>
    fieldsOf(formsOf((await organizer.get(edit)).text).find(({ action }) => action === edit));
  await organizer.send(edit, { ...(await form()), address: 'Jalan Pelita 1' });
  expect(await named('LKSA Pelita Harapan Jaya')).toMatchObject([{ provisional: true }]);
  await organizer.send(edit, { ...(await form()), complete: 'on' });
  expect(await named('LKSA Pelita Harapan Jaya')).toMatchObject([{ provisional: false }]);
  const [entry] = await sql<{ fields: string[] }>(
    `SELECT fields FROM audit_entry WHERE action = 'institution.changed' AND subject_id = $1 ORDER BY id DESC LIMIT 1`,
    [id],
  );
  expect(entry!.fields).toEqual(['provisional']);
  expect((await organizer.get(edit)).text).not.toContain('name="complete"');
});

test('accepting what it proposes about itself completes it, too; refusing all of it does not', async () => {
  await sql('UPDATE event SET record_check = true WHERE id = $1', [eventId]);
  for (const [name, decision, provisional] of [
    ['LKSA Melur Putih', 'refused', true],
    ['LKSA Anggrek Bulan', 'accepted', false],
  ] as const) {
    await add({ name });
    const { id } = (await named(name))[0]!;
    const [{ invitation }] = (await sql<{ invitation: number }>(
      'SELECT id AS invitation FROM invitation WHERE institution_id = $1',
      [id],
    )) as [{ invitation: number }];
    const path = `/u/${desk.app.deps.links.token('invitation', invitation, 1)}`;
    await desk.accept(path);
    const form = formsOf((await desk.get(`${path}/record`)).text).find(
      ({ action }) => action === `${path}/record`,
    )!;
    await desk.visitor.send(`${path}/record`, {
      ...fieldsOf(form),
      address: 'Jalan Bunga 3',
    });
    const page = formsOf((await organizer.get(`/institutions/${id}`)).text);
    const decide = page.find(({ action }) => action.includes('/checks/'))!;
    await organizer.send(decide.action, {
      ...fieldsOf(decide),
      'decisions[address]': decision,
    });
    expect(await named(name)).toMatchObject([{ provisional }]);
  }
});
