import type { DataSource } from 'typeorm';
import { Conflict } from '../../errors.js';
import type { Book } from './book.js';
import { Delegate } from './delegate.entity.js';
import { replaceDelegate } from './naming.js';

type Reader = Pick<DataSource, 'query'>;

/** Somebody whom an institution sent before; phone and e-mail are there as long as they are kept. */
export type KnownPerson = Pick<
  Delegate,
  'id' | 'nameBefore' | 'name' | 'nameAfter' | 'sex' | 'position' | 'phone' | 'email'
> & {
  /** Set while they speak for the institution. */
  representativeId: number | null;
};

const offered = 6;

/**
 * People whom the same institution sent to earlier events of the same office, the latest first. Who comes to this one
 * already is not offered. Found through the invitation alone, so that no other institution's people can be among them.
 */
export function knownPeople(db: Reader, invitationId: number): Promise<KnownPerson[]> {
  return db.query(
    `SELECT id, "nameBefore", name, "nameAfter", sex, position, phone, email, "representativeId" FROM (
       SELECT DISTINCT ON (lower(d.name)) d.id, d.name_before AS "nameBefore", d.name, d.name_after AS "nameAfter", d.sex,
         d.position, d.phone, d.email, r.id AS "representativeId", past.starts_at AS at
       FROM invitation i
       JOIN event e ON e.id = i.event_id
       JOIN invitation v ON v.institution_id = i.institution_id AND v.id <> i.id
       JOIN event past ON past.id = v.event_id AND past.office_id = e.office_id
         AND past.starts_at < coalesce(e.starts_at, 'infinity') AND past.state IN ('running', 'finished')
       JOIN delegate d ON d.invitation_id = v.id AND d.state = 'active' AND d.name <> ''
       LEFT JOIN representative r ON r.id = d.representative_id AND r.institution_id = i.institution_id
         AND r.ended_at IS NULL
       WHERE i.id = $1 AND NOT EXISTS (
         SELECT 1 FROM delegate here WHERE here.invitation_id = i.id AND here.state = 'active'
           AND (lower(here.name) = lower(d.name) OR here.representative_id = r.id))
       ORDER BY lower(d.name), past.starts_at DESC, d.id DESC) known
     ORDER BY at DESC, id DESC LIMIT ${offered}`,
    [invitationId],
  );
}

/**
 * Gives a seat to somebody known: names a delegate who had no name yet, or sends the known person in their place.
 * @throws Conflict when that person is not, or no longer, among those offered to this institution
 */
export async function sendKnownPerson(
  book: Book,
  invitationId: number,
  delegateId: number,
  knownId: number,
): Promise<'named' | 'replaced'> {
  const found = (await knownPeople(book.tx, invitationId)).find(({ id }) => id === knownId);
  if (!found) throw new Conflict('invitation.known_gone');
  const { id: _id, representativeId, ...person } = found;
  const { id } = await replaceDelegate(book, invitationId, delegateId, person);
  // Their row says so too: a seat that becomes free later is not filled with them a second time.
  if (representativeId) await book.tx.update(Delegate, { id }, { representativeId });
  return id === delegateId ? 'named' : 'replaced';
}
