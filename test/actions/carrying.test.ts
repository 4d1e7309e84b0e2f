import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/database/data-source.js';
import { actionsOfEvent, carryActions, evaluationOf } from '../../src/features/actions/actions.service.js';
import { makeAction } from '../factories/actions.js';
import { formAt, openDesk, type Desk } from './support.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.app.close());

const carry = (eventId: number) =>
  inTransaction(desk.app.db, (tx) => carryActions(tx, desk.app.clock, eventId));
const titlesAt = async (eventId: number) =>
  (await evaluationOf(desk.app.db, eventId)).map(({ title, carried }) => [title, carried]);

/** Two events of a series a year apart, and a follow-up of the first. */
async function twoYears(name: string) {
  const seriesId = await desk.series(name);
  const first = await desk.eventOf(seriesId, { days: ['2025-03-20'], state: 'finished' });
  const second = await desk.eventOf(seriesId, { days: ['2026-03-20'] });
  const id = await makeAction(desk.app.db, desk.office, {
    eventId: first,
    title: `Janji ${name}`,
    dueOn: '2025-06-01',
  });
  return { seriesId, first, second, id };
}

test('the next event of a series asks about what is not closed, and nothing else', async () => {
  const { seriesId, first, second } = await twoYears('tahunan');
  const given = { eventId: first };
  await makeAction(desk.app.db, desk.office, { ...given, title: 'Diserahkan', state: 'handed_in' });
  await makeAction(desk.app.db, desk.office, { ...given, title: 'Selesai', state: 'verified' });
  await makeAction(desk.app.db, desk.office, { ...given, title: 'Batal', state: 'dropped' });
  const deferred = { ...given, state: 'deferred' } as const;
  await makeAction(desk.app.db, desk.office, {
    ...deferred,
    title: 'Tunda lewat',
    deferredUntil: '2026-07-01',
  });
  await makeAction(desk.app.db, desk.office, {
    ...deferred,
    title: 'Tunda sampai',
    deferredUntil: '2026-03-20',
  });
  await makeAction(desk.app.db, desk.office, { seriesId, title: 'Tersendiri' });
  await makeAction(desk.app.db, desk.office, { title: 'Tanpa seri' });
  await makeAction(desk.app.db, desk.office, { eventId: second, title: 'Dari kegiatan ini' });
  const asked = await titlesAt(second);
  expect(asked.map(([title]) => title)).toEqual([
    'Janji tahunan',
    'Diserahkan',
    'Tunda sampai',
    'Tersendiri',
  ]);
  // Nothing that is agreed later is asked about at the earlier one.
  expect((await titlesAt(first)).map(([title]) => title)).toEqual([]);
  const { text } = await desk.visitor.get(`/events/${second}/actions`);
  expect(text.indexOf('Evaluasi RTL sebelumnya')).toBeLessThan(text.indexOf('Janji tahunan'));
});

test('carrying is counted once for each event, however often it is done', async () => {
  const { seriesId, second, id } = await twoYears('dihitung');
  expect([await carry(second), await carry(second)]).toEqual([1, 0]);
  expect(await titlesAt(second)).toEqual([['Janji dihitung', 1]]);
  const third = await desk.eventOf(seriesId, { days: ['2027-03-20'] });
  await carry(third);
  expect(await titlesAt(third)).toEqual([['Janji dihitung', 2]]);
  // What was asked about stays on the agenda, also when it is closed afterwards.
  await desk.sql(`UPDATE action_item SET state = 'verified', closed_at = now() WHERE id = $1`, [id]);
  expect((await titlesAt(second)).length).toBe(1);
  expect((await desk.visitor.get(`/actions/${id}`)).text).toContain('Sudah 2 kali dibawa');
});

test('what is recorded at the next event flows back to the follow-up, and carries all of them', async () => {
  const { first, second, id } = await twoYears('kembali');
  await makeAction(desk.app.db, desk.office, { eventId: first, title: 'Yang kedua' });
  const at = `/events/${second}/actions`;
  const action = `${at}/${id}/evaluation`;
  const hidden = formAt((await desk.visitor.get(at)).text, action);
  const said = { ...hidden, text: 'Sudah berjalan di lima LKS', act: 'hand_in' };
  expect((await desk.visitor.send(action, said)).status).toBe(303);
  // Sent once more by a weak network.
  expect((await desk.visitor.send(action, said)).status).toBe(303);
  const [row] = await evaluationOf(desk.app.db, second);
  expect(row).toMatchObject({ state: 'handed_in', carried: 1 });
  expect(row?.notesHere.map(({ verb, text }) => [verb, text])).toEqual([
    ['', 'Sudah berjalan di lima LKS'],
    ['hand_in', ''],
  ]);
  expect((await titlesAt(second)).length).toBe(2);
  const page = await desk.visitor.get(`/actions/${id}`);
  expect(page.text).toContain('Sudah berjalan di lima LKS');
  const [recorded] = await desk.sql<{ event: number }>(
    `SELECT event_id AS event FROM action_change WHERE action_id = $1 AND verb = 'hand_in'`,
    [id],
  );
  expect(recorded?.event).toBe(second);
});

test('an evaluation is refused for what is not asked about there, and when somebody was faster', async () => {
  const { first, second, id } = await twoYears('ditolak');
  const stranger = await makeAction(desk.app.db, desk.office);
  const fields = { clientId: crypto.randomUUID(), text: 'x', act: 'note', version: '1' };
  const record = (event: number, action: number, more = {}) =>
    desk.visitor.post(`/events/${event}/actions/${action}/evaluation`, { ...fields, ...more });
  expect((await record(second, stranger)).status).toBe(404);
  expect((await record(first, id)).status).toBe(404);
  const silent = await record(second, id, { text: '' });
  expect([silent.status, silent.text.includes('Tulis catatan')]).toEqual([422, true]);
  await desk.step(desk.visitor, id, 'start');
  const late = await record(second, id, { act: 'hand_in', text: 'Tetap ada' });
  expect([late.status, late.text.includes('Tetap ada')]).toEqual([422, true]);
  const { visitor: secretary } = await desk.colleague(['secretary']);
  await desk.step(desk.visitor, id, 'completion');
  const path = `/events/${second}/actions/${id}/evaluation`;
  const { version } = await desk.look(id);
  const verify = { ...fields, act: 'verify', version: String(version) };
  expect((await secretary.post(path, verify)).status).toBe(403);
  expect((await desk.visitor.post(path, verify)).status).toBe(303);
  expect((await desk.look(id)).state).toBe('verified');
});

test('the table of an event has the three words of offices, without what was dropped', async () => {
  const eventId = await desk.eventOf(await desk.series('kata'));
  for (const state of ['open', 'in_progress', 'handed_in', 'returned', 'verified', 'dropped'] as const)
    await makeAction(desk.app.db, desk.office, { eventId, state });
  const rows = await actionsOfEvent(desk.app.db, eventId);
  expect(rows.map(({ word }) => word)).toEqual(['Belum', 'Proses', 'Proses', 'Belum', 'Selesai']);
});

test('a line of the minutes fills the form in, and only one of that event', async () => {
  const eventId = await desk.eventOf(await desk.series('notula'));
  const other = await desk.eventOf(await desk.series('notula lain'));
  await desk.sql('INSERT INTO minutes (event_id) VALUES ($1), ($2)', [eventId, other]);
  const [block] = await desk.sql<{ id: number }>(
    `INSERT INTO minutes_block (event_id, client_id, kind, text, person) VALUES
       ($1, gen_random_uuid(), 'issue', 'Anak asuh terkendala zonasi sekolah', 'Ketua LKSA') RETURNING id`,
    [eventId],
  );
  const form = await desk.visitor.get(`/events/${eventId}/actions/new?block=${block?.id}`);
  expect(form.text).toContain('Anak asuh terkendala zonasi sekolah');
  expect(form.text).toContain('value="Ketua LKSA"');
  expect((await desk.visitor.get(`/events/${other}/actions/new?block=${block?.id}`)).status).toBe(404);
  const fields = {
    title: 'Menyampaikan ke Dinas Pendidikan',
    ownerKind: 'unit',
    ownerUnit: 'Bidang Rehabilitasi',
  };
  const made = { ...fields, block: String(block?.id) };
  expect((await desk.visitor.post(`/events/${other}/actions`, made)).status).toBe(404);
  expect((await desk.visitor.post(`/events/${eventId}/actions`, made)).status).toBe(303);
  const [row] = await desk.sql('SELECT block_id AS block FROM action_item WHERE event_id = $1', [eventId]);
  expect(row).toEqual({ block: block?.id });
});

test('what waits to be asked about stands first in the plan, on the overview and in the path, until it was asked', async () => {
  const { second, id } = await twoYears('agenda');
  const { visitor } = desk;
  await makeAction(desk.app.db, desk.office, { eventId: second, title: 'Janji baru', state: 'verified' });
  const item = 'Agenda pertama: evaluasi RTL sebelumnya, 1 menunggu ditanyakan';
  for (const page of [`/events/${second}`, `/events/${second}/plan`]) {
    const { text } = await visitor.get(page);
    expect([page, text.includes(item)]).toEqual([page, true]);
    expect(text).toContain('1 dari 1 selesai; 1 RTL sebelumnya belum ditanyakan');
    expect(text).toContain(`href="/events/${second}/actions#evaluasi"`);
  }
  const page = (await visitor.get(`/events/${second}/actions`)).text;
  const form = `/events/${second}/actions/${id}/evaluation`;
  await visitor.post(form, { ...formAt(page, form), act: 'note', text: 'Masih diurus' });
  const asked = (await visitor.get(`/events/${second}/plan`)).text;
  expect([asked.includes(item), asked.includes('belum ditanyakan')]).toEqual([false, false]);
});
