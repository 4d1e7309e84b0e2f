import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { roles, type OfficeActor } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeAction, makeOwner, type ActionGiven } from '../factories/actions.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { answer, makeInvitations, makeSeats } from '../factories/invitations.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { makeRun } from '../factories/selections.js';
import { expectations } from '../permissions.table.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { formsOf, hasAnchor, mistakesToldIn, type Form } from '../support/forms.js';
import { pathWithSamples } from '../support/samples.js';

let app: TestApp;
let office: Office;
let neighbour: Office;
let actor: OfficeActor;
let agent: ReturnType<typeof request.agent>;

beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  neighbour = await makeOffice(app.db, { regionCode: '63.71' });
  const user = await makeUser(app.db, office, [...roles], { isInstallationAdmin: true });
  await makeUser(app.db, office, ['administrator']);
  actor = { userId: user.id, office: { ...office, roles: [...roles] } } as unknown as OfficeActor;
  agent = request.agent(app.app);
  const signIn = (await open('/session')).forms.find(({ action }) => action === '/session') as Form;
  await send(signIn, { email: user.email, password: factoryPassword });
});
afterAll(() => app.close());

/** Their buttons with a name do something else than to save. */
const notPressed = new Set(['/settings/numbering', '/settings/message-templates/text']);

async function open(path: string): Promise<{ forms: Form[] }> {
  const { text } = await agent.get(path).set('Accept', 'text/html');
  return { forms: formsOf(text) };
}

/** Sends a form as it stands but for what was `changed`, by its first button that has a name of its own. */
async function send(form: Form, changed: Record<string, string>, action = form.action) {
  const buttons = form.fields
    .filter(([, , kind]) => kind === 'button')
    .slice(notPressed.has(form.action) ? 0 : 1);
  const own = form.fields.filter((field) => !(field[0] in changed) && !buttons.includes(field));
  const body = [...own, ...Object.entries(changed)]
    .map(([name = '', value = '']) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const { status, text } = await agent.post(action).set('Accept', 'text/html').type('form').send(body);
  return { status, text };
}

const sample = (path: string) => () => pathWithSamples(app.db, office, path);

async function invitationPage(prepare: (eventId: number, id: number) => Promise<unknown>): Promise<string> {
  const eventId = await makeEvent(app.db, office);
  await makeSeats(app, actor, eventId, 5);
  const [id = 0] = await makeInvitations(app, actor, eventId, [await makeInstitution(app.db, office)]);
  await prepare(eventId, id);
  return `/events/${eventId}/invitations/${id}`;
}

/** A page at the door of an event of today: somebody expected, somebody without a name, a guest, a speaker, a link. */
async function doorPage(pick: (ids: Record<string, number>) => string): Promise<string> {
  const eventId = await makeEvent(app.db, office, { days: ['2026-03-02'] });
  await makeSeats(app, actor, eventId, 5);
  const lks = [await makeInstitution(app.db, office), await makeInstitution(app.db, office)];
  for (const id of await makeInvitations(app, actor, eventId, lks)) await answer(app, eventId, id, 'accepts');
  const [ids] = (await app.db.query(
    `WITH g AS (INSERT INTO guest (event_id, name) VALUES ($1, 'Tamu Uji') RETURNING id),
       s AS (INSERT INTO speaker (event_id, name, role) VALUES ($1, 'Narasumber Uji', 'speaker')),
       k AS (INSERT INTO scan_link (event_id, label, created_by) VALUES ($1, 'Pintu', $2)),
       d AS (SELECT min(id) AS first, max(id) AS second FROM delegate WHERE event_id = $1)
     SELECT (SELECT id FROM g) AS guest, first AS delegate, second AS unnamed,
       (SELECT x.id FROM event_session x JOIN event_day y ON y.id = x.day_id WHERE y.event_id = $1) AS session FROM d`,
    [eventId, actor.userId],
  )) as [Record<string, number>];
  await app.db.query(`UPDATE delegate SET name = 'Utusan Uji' WHERE id = $1`, [ids.delegate]);
  const session = `/events/${eventId}/attendance/sessions/${ids.session}`;
  return pick({ ...ids, lks: lks[1] ?? 0 })
    .replace('~', session)
    .replace('^', `/events/${eventId}/attendance`);
}

/** The same after something was recorded of the person, so that it can be corrected. */
const recorded = (pick: (ids: Record<string, number>) => string) => async () => {
  const path = await doorPage(pick);
  const { forms } = await open(path);
  await send(forms.find(({ action }) => action.endsWith('/excuse')) as Form, { reason: 'tugas lain' });
  return path;
};

/** Minutes of an event, as far as they have come. */
async function minutesPage(state: string): Promise<string> {
  const eventId = await makeEvent(app.db, office);
  const row = `INSERT INTO minutes (event_id, chair_name, state) VALUES ($1, 'Ketua Uji', 'draft')`;
  await app.db.query(row, [eventId]);
  await app.db.query('UPDATE minutes SET state = $2 WHERE event_id = $1', [eventId, state]);
  return `/events/${eventId}/minutes`;
}

/** The lists beside the minutes, of an event whose LKS has said that it comes; with a row in each, or none. */
async function listsPage(rows: 'empty' | 'filled'): Promise<string> {
  const path = await minutesPage('draft');
  const eventId = Number(path.split('/')[2]);
  await makeSeats(app, actor, eventId, 5);
  const lks = await makeInstitution(app.db, office);
  const [id = 0] = await makeInvitations(app, actor, eventId, [lks]);
  await answer(app, eventId, id, 'accepts');
  if (rows === 'filled')
    await app.db.query(
      `WITH h AS (INSERT INTO handover_entry (event_id, institution_id, document) VALUES ($1, $2, 'Sertifikat')),
         r AS (INSERT INTO programme_review (event_id, programme) VALUES ($1, 'Program uji')),
         i AS (INSERT INTO indicator (event_id, name, total) VALUES ($1, 'Indikator uji', 3) RETURNING id)
       INSERT INTO indicator_part (indicator_id, position, name, value) SELECT id, 0, 'Bagian uji', 3 FROM i`,
      [eventId, lks],
    );
  return `${path}/lists`;
}

/** What an owner sees behind their link, with something to report on. */
async function ownerLink(): Promise<string> {
  const ownerId = await makeOwner(app.db, office);
  await makeAction(app.db, office, { ownerId });
  return `/t/${app.deps.links.token('owner', ownerId, 1)}`;
}

const actionStates: ActionGiven[] = [
  { state: 'open' },
  { state: 'handed_in' },
  { state: 'deferred', deferredUntil: '2027-01-01' },
  { state: 'verified' },
];

/** Pages that together show every form there is; each call makes one with fresh records. */
const pages: (() => Promise<string>)[] = [
  ...[
    ...[
      '/account',
      '/settings/office',
      '/settings/letterhead',
      '/settings/numbering',
      '/settings/message-templates/text',
      '/settings/letters',
      '/settings/numbers',
      '/settings/calendar',
      '/settings/colleagues',
    ],
    ...['/settings/signatories/new', '/settings/signatories/:id', '/settings/colleagues/:id'],
    ...[
      '/installation',
      '/installation/mail',
      '/settings/outbox/:messageId',
      '/installation/offices/new',
      '/institutions/new',
      '/institutions/import',
    ],
    ...['/institutions/:id', '/institutions/:id/edit', '/institutions/:id/representatives/new'],
    ...['/institutions/:id/representatives/:person', '/institutions/:id/accreditations/new'],
    ...['/institutions/:id/accreditations/:accreditation', '/institutions/:id/proposals/:proposal'],
    ...['/institutions/:id/checks/:check', '/events/:id/invitations/newcomer'],
    '/events/:id/invitations/reminders',
    ...[
      '/institutions/import/:batch',
      '/events/new',
      '/events/:id/clone',
      '/events/:id/quota/reserved/:seatId',
    ],
    ...['facts', 'place', 'deadlines', 'days', 'speakers', 'agenda'].map(
      (part) => `/events/:id/plan/${part}`,
    ),
    ...['/events/:id', '/events/:id/quota', '/events/:id/materials', '/events/:id/materials/:materialId'],
    '/events/:id/photos/:photoId',
  ].map(
    (path) => async () =>
      (await sample(path)()).replace(/(?:(\/photos)|\/(?:proposals|checks|reserved))\/\d+$/, '$1'),
  ),
  async () => `/institutions/${await makeInstitution(app.db, neighbour)}`,
  async () => `/institutions/${await makeInstitution(app.db, neighbour)}/proposals/new`,
  async () => {
    // A region with this one alone, so that the list is short.
    await makeInstitution(app.db, office, { regionCode: '63.72' });
    const eventId = await makeEvent(app.db, office, { filling: 'selection' });
    // The fields of its filter are no part of what is chosen: with a mistake in one of them the others are added.
    await makeSeats(app, actor, eventId, 5);
    return `/events/${eventId}/invitations/choose?region=63.72`;
  },
  selectionPage,
  async () => {
    const eventId = await makeEvent(app.db, office, { state: 'draft' });
    const stratum = `INSERT INTO quota_stratum (event_id, key, position, seats) VALUES ($1, 'umum', 0, 1)`;
    await app.db.query(stratum, [eventId]);
    const institution = await makeInstitution(app.db, office);
    const { id: userId } = await makeUser(app.db, office);
    const run = await makeRun(app.db, eventId, userId, institution);
    return `/events/${eventId}/selection/runs/${run}?pick=${institution}`;
  },
  () => invitationPage(() => Promise.resolve()),
  () => doorPage(() => '^'),
  ...[
    (ids: Record<string, number>) => `~/delegates/${ids.delegate}`,
    (ids: Record<string, number>) => `~/guests/${ids.guest}`,
  ].flatMap((pick) => [() => doorPage(pick), recorded(pick)]),
  () => doorPage(({ unnamed }) => `~/delegates/${unnamed}`),
  () => doorPage(() => '~/walk-in'),
  () => doorPage(({ lks }) => `~/walk-in/${lks}`),
  () => invitationPage((eventId, id) => answer(app, eventId, id, 'accepts')),
  () => minutesPage('draft'),
  async () => `${await minutesPage('draft')}/head`,
  sample('/events/:id/letters/:letterId'),
  sample('/events/:id/letters/:letterId/text'),
  () => letterPage('submitted'),
  () => letterPage('draft', '005/1/Uji'),
  () => listsPage('empty'),
  () => listsPage('filled'),
  () => minutesPage('submitted'),
  () => minutesPage('published'),
  sample('/issues/:id'),
  () => Promise.resolve('/actions/new'),
  async () => `${await sample('/events/:id')()}/actions/new`,
  sample('/actions/:id/edit'),
  ...actionStates.map((given) => async () => `/actions/${await makeAction(app.db, office, given)}`),
  async () => (await sample('/events/:id/actions/:actionId')()).replace(/\d+$/, ''),
  ownerLink,
];

/** A letter of an event, as far as it has come. */
async function letterPage(state: string, number?: string): Promise<string> {
  const path = await pathWithSamples(app.db, office, '/events/:id/letters/:letterId');
  const letterId = Number(path.split('/').at(-1));
  await app.db.query('UPDATE invitation_letter SET state = $2 WHERE id = $1', [letterId, state]);
  if (number)
    await app.db.query(
      `WITH dated AS (UPDATE invitation_letter SET letter_date = '2026-03-02' WHERE id = $1)
       INSERT INTO letter_number (office_id, year, serial, number, letter_id, given_at)
       SELECT $2, 2026, coalesce(max(serial), 0) + 1, $3 || $1, $1, now() FROM letter_number WHERE office_id = $2`,
      [letterId, office.id, number],
    );
  return path;
}

/** The page of a selection in which one institution was picked. */
async function selectionPage(): Promise<string> {
  const institution = await makeInstitution(app.db, office);
  const eventId = await makeEvent(app.db, office, { state: 'draft' });
  await app.db.query(`INSERT INTO quota_stratum (event_id, key, position, seats) VALUES ($1, 'umum', 0, 0)`, [
    eventId,
  ]);
  return `/events/${eventId}/selection?pick=${institution}`;
}

type Answered = Awaited<ReturnType<typeof send>>;

const mistakes = { 'too long': 'x'.repeat(30_000), 'wrong type': '☂', empty: '' };
const addressShape = (action: string) =>
  action
    .replace(/\?.*/, '')
    .replace(/^\/t\/[^/]+/, '/t/:token')
    .replace(/\d+/g, '#');
/** Of a list, the row that a form changes; empty for one that adds a row, and where there are none. */
const rowOf = ({ fields }: Form) => fields.find(([name]) => name === 'id')?.[1] ?? '';
const shapeOf = (form: Form) => addressShape(form.action) + (rowOf(form) ? ' of a row' : '');

/** Chosen, not typed: a person cannot get these wrong, and what is not on the list cannot be shown again. */
const isChosen = (kind: string) => ['select', 'checkbox', 'radio', 'color'].includes(kind);
const isTyped = (kind: string) => !['hidden', 'button', 'password', 'file'].includes(kind);

/** What is amiss with the answer to a form that was filled in wrongly. */
function complaints(form: Form, [name, , kind]: Form['fields'][number], value: string, answered: Answered) {
  const { status, text } = answered;
  if (status === 303 && (value.length < 100 || isChosen(kind))) return [];
  if (status !== 422) return [String(status)];
  const again = formsOf(text).find((one) => one.action === form.action && rowOf(one) === rowOf(form));
  if (!again) return ['422 without the form'];
  const told = mistakesToldIn(text);
  if (told.length === 0) return ['no summary of mistakes'];
  const lost = isChosen(kind) ? [] : told.filter((href) => !hasAnchor(text, href.slice(1)));
  const isKept = ([field, was, itsKind]: Form['fields'][number]) =>
    !isTyped(itsKind) ||
    (field === name && isChosen(kind)) ||
    again.fields.some(([one, now]) => one === field && now.trim() === (field === name ? value : was).trim());
  const forgotten = form.fields.filter((field) => !isKept(field));
  return [...lost.map((href) => `${href} leads nowhere`), ...forgotten.map(([field]) => `forgets ${field}`)];
}

/** Forms that nothing is typed into on these pages, or that have tests of their own. */
const elsewhere = [
  ...['/session', '/session/end', '/session/forgotten', '/setup', '/access/#', '/account/office'],
  '/settings/message-templates/reset',
  ...['/installation/mail/test', '/installation/mail/removal'],
  ...['/institutions/import/#/application', '/institutions/export'],
  ...['/institutions/#/restoration', '/events/#/publication'],
  '/events/#/selection/musts/#/removal',
  // One tap each, and a round that was looked at before (test/whatsapp).
  ...['claim', 'release', 'rounds', '#/sent', '#/wrong-number', '#/skip', '#/undo'].map(
    (act) => `/events/#/invitations/whatsapp/${act}`,
  ),
  ...['/events/#/invitations/unanswered/export', '/events/#/invitations/#/wrong-number'],
  '/events/#/invitations/#/right-number',
  ...['/events/#/invitations/waves', '/events/#/invitations/filling'],
  // A button of the form that chooses: it goes to other pages and filters.
  '/events/#/invitations/choose/view',
  ...['/events/#/invitations/opening', '/events/#/invitations/removal'],
  // Names to tap, of people who were sent before (test/invitations/known-people.test.ts).
  '/events/#/invitations/#/delegates/#/known',
  // A code that nobody knows is no mistake in a form: the door says so (test/attendance).
  '/events/#/attendance/sessions/#/scan',
  // Buttons alone, and a choice of kinds.
  ...['/events/#/minutes', '/events/#/minutes/blocks/#/kind'],
  ...['/events/#/minutes/blocks/#/removal', '/events/#/minutes/blocks/#/restoration'],
  ...['/events/#/minutes/publication', '/issues/#/reopening'],
  // An export only chooses, and a link is only renewed.
  ...['/actions/export', '/actions/owners/#/link'],
  // A note is taken back, and a letter begun, by a button alone.
  ...['/settings/numbers/#/removal', '/events/#/letters'],
  ...['/events/#/materials/#/restoration', '/events/#/materials/#/link'],
];

test('a form filled in wrongly comes back with what was typed, and says what to mend', async () => {
  const wrong: string[] = [];
  const seen = new Set<string>();
  for (const page of pages) {
    let path = await page();
    let { forms } = await open(path);
    const shapes = [...new Set(forms.map(shapeOf))];
    for (const shape of shapes.filter((one) => !seen.has(one) && !/^\/(language|session)/.test(one))) {
      const find = () => forms.find((form) => shapeOf(form) === shape) as Form;
      seen.add(shape);
      const names = new Set(find().fields.flatMap(([name, , kind]) => (isTyped(kind) ? [name] : [])));
      for (const name of names)
        for (const [mistake, value] of Object.entries(mistakes)) {
          const form = find();
          const field = form.fields.find(([one]) => one === name);
          if (!field) throw new Error(`${name} is gone`);
          if (isChosen(field[2]) && mistake !== 'wrong type') continue;
          const answered = await send(form, { [name]: value }, form.action || path);
          for (const complaint of complaints(form, field, value, answered))
            wrong.push(`${shape} ${name} ${mistake}: ${complaint}`);
          if (answered.status === 422) continue;
          path = await page();
          ({ forms } = await open(path));
        }
    }
  }
  expect(wrong).toEqual([]);
  expect([...seen]).toEqual(
    expect.arrayContaining(['/t/:token/actions/#', '/events/#/minutes/handovers of a row']),
  );
  const all = Object.keys(expectations).filter((route) => route.startsWith('POST'));
  const shapes = all.map((route) => route.slice('POST '.length).replace(/:\w+/g, '#'));
  expect(shapes.filter((shape) => !seen.has(shape))).toEqual(elsewhere);
}, 400_000);
