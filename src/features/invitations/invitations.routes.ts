import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { officeAnswerPages } from './answer-by-office.pages.js';
import { callPages } from './calls.pages.js';
import { choosePages } from './choose.pages.js';
import { newcomerPages } from './newcomer.pages.js';
import { invitationPages } from './invitations.pages.js';
import { queuePages } from './queue.pages.js';

export function invitationRoutes(deps: AppDeps): Route[] {
  const pages = invitationPages(deps);
  const choose = choosePages(deps);
  const queue = queuePages(deps);
  const newcomer = newcomerPages(deps);
  const office = officeAnswerPages(deps, pages.showOne);
  const calls = callPages(deps, pages.showOne);
  const list = '/events/:id/invitations';
  const one = `${list}/:invitationId`;
  return [
    get(list, can('office.read'), pages.list),
    get(`${list}/choose`, can('invitation.edit'), choose.show),
    post(`${list}/choose`, can('invitation.edit'), choose.choose),
    post(`${list}/choose/view`, can('invitation.edit'), choose.goOn),
    get(`${list}/queue`, can('office.read'), queue.show),
    post(`${list}/waves`, can('invitation.edit'), queue.waves),
    post(`${list}/filling`, can('invitation.edit'), queue.fill),
    get(`${list}/newcomer`, can('invitation.edit'), newcomer.show),
    post(`${list}/newcomer`, can('invitation.edit'), newcomer.add),
    get(`${list}/sheets`, can('invitation.edit'), pages.sheets),
    post(`${list}/opening`, can('invitation.edit'), pages.openDrafts),
    post(`${list}/removal`, can('invitation.edit'), pages.remove),
    get(one, can('office.read'), pages.show),
    get(`${one}/qr.svg`, can('invitation.edit'), pages.qr),
    post(`${one}/sent`, can('invitation.edit'), pages.sent),
    post(`${one}/calls`, can('answer.record'), calls.note),
    post(`${one}/answer`, can('answer.record'), office.answer),
    post(`${one}/offer`, can('invitation.edit'), office.offer),
    post(`${one}/revocation`, can('invitation.edit'), office.revoke),
    post(`${one}/link`, can('invitation.edit'), office.renewLink),
    post(`${one}/return`, can('answer.record'), office.giveBack),
    post(`${one}/delegates/:delegateId`, can('answer.record'), office.rename),
    post(`${one}/delegates/:delegateId/known`, can('answer.record'), office.sendKnown),
  ];
}
