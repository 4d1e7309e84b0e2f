import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { eventPages } from './events.pages.js';
import { planPages } from './plan.pages.js';

const reads = can('office.read');
const edits = can('event.edit');

export function eventRoutes(deps: AppDeps): Route[] {
  const pages = eventPages(deps);
  const { plan, venues, parts } = planPages(deps);
  return [
    get('/events', reads, pages.list),
    get('/events/calendar', reads, pages.month),
    get('/events/new', edits, pages.showNew),
    post('/events', edits, pages.create),
    get('/events/venues', edits, venues),
    get('/events/:id', reads, pages.overview),
    get('/events/:id/calendar.ics', reads, pages.calendarFile),
    get('/events/:id/plan', reads, plan),
    ...parts.flatMap(({ name, show, save }) => [
      get(`/events/:id/plan/${name}`, edits, show),
      post(`/events/:id/plan/${name}`, edits, save),
    ]),
    post('/events/:id/publication', edits, pages.publish),
    post('/events/:id/cancellation', edits, pages.cancel),
    post('/events/:id/state', edits, pages.overrule),
    get('/events/:id/clone', edits, pages.showClone),
    post('/events/:id/clone', edits, pages.clone),
  ];
}
