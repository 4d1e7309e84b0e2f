import { expect, test } from '@jest/globals';
import { findActor } from '../../src/features/accounts/actor.repository.js';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeAction, makeOwner } from '../factories/actions.js';
import { makeEvent } from '../factories/events.js';
import { makeMailScene } from '../factories/mails.js';
import { approve, begin, lineOf, makeTable, write } from '../factories/minutes.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { makeRun } from '../factories/selections.js';
import { describeJourney, screens, signIn, type Journey } from '../support/browser.js';
import { inspect } from './support/inspect.js';
import { makeSituation, situations } from './support/situations.js';
import { walk } from './support/walk.js';

/** Pages that need no record, by the name of their picture. */
const fixed = {
  home: '/',
  events: '/events',
  calendar: '/events/calendar?month=2026-03',
  'event-new': '/events/new',
  institutions: '/institutions',
  'actions-empty': '/actions?owner=999999',
  actions: '/actions',
  'action-new': '/actions/new',
  'institution-new': '/institutions/new',
  import: '/institutions/import',
  issues: '/issues',
  settings: '/settings',
  'settings-office': '/settings/office',
  'settings-letterhead': '/settings/letterhead',
  'settings-numbering': '/settings/numbering',
  'settings-templates': '/settings/message-templates',
  'settings-template': '/settings/message-templates/text?purpose=changed',
  'settings-calendar': '/settings/calendar',
  'settings-signatories': '/settings/signatories',
  'signatory-new': '/settings/signatories/new',
  colleagues: '/settings/colleagues',
  audit: '/settings/audit',
  installation: '/installation',
  'mail-server': '/installation/mail',
  outbox: '/settings/outbox',
  'office-new': '/installation/offices/new',
  account: '/account',
  'account-offices': '/account/offices',
  styleguide: '/styleguide',
  'not-found': '/tidak-ada',
};

/** Minutes with a line of each kind, lists, an edition and an issue; those of an event of their own. */
async function makeMinutesPages(journey: Journey, office: Office): Promise<Record<string, string>> {
  const table = await makeTable(journey, office);
  const { at, eventId, secretary } = table;
  await begin(table);
  const issue = lineOf({
    kind: 'issue',
    text: 'Zonasi sekolah',
    person: 'Ibu Rahma',
    origin: 'LKSA Harapan',
  });
  await write(table, lineOf({ kind: 'opening', text: 'Rapat dibuka' }));
  await write(table, issue);
  await write(table, lineOf({ kind: 'response', parent: issue.clientId, text: 'Disampaikan' }));
  await write(table, lineOf({ kind: 'decision', text: 'Disepakati' }));
  const figure = { id: '', clientId: '', version: '0', name: 'Panti', total: '14' };
  const parts = {
    'rows.0.name': 'terakreditasi',
    'rows.0.value': '8',
    'rows.1.name': 'belum',
    'rows.1.value': '6',
  };
  await secretary.post(`${at}/indicators`, { ...figure, ...parts }, `${at}/lists`);
  await approve(table);
  await secretary.post(`${at}/correction`, { reason: 'Salah tulis' }, at);
  const [line] = await journey.db.query(`SELECT id FROM minutes_block WHERE event_id = $1 LIMIT 1`, [
    eventId,
  ]);
  const [raised] = await journey.db.query('SELECT id FROM issue WHERE event_id = $1', [eventId]);
  const fresh = await makeEvent(journey.db, office);
  const closed = await makeTable(journey, office);
  await begin(closed);
  await write(closed, lineOf({ text: 'Pembahasan' }));
  await approve(closed);
  return {
    'minutes-none': `/events/${fresh}/minutes`,
    minutes: at,
    'minutes-head': `${at}/head`,
    'minutes-lists': `${at}/lists`,
    'minutes-history': `${at}/blocks/${line.id}`,
    'minutes-editions': `${at}/editions`,
    'minutes-edition': `${at}/editions/1`,
    'minutes-approved': closed.at,
    issue: `/issues/${raised.id}`,
  };
}

async function makeRecords(journey: Journey): Promise<{ email: string; pages: Record<string, string> }> {
  const office = await makeOffice(journey.db, {
    name: 'Dinas Sosial Provinsi Kalimantan Selatan',
    shortName: 'Dinsos Kalsel',
  });
  const user = await makeUser(journey.db, office, ['administrator', 'organizer'], {
    isInstallationAdmin: true,
  });
  const colleague = await makeUser(journey.db, office, ['secretary']);
  const actor = (await findActor(journey.db, user.id, office.id)) as OfficeActor;
  const accepted = situations.find(({ name }) => name === 'accepted');
  const { eventId, id, sql } = await makeSituation(journey, actor, accepted ?? { name: 'open' });
  const draft = await makeEvent(journey.db, office, {
    state: 'draft',
    title: 'Rapat Koordinasi LKS',
  });
  await makeSituation(
    journey,
    actor,
    situations.find(({ name }) => name === 'cancelled') ?? { name: 'open' },
  );
  const [{ institution }] = (await sql(
    `SELECT institution_id AS institution FROM invitation WHERE id = ${id}`,
  )) as [{ institution: number }];
  const ownerId = await makeOwner(journey.db, office, { kind: 'institution', institutionId: institution });
  const given = { ownerId, dueOn: '2026-02-20', problem: 'Izin operasional berakhir.' };
  const action = await makeAction(journey.db, office, { ...given, eventId, state: 'handed_in' });
  const returned = await makeAction(journey.db, office, { ...given, state: 'returned' });
  const [series] = (await sql(
    `INSERT INTO event_series (office_id, name) VALUES (${office.id}, 'Bimtek LKS') RETURNING id`,
  )) as [{ id: number }];
  const later = await makeEvent(journey.db, office, { title: 'Bimtek lanjutan', days: ['2026-09-20'] });
  await sql(`UPDATE event SET series_id = ${series.id} WHERE id IN (${eventId}, ${later})`);
  const event = `/events/${eventId}`;
  const run = await makeRun(journey.db, eventId, user.id, institution);
  const minutes = await makeMinutesPages(journey, office);
  const { messages } = await makeMailScene(journey.db, office, 1);
  const [at] = (await sql(
    `SELECT x.id, (SELECT min(id) FROM delegate WHERE invitation_id = ${id}) AS delegate FROM event_session x
     JOIN event_day y ON y.id = x.day_id WHERE y.event_id = ${eventId} ORDER BY x.id LIMIT 1`,
  )) as [{ id: number; delegate: number }];
  const { delegate } = at;
  const session = `${event}/attendance/sessions/${at.id}`;
  const parts = ['facts', 'days', 'place', 'deadlines', 'speakers', 'agenda'];
  return {
    email: user.email,
    pages: {
      event,
      'event-draft': `/events/${draft}`,
      'event-clone': `${event}/clone`,
      plan: `${event}/plan`,
      ...minutes,
      ...Object.fromEntries(parts.map((part) => [`plan-${part}`, `${event}/plan/${part}`])),
      materials: `${event}/materials`,
      'materials-none': `/events/${draft}/materials`,
      photos: `${event}/photos`,
      quota: `${event}/quota`,
      selection: `/events/${draft}/selection?count=45`,
      'selection-rules': `/events/${draft}/selection#settings`,
      'selection-run': `${event}/selection/runs/${run}`,
      'selection-simulation': `${event}/selection/simulation`,
      queue: `${event}/invitations/queue`,
      reminders: `${event}/invitations/reminders`,
      invitations: `${event}/invitations`,
      whatsapp: `${event}/invitations/whatsapp`,
      'whatsapp-round': `${event}/invitations/whatsapp/rounds?purpose=changed&changes=Aula`,
      unanswered: `${event}/invitations/unanswered`,
      'unanswered-mine': `${event}/invitations/unanswered?mine=1`,
      'invitations-empty': `/events/${draft}/invitations`,
      choose: `${event}/invitations/choose`,
      invitation: `${event}/invitations/${id}`,
      attendance: `${event}/attendance`,
      'attendance-draft': `/events/${draft}/attendance`,
      'attendance-scan': `${session}/scan`,
      'attendance-walk-in': `${session}/walk-in?q=lksa`,
      'attendance-walk-in-person': `${session}/walk-in/${institution}`,
      'attendance-person': `${session}/delegates/${delegate}`,
      sheets: `${event}/invitations/sheets`,
      'event-actions': `${event}/actions`,
      'event-actions-evaluation': `/events/${later}/actions`,
      'event-action-new': `${event}/actions/new`,
      action: `/actions/${action}`,
      'action-returned': `/actions/${returned}`,
      'action-edit': `/actions/${returned}/edit`,
      'action-owner': `/actions/owners/${ownerId}`,
      'action-owner-link': `/t/${journey.deps.links.token('owner', ownerId, 1)}`,
      institution: `/institutions/${institution}`,
      'institution-edit': `/institutions/${institution}/edit`,
      'representative-new': `/institutions/${institution}/representatives/new`,
      'accreditation-new': `/institutions/${institution}/accreditations/new`,
      colleague: `/settings/colleagues/${colleague.id}`,
      'outbox-message': `/settings/outbox/${messages[0]}`,
    },
  };
}

describeJourney('every page is free of obstacles, in light and dark', (journey) => {
  let records: Awaited<ReturnType<typeof makeRecords>>;

  test('before anybody has an account', async () => {
    const page = await journey().open();
    await walk(page, { setup: '/setup' });
    records = await makeRecords(journey());
    await walk(page, { 'sign-in': '/session', forgotten: '/session/forgotten' });
  }, 30_000);

  test.each(Object.entries(screens))(
    'for those of the office, on a %s',
    async (_name, screen) => {
      const page = await journey().open(screen);
      await signIn(page, records.email, factoryPassword);
      await walk(page, { ...fixed, ...records.pages });
    },
    120_000,
  );

  test('for a leader, whom some pages refuse', async () => {
    const leader = await makeUser(journey().db, await makeOffice(journey().db), ['leader']);
    const page = await journey().open();
    await signIn(page, leader.email, factoryPassword);
    await inspect(page, 'home-leader');
    const response = await page.goto('/settings/office');
    expect(response?.status()).toBe(403);
    await inspect(page, 'forbidden');
    await walk(page, { 'events-empty': '/events', 'institutions-empty': '/institutions' });
  }, 30_000);
});
