import type { DataSource } from 'typeorm';
import type { Permission } from '../src/features/accounts/permissions.js';
import type { Office } from '../src/features/offices/office.entity.js';
import { makeEvent } from './factories/events.js';
import { makeUser, nextSerial } from './factories/people.js';

/** Who may call a route: `open` to all, anybody `signedIn`, the `installation`'s administrator, or by permission. */
export type Expectation = 'open' | 'signedIn' | 'installation' | Permission;

/**
 * Every route behind a session, written down a second time by hand: a route that is missing here, or whose
 * access differs, fails the test. A new route gets a line here, and its `:ids` a sample below.
 */
export const expectations: Record<string, Expectation> = {
  'GET /': 'signedIn',
  'GET /styleguide': 'open',

  'GET /session': 'open',
  'POST /session': 'open',
  'POST /session/end': 'open',
  'GET /session/forgotten': 'open',
  'GET /setup': 'open',
  'POST /setup': 'open',
  'GET /access/:token': 'open',
  'POST /access/:token': 'open',

  'GET /account': 'signedIn',
  'POST /account': 'signedIn',
  'POST /account/password': 'signedIn',
  'POST /account/sessions/end': 'signedIn',
  'GET /account/offices': 'signedIn',
  'POST /account/office': 'signedIn',

  'GET /settings': 'audit.read',
  'GET /settings/audit': 'audit.read',
  'GET /settings/office': 'office.settings',
  'POST /settings/office': 'office.settings',
  'GET /settings/letterhead': 'office.settings',
  'POST /settings/letterhead': 'office.settings',
  'GET /settings/logo': 'office.read',
  'GET /settings/numbering': 'office.settings',
  'POST /settings/numbering': 'office.settings',
  'GET /settings/signatories': 'office.settings',
  'POST /settings/signatories': 'office.settings',
  'GET /settings/signatories/new': 'office.settings',
  'GET /settings/signatories/:id': 'office.settings',
  'POST /settings/signatories/:id': 'office.settings',
  'POST /settings/signatories/:id/removal': 'office.settings',
  'GET /settings/colleagues': 'office.colleagues',
  'POST /settings/colleagues': 'office.colleagues',
  'GET /settings/colleagues/:id': 'office.colleagues',
  'POST /settings/colleagues/:id/roles': 'office.colleagues',
  'POST /settings/colleagues/:id/link': 'office.colleagues',
  'POST /settings/colleagues/:id/removal': 'office.colleagues',

  'GET /installation': 'installation',
  'GET /installation/offices/new': 'installation',
  'POST /installation/offices': 'installation',
  'POST /installation/links': 'installation',

  'GET /events/:id/quota': 'office.read',
  'POST /events/:id/quota': 'quota.edit',
  'POST /events/:id/quota/reserved/:seatId': 'quota.edit',
};

/** Makes a record of an office; `above` are the ids that stand before this one in the path. */
export type Sample = (db: DataSource, office: Office, above: number[]) => Promise<number>;

/**
 * How to make the record that an id in a path stands for, by the path up to that id. Made anew for each route,
 * so that a route may use its record up.
 */
export const samples: Record<string, Sample> = {
  '/settings/signatories/:id': async (db, office) => {
    const [row] = (await db.query(
      `INSERT INTO signatory (office_id, name, position, sort) VALUES ($1, $2, 'Kepala Dinas', 1) RETURNING id`,
      [office.id, `Pejabat Uji ${nextSerial()}`],
    )) as [{ id: number }];
    return row.id;
  },
  '/settings/colleagues/:id': async (db, office) => (await makeUser(db, office, ['secretary'])).id,
  '/events/:id': (db, office) => makeEvent(db, office),
  '/events/:id/quota/reserved/:seatId': async (db, _office, [eventId]) => {
    const [row] = (await db.query(
      `INSERT INTO seat (event_id, number, pool, reserved_for) VALUES ($1, 1, 'reserved', 'speaker') RETURNING id`,
      [eventId],
    )) as [{ id: number }];
    return row.id;
  },
};

/** What a POST must carry to get past its form and to its record; without an entry the form is sent empty. */
export const bodies: Record<string, Record<string, unknown>> = {};
