import { inTransaction, type Tx } from '../../database/data-source.js';
import { Conflict, NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import type { MinutesDeps } from './blocks.service.js';
import { Issue } from './issue.entity.js';
import {
  addResponse,
  followIssue,
  issueById,
  issueChoices,
  issuePageSize,
  listIssues,
  lockIssue,
  responsesOf,
} from './issues.repository.js';
import type { IssueFilter } from './minutes.schema.js';

/** A page of the register across events, the newest issue first, and what to filter by. */
export async function issueList({ db }: MinutesDeps, actor: OfficeActor, filter: IssueFilter) {
  const rows = await listIssues(db.manager, actor, filter);
  const issues = rows.slice(0, issuePageSize);
  const last = issues.at(-1);
  return {
    issues,
    next: rows.length > issuePageSize && last ? last.id : null,
    ...(await issueChoices(db.manager, actor)),
  };
}

/** An issue with its responses. @throws NotFound for one of another office, or none */
export async function issueRecord({ db }: MinutesDeps, actor: OfficeActor, id: number) {
  const issue = await issueById(db.manager, actor, id);
  if (!issue) throw new NotFound();
  return { issue, responses: await responsesOf(db.manager, id) };
}

function changeIssue(
  { db }: MinutesDeps,
  actor: OfficeActor,
  id: number,
  action: string,
  work: (tx: Tx, issue: Issue) => Promise<unknown>,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const issue = await lockIssue(tx, actor, id);
    if (!issue) throw new NotFound();
    await work(tx, issue);
    await recordAudit(tx, byActor(actor), { action, subject: ['issue', id] });
  });
}

/**
 * Appends what came later than the minutes; they themselves stay as they are.
 * @throws Conflict for a closed issue
 */
export const respondLater = (
  deps: MinutesDeps,
  actor: OfficeActor,
  id: number,
  response: { text: string; person: string },
): Promise<void> =>
  changeIssue(deps, actor, id, 'issue.answered', async (tx, issue) => {
    if (issue.state === 'closed') throw new Conflict('issue.error.closed');
    await addResponse(tx, id, { ...response, userId: actor.userId, at: deps.clock.now() });
    await followIssue(tx, issue.blockId);
  });

/** @throws Conflict when somebody has closed it already */
export const closeIssue = (deps: MinutesDeps, actor: OfficeActor, id: number): Promise<void> =>
  changeIssue(deps, actor, id, 'issue.closed', (tx, { state, version }) => {
    if (state === 'closed') throw new Conflict('issue.error.closed');
    return tx.update(Issue, id, { state: 'closed', closedAt: deps.clock.now(), version: version + 1 });
  });

/** @throws Conflict when it is open */
export const reopenIssue = (deps: MinutesDeps, actor: OfficeActor, id: number): Promise<void> =>
  changeIssue(deps, actor, id, 'issue.reopened', async (tx, { state, version, blockId }) => {
    if (state !== 'closed') throw new Conflict('issue.error.not_closed');
    await tx.update(Issue, id, { state: 'open', closedAt: null, version: version + 1 });
    await followIssue(tx, blockId);
  });
