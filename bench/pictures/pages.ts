import type { Page } from 'playwright-core';
import {
  atQueue,
  beingWritten,
  conflictAtLine,
  conflictPage,
  helperAt,
  opened,
  scannedAt,
  type Way,
} from './states.js';

/** In which installation a page is looked at: nobody set it up yet, one office and nothing else, the demo. */
export type Stage = 'new' | 'empty' | 'demo';

export interface PictureOf {
  /** Becomes the file's name. */
  name: string;
  /** An address, or a way to find it from where the role begins. `{answer}` is the demo's answer link. */
  path: string | Way;
  /** `visitor` is not signed in; other names are the roles that the demo announces, `leader LKKS Klaten` of an office. */
  as: string;
  stages: Stage[];
}

/** The first address on a list that looks like `pattern`. */
export const firstLink = (list: string, pattern: RegExp) => async (page: Page) => {
  await page.goto(list);
  for (const link of await page.locator('main a[href]').all()) {
    const found = await link.getAttribute('href');
    if (found && pattern.test(found)) return found;
  }
  throw new Error(`no link like ${pattern.source} on ${list}`);
};

/** An event in a state, as the list finds it. */
const eventIn =
  (state: string, rest = '') =>
  async (page: Page) =>
    `${await firstLink(`/events?state=${state}`, /^\/events\/\d+$/)(page)}${rest}`;

/** The event whose seats were given out by selection, and what was decided for it. */
const selected = firstLink('/events?state=published&search=laporan', /^\/events\/\d+$/);
const decided = async (page: Page) =>
  firstLink(`${await selected(page)}/selection`, /\/selection\/runs\/\d+$/)(page);

/** A material of the first event in that state. */
const materialIn = (state: string) => async (page: Page) =>
  firstLink(await eventIn(state, '/materials')(page), /\/materials\/\d+$/)(page);

/** The organizer's page of an invitation that stands so, in the first event in that state. */
const invitationIn =
  (filter: string, state = 'published') =>
  async (page: Page) =>
    firstLink(`${await eventIn(state, '/invitations')(page)}?filter=${filter}`, /\/invitations\/\d+$/)(page);

/** The page that the institution sees, by the link that the organizer copies. */
const answerIn = (filter: string, state?: string) => linkOf(invitationIn(filter, state));

const linkOf = (invitation: Way) => async (page: Page) => {
  await page.goto(await invitation(page));
  const link = await page.locator('[data-copy*="/u/"]').first().getAttribute('data-copy');
  if (!link) throw new Error('no link to copy');
  return link;
};

/** A letter of the first event in that state. */
const letterIn = (state: string) => async (page: Page) =>
  firstLink(await eventIn(state, '/letters')(page), /\/letters\/\d+$/)(page);

/** A letter that is being written: begun here, for an event that has none. */
const letterBegun = async (page: Page) => {
  const list = await eventIn('running', '/letters')(page);
  await page.goto(list);
  const begin = page.getByRole('button', { name: 'Buat surat' });
  if ((await begin.count()) > 0) {
    await begin.click();
    await page.waitForURL(/\/letters\/\d+$/);
  }
  return firstLink(list, /\/letters\/\d+$/)(page);
};

const anAction = (state: string) => firstLink(`/actions?state=${state}`, /^\/actions\/\d+$/);
const anOwner = firstLink('/actions', /^\/actions\/owners\/\d+$/);

/** The page that an owner without an account sees, by the link that the office copies. */
const ownerLink = async (page: Page) => {
  await page.goto(await anOwner(page));
  const link = await page.locator('[data-copy*="/t/"]').first().getAttribute('data-copy');
  if (!link) throw new Error('no owner has a link');
  return link;
};

const delegateOf = async (page: Page) => {
  await page.goto(await invitationIn('accepted')(page));
  const link = await page.locator('[data-copy*="/d/"]').first().getAttribute('data-copy');
  if (!link) throw new Error('no delegate has a link');
  return link;
};

/** An e-mail in the outbox, and below it the mail itself as it looks in a frame of its own. */
const aMail = (rest: string) => async (page: Page) =>
  `${await firstLink('/settings/outbox?channel=email', /^\/settings\/outbox\/\d+$/)(page)}${rest}`;

/** Somebody in the list of the event under way. */
const aPerson = async (page: Page) =>
  firstLink(await eventIn('running', '/attendance')(page), /\/delegates\/\d+$/)(page);

/** A page of the session that is on. */
const atDoor = (rest: string) => async (page: Page) =>
  (await aPerson(page)).replace(/\/delegates\/\d+$/, rest);

const firstWalkIn = async (page: Page) =>
  firstLink(await atDoor('/walk-in?q=panti')(page), /\/walk-in\/\d+$/)(page);

const aWrittenLine = async (page: Page) =>
  firstLink(await beingWritten(eventIn('running', '/minutes'))(page), /\/minutes\/blocks\/\d+$/)(page);

const anInstitution = firstLink('/institutions', /^\/institutions\/\d+$/);
const below = (find: (page: Page) => Promise<string>, rest: string) => async (page: Page) =>
  `${await find(page)}${rest}`;

const rows = (as: string, stages: Stage[], list: Record<string, PictureOf['path']>): PictureOf[] =>
  Object.entries(list).map(([name, path]) => ({ name, path, as, stages }));

const lists = {
  home: '/',
  events: '/events',
  'events-calendar': '/events/calendar',
  institutions: '/institutions',
  actions: '/actions',
};

/** Every kind of page, by who looks at it; a new one is one line. */
export const pictures: PictureOf[] = [
  ...rows('visitor', ['new'], { setup: '/setup' }),
  ...rows('visitor', ['empty'], {
    'sign-in': '/session',
    'sign-in-forgotten': '/session/forgotten',
    'not-found': '/tidak-ada',
    'answer-code': '/u',
    'answer-unknown-link': '/u/tidak-berlaku',
    styleguide: '/styleguide',
  }),
  ...rows('administrator', ['empty', 'demo'], {
    ...lists,
    settings: '/settings',
    'settings-office': '/settings/office',
    'settings-letterhead': '/settings/letterhead',
    'settings-numbering': '/settings/numbering',
    'settings-letters': '/settings/letters',
    'settings-letter-numbers': '/settings/numbers',
    'settings-signatories': '/settings/signatories',
    'settings-colleagues': '/settings/colleagues',
    'settings-templates': '/settings/message-templates',
    'settings-template': '/settings/message-templates/text?purpose=reminder_answer',
    'settings-calendar': '/settings/calendar',
    'settings-audit': '/settings/audit',
    'settings-outbox': '/settings/outbox',
    account: '/account',
  }),
  ...rows('administrator', ['demo'], {
    'settings-colleague': firstLink('/settings/colleagues', /^\/settings\/colleagues\/\d+$/),
    'settings-outbox-message': aMail(''),
    'settings-outbox-mail': aMail('/mail'),
    'settings-signatory': firstLink('/settings/signatories', /^\/settings\/signatories\/\d+$/),
  }),
  ...rows('administrator', ['empty'], {
    'event-new': '/events/new',
    'institution-new': '/institutions/new',
    'institutions-import': '/institutions/import',
    'settings-signatory-new': '/settings/signatories/new',
    installation: '/installation',
    'installation-mail': '/installation/mail',
    'installation-office-new': '/installation/offices/new',
  }),
  ...rows('installation', ['demo'], {
    installation: '/installation',
    'installation-mail': '/installation/mail',
    account: '/account',
  }),
  ...rows('organizer', ['demo'], {
    ...lists,
    'institutions-found': '/institutions?q=harapn',
    'institutions-none-found': '/institutions?q=zzzzzz',
    institution: anInstitution,
    'institution-edit': below(anInstitution, '/edit'),
    'representative-new': below(anInstitution, '/representatives/new'),
    'accreditation-new': below(anInstitution, '/accreditations/new'),
    'event-published': eventIn('published'),
    'event-finished': eventIn('finished'),
    'event-draft': eventIn('draft'),
    'event-cancelled': eventIn('cancelled'),
    'event-running': eventIn('running'),
    'event-draft-plan': eventIn('draft', '/plan'),
    'event-draft-quota': eventIn('draft', '/quota'),
    'event-draft-invitations': eventIn('draft', '/invitations'),
    'event-clone': eventIn('published', '/clone'),
    'event-minutes-empty': eventIn('published', '/minutes'),
    'event-minutes': eventIn('finished', '/minutes'),
    'event-minutes-editions': eventIn('finished', '/minutes/editions'),
    'event-minutes-lists': eventIn('finished', '/minutes/lists'),
    'event-minutes-draft-event': eventIn('draft', '/minutes'),
    issues: '/issues',
    issue: firstLink('/issues', /^\/issues\/\d+$/),
    'issues-none-found': '/issues?state=closed',
    'actions-none-found': '/actions?q=zzzzzz',
    'event-plan': eventIn('published', '/plan'),
    'event-plan-facts': eventIn('published', '/plan/facts'),
    'event-plan-days': eventIn('published', '/plan/days'),
    'event-plan-place': eventIn('published', '/plan/place'),
    'event-plan-deadlines': eventIn('published', '/plan/deadlines'),
    'event-plan-speakers': eventIn('published', '/plan/speakers'),
    'event-plan-agenda': eventIn('published', '/plan/agenda'),
    'event-materials': eventIn('published', '/materials'),
    'event-materials-finished': eventIn('finished', '/materials'),
    'event-materials-none': eventIn('draft', '/materials'),
    'event-material': materialIn('published'),
    'event-photos': eventIn('finished', '/photos'),
    'event-photos-none': eventIn('draft', '/photos'),
    'event-quota': eventIn('published', '/quota'),
    'event-selection': eventIn('draft', '/selection'),
    'event-selection-what-if': eventIn('draft', '/selection?count=45'),
    'event-selection-simulation': eventIn('draft', '/selection/simulation'),
    'event-selection-too-late': eventIn('published', '/selection'),
    'event-selection-run': decided,
    'event-selection-run-open': opened(decided),
    'event-queue': eventIn('published', '/invitations/queue'),
    'event-reminders': eventIn('published', '/invitations/reminders'),
    'event-reminders-finished': eventIn('finished', '/invitations/reminders'),
    'calendar-subscription': '/settings/calendar',
    'event-queue-selected': below(selected, '/invitations/queue'),
    'event-invitations-selected': below(selected, '/invitations'),
    'answer-offered': linkOf(below(selected, '/invitations?filter=offered')),
    'event-quota-finished': eventIn('finished', '/quota'),
    'event-invitations': eventIn('published', '/invitations'),
    'event-invitations-finished': eventIn('finished', '/invitations'),
    'event-invitations-none-found': eventIn('published', '/invitations?q=zzzzzz'),
    'event-invitations-choose': eventIn('published', '/invitations/choose'),
    'event-invitations-newcomer': eventIn('published', '/invitations/newcomer'),
    'event-invitations-same-phone': eventIn('published', '/invitations?filter=same_phone'),
    'event-invitations-no-letter': eventIn('published', '/invitations?filter=no_letter'),
    'event-invitations-sheets': eventIn('published', '/invitations/sheets'),
    'event-whatsapp': atQueue(eventIn('published', '/invitations/whatsapp')),
    'event-whatsapp-none': eventIn('finished', '/invitations/whatsapp?answer=declined'),
    'event-whatsapp-round': eventIn('published', '/invitations/whatsapp/rounds'),
    'event-whatsapp-round-change': eventIn(
      'published',
      '/invitations/whatsapp/rounds?purpose=changed&changes=Aula',
    ),
    'event-whatsapp-round-nobody': eventIn('published', '/invitations/whatsapp/rounds?purpose=thanks'),
    'event-unanswered': eventIn('published', '/invitations/unanswered'),
    'event-unanswered-mine': eventIn('published', '/invitations/unanswered?mine=1'),
    'event-unanswered-none': eventIn('finished', '/invitations/unanswered'),
    'event-letters': eventIn('published', '/letters'),
    'event-letters-none': eventIn('draft', '/letters'),
    'event-letter-issued': letterIn('published'),
    'event-letter-draft': opened(letterBegun),
    'event-letter-text': below(letterBegun, '/text'),
    'letter-numbers': '/settings/numbers',
    'event-attendance': eventIn('running', '/attendance'),
    'event-attendance-finished': eventIn('finished', '/attendance'),
    'attendance-scan': atDoor('/scan'),
    'attendance-walk-in': atDoor('/walk-in?q=harapan'),
    'event-attendance-published': eventIn('published', '/attendance'),
    'event-attendance-draft': eventIn('draft', '/attendance'),
    'event-attendance-cancelled': eventIn('cancelled', '/attendance'),
    'event-attendance-none-found': eventIn('running', '/attendance?q=zzzzzz'),
    'event-actions-none': eventIn('running', '/actions'),
    'attendance-person': aPerson,
    'invitation-unanswered': invitationIn('unanswered'),
    'invitation-accepted': invitationIn('accepted'),
    'invitation-unanswered-open': opened(invitationIn('unanswered')),
    'event-invitations-open': opened(eventIn('published', '/invitations')),
    'invitation-same-phone': invitationIn('same_phone'),
    'invitation-declined': invitationIn('declined'),
    'actions-overdue': '/actions?due=overdue',
    'action-new': '/actions/new',
    'action-under-way': anAction('in_progress'),
    'action-handed-in': anAction('handed_in'),
    'action-edit': below(anAction('in_progress'), '/edit'),
    'action-owner': anOwner,
    'action-owner-link': ownerLink,
    'event-actions': eventIn('finished', '/actions'),
    'event-action-new': eventIn('finished', '/actions/new'),
    'invitation-waiting': invitationIn('waiting'),
    'answer-accepted': answerIn('accepted'),
    'answer-record': below(answerIn('accepted'), '/record'),
    'answer-same-phone': answerIn('same_phone'),
    'answer-waiting': answerIn('waiting'),
    'answer-running': answerIn('accepted', 'running'),
    'answer-too-late': answerIn('declined', 'running'),
    'answer-finished': answerIn('accepted', 'finished'),
    'answer-cancelled': answerIn('all', 'cancelled'),
    'answer-declined': answerIn('declined'),
    'answer-delegate': delegateOf,
    'answer-accepted-open': opened(answerIn('accepted')),
    'event-material-open': opened(materialIn('finished')),
    'event-photos-open': opened(eventIn('finished', '/photos')),
    'event-materials-open': opened(eventIn('finished', '/materials')),
    'event-attendance-open': opened(eventIn('running', '/attendance')),
    'attendance-person-open': opened(aPerson),
    'attendance-walk-in-person': firstWalkIn,
    'attendance-scan-unknown': scannedAt(atDoor('/scan'), 'ABC123'),
    'attendance-helper': helperAt(eventIn('running', '/attendance')),
    'action-handed-in-open': opened(anAction('handed_in')),
    'action-done': anAction('verified'),
    'action-owner-link-open': opened(ownerLink),
    'event-minutes-edition': below(eventIn('finished', '/minutes'), '/editions/1'),
    'event-minutes-lists-open': opened(eventIn('finished', '/minutes/lists')),
  }),
  ...rows('secretary', ['demo'], {
    ...lists,
    institution: anInstitution,
    'event-published': eventIn('published'),
    'event-invitations': eventIn('published', '/invitations'),
    'event-reminders': eventIn('published', '/invitations/reminders'),
    'invitation-unanswered': invitationIn('unanswered'),
    'event-minutes': eventIn('finished', '/minutes'),
    'event-minutes-begin': eventIn('published', '/minutes'),
    'event-minutes-write': beingWritten(eventIn('running', '/minutes')),
    'event-minutes-write-open': opened(beingWritten(eventIn('running', '/minutes'))),
    'event-minutes-head': below(beingWritten(eventIn('running', '/minutes')), '/head'),
    'event-minutes-line': aWrittenLine,
    'event-minutes-lists-write': opened(below(beingWritten(eventIn('running', '/minutes')), '/lists')),
    'event-minutes-conflict': conflictPage(eventIn('running', '/minutes')),
    'event-minutes-conflict-line': conflictAtLine(eventIn('running', '/minutes')),
    'event-attendance': eventIn('running', '/attendance'),
    issues: '/issues',
  }),
  ...rows('leader', ['demo'], {
    ...lists,
    'event-finished': eventIn('finished'),
    'event-minutes': eventIn('finished', '/minutes'),
    'event-attendance': eventIn('running', '/attendance'),
    'event-actions': eventIn('finished', '/actions'),
    'event-published': eventIn('published'),
    'event-quota': eventIn('published', '/quota'),
    'event-invitations': eventIn('published', '/invitations'),
    'event-letter-issued': letterIn('published'),
    'settings-audit': '/settings/audit',
    forbidden: '/settings/office',
  }),
  ...rows('leader LKKS Klaten', ['demo'], {
    home: '/',
    'event-minutes-approval': opened(eventIn('finished', '/minutes')),
    'event-minutes-lists-full': eventIn('finished', '/minutes/lists'),
  }),
  // Kota Malang, where records are checked: the first of those with these roles.
  ...rows('administrator, organizer, secretary', ['demo'], {
    home: '/',
    'institutions-provisional': '/institutions?mark=provisional',
    'institution-provisional': firstLink('/institutions?mark=provisional', /^\/institutions\/\d+$/),
    'institution-provisional-edit': below(
      firstLink('/institutions?mark=provisional', /^\/institutions\/\d+$/),
      '/edit',
    ),
    'institution-check': firstLink('/institutions?mark=proposed', /^\/institutions\/\d+$/),
    'invitation-record-check': invitationIn('accepted', 'finished'),
    'answer-record-told': below(answerIn('accepted', 'finished'), '/record'),
  }),
  ...rows('visitor', ['demo'], { answer: '{answer}' }),
];
