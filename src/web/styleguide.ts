import type { Request, RequestHandler, Response } from 'express';
import { layOutStrip } from '../features/quotas/strip.js';
import { get, open, type Route } from './routes.js';

/** An event halfway: planned, with seats, nobody invited yet. */
const steps = [
  { key: 'plan', state: 'done', href: '#path', missing: [], note: { key: 'event.step.plan_complete' } },
  {
    key: 'quota',
    state: 'now',
    href: '#path',
    missing: [],
    note: { key: 'event.step.quota_seats', values: { taken: 17, count: 30 } },
  },
  {
    key: 'invitations',
    state: 'later',
    href: '#path',
    missing: [],
    note: { key: 'event.step.invitations_none' },
  },
];

const strip = layOutStrip(
  [
    { key: 'anak', taken: 14, held: 3, free: 9 },
    { key: 'lansia', taken: 1, held: 0, free: 0 },
    { key: 'disabilitas', taken: 1, held: 0, free: 1 },
    { key: 'napza', taken: 1, held: 0, free: 0 },
  ],
  2,
);

function show(req: Request, res: Response): void {
  const errors = { seats: { key: 'error.number' } };
  res.page('styleguide/styleguide', { title: req.t('guide.title'), layout: 'staff', steps, strip, errors });
}

/** The design system on one page; in development only. */
export const styleguideRoutes = (): Route[] => [get('/styleguide', open, show)];

/** The office's own colour as a sheet of one rule: the policy allows no inline style. */
export const accentSheet: RequestHandler = (req, res, next) => {
  const colour = /^\/accent-([0-9a-f]{6})\.css$/.exec(req.path)?.[1];
  if (!colour) return next();
  res.set('Cache-Control', 'public, max-age=31536000, immutable');
  res.type('css').send(`:root{--accent:#${colour}}`);
};
