import type { LinkKeys } from '../../links/tokens.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { insertProvisional, type NewcomerFacts } from '../institutions/provisional.js';
import type { Book } from './book.js';
import { chooseInstitutions, type ChosenAs } from './choosing.js';

/**
 * Adds an LKS that is in no list yet, and puts it on the event's list: both, or neither.
 * @throws InvalidInput at `name` when it may be one that is there already, and nobody said that it is another
 * @returns the id of the institution
 */
export async function inviteNewcomer(
  book: Book,
  links: LinkKeys,
  actor: OfficeActor,
  given: { facts: NewcomerFacts; isAnother: boolean; as: ChosenAs },
): Promise<number> {
  const id = await insertProvisional(book.tx, actor, given.facts, given.isAnother);
  await chooseInstitutions(book, links, [id], given.as);
  return id;
}
