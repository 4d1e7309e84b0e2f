import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { approvalPages } from './approval.pages.js';
import { blockPages } from './blocks.pages.js';
import { editionPages } from './editions.pages.js';
import { issuePages } from './issues.pages.js';
import { listPages } from './lists.pages.js';
import { minutesPages } from './minutes.pages.js';

const reads = can('office.read');
const writes = can('minutes.write');
const approves = can('minutes.approve');

export function minutesRoutes(deps: AppDeps): Route[] {
  const pages = minutesPages(deps);
  const blocks = blockPages(deps);
  const approval = approvalPages(deps);
  const editions = editionPages(deps);
  const issues = issuePages(deps);
  const minutes = '/events/:id/minutes';
  return [
    get(minutes, reads, pages.show),
    post(minutes, writes, pages.begin),
    get(`${minutes}/head`, writes, pages.showHead),
    post(`${minutes}/head`, writes, pages.saveHead),
    get(`${minutes}/notula.pdf`, reads, pages.paper),
    get(`${minutes}/token`, writes, blocks.token),
    get(`${minutes}/blocks`, writes, blocks.list),
    post(`${minutes}/blocks`, writes, blocks.save),
    get(`${minutes}/blocks/:blockId`, reads, blocks.history),
    post(`${minutes}/blocks/:blockId/kind`, writes, blocks.changeKind),
    post(`${minutes}/blocks/:blockId/removal`, writes, blocks.remove),
    post(`${minutes}/blocks/:blockId/restoration`, writes, blocks.restore),
    get(`${minutes}/lists`, reads, listPages(deps).show),
    ...listPages(deps).lists.flatMap(({ name, save, remove }) => [
      post(`${minutes}/${name}`, writes, save),
      post(`${minutes}/${name}/:rowId/removal`, writes, remove),
    ]),
    post(`${minutes}/submission`, writes, approval.submit),
    post(`${minutes}/return`, approves, approval.giveBack),
    post(`${minutes}/approval`, approves, approval.approve),
    post(`${minutes}/publication`, can('minutes.publish'), approval.publish),
    post(`${minutes}/correction`, writes, approval.correct),
    get(`${minutes}/editions`, reads, editions.list),
    get(`${minutes}/editions/:number`, reads, editions.show),
    get(`${minutes}/editions/:number/notula.pdf`, reads, editions.paper),
    get('/issues', reads, issues.list),
    get('/issues/:id', reads, issues.show),
    post('/issues/:id/responses', writes, issues.respond),
    post('/issues/:id/closing', writes, issues.close),
    post('/issues/:id/reopening', writes, issues.reopen),
  ];
}
