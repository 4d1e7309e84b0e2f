import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { localParts } from '../../src/i18n/zones.js';
import { makeAction, makeOwner } from '../factories/actions.js';
import { dayFromNow, makeScene } from '../factories/scenes.js';
import { Visitor } from '../support/visitor.js';
import type { House } from './house.js';
import { differs, faultsIn, useHouse, type Race } from './race.js';

/** A form behind a link, which one process serves, and the end of that link, which the other serves. */
interface Underway {
  /** What the form writes last: here it is made to linger, past the moment when its link was judged. */
  lingersAt: string;
  send(): Promise<{ status: number }>;
  end(): Promise<{ status: number }>;
  /** How much the form has recorded. */
  recorded: string;
}

const organizer = (house: House) => new Visitor(house.urls[1]).signIn(house.email);

async function makeEventOfToday(house: House) {
  const dayIn = (hours: number) => localParts(new Date(Date.now() + hours * 3_600_000), 'Asia/Makassar').date;
  const scene = await makeScene(house, {
    // Of two days, so that it is not over in the evening.
    days: [dayIn(0), dayIn(24)],
    answerBy: `${dayFromNow(2)}T15:59:00Z`,
    quota: { seats: 2 },
    institutions: [{ leader: { name: 'Ketua' } }],
  });
  const [invitation = 0] = scene.invitations;
  return { ...scene, invitation };
}

async function answerUnderway(house: House): Promise<Underway> {
  const { eventId, invitation } = await makeEventOfToday(house);
  const phone = await house.phone(invitation, 0).look();
  const page = `/events/${eventId}/invitations/${invitation}`;
  return {
    lingersAt: 'delegate',
    send: () => phone.accept(1, 'take_rest'),
    end: await (await organizer(house)).prepare(`${page}/link`, {}, page),
    recorded: `SELECT count(*)::int AS count FROM delegate WHERE event_id = ${eventId}`,
  };
}

async function markUnderway(house: House): Promise<Underway> {
  const { eventId, invitation } = await makeEventOfToday(house);
  await (await house.phone(invitation, 0).look()).accept(1, 'take_rest');
  const list = `/events/${eventId}/attendance`;
  const office = await organizer(house);
  await office.post(`${list}/scan-links`, { label: 'Pintu' }, list);
  const [{ id, delegate, session }] = (await house.app.db.query(
    `SELECT k.id, (SELECT d.id FROM delegate d WHERE d.event_id = $1) AS delegate,
       (SELECT x.id FROM event_session x JOIN event_day y ON y.id = x.day_id WHERE y.event_id = $1
         ORDER BY x.starts_at LIMIT 1) AS session
     FROM scan_link k WHERE k.event_id = $1`,
    [eventId],
  )) as [{ id: number; delegate: number; session: number }];
  const { links } = house.app.deps;
  const page = `/s/${links.token('scan', id, 1)}`;
  const form = { code: links.doorCode(delegate, 1), session: String(session), clientId: randomUUID() };
  return {
    lingersAt: 'attendance_mark',
    send: await new Visitor(house.urls[0]).prepare(`${page}/marks`, form, page),
    end: await office.prepare(`${list}/scan-links/${id}/revocation`, {}, list),
    recorded: `SELECT count(*)::int AS count FROM attendance_mark WHERE event_id = ${eventId}`,
  };
}

async function reportUnderway(house: House): Promise<Underway> {
  const ownerId = await makeOwner(house.app.db, house.office);
  const id = await makeAction(house.app.db, house.office, { ownerId });
  const page = `/t/${house.app.deps.links.token('owner', ownerId, 1)}`;
  const form = { act: 'note', version: '1', text: 'Sudah', url: '', clientId: randomUUID() };
  const owner = `/actions/owners/${ownerId}`;
  return {
    lingersAt: 'action_note',
    send: await new Visitor(house.urls[0]).prepare(`${page}/actions/${id}`, form, page),
    end: await (await organizer(house)).prepare(`${owner}/link`, {}, owner),
    recorded: `SELECT count(*)::int AS count FROM action_note WHERE action_id = ${id}`,
  };
}

async function linger({ app }: House, table: string): Promise<void> {
  await app.db.query(`
    CREATE OR REPLACE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(1.5); RETURN NEW; END $$;
    CREATE OR REPLACE TRIGGER linger BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION linger()`);
}

async function somebodyLingers({ app }: House): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    const found = (await app.db.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`,
    )) as unknown[];
    if (found.length > 0) return;
    await delay(10);
  }
  throw new Error('the form has not come so far');
}

/** From the moment that the office was told that the link has ended, nothing more comes in by it. */
const endedUnderway =
  (prepare: (house: House) => Promise<Underway>): Race =>
  async (house) => {
    const { lingersAt, send, end, recorded } = await prepare(house);
    const count = async () => ((await house.app.db.query(recorded)) as [{ count: number }])[0].count;
    await linger(house, lingersAt);
    try {
      const sending = send();
      await somebodyLingers(house);
      const ended = await end();
      const then = await count();
      const sent = await sending;
      return [
        ...differs('the end of the link', ended.status, 303),
        ...differs('came in after the end of its link', (await count()) - then, 0),
        // It was judged before the link ended, so it counts.
        ...differs('the form', sent.status < 400, true),
        ...differs('recorded', await count(), 1),
      ];
    } finally {
      await house.app.db.query(`DROP TRIGGER linger ON ${lingersAt}`);
    }
  };

const forms: [what: string, race: Race, lock: string][] = [
  ['an answer, and its link is renewed', endedUnderway(answerUnderway), 'event_quota'],
  ['a scan, and the helper’s link is revoked', endedUnderway(markUnderway), 'scan_link'],
  ['a report, and the owner’s link is renewed', endedUnderway(reportUnderway), 'action_owner'],
];

describe('a form is under way while its link ends: it counts wholly before the end, or not at all', () => {
  const house = useHouse();

  test.each(forms)('%s', async (_what, race) => {
    expect(await race(house())).toEqual([]);
  });
});

describe.each(forms)('without its lock that does not hold of %s', (_what, race, lock) => {
  const house = useHouse({ leftOut: [lock] });

  test('something comes in after the end of its link', async () => {
    expect(await faultsIn(race, house(), 3)).toContain('came in after the end of its link: 1, not 0');
  });
});
