import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { answer, makeInvitations } from '../factories/invitations.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { brokenRules } from '../support/invariants.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let actor: OfficeActor;
let organizer: Visitor;
let eventId: number;

beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  const user = await makeUser(app.db, office);
  actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
  organizer = await new Visitor(app.app).signIn(user.email);
});
afterAll(() => app.close());
beforeEach(async () => {
  eventId = await makeEvent(app.db, office);
});

const version = async () =>
  (
    (await app.db.query('SELECT version FROM event_quota WHERE event_id = $1', [eventId])) as [
      { version: number },
    ]
  )[0].version;

const strata = async () =>
  (await app.db.query('SELECT key, seats FROM quota_stratum WHERE event_id = $1 ORDER BY position', [
    eventId,
  ])) as {
    key: string;
    seats: number;
  }[];

/** Sends the form of the quota page: 6 seats by service, unless told otherwise. */
async function save(given: Record<string, unknown> = {}) {
  const form = {
    act: 'save',
    seats: 6,
    seatsPerInstitution: 2,
    offerHours: 48,
    dimension: 'service',
    version: await version(),
    strata: {
      0: { key: 'anak', seats: 4, limit: '' },
      1: { key: 'napza', seats: 2, limit: 1 },
      2: { key: '', seats: '', limit: '' },
    },
    reserved: { speaker: 1, committee: 0, press: 0 },
    ...given,
  };
  return organizer.post(`/events/${eventId}/quota`, form, `/events/${eventId}/quota`);
}

describe('the seats of an event', () => {
  test('are shared as typed; “others” is always there; each change is in the log', async () => {
    const saved = await save();
    expect([saved.status, saved.headers.location]).toEqual([303, `/events/${eventId}/quota`]);
    expect(await strata()).toEqual([
      { key: 'anak', seats: 4 },
      { key: 'napza', seats: 2 },
      { key: 'lainnya', seats: 0 },
    ]);
    expect(await brokenRules(app.db, eventId)).toEqual([]);
    const log = (await app.db.query(
      `SELECT 1 FROM audit_entry WHERE action = 'quota.save' AND subject_id = $1`,
      [eventId],
    )) as unknown[];
    expect(log).toHaveLength(1);
    const page = await organizer.get(`/events/${eventId}/quota`);
    expect(page.text).toContain('0 dari 6 kursi terisi');
  });

  test('are saved by whoever goes on to the invitations, too; a mistake keeps them here', async () => {
    expect((await organizer.get(`/events/${eventId}/quota`)).text).toContain('name="act" value="next"');
    const gone = await save({ act: 'next' });
    expect([gone.status, gone.headers.location]).toEqual([303, `/events/${eventId}/invitations`]);
    expect((await strata())[0]).toEqual({ key: 'anak', seats: 4 });
    expect((await organizer.get(`/events/${eventId}/invitations`)).text).toContain('Tersimpan: 6 kursi.');
    expect((await save({ act: 'next', seats: 9 })).status).toBe(422);
  });

  test('must add up, and what was typed comes back with the numbers', async () => {
    const refused = await save({ seats: 9 });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Pembagian berjumlah 6 kursi, padahal kuotanya 9.');
    expect(refused.text).toContain('value="9"');
    expect(await strata()).toEqual([]);
  });

  test('are suggested in proportion to the institutions, and only kept when saved', async () => {
    for (let i = 0; i < 5; i += 1) await makeInstitution(app.db, office, { services: ['anak'] });
    await makeInstitution(app.db, office, { services: ['napza'] });
    const suggested = await save({ act: 'suggest', seats: 4 });
    expect(suggested.status).toBe(200);
    expect(suggested.text).toMatch(/name="strata\[0\]\[seats\]" value="3"/);
    expect(suggested.text).toContain('Ini baru usulan.');
    expect(suggested.text).toMatch(/name="strata\[1\]\[seats\]" value="1"/);
    expect(await strata()).toEqual([]);
    const tooFew = await save({ act: 'suggest', seats: 1 });
    expect([tooFew.status, tooFew.text.includes('memerlukan 2 kursi; kuotanya 1')]).toEqual([422, true]);
  });

  test('cannot fall below what is taken, with the numbers; the way of sharing is fixed then', async () => {
    await save();
    const ids = await Promise.all(
      [1, 2, 3].map(() => makeInstitution(app.db, office, { services: ['anak'] })),
    );
    const invitations = await makeInvitations(app, actor, eventId, ids);
    for (const id of invitations) await answer(app, eventId, id, 'accepts');
    const fewer = {
      seats: 4,
      strata: { 0: { key: 'anak', seats: 2, limit: '' }, 1: { key: 'napza', seats: 2, limit: '' } },
    };
    const refused = await save(fewer);
    expect([
      refused.status,
      refused.text.includes('Sudah 3 kursi terisi dan 0 ditahan; 2 terlalu sedikit.'),
    ]).toEqual([422, true]);
    const other = await save({ dimension: 'none', strata: {} });
    expect([other.status, other.text.includes('Pembagian tidak dapat diganti')]).toEqual([422, true]);
    const capped = await save({ capPerRegion: 2 });
    expect([capped.status, capped.text.includes('Sudah ada yang memakai 3 kursi')]).toEqual([422, true]);
  });

  test('that are added go at once to those who wait', async () => {
    await save({ seats: 2, dimension: 'none', strata: {} });
    const ids = await Promise.all([1, 2, 3].map(() => makeInstitution(app.db, office)));
    const invitations = await makeInvitations(app, actor, eventId, ids);
    for (const id of invitations) await answer(app, eventId, id, 'accepts');
    const states = async () =>
      (
        (await app.db.query('SELECT state FROM invitation WHERE event_id = $1 ORDER BY id', [eventId])) as {
          state: string;
        }[]
      ).map(({ state }) => state);
    expect(await states()).toEqual(['accepted', 'accepted', 'waiting']);
    await save({ seats: 3, dimension: 'none', strata: {} });
    expect(await states()).toEqual(['accepted', 'accepted', 'accepted']);
    expect(await brokenRules(app.db, eventId)).toEqual([]);
  });

  test('changed by somebody else meanwhile are not overwritten', async () => {
    const old = await version();
    await save();
    const late = await save({ version: old, seats: 2, dimension: 'none', strata: {} });
    expect(late.status).toBe(422);
    expect(late.text).toContain('baru saja diubah orang lain');
  });

  test('of an event that is over do not change any more', async () => {
    for (const state of ['finished', 'cancelled']) {
      await app.db.query('UPDATE event SET state = $2, cancel_reason = $2 WHERE id = $1', [eventId, state]);
      const late = await save();
      expect([late.status, late.text.includes('sudah selesai atau batal')]).toEqual([409, true]);
    }
  });

  test('reserved ones are named outside the quota', async () => {
    await save();
    const [seat] = (await app.db.query(`SELECT id FROM seat WHERE event_id = $1 AND pool = 'reserved'`, [
      eventId,
    ])) as [{ id: number }];
    await organizer.post(`/events/${eventId}/quota/reserved/${seat.id}`, {
      holderName: 'Narasumber <b>Uji</b>',
    });
    const page = await organizer.get(`/events/${eventId}/quota`);
    expect(page.text).toContain('Narasumber &lt;b&gt;Uji&lt;/b&gt;');
    expect(page.text).toContain('0 dari 6 kursi terisi');
    const fewer = await save({ reserved: { speaker: 0, committee: 0, press: 0 } });
    expect(fewer.status).toBe(422);
  });

  test('reserved ones that are named stay when there are to be fewer; each naming is in the log', async () => {
    await save({ reserved: { speaker: 2, committee: 0, press: 0 } });
    const seats = (await app.db.query(
      `SELECT id FROM seat WHERE event_id = $1 AND pool = 'reserved' ORDER BY number`,
      [eventId],
    )) as { id: number }[];
    const [, last = { id: 0 }] = seats;
    await organizer.post(`/events/${eventId}/quota/reserved/${last.id}`, { holderName: 'Rahmah' });
    expect((await save({ reserved: { speaker: 1, committee: 0, press: 0 } })).status).toBe(303);
    const left = await app.db.query(
      `SELECT id, holder_name FROM seat WHERE event_id = $1 AND pool = 'reserved'`,
      [eventId],
    );
    expect(left).toEqual([{ id: last.id, holder_name: 'Rahmah' }]);
    const log = await app.db.query(
      `SELECT fields FROM audit_entry WHERE action = 'quota.reserved' AND subject_id = $1`,
      [eventId],
    );
    expect(log).toEqual([{ fields: ['holder_name'] }]);
  });

  test('a name goes on a reserved seat of this event only: not on another’s, not on a delegate’s', async () => {
    await save();
    const own = eventId;
    const [delegates] = (await app.db.query(
      `SELECT id FROM seat WHERE event_id = $1 AND pool = 'quota' ORDER BY id LIMIT 1`,
      [own],
    )) as [{ id: number }];
    eventId = await makeEvent(app.db, office);
    await save();
    const [other] = (await app.db.query(`SELECT id FROM seat WHERE event_id = $1 AND pool = 'reserved'`, [
      eventId,
    ])) as [{ id: number }];
    for (const { id } of [delegates, other]) {
      const reply = await organizer.post(`/events/${own}/quota/reserved/${id}`, { holderName: 'X' });
      expect(reply.status).toBe(404);
    }
    expect(await app.db.query(`SELECT 1 FROM seat WHERE holder_name = 'X'`)).toEqual([]);
  });

  test('may have a cap that is just reached', async () => {
    await save();
    const ids = await Promise.all(
      [1, 2].map(() => makeInstitution(app.db, office, { services: ['anak'], regionCode: '63.71' })),
    );
    for (const id of await makeInvitations(app, actor, eventId, ids))
      await answer(app, eventId, id, 'accepts');
    expect((await save({ capPerRegion: 2 })).status).toBe(303);
    expect((await save({ capPerRegion: 1 })).status).toBe(422);
  });
});
