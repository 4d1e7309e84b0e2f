import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import type { ActionState } from '../../src/features/actions/action.machine.js';
import { roles } from '../../src/features/accounts/permissions.js';
import { openDoorOn, type Door, type Scene } from '../attendance/support.js';
import { makeAction, makeOwner } from '../factories/actions.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { begin, lineOf, makeTable, write } from '../factories/minutes.js';
import { factoryPassword, makeUser } from '../factories/people.js';
import { describeJourney, screens, signIn } from '../support/browser.js';
import { walkThroughForms } from './support/walk.js';

type Pages = Record<string, string>;

/** At the door: somebody expected, somebody without a name, somebody recorded, a guest, a speaker, a helper. */
async function attendancePages(door: Door, scene: Scene): Promise<Pages> {
  const { list, session, eventId, delegates } = scene;
  const [expected, unnamed, recorded] = delegates.map(({ id }) => id);
  await door.rows(`UPDATE delegate SET name = '' WHERE id = $1`, [unnamed]);
  const [{ guest, scan }] = (await door.rows(
    `WITH g AS (INSERT INTO guest (event_id, name) VALUES ($1, 'Tamu Uji') RETURNING id),
       s AS (INSERT INTO speaker (event_id, name, role) VALUES ($1, 'Narasumber Uji', 'speaker')),
       k AS (INSERT INTO scan_link (event_id, label, created_by) VALUES ($1, 'Pintu', $2) RETURNING id)
     SELECT g.id AS guest, k.id AS scan FROM g, k`,
    [eventId, door.actor.userId],
  )) as [{ guest: number; scan: number }];
  const record = (who: string) =>
    door.secretary.post(`${session}/${who}/marks`, { clientId: randomUUID() }, list);
  for (const who of [`delegates/${recorded}`, `guests/${guest}`]) await record(who);
  const stranger = await makeInstitution(door.app.db, door.office, { name: 'LKSA Tak Diundang' });
  return {
    attendance: list,
    scan: `${session}/scan`,
    helper: `/s/${door.app.deps.links.token('scan', scan, 1)}`,
    'walk-in': `${session}/walk-in?q=lksa`,
    'walk-in-person': `${session}/walk-in/${stranger}`,
    person: `${session}/delegates/${expected}`,
    'person-unnamed': `${session}/delegates/${unnamed}`,
    'person-recorded': `${session}/delegates/${recorded}`,
    'guest-recorded': `${session}/guests/${guest}`,
  };
}

/** Materials in each way they can be: two versions and public, a link, put away; and a photo. */
async function materialPages(door: Door, { eventId }: Scene): Promise<Pages> {
  const at = `/events/${eventId}/materials`;
  const pdf = (name: string) => ({ field: 'files', name, content: Buffer.from(`%PDF-1.4\n${name}\n%%EOF`) });
  const place = { agendaItemId: '', visibility: 'public' };
  for (const name of ['Paparan.pdf', 'Lama.pdf']) await door.secretary.upload(at, pdf(name), place, at);
  const link = { ...place, title: 'Rekaman', url: 'https://video.example/rekaman' };
  await door.secretary.post(`${at}/links`, link, at);
  const [slides, old, video] = (
    await door.rows<{ id: number }>('SELECT id FROM material WHERE event_id = $1 ORDER BY id', [eventId])
  ).map(({ id }) => `${at}/${id}`);
  await door.secretary.upload(`${slides}/versions`, pdf('Paparan 2.pdf'), {}, slides);
  await door.secretary.post(`${old}/archive`, {}, old);
  const photos = `/events/${eventId}/photos`;
  const content = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#886644' } })
    .jpeg()
    .toBuffer();
  await door.secretary.upload(photos, { field: 'photos', name: 'foto.jpg', content }, {}, photos);
  return {
    materials: at,
    material: `${slides}`,
    'material-old': `${old}`,
    'material-link': `${video}`,
    photos,
  };
}

/** Minutes being written with a row in each list, others that wait for the leader, and an issue. */
async function minutesPages(door: Door): Promise<Pages> {
  const { app, office } = door;
  const table = await makeTable(app, office);
  await begin(table);
  const issue = lineOf({ kind: 'issue', text: 'Zonasi sekolah', person: 'Ibu Rahma' });
  await write(table, issue);
  await write(table, lineOf({ kind: 'response', parent: issue.clientId, text: 'Disampaikan' }));
  await write(table, lineOf({ kind: 'decision', text: 'Disepakati' }));
  const { at, eventId, secretary, institutionIds } = table;
  const rows: Record<string, Record<string, string>> = {
    handovers: {
      institutionId: String(institutionIds[0]),
      document: 'Sertifikat',
      number: '',
      receivedBy: '',
    },
    reviews: { programme: 'Akreditasi', result: 'Selesai', note: '' },
    indicators: { name: 'Panti', source: '', year: '2025', total: '14' },
  };
  for (const [list, fields] of Object.entries(rows)) {
    const row = { id: '', clientId: randomUUID(), version: '0', ...fields };
    expect((await secretary.post(`${at}/${list}`, row, `${at}/lists`)).status).toBe(303);
  }
  const submitted = await makeTable(app, office);
  await begin(submitted);
  await write(submitted, lineOf());
  await submitted.secretary.post(`${submitted.at}/submission`, {}, submitted.at);
  const [raised] = await door.rows<{ id: number }>('SELECT id FROM issue WHERE event_id = $1', [eventId]);
  return {
    minutes: at,
    'minutes-head': `${at}/head`,
    'minutes-lists': `${at}/lists`,
    'minutes-submitted': submitted.at,
    issue: `/issues/${raised?.id}`,
  };
}

/** Follow-ups in every state, what a later event asks about, and the owner's own page. */
async function actionPages(door: Door, { eventId }: Scene): Promise<Pages> {
  const { app, office } = door;
  const ownerId = await makeOwner(app.db, office, { name: 'Dinas Pendidikan', phone: '+6281200000001' });
  const given = { ownerId, eventId, dueOn: '2026-02-20', problem: 'Izin operasional berakhir.' };
  const states: ActionState[] = ['open', 'in_progress', 'handed_in', 'returned', 'verified', 'dropped'];
  const pages: Pages = {};
  for (const state of states)
    pages[`action-${state}`] = `/actions/${await makeAction(app.db, office, { ...given, state })}`;
  const deferred = { ...given, state: 'deferred', deferredUntil: '2026-12-01' } as const;
  pages['action-deferred'] = `/actions/${await makeAction(app.db, office, deferred)}`;
  const later = await makeEvent(app.db, office, { days: ['2026-09-20'] });
  await door.rows(
    `WITH s AS (INSERT INTO event_series (office_id, name) VALUES ($1, 'Bimtek LKS') RETURNING id)
     UPDATE event SET series_id = s.id FROM s WHERE event.id IN ($2, $3)`,
    [office.id, eventId, later],
  );
  return {
    ...pages,
    actions: '/actions',
    'action-new': '/actions/new',
    'action-edit': `${pages['action-open']}/edit`,
    'event-actions': `/events/${eventId}/actions`,
    'event-action-new': `/events/${eventId}/actions/new`,
    evaluation: `/events/${later}/actions`,
    owner: `/actions/owners/${ownerId}`,
    'owner-link': `/t/${app.deps.links.token('owner', ownerId, 1)}`,
  };
}

/** Forms that come back when they are sent empty, by the page they stand on. */
const wrong: Record<string, string[]> = {
  attendance: ['/scan-links'],
  'walk-in': ['/guests'],
  'walk-in-person': ['/walk-in/'],
  'person-unnamed': ['/name'],
  person: ['/excuse'],
  'person-recorded': ['/correction'],
  'guest-recorded': ['/correction', '/details'],
  materials: ['/materials', '/links'],
  material: ['/versions'],
  photos: ['/photos'],
  'minutes-lists': ['/handovers', '/reviews', '/indicators'],
  'minutes-submitted': ['/return'],
  issue: ['/responses'],
  'action-open': ['/notes', '/deferral', '/cancellation'],
  'action-handed_in': ['/return'],
  'action-verified': ['/reopening'],
  'action-new': ['/actions'],
  'event-action-new': ['/actions'],
};

describeJourney(
  'every form of the rooms of the day is free of obstacles, unfolded and come back',
  (journey) => {
    let email: string;
    const rooms: Record<string, Pages> = {};

    test('there are records in every state', async () => {
      const door = await openDoorOn(journey());
      ({ email } = await makeUser(door.app.db, door.office, [...roles]));
      rooms.minutes = await minutesPages(door);
      const scene = await door.scene({ accepted: 3 });
      rooms.attendance = await attendancePages(door, scene);
      rooms.materials = await materialPages(door, scene);
      rooms.actions = await actionPages(door, scene);
    }, 60_000);

    test.each(
      Object.entries(screens).flatMap(([name, screen]) =>
        ['attendance', 'materials', 'minutes', 'actions'].map((room) => [room, name, screen] as const),
      ),
    )(
      'those of %s, on a %s',
      async (room, _name, screen) => {
        const page = await journey().open(screen);
        await signIn(page, email, factoryPassword);
        await walkThroughForms(page, rooms[room] ?? {}, wrong);
        await page.close();
      },
      120_000,
    );
  },
);
