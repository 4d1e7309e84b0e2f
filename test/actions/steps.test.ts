import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { actionStates, allows, verbs } from '../../src/features/actions/action.machine.js';
import { resumeDeferred } from '../../src/features/actions/actions.service.js';
import { makeAction, makeOwner } from '../factories/actions.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { openDesk, type Desk } from './support.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.app.close());

const form = {
  title: 'Mengurus izin',
  ownerKind: 'unit',
  ownerUnit: 'Bidang Rehabilitasi',
  dueOn: '2026-05-01',
};
const lastAction = async () =>
  (await desk.sql<{ id: number }>('SELECT max(id) AS id FROM action_item'))[0]?.id ?? 0;
const history = async (id: number) =>
  (
    await desk.sql<{ verb: string }>('SELECT verb FROM action_change WHERE action_id = $1 ORDER BY id', [id])
  ).map(({ verb }) => verb);
const audits = async (id: number) =>
  desk.sql<{ action: string; fields: string[] }>(
    `SELECT action, fields FROM audit_entry WHERE subject_type = 'action' AND subject_id = $1 ORDER BY id`,
    [id],
  );

test('the table of states lets a link start and hand in, and nothing more', () => {
  const byLink = verbs.filter((verb) => actionStates.some((state) => allows(verb, state, 'link')));
  expect(byLink).toEqual(['start', 'hand_in']);
  for (const state of ['verified', 'dropped'] as const)
    expect(verbs.filter((verb) => allows(verb, state, 'office'))).toEqual(['reopen']);
});

test('a follow-up is written down with its owner, history and audit entry', async () => {
  const reply = await desk.visitor.post('/actions', form);
  expect(reply.status).toBe(303);
  const id = await lastAction();
  const page = await desk.visitor.get(`/actions/${id}`);
  for (const words of ['Mengurus izin', 'Bidang Rehabilitasi', '1 Mei 2026', 'Belum dimulai'])
    expect(page.text).toContain(words);
  expect(await history(id)).toEqual(['create']);
  expect(await audits(id)).toEqual([{ action: 'action.created', fields: [] }]);
});

test('the same owner is one record, however often it is named', async () => {
  const before = await desk.sql('SELECT 1 FROM action_owner');
  await desk.visitor.post('/actions', { ...form, ownerUnit: 'BIDANG rehabilitasi' });
  const again = { ...form, ownerKind: 'outside', ownerOutside: 'Kantor Pos', ownerPhone: '0812 3456 7890' };
  await desk.visitor.post('/actions', again);
  await desk.visitor.post('/actions', { ...again, ownerOutside: 'kantor pos', ownerPhone: '' });
  const after = await desk.sql<{ phone: string | null }>('SELECT phone FROM action_owner ORDER BY id DESC');
  expect(after).toHaveLength(before.length + 1);
  expect(after[0]?.phone).toBe('+6281234567890');
});

test('an LKS is found by its name; an unknown or ambiguous one is told at its field', async () => {
  const name = 'LKSA Tunas Kasih';
  await makeInstitution(desk.app.db, desk.office, { name: `${name} Satu` });
  await makeInstitution(desk.app.db, desk.office, { name: `${name} Dua` });
  const asked = (typed: string) =>
    desk.visitor.post('/actions', { ...form, ownerKind: 'institution', ownerInstitution: typed });
  expect((await asked(`${name} Satu`)).status).toBe(303);
  for (const [typed, words] of [
    ['', 'Wajib diisi'],
    ['Tidak Ada Sama Sekali', 'Tidak ada LKS dengan nama itu'],
    [name, 'Ada beberapa LKS yang cocok'],
  ] as const) {
    const { status, text } = await asked(typed);
    expect([status, text.includes(words), text.includes('Mengurus izin')]).toEqual([422, true, true]);
  }
});

test('each step is taken by who may, kept in the history, and named in the audit', async () => {
  const id = await makeAction(desk.app.db, desk.office, { dueOn: '2026-03-20' });
  const { visitor: leader } = await desk.colleague(['leader']);
  const { visitor: secretary } = await desk.colleague(['secretary']);
  for (const [who, noun, fields, state] of [
    [secretary, 'start', {}, 'in_progress'],
    [secretary, 'completion', {}, 'handed_in'],
    [desk.visitor, 'return', { returnReason: 'Fotonya kurang jelas' }, 'returned'],
    [desk.visitor, 'deferral', { deferReason: 'Menunggu anggaran', deferUntil: '2026-06-01' }, 'deferred'],
    [desk.visitor, 'resumption', {}, 'open'],
    [desk.visitor, 'completion', {}, 'handed_in'],
    [leader, 'verification', {}, 'verified'],
    [leader, 'reopening', { reopenReason: 'Ternyata belum' }, 'open'],
    [leader, 'cancellation', { dropReason: 'Tidak perlu lagi' }, 'dropped'],
  ] as const) {
    const { status } = await desk.step(who, id, noun, fields);
    expect([noun, status, (await desk.look(id)).state]).toEqual([noun, 303, state]);
  }
  expect(await history(id)).toEqual([
    'create',
    ...['start', 'hand_in', 'return', 'defer', 'resume', 'hand_in', 'verify', 'reopen', 'drop'],
  ]);
  expect((await audits(id)).map(({ action }) => action)).toContain('action.verify');
  expect((await desk.visitor.get(`/actions/${id}`)).text).toContain('Tidak perlu lagi');
});

describe('a step is refused', () => {
  test('to a role that may not take it', async () => {
    const id = await makeAction(desk.app.db, desk.office, { state: 'handed_in' });
    const { visitor: secretary } = await desk.colleague(['secretary']);
    expect((await desk.step(secretary, id, 'verification')).status).toBe(403);
    expect((await desk.step(desk.visitor, id, 'cancellation', { dropReason: 'x' })).status).toBe(403);
    expect((await desk.look(id)).state).toBe('handed_in');
  });

  test('to whoever owes it and handed it in: nobody verifies their own work', async () => {
    const ownerId = await makeOwner(desk.app.db, desk.office, { kind: 'user', userId: desk.userId });
    const id = await makeAction(desk.app.db, desk.office, { ownerId });
    await desk.step(desk.visitor, id, 'completion');
    expect((await desk.visitor.get(`/actions/${id}`)).text).not.toContain('Nyatakan selesai');
    expect((await desk.step(desk.visitor, id, 'verification')).status).toBe(403);
    const { visitor: other } = await desk.colleague(['organizer']);
    expect((await desk.step(other, id, 'verification')).status).toBe(303);
  });

  test('when the state does not allow it, or somebody was faster', async () => {
    const id = await makeAction(desk.app.db, desk.office);
    expect((await desk.step(desk.visitor, id, 'verification')).status).toBe(409);
    await desk.step(desk.visitor, id, 'start');
    const stale = await desk.visitor.post(`/actions/${id}/completion`, { version: '1' });
    expect([stale.status, stale.text.includes('baru saja diubah orang lain')]).toEqual([422, true]);
    expect((await desk.look(id)).state).toBe('in_progress');
  });

  test('without a reason, or for a day that is not ahead; what was typed stays', async () => {
    const id = await makeAction(desk.app.db, desk.office, { state: 'in_progress' });
    const past = await desk.step(desk.visitor, id, 'deferral', {
      deferReason: 'Cuaca',
      deferUntil: '2026-03-02',
    });
    expect([past.status, past.text.includes('Cuaca'), past.text.includes('sesudah hari ini')]).toEqual([
      422,
      true,
      true,
    ]);
    const silent = await desk.step(desk.visitor, id, 'deferral', {
      deferReason: ' ',
      deferUntil: '2026-04-01',
    });
    expect(silent.status).toBe(422);
  });
});

test('what was deferred is open again on its day, by the clock or by whoever comes first', async () => {
  const given = { state: 'deferred', deferredUntil: '2026-03-05' } as const;
  const [byClock, byPerson, later] = [
    await makeAction(desk.app.db, desk.office, given),
    await makeAction(desk.app.db, desk.office, given),
    await makeAction(desk.app.db, desk.office, { ...given, deferredUntil: '2026-03-06' }),
  ];
  // 5 March has begun in Banjarmasin, and not yet in Greenwich.
  desk.app.clock.set('2026-03-04T17:00:00Z');
  const { version } = await desk.look(byPerson);
  const reply = await desk.visitor.post(`/actions/${byPerson}/completion`, { version: String(version) });
  // It changed under their eyes: they are shown so, and send once more.
  expect(reply.status).toBe(422);
  expect(await resumeDeferred(desk.app.deps)).toBe(2);
  expect((await desk.look(byClock)).state).toBe('open');
  expect((await desk.look(later)).state).toBe('deferred');
  expect(await history(byClock)).toEqual(['create', 'resume']);
  desk.app.clock.set('2026-03-02T02:00:00Z');
});

test('facts are changed with a version; the history names them, and closed ones stay', async () => {
  const id = await makeAction(desk.app.db, desk.office, { title: 'Sebelum' });
  const changed = { ...form, title: 'Sesudah', version: '1' };
  expect((await desk.visitor.post(`/actions/${id}/edit`, changed)).status).toBe(303);
  expect((await desk.visitor.post(`/actions/${id}/edit`, changed)).status).toBe(422);
  const [line] = await desk.sql<{ fields: string[] }>(
    `SELECT fields FROM action_change WHERE action_id = $1 AND verb = 'change'`,
    [id],
  );
  expect(line?.fields.sort()).toEqual(['dueOn', 'ownerId', 'title']);
  const closed = await makeAction(desk.app.db, desk.office, { state: 'verified' });
  expect((await desk.visitor.post(`/actions/${closed}/edit`, changed)).status).toBe(422);
});

test('the forms take nothing of another office: no event, series, colleague, owner, follow-up', async () => {
  const other = await openOther();
  const before = await lastAction();
  expect((await desk.visitor.post(`/events/${other.eventId}/actions`, form)).status).toBe(404);
  expect((await desk.visitor.get(`/events/${other.eventId}/actions/new`)).status).toBe(404);
  expect((await desk.visitor.post('/actions', { ...form, seriesId: String(other.seriesId) })).status).toBe(
    422,
  );
  const colleague = { ...form, ownerKind: 'user', ownerUserId: String(other.userId) };
  expect((await desk.visitor.post('/actions', colleague)).status).toBe(422);
  for (const path of [`/actions/${other.actionId}`, `/actions/owners/${other.ownerId}`])
    expect((await desk.visitor.get(path)).status).toBe(404);
  const board = await desk.visitor.get(`/actions?owner=${other.ownerId}&state=all`);
  expect(board.text).toContain('Tidak ada yang cocok');
  expect(await lastAction()).toBe(before);
});

async function openOther() {
  const { app } = desk;
  const office = await makeOffice(app.db, { regionCode: '33', zone: 'Asia/Jakarta' });
  const ownerId = await makeOwner(app.db, office);
  const [series] = await desk.sql<{ id: number }>(
    `INSERT INTO event_series (office_id, name) VALUES ($1, 'Lain') RETURNING id`,
    [office.id],
  );
  return {
    eventId: await makeEvent(app.db, office),
    seriesId: series?.id,
    userId: (await makeUser(app.db, office)).id,
    ownerId,
    actionId: await makeAction(app.db, office, { ownerId }),
  };
}

test('script in any text is shown as text, to the office and to the owner', async () => {
  const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>';
  const ownerId = await makeOwner(desk.app.db, desk.office);
  const id = await makeAction(desk.app.db, desk.office, { ownerId, title: evil, problem: evil });
  await desk.step(desk.visitor, id, 'completion');
  await desk.step(desk.visitor, id, 'return', { returnReason: evil });
  await desk.sql(`UPDATE action_item SET involved = $2, proposed_by = $2 WHERE id = $1`, [id, evil]);
  await desk.sql('UPDATE action_owner SET name = $2 WHERE id = $1', [ownerId, evil]);
  const pages = [`/actions/${id}`, '/actions', `/actions/owners/${ownerId}`, `/actions/${id}/edit`];
  for (const path of [...pages, await desk.ownerLink(ownerId)]) {
    const { status, text } = await desk.visitor.get(path);
    expect([path, status, text.includes('<script>alert'), text.includes('<img src=x')]).toEqual([
      path,
      200,
      false,
      false,
    ]);
  }
});
