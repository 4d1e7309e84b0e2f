import type { RequestHandler } from 'express';
import { get, open, type Route } from './routes.js';

/** The design system on one page; in development only. */
export const styleguideRoutes = (): Route[] => [
  get('/styleguide', open, (_req, res) =>
    res.page('styleguide/styleguide', { title: 'Styleguide', layout: 'staff' }),
  ),
];

/** The office's own colour as a sheet of one rule: the policy allows no inline style. */
export const accentSheet: RequestHandler = (req, res, next) => {
  const colour = /^\/accent-([0-9a-f]{6})\.css$/.exec(req.path)?.[1];
  if (!colour) return next();
  res.set('Cache-Control', 'public, max-age=31536000, immutable');
  res.type('css').send(`:root{--accent:#${colour}}`);
};
