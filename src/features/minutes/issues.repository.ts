import type { Tx } from '../../database/data-source.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { Issue } from './issue.entity.js';
import type { IssueFilter } from './minutes.schema.js';
import type { IssueState } from './minutes.words.js';

/** The line is an issue from now on; it may have been one before. */
export async function openIssue(
  tx: Tx,
  officeId: number,
  eventId: number,
  blockId: number,
  at: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO issue (office_id, event_id, block_id, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (block_id) DO NOTHING`,
    [officeId, eventId, blockId, at],
  );
}

const isAnswered = `EXISTS (SELECT 1 FROM minutes_block r WHERE r.parent_id = i.block_id AND r.removed_at IS NULL AND r.text <> '')
  OR EXISTS (SELECT 1 FROM issue_response x WHERE x.issue_id = i.id)`;

/** An issue is answered while it has a response; closed ones stay closed. */
export async function followIssue(tx: Tx, blockId: number): Promise<void> {
  await tx.query(
    `UPDATE issue i SET state = n.state, version = i.version + 1
     FROM (SELECT i.id, CASE WHEN ${isAnswered} THEN 'answered' ELSE 'open' END AS state
           FROM issue i WHERE i.block_id = $1) n
     WHERE i.id = n.id AND i.state <> 'closed' AND i.state <> n.state`,
    [blockId],
  );
}

/** Whether somebody has answered an issue or closed it, or a response stands below its line. */
export async function isTakenUp(tx: Tx, blockId: number): Promise<boolean> {
  const rows = (await tx.query(
    `SELECT 1 FROM minutes_block r WHERE r.parent_id = $1 AND r.removed_at IS NULL
     UNION ALL SELECT 1 FROM issue i WHERE i.block_id = $1 AND i.state <> 'open'`,
    [blockId],
  )) as unknown[];
  return rows.length > 0;
}

export interface IssueRow {
  id: number;
  state: IssueState;
  version: number;
  eventId: number;
  event: string;
  firstDay: string | null;
  zone: string;
  agenda: string | null;
  text: string;
  person: string;
  institutionId: number | null;
  origin: string;
  /** Those in the minutes and those added later. */
  responses: number;
  closedAt: Date | null;
}

const issueQuery = `
  SELECT i.id, i.state, i.version, i.event_id AS "eventId", e.title AS event, e.first_day AS "firstDay", e.zone,
    a.title AS agenda, b.text, b.person, b.institution_id AS "institutionId", coalesce(n.name, b.origin) AS origin,
    i.closed_at AS "closedAt",
    (SELECT count(*)::int FROM minutes_block r WHERE r.parent_id = b.id AND r.removed_at IS NULL AND r.text <> '')
    + (SELECT count(*)::int FROM issue_response x WHERE x.issue_id = i.id) AS responses
  FROM issue i JOIN minutes_block b ON b.id = i.block_id JOIN event e ON e.id = i.event_id
  LEFT JOIN agenda_item a ON a.id = b.agenda_item_id LEFT JOIN institution n ON n.id = b.institution_id
  WHERE i.office_id = $1 AND b.kind = 'issue' AND b.removed_at IS NULL AND b.text <> ''`;

export const issuePageSize = 50;

/** Issues of the office, the newest first, one more than a page holds. */
export const listIssues = (tx: Tx, actor: OfficeActor, filter: IssueFilter): Promise<IssueRow[]> =>
  tx.query(
    `${issueQuery} AND ($2::text IS NULL OR i.state = $2) AND ($3::int IS NULL OR b.institution_id = $3)
       AND ($4::int IS NULL OR i.event_id = $4) AND ($5::int IS NULL OR i.id < $5)
     ORDER BY i.id DESC LIMIT ${issuePageSize + 1}`,
    [
      actor.office.id,
      filter.state ?? null,
      filter.institution ?? null,
      filter.event ?? null,
      filter.after ?? null,
    ],
  );

export async function issueById(tx: Tx, actor: OfficeActor, id: number): Promise<IssueRow | undefined> {
  const [row] = (await tx.query(`${issueQuery} AND i.id = $2`, [actor.office.id, id])) as IssueRow[];
  return row;
}

/** What can be chosen in the filter: the institutions and the events that have issues. */
export async function issueChoices(tx: Tx, actor: OfficeActor) {
  const choose = (column: string, table: string) =>
    tx.query(
      `SELECT DISTINCT x.id, x.${column} AS name FROM issue i JOIN minutes_block b ON b.id = i.block_id
       JOIN ${table} WHERE i.office_id = $1 AND b.removed_at IS NULL ORDER BY 2, 1`,
      [actor.office.id],
    ) as Promise<{ id: number; name: string }[]>;
  return {
    institutions: await choose('name', 'institution x ON x.id = b.institution_id'),
    events: await choose('title', 'event x ON x.id = i.event_id'),
  };
}

export interface ResponseRow {
  text: string;
  person: string;
  /** Who wrote it down. */
  author: string;
  at: Date;
}

/** Responses from the minutes first, then those that were added later. */
export const responsesOf = (tx: Tx, issueId: number): Promise<ResponseRow[]> =>
  tx.query(
    `SELECT text, person, author, at FROM (
       SELECT 0 AS rank, r.position AS place, r.text, r.person,
         concat_ws(' ', nullif(u.name_before, ''), u.name) AS author, r.updated_at AS at
       FROM issue i JOIN minutes_block r ON r.parent_id = i.block_id LEFT JOIN app_user u ON u.id = r.updated_by
       WHERE i.id = $1 AND r.removed_at IS NULL AND r.text <> ''
       UNION ALL
       SELECT 1, x.id, x.text, x.person, concat_ws(' ', nullif(u.name_before, ''), u.name), x.at
       FROM issue_response x JOIN app_user u ON u.id = x.user_id WHERE x.issue_id = $1) all_responses
     ORDER BY rank, place`,
    [issueId],
  );

/** An issue of the office, locked. */
export const lockIssue = (tx: Tx, actor: OfficeActor, id: number): Promise<Issue | null> =>
  tx
    .createQueryBuilder(Issue, 'i')
    .where('i.id = :id AND i.officeId = :officeId', { id, officeId: actor.office.id })
    .setLock('for_no_key_update')
    .getOne();

export async function addResponse(
  tx: Tx,
  issueId: number,
  response: { text: string; person: string; userId: number; at: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO issue_response (issue_id, text, person, user_id, at) VALUES ($1, $2, $3, $4, $5)`,
    [issueId, response.text, response.person, response.userId, response.at],
  );
}
