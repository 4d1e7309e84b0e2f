import type { DataSource } from 'typeorm';
import { columnsOf, type Tx } from '../../database/data-source.js';
import { NotFound } from '../../errors.js';
import { personName, type PersonName } from '../../i18n/format.js';
import type { Recipient } from './content.js';
import type { PlannedEvent } from './event-words.js';
import { InvitationLetter } from './invitation-letter.entity.js';
import type { LetterState } from './letter-words.js';

type Reader = Pick<DataSource, 'query'>;

/** A letter with the number that it bears; null until the registry has given one. */
export type NumberedLetter = InvitationLetter & { number: string | null };

const letterColumns = (tx: Tx) => `${columnsOf(tx, InvitationLetter, 'b')}, n.number`;
const letterJoins = 'FROM invitation_letter b LEFT JOIN letter_number n ON n.letter_id = b.id';

/** @throws NotFound when the event has no such letter */
export async function findLetter(tx: Tx, eventId: number, id: number): Promise<NumberedLetter> {
  const [row] = (await tx.query(
    `SELECT ${letterColumns(tx)} ${letterJoins} WHERE b.id = $1 AND b.event_id = $2`,
    [id, eventId],
  )) as [NumberedLetter | undefined];
  if (!row) throw new NotFound();
  return row;
}

/** The same, kept from changing until the transaction ends. @throws NotFound as above */
export async function lockLetter(tx: Tx, eventId: number, id: number): Promise<NumberedLetter> {
  await tx.query('SELECT 1 FROM invitation_letter WHERE id = $1 FOR UPDATE', [id]);
  return findLetter(tx, eventId, id);
}

/** All letters of an event, the newest first. */
export const lettersOf = (tx: Tx, eventId: number): Promise<NumberedLetter[]> =>
  tx.query(`SELECT ${letterColumns(tx)} ${letterJoins} WHERE b.event_id = $1 ORDER BY b.id DESC`, [eventId]);

/** Letters that go out now, one of each event: the last that was issued. */
export const issuedLetters = (tx: Tx, eventIds: number[]): Promise<NumberedLetter[]> =>
  tx.query(
    `SELECT DISTINCT ON (b.event_id) ${letterColumns(tx)} ${letterJoins}
     WHERE b.event_id = ANY ($1) AND b.state = 'issued' ORDER BY b.event_id, b.issued_at DESC, b.id DESC`,
    [eventIds],
  );

/** These events as their plans stand, but for the days. */
export const plannedEvents = (db: Reader, ids: number[]): Promise<(PlannedEvent & { id: number })[]> =>
  db.query(
    `SELECT id, title, subject, zone, venue_name AS "venueName", venue_address AS "venueAddress",
       online_url AS "onlineUrl", answer_by AS "answerBy" FROM event WHERE id = ANY ($1)`,
    [ids],
  );

/** Begins a letter unless one is being written already. @returns its id, or undefined when there is one */
export async function insertLetter(tx: Tx, letter: Partial<InvitationLetter>): Promise<number | undefined> {
  const inserted = await tx
    .createQueryBuilder()
    .insert()
    .into(InvitationLetter)
    .values(letter)
    .orIgnore()
    .returning('id')
    .execute();
  return (inserted.raw as { id: number }[])[0]?.id;
}

/** Its number, when a letter of this state is being written for the event. */
export async function letterInWork(
  tx: Reader,
  eventId: number,
): Promise<{ id: number; state: LetterState } | undefined> {
  const [row] = (await tx.query(
    `SELECT id, state FROM invitation_letter WHERE event_id = $1 AND state <> 'issued'`,
    [eventId],
  )) as [{ id: number; state: LetterState } | undefined];
  return row;
}

/** The institution's address as a letter writes it, and how many of it may come. */
const recipientColumns = `
  i.id AS "invitationId", l.name, concat_ws(', ', nullif(l.address, ''), r.name) AS address,
  CASE WHEN e.filling = 'selection' AND i.demand > 0 AND i.state IN ('draft', 'offered', 'reserve') THEN i.demand
    ELSE greatest(1, least(q.seats_per_institution, coalesce(t.limit_per_institution, q.seats_per_institution)))
    END AS seats`;
const recipientJoins = `
  FROM invitation i JOIN event e ON e.id = i.event_id JOIN event_quota q ON q.event_id = e.id
  JOIN quota_stratum t ON t.id = i.stratum_id JOIN institution l ON l.id = i.institution_id
  JOIN region r ON r.code = l.region_code`;

/** Everybody that a letter of this event is for, by name; reserves when they are invited. */
export const recipientsOf = (db: Reader, eventId: number): Promise<Recipient[]> =>
  db.query(
    `SELECT ${recipientColumns} ${recipientJoins}
     WHERE i.event_id = $1 AND i.state NOT IN ('reserve', 'revoked') ORDER BY l.name, i.id`,
    [eventId],
  );

/** A recipient, and what its own address and code are made of. */
export interface KeyedRecipient extends Recipient {
  eventId: number;
  tokenVersion: number;
}

/** Those of these invitations that a letter can be printed for, in the order of their names. */
export const keyedRecipients = (db: Reader, invitationIds: number[]): Promise<KeyedRecipient[]> =>
  db.query(
    `SELECT ${recipientColumns}, i.event_id AS "eventId", i.token_version AS "tokenVersion" ${recipientJoins}
     WHERE i.id = ANY ($1) AND i.state NOT IN ('reserve', 'revoked') ORDER BY l.name, i.id`,
    [invitationIds],
  );

/** Where the content of a stored file is. */
export async function fileOf(db: Reader, id: number): Promise<{ sha256: string; mediaType: string }> {
  const [row] = (await db.query('SELECT sha256, media_type AS "mediaType" FROM stored_file WHERE id = $1', [
    id,
  ])) as [{ sha256: string; mediaType: string } | undefined];
  if (!row) throw new NotFound();
  return row;
}

/** Names of the people who did something to a letter, by their ids. */
export async function peopleNames(db: Reader, ids: (number | null)[]): Promise<Map<number, string>> {
  const rows = (await db.query(
    `SELECT id, name_before AS "nameBefore", name, name_after AS "nameAfter" FROM app_user WHERE id = ANY ($1)`,
    [ids.filter((id) => id !== null)],
  )) as (PersonName & { id: number })[];
  return new Map(rows.map((row) => [row.id, personName(row)]));
}
