import { Router } from 'express';
import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { attendancePages } from './attendance.pages.js';
import { helperPages } from './helper.pages.js';
import { personPages } from './person.pages.js';
import { scanPages } from './scan.pages.js';
import { sheetPages } from './sheet.pages.js';
import { walkInPages } from './walk-ins.pages.js';

const records = can('attendance.record');
const reads = can('office.read');

export function attendanceRoutes(deps: AppDeps): Route[] {
  const pages = attendancePages(deps);
  const person = personPages(deps);
  const walkIns = walkInPages(deps);
  const scan = scanPages(deps);
  const list = '/events/:id/attendance';
  const session = `${list}/sessions/:sessionId`;
  const delegate = `${session}/delegates/:delegateId`;
  const guest = `${session}/guests/:guestId`;
  return [
    get(list, reads, pages.list),
    post(`${list}/sheets`, can('persons.export'), sheetPages(deps, pages.showAgain).download),
    post(`${list}/scan-links`, records, pages.createLink),
    post(`${list}/scan-links/:linkId/revocation`, records, pages.revokeLink),
    get(`${session}/scan`, records, scan.show),
    post(`${session}/scan`, records, scan.scan),
    ...[delegate, guest].flatMap((one) => [
      get(one, reads, person.show),
      post(`${one}/marks`, records, person.mark),
      post(`${one}/excuse`, records, person.excuse),
      post(`${one}/correction`, records, person.correct),
    ]),
    post(`${delegate}/name`, records, person.name),
    post(`${guest}/details`, records, person.changeGuest),
    get(`${session}/walk-in`, records, walkIns.search),
    get(`${session}/walk-in/:institutionId`, records, walkIns.show),
    post(`${session}/walk-in/:institutionId`, records, walkIns.admit),
    post(`${session}/guests`, records, walkIns.admitGuest),
    post(`${session}/speakers/:speakerId`, records, walkIns.admitSpeaker),
  ];
}

/** A helper's page behind its secret address: no session, no list. */
export function scanLinkRouter(deps: AppDeps): Router {
  const pages = helperPages(deps);
  const router = Router();
  router.get('/s/:token', pages.show);
  router.post('/s/:token/marks', pages.scan);
  return router;
}
