import type { Page } from 'playwright-core';

/** In which installation a page is looked at: nobody set it up yet, one office and nothing else, the demo. */
export type Stage = 'new' | 'empty' | 'demo';

export interface PictureOf {
  /** Becomes the file's name. */
  name: string;
  /** An address, or a way to find it from where the role begins. `{answer}` is the demo's answer link. */
  path: string | ((page: Page) => Promise<string>);
  /** `visitor` is not signed in; other names are the roles that the demo announces. */
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

const firstEvent =
  (rest = '') =>
  async (page: Page) =>
    `${await firstLink('/events', /^\/events\/\d+$/)(page)}${rest}`;

const all: Stage[] = ['empty', 'demo'];

/** Every kind of page; a new one is one line. */
export const pictures: PictureOf[] = [
  { name: 'setup', path: '/setup', as: 'visitor', stages: ['new'] },
  { name: 'sign-in', path: '/session', as: 'visitor', stages: ['empty'] },
  { name: 'sign-in-forgotten', path: '/session/forgotten', as: 'visitor', stages: ['empty'] },
  { name: 'styleguide', path: '/styleguide', as: 'visitor', stages: ['new'] },
  { name: 'not-found', path: '/tidak-ada', as: 'visitor', stages: ['empty'] },
  { name: 'home', path: '/', as: 'administrator', stages: all },
  { name: 'account', path: '/account', as: 'administrator', stages: ['empty'] },
  { name: 'settings', path: '/settings', as: 'administrator', stages: ['empty'] },
  { name: 'settings-office', path: '/settings/office', as: 'administrator', stages: ['empty'] },
  { name: 'settings-letterhead', path: '/settings/letterhead', as: 'administrator', stages: all },
  { name: 'settings-signatories', path: '/settings/signatories', as: 'administrator', stages: all },
  { name: 'settings-numbering', path: '/settings/numbering', as: 'administrator', stages: ['empty'] },
  { name: 'settings-colleagues', path: '/settings/colleagues', as: 'administrator', stages: all },
  { name: 'settings-audit', path: '/settings/audit', as: 'administrator', stages: all },
  { name: 'installation', path: '/installation', as: 'administrator', stages: ['empty'] },
  { name: 'institutions', path: '/institutions', as: 'administrator', stages: all },
  {
    name: 'institution',
    path: firstLink('/institutions', /^\/institutions\/\d+$/),
    as: 'organizer',
    stages: ['demo'],
  },
  { name: 'events', path: '/events', as: 'administrator', stages: all },
  { name: 'events-calendar', path: '/events/calendar', as: 'administrator', stages: all },
  { name: 'event-new', path: '/events/new', as: 'administrator', stages: ['empty'] },
  { name: 'event', path: firstEvent(), as: 'organizer', stages: ['demo'] },
  { name: 'event-plan', path: firstEvent('/plan'), as: 'organizer', stages: ['demo'] },
  { name: 'event-quota', path: firstEvent('/quota'), as: 'organizer', stages: ['demo'] },
  { name: 'answer', path: '{answer}', as: 'visitor', stages: ['demo'] },
];
