import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import request from 'supertest';
import { makeAction, makeOwner } from '../factories/actions.js';
import { makeInstitution } from '../factories/institutions.js';
import { approve, begin, lineOf, makeTable, write } from '../factories/minutes.js';
import { openDoor, type Door } from '../attendance/support.js';
import { brokenRules } from '../support/invariants.js';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.app.close());

/**
 * Holds a row while something waits for it, and lets it go after something else has happened: the order of two acts
 * that a test cannot leave to luck.
 */
async function whileHeld(
  [table, id]: ['delegate' | 'action_item' | 'event_quota', number],
  waits: () => PromiseLike<request.Response>,
  happens: () => Promise<unknown>,
): Promise<request.Response> {
  const runner = door.app.db.createQueryRunner();
  await runner.startTransaction();
  try {
    const key = table === 'event_quota' ? 'event_id' : 'id';
    await runner.query(`SELECT 1 FROM ${table} WHERE ${key} = $1 FOR UPDATE`, [id]);
    const waiting = Promise.resolve(waits());
    await somebodyWaits();
    await happens();
    await runner.commitTransaction();
    return await waiting;
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    await runner.release();
  }
}

async function somebodyWaits(atLeast = 1): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const [{ count }] = await door
      .rows<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
      .then((found) => found as [{ count: number }]);
    if (count >= atLeast) return;
    await delay(20);
  }
  throw new Error('nobody waits');
}

const form = (path: string, page: string, fields: Record<string, string>) =>
  request(door.app.app)
    .post(path)
    .set('Accept', 'text/html')
    .type('form')
    .send({ _csrf: door.app.deps.links.formToken(page), clientId: randomUUID(), ...fields });

describe('what is revoked while a form is on its way does nothing any more', () => {
  test('a helper’s link', async () => {
    const { eventId, list, sessions, delegates } = await door.scene();
    const [delegate] = delegates;
    await door.secretary.post(`${list}/scan-links`, { label: 'Pintu' }, list);
    const [{ id }] = (await door.rows('SELECT id FROM scan_link WHERE event_id = $1', [eventId])) as [
      { id: number },
    ];
    const { links } = door.app.deps;
    const page = `/s/${links.token('scan', id, 1)}`;
    const code = links.doorCode(delegate!.id, 1);
    const reply = await whileHeld(
      ['delegate', delegate!.id],
      () => form(`${page}/marks`, page, { code, session: String(sessions[0]) }),
      () => door.secretary.post(`${list}/scan-links/${id}/revocation`, {}, list),
    );
    expect(reply.status).toBe(404);
    expect(await door.rows('SELECT 1 FROM attendance_mark WHERE event_id = $1', [eventId])).toEqual([]);
  });

  test('an owner’s link', async () => {
    const { app, office, browserOf, rows } = door;
    const organizer = await browserOf('organizer');
    const ownerId = await makeOwner(app.db, office);
    const id = await makeAction(app.db, office, { ownerId });
    const page = `/t/${app.deps.links.token('owner', ownerId, 1)}`;
    const fields = { act: 'hand_in', version: '1', text: 'Sudah', url: '' };
    const reply = await whileHeld(
      ['action_item', id],
      () => form(`${page}/actions/${id}`, page, fields),
      () => organizer.post(`/actions/owners/${ownerId}/link`, {}, `/actions/owners/${ownerId}`),
    );
    expect(reply.status).toBe(404);
    expect(await rows('SELECT state FROM action_item WHERE id = $1', [id])).toEqual([{ state: 'open' }]);
    expect(await rows('SELECT 1 FROM action_note WHERE action_id = $1', [id])).toEqual([]);
  });
});

describe('an answer that waits for the event’s lock', () => {
  test.each([
    ['accepts', '/answer', { answer: 'accept', seats: '1' }],
    ['declines', '/answer', { answer: 'decline' }],
    ['gives a seat back', '/delegates/:id/return', {}],
    ['names somebody else', '/delegates/:id', { other: 'other', name: 'Orang Asing' }],
  ])('%s in vain when the link was renewed meanwhile', async (what, path, fields) => {
    const { eventId, delegates } = await door.scene({ accepted: 1 });
    const [delegate] = delegates as [(typeof delegates)[number]];
    const organizer = await door.browserOf('organizer');
    const invitation = `/events/${eventId}/invitations/${delegate.invitationId}`;
    door.app.clock.set('2026-03-11T02:00:00Z');
    if (what === 'accepts') await organizer.post(`${invitation}/answer`, { answer: 'decline' }, invitation);
    const stands = () =>
      door.rows(
        `SELECT i.state, i.answered_at, d.state AS delegate, d.name FROM invitation i
         JOIN delegate d ON d.invitation_id = i.id WHERE i.id = $1 ORDER BY d.id`,
        [delegate.invitationId],
      );
    const before = await stands();
    const page = `/u/${door.app.deps.links.token('invitation', delegate.invitationId, 1)}`;
    const renew = await organizer.prepare(`${invitation}/link`, {}, invitation);
    const renewing: Promise<request.Response>[] = [];
    const reply = await whileHeld(
      ['event_quota', eventId],
      // The renewal stands first in the line for the lock.
      () => {
        renewing.push(renew());
        return somebodyWaits().then(() =>
          form(page + path.replace(':id', String(delegate.id)), page, fields),
        );
      },
      () => somebodyWaits(2),
    );
    expect((await Promise.all(renewing)).map(({ status }) => status)).toEqual([303]);
    expect(reply.status).toBe(404);
    expect(await stands()).toEqual(before);
  });
});

describe('at the same moment', () => {
  const settle = (sends: (() => Promise<request.Response>)[]) => Promise.all(sends.map((send) => send()));

  test('two uploads of one content are two materials of one file', async () => {
    const { eventId } = await door.scene();
    const page = `/events/${eventId}/materials`;
    const content = Buffer.from(`%PDF-1.4\n${randomUUID()}\n%%EOF`);
    const send = (n: number) => () =>
      door.secretary.upload(
        page,
        { field: 'files', content, name: `Paparan ${n}.pdf` },
        { agendaItemId: '', visibility: 'accepted' },
        page,
      );
    const replies = await settle([0, 1, 2, 3].map(send));
    expect(replies.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
    expect(
      await door.rows(
        `SELECT count(*)::int AS materials, count(DISTINCT v.stored_file_id)::int AS files
         FROM material m JOIN material_version v ON v.material_id = m.id WHERE m.event_id = $1`,
        [eventId],
      ),
    ).toEqual([{ materials: 4, files: 1 }]);
  });

  test('a new version and the archive leave a material that is whole and archived', async () => {
    const { eventId } = await door.scene();
    const list = `/events/${eventId}/materials`;
    const place = { agendaItemId: '', visibility: 'accepted' };
    const pdf = (n: number) => ({
      field: 'files',
      content: Buffer.from(`%PDF-1.4\n${randomUUID()}\n%%EOF`),
      name: `Paparan ${n}.pdf`,
    });
    await door.secretary.upload(list, pdf(0), place, list);
    const [{ id }] = (await door.rows('SELECT id FROM material WHERE event_id = $1', [eventId])) as [
      { id: number },
    ];
    const one = `${list}/${id}`;
    const replies = await settle([
      () => door.secretary.upload(`${one}/versions`, pdf(1), {}, one),
      () => door.secretary.post(`${one}/archive`, {}, one),
      () => door.secretary.upload(`${one}/versions`, pdf(2), {}, one),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(
      await door.rows(
        `SELECT m.archived_at IS NOT NULL AS archived, array_agg(v.number ORDER BY v.number) AS numbers
         FROM material m JOIN material_version v ON v.material_id = m.id WHERE m.id = $1 GROUP BY m.id`,
        [id],
      ),
    ).toEqual([{ archived: true, numbers: [1, 2, 3] }]);
  });

  test('publication and correction keep to one order, and the edition is published at most once', async () => {
    for (let round = 0; round < 3; round += 1) {
      door.app.clock.set('2026-03-10T02:00:00Z');
      const table = await makeTable(door.app, door.office);
      await begin(table);
      await write(table, lineOf());
      await approve(table);
      const publish = await table.leader.prepare(`${table.at}/publication`, {}, table.at);
      const correct = await table.secretary.prepare(`${table.at}/correction`, { reason: 'Keliru' }, table.at);
      const replies = await settle([publish, correct, publish]);
      expect(replies.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
      const [found] = await door.rows<{ state: string; edition: number; publications: number }>(
        `SELECT m.state, m.edition, (SELECT count(*)::int FROM minutes_publication p JOIN minutes_edition e
           ON e.id = p.edition_id WHERE e.event_id = m.event_id) AS publications
         FROM minutes m WHERE m.event_id = $1`,
        [table.eventId],
      );
      expect(found).toMatchObject({ state: 'draft', edition: 2 });
      const published = replies.filter(({ status }, at) => at !== 1 && status === 303).length;
      expect(found?.publications).toBe(published);
    }
  });

  test('a walk-in and a quota that is lowered leave no seat that is not counted', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { eventId, session } = await door.scene({ accepted: 1, seats: 2 });
      const organizer = await door.browserOf('organizer');
      const lks = await makeInstitution(door.app.db, door.office);
      const quota = `/events/${eventId}/quota`;
      const [{ version }] = (await door.rows('SELECT version FROM event_quota WHERE event_id = $1', [
        eventId,
      ])) as [{ version: number }];
      const wanted = {
        ...{ seats: '1', seatsPerInstitution: '2', dimension: 'none', offerHours: '48' },
        ...{ capPerRegion: '', capPerType: '', version: String(version) },
        reserved: { speaker: '0', committee: '0', press: '0' },
      };
      const walkIn = `${session}/walk-in/${lks}`;
      const replies = await settle([
        await door.secretary.prepare(walkIn, { name: 'Tamu Uji', clientId: randomUUID() }, walkIn),
        await organizer.prepare(quota, wanted, quota),
      ]);
      expect(replies.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
      // Whoever comes second is told; the quota is never lowered past those who are there.
      expect(replies.map(({ status }) => status).sort()).toEqual([303, 422]);
      expect(await brokenRules(door.app.db, eventId)).toEqual([]);
    }
  });
});
