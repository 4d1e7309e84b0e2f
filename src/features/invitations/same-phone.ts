import type { DataSource } from 'typeorm';

type Reader = Pick<DataSource, 'query'>;

const others = `
  FROM delegate d JOIN delegate o ON o.event_id = d.event_id AND o.phone = d.phone AND o.id <> d.id AND o.state = 'active'`;

/** The condition of an invitation `i` with a delegate whose phone another active delegate of the event has. */
export const hasSharedPhone = `EXISTS (
  SELECT 1 ${others} WHERE d.invitation_id = i.id AND d.state = 'active' AND d.phone IS NOT NULL)`;

/** Two active delegates of an event with one phone: `delegateId` is of the invitation that was asked about. */
export interface SharedPhone {
  delegateId: number;
  otherId: number;
  otherName: string;
  invitationId: number;
  institution: string;
}

/**
 * Who else of the event has the phone of a delegate of this invitation. One phone for two is allowed, since families
 * and small institutions share one; it may also be a slip. Names of other institutions are for the office alone.
 */
export function sharedPhones(db: Reader, invitationId: number): Promise<SharedPhone[]> {
  return db.query(
    `SELECT d.id AS "delegateId", o.id AS "otherId", concat_ws(' ', nullif(o.name_before, ''), o.name) AS "otherName",
       o.invitation_id AS "invitationId", l.name AS institution
     ${others} JOIN invitation v ON v.id = o.invitation_id JOIN institution l ON l.id = v.institution_id
     WHERE d.invitation_id = $1 AND d.state = 'active' AND d.phone IS NOT NULL ORDER BY d.id, l.name, o.id LIMIT 50`,
    [invitationId],
  );
}
