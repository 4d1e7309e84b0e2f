import type { AppDeps } from '../../app.js';
import { can, get, installation, post, type Route } from '../../web/routes.js';
import { mailSettingsPages } from './mail-settings.pages.js';
import type { Mails } from './mails.js';
import { outboxPages } from './outbox.pages.js';

export function messageRoutes(deps: AppDeps, mails: Mails): Route[] {
  const settings = mailSettingsPages(deps);
  const outbox = outboxPages(deps, mails);
  const may = can('message.manage');
  const one = '/settings/outbox/:messageId';
  return [
    get('/installation/mail', installation, settings.show),
    post('/installation/mail', installation, settings.save),
    post('/installation/mail/test', installation, settings.test),
    post('/installation/mail/removal', installation, settings.remove),

    get('/settings/outbox', may, outbox.list),
    get(one, may, outbox.show),
    get(`${one}/mail`, may, outbox.mail),
    post(`${one}/attempt`, may, outbox.tryAgain),
    post(`${one}/cancellation`, may, outbox.callOff),
  ];
}
