import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { dayFromNow } from '../factories/scenes.js';
import { Visitor } from '../support/visitor.js';
import type { House } from './house.js';
import { differs, faultsIn, useHouse, type Race } from './race.js';

/** What a colleague does to an institution meanwhile; resolves once it was answered. */
type Meddling = (
  office: Visitor,
  institution: { id: number; name: string },
) => Promise<() => Promise<unknown>>;

/** Reads the office's list anew, in which the institution has another main service. */
const imports: Meddling = async (office, { name }) => {
  const content = Buffer.from(`Nama LKS;Kab/Kota;Jenis layanan\n${name};Kota Banjarmasin;NAPZA\n`);
  const sent = await office.upload('/institutions/import', { field: 'file', content, name: 'daftar.csv' });
  return office.prepare(`${sent.headers.location}/application`);
};

/** Corrects its main service by hand. */
const edits: Meddling = async (office, { id, name }) => {
  const page = `/institutions/${id}/edit`;
  const { text } = await office.get(page);
  const version = /name="version" value="(\d+)"/.exec(text)?.[1] ?? '';
  const facts = { name, regionCode: '63.71', mainService: 'napza', ownership: 'community', version };
  return office.prepare(page, { ...facts, registrationState: 'registered' }, page);
};

const until = async (what: () => Promise<boolean>): Promise<boolean> => {
  for (let look = 0; look < 60; look += 1) {
    if (await what()) return true;
    await delay(50);
  }
  return false;
};

/**
 * A decision has read whom to choose, and lingers before it writes; in the other process the registry is changed.
 * Whatever comes first: the list holds what the run says.
 */
const decides =
  (meddle: Meddling): Race =>
  async (house: House) => {
    const { app, office } = house;
    const eventId = await makeEvent(app.db, office, {
      state: 'draft',
      days: [dayFromNow(30)],
      answerBy: `${dayFromNow(20)}T15:59:00Z`,
    });
    await app.db.query('UPDATE institution SET archived_at = now() WHERE archived_at IS NULL');
    const name = `LKSA Bersama ${eventId}`;
    const id = await makeInstitution(app.db, office, { name });
    await makeInstitution(app.db, office, { services: ['napza'] });
    const [decider, colleague] = [await signIn(house, 0), await signIn(house, 1)];
    const page = `/events/${eventId}/selection`;
    const seen = /name="seen" value="([0-9a-f]{64})"/.exec((await decider.get(page)).text)?.[1] ?? '';
    const decide = await decider.prepare(`${page}/decision`, { seen, firstWaveOn: '', offerHours: '48' });
    const change = await meddle(colleague, { id, name });

    const blocker = app.db.createQueryRunner();
    await blocker.startTransaction();
    await blocker.query('LOCK TABLE quota_stratum IN SHARE MODE');
    const deciding = decide();
    const isLingering = await until(async () => {
      const waiting = (await app.db.query(
        `SELECT 1 FROM pg_locks WHERE relation = 'quota_stratum'::regclass AND NOT granted`,
      )) as unknown[];
      return waiting.length > 0;
    });
    const changing = change();
    // Time enough for a change that nothing holds back.
    await Promise.race([changing, delay(1_500)]);
    await delay(300);
    await blocker.rollbackTransaction();
    await blocker.release();
    const decided = await deciding;
    await changing;

    const rows = (await app.db.query(
      `SELECT e.facts->>'serviceKey' AS decided, v.service_key AS listed
       FROM selection_entry e JOIN selection_run r ON r.id = e.run_id
       JOIN invitation v ON v.event_id = r.event_id AND v.institution_id = e.institution_id
       WHERE r.event_id = $1 AND e.institution_id = $2`,
      [eventId, id],
    )) as unknown;
    const isChanged = await until(async () => {
      const [service] = (await app.db.query(
        'SELECT service_type AS type FROM institution_service WHERE institution_id = $1 AND position = 1',
        [id],
      )) as [{ type: string }];
      return service.type === 'napza';
    });
    return [
      ...differs('lingered', isLingering, true),
      ...differs('decision', decided.status, 303),
      ...differs('entry and list', rows, [{ decided: 'anak', listed: 'anak' }]),
      ...differs('the change came through in the end', isChanged, true),
    ];
  };

const signIn = (house: House, process: 0 | 1) => new Visitor(house.urls[process]).signIn(house.email);

const races: [name: string, race: Race][] = [
  ['an import while a selection is decided', decides(imports)],
  ['a correction while a selection is decided', decides(edits)],
];

describe('in two processes', () => {
  const house = useHouse({ clockSeconds: 1 });
  test.each(races)('%s changes nothing of what is decided, and comes after it', async (_name, race) => {
    expect(await faultsIn(race, house(), 2)).toEqual([]);
  });
});

describe('in two processes without the lock', () => {
  const house = useHouse({ leftOut: ['institution'], clockSeconds: 1 });
  test.each(races)('%s puts it where the run did not', async (_name, race) => {
    expect(await faultsIn(race, house(), 3)).toEqual([
      'entry and list: [{"decided":"anak","listed":"napza"}], not [{"decided":"anak","listed":"anak"}]',
    ]);
  });
});
