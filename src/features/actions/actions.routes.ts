import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { filesUpload } from '../../web/uploads.js';
import { actionFormPages } from './action-form.pages.js';
import { actionPages } from './action.pages.js';
import type { Verb } from './action.machine.js';
import { permissionOf } from './actions.policy.js';
import { boardPages } from './board.pages.js';
import { eventActionPages } from './event-actions.pages.js';
import { evidenceLimits } from './evidence.js';
import { ownerPages } from './owners.pages.js';

/** Each step as the noun that is posted to. */
const steps: Record<Verb, string> = {
  start: 'start',
  hand_in: 'completion',
  verify: 'verification',
  return: 'return',
  defer: 'deferral',
  resume: 'resumption',
  drop: 'cancellation',
  reopen: 'reopening',
};

export function actionRoutes(deps: AppDeps): Route[] {
  const board = boardPages(deps);
  const form = actionFormPages(deps);
  const action = actionPages(deps);
  const event = eventActionPages(deps);
  const owner = ownerPages(deps);
  const one = '/actions/:id';
  const ofEvent = '/events/:id/actions';
  const ofOwner = '/actions/owners/:ownerId';
  const write = can('action.write');
  const read = can('office.read');
  return [
    get('/actions', read, board.list),
    post('/actions/export', can('persons.export'), board.download),
    get('/actions/new', write, form.showNew),
    post('/actions', write, form.create),
    get(ofOwner, read, owner.show),
    get(`${ofOwner}/qr.svg`, write, owner.qr),
    post(`${ofOwner}/link`, write, owner.renew),
    get(one, read, action.show),
    get(`${one}/edit`, write, form.showEdit),
    post(`${one}/edit`, write, form.change),
    post(`${one}/notes`, write, action.note, filesUpload(deps.files, 'file', evidenceLimits)),
    get(`${one}/notes/:noteId/file`, read, action.file(false)),
    get(`${one}/notes/:noteId/thumbnail`, read, action.file(true)),
    ...(Object.entries(steps) as [Verb, string][]).map(([verb, noun]) =>
      post(`${one}/${noun}`, can(permissionOf[verb]), action.step(verb)),
    ),
    get(ofEvent, read, event.show),
    get(`${ofEvent}/new`, write, form.showNew),
    post(ofEvent, write, form.create),
    post(`${ofEvent}/:actionId/evaluation`, write, event.evaluate),
  ];
}
