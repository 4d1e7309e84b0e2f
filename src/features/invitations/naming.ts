import { Conflict, NotFound } from '../../errors.js';
import { refuseIfCheckedIn } from '../attendance/attended.js';
import { recordAudit } from '../audit/audit.service.js';
import { recallFromDelegate } from '../messages/outbox.js';
import { passSeatOn } from '../quotas/seats.js';
import type { Book } from './book.js';
import { Delegate } from './delegate.entity.js';
import { tellDelegates } from './delegates.js';
import { isAlive } from './offers.js';

/** What is known of a person who comes. */
export type DelegatePerson = Pick<
  Delegate,
  'nameBefore' | 'name' | 'nameAfter' | 'sex' | 'position' | 'phone' | 'email' | 'needs'
>;

/** Until when the institution itself may change names; the office until the event is over (rules.md 15). */
export function namesAreOpen({ quota, now, author }: Pick<Book, 'quota' | 'now' | 'author'>): boolean {
  if (!isAlive(quota.eventState)) return false;
  if (author.way === 'office') return true;
  const until = quota.namesUntil ?? quota.startsAt;
  return until !== null && now <= until;
}

async function activeDelegate(book: Book, invitationId: number, id: number): Promise<Delegate> {
  const { tx, quota } = book;
  const delegate = await tx.findOneBy(Delegate, { id, invitationId, eventId: quota.eventId });
  if (!delegate) throw new NotFound();
  if (delegate.state !== 'active') throw new Conflict('answer.delegate_gone');
  if (!namesAreOpen(book)) throw new Conflict('answer.names_closed');
  return delegate;
}

async function note(book: Book, delegateId: number, action: string, fields: string[]): Promise<void> {
  await recordAudit(
    book.tx,
    { officeId: book.quota.officeId, ...book.author },
    { action, subject: ['delegate', delegateId], fields, detail: { event: book.quota.eventId } },
  );
}

/**
 * Names a delegate who had none, or corrects how one is written: the same person, the same link.
 * What is left out of `person` stays as it is.
 */
export async function correctDelegate(
  book: Book,
  invitationId: number,
  id: number,
  person: Partial<DelegatePerson>,
) {
  const delegate = await activeDelegate(book, invitationId, id);
  const fields = (Object.keys(person) as (keyof DelegatePerson)[]).filter(
    (key) => delegate[key] !== person[key],
  );
  if (fields.length === 0) return delegate;
  await book.tx.update(Delegate, { id }, person);
  if (fields.includes('email')) await tellNamed(book, id, person.email);
  await note(book, id, 'delegate.correct', fields);
  return { ...delegate, ...person };
}

/** Confirms to the address that is known now; what waited for an earlier one never leaves. */
async function tellNamed(book: Book, id: number, email: string | null | undefined): Promise<void> {
  await recallFromDelegate(book.tx, id);
  if (email) await tellDelegates(book, 'confirmation', `named${book.now.getTime()}`, [id], false);
}

/** Who had the seat before is told, unless it is the same address that now hears of it again. */
async function tellReplaced(book: Book, earlier: Delegate, email: string | null | undefined): Promise<void> {
  if (earlier.email && earlier.email !== email) await tellDelegates(book, 'released', 'ended', [earlier.id]);
  else await recallFromDelegate(book.tx, earlier.id);
}

/** Somebody else comes on the same seat; the earlier person's link and code end. */
export async function replaceDelegate(
  book: Book,
  invitationId: number,
  id: number,
  person: Partial<DelegatePerson>,
) {
  const earlier = await activeDelegate(book, invitationId, id);
  if (earlier.name === '') return correctDelegate(book, invitationId, id, person);
  await refuseIfCheckedIn(book.tx, invitationId, [id]);
  const { identifiers } = await book.tx.insert(Delegate, {
    ...person,
    eventId: earlier.eventId,
    invitationId,
    replacesId: id,
  });
  const replacement = Number(identifiers[0]?.id);
  await passSeatOn(book.tx, id, replacement);
  await book.tx.update(Delegate, { id }, { state: 'replaced', endedAt: book.now });
  await tellReplaced(book, earlier, person.email);
  await tellNamed(book, replacement, person.email);
  await note(book, replacement, 'delegate.replace', Object.keys(person));
  return book.tx.findOneByOrFail(Delegate, { id: replacement });
}
