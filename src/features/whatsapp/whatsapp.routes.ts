import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { numberPages } from './numbers.pages.js';
import { whatsappQueuePages } from './queue.pages.js';
import { roundPages } from './rounds.pages.js';

/** Mounted before the invitations: `whatsapp` is no id of one. */
export function whatsappRoutes(deps: AppDeps): Route[] {
  const queue = whatsappQueuePages(deps);
  const rounds = roundPages(deps);
  const numbers = numberPages(deps);
  const at = '/events/:id/invitations/whatsapp';
  const message = `${at}/:messageId`;
  const invitation = '/events/:id/invitations/:invitationId';
  const edit = can('invitation.edit');
  return [
    get(at, edit, queue.show),
    post(`${at}/claim`, edit, queue.take),
    post(`${at}/release`, edit, queue.stop),
    get(`${at}/rounds`, edit, rounds.show),
    post(`${at}/rounds`, edit, rounds.start),
    post(`${message}/sent`, edit, queue.sent),
    post(`${message}/wrong-number`, edit, queue.wrongNumber),
    post(`${message}/skip`, edit, queue.skip),
    post(`${message}/undo`, edit, queue.undo),
    post(`${invitation}/wrong-number`, can('answer.record'), numbers.mark),
    post(`${invitation}/right-number`, can('answer.record'), numbers.unmark),
  ];
}
