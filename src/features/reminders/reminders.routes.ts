import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { reminderPages } from './reminders.pages.js';

export function reminderRoutes(deps: AppDeps): Route[] {
  const pages = reminderPages(deps);
  const list = '/events/:id/invitations';
  return [
    get(`${list}/reminders`, can('office.read'), pages.show),
    post(`${list}/reminders`, can('invitation.edit'), pages.change),
    post(`${list}/reminders/stop`, can('invitation.edit'), pages.stop),
    post(`${list}/:invitationId/reminders`, can('invitation.edit'), pages.stopOne),
  ];
}
