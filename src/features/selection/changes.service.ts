import { inTransaction } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import type { LinkKeys } from '../../links/tokens.js';
import { Conflict, InvalidInput, NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { findEventFor } from '../events/events.service.js';
import { openBook, type Book } from '../invitations/book.js';
import { dropFromList, placeOnList, standingOnList } from '../invitations/choosing.js';
import { offerByHand, officeAuthor } from '../invitations/invitations.service.js';
import { entriesOfRun, findRun, runsOf, writeChange, type Standing } from './runs.repository.js';

export interface WantedChange {
  institutionId: number;
  to: Standing;
  reason: string;
}

/**
 * Changes by hand what a run decided, while that institution was told nothing: in, among the reserves at the place the
 * run gave, or out. Once the others were invited, whoever comes in is invited at once. The run itself stays as it is; the change stands beside it with its reason.
 * @throws Conflict for a run that is not the last one, an event that is over, or an institution that was told already
 * @throws InvalidInput at `to` when nothing would change, or its stratum has no seat left for one more
 */
export function changeSelection(
  deps: Pick<Deps, 'db' | 'clock' | 'links'>,
  actor: OfficeActor,
  ids: { eventId: number; runId: number },
  { institutionId, to, reason }: WantedChange,
): Promise<void> {
  const { eventId, runId } = ids;
  return inTransaction(deps.db, async (tx) => {
    await findEventFor(tx, actor, eventId);
    const book = await openBook(tx, deps.clock, eventId, officeAuthor(actor));
    if (!['draft', 'published'].includes(book.quota.eventState))
      throw new Conflict('selection.error.event_over');
    const run = await findRun(tx, eventId, runId);
    if ((await runsOf(tx, eventId))[0]?.id !== runId) throw new Conflict('selection.error.older_run');
    const entry = (await entriesOfRun(tx, eventId, runId)).find((one) => one.institutionId === institutionId);
    if (!entry) throw new NotFound();
    const from = await standingOnList(book, institutionId);
    if (from === 'told') throw new Conflict('selection.error.told_already');
    if (from === to) throw InvalidInput.at('to', 'selection.error.same');
    const { seatsPerInstitution: demand } = run.settings;
    const given = { demand, rank: entry.rank };
    // An offer by hand stands among the changes by itself.
    if (to === 'chosen' && book.quota.eventState === 'published')
      await inviteAtOnce(book, deps.links, { institutionId, reason }, given);
    else {
      if (to === 'out') await dropFromList(book, institutionId);
      else await placeOnList(book, deps.links, institutionId, to, given);
      await writeChange(tx, runId, { institutionId, from, to, reason, userId: actor.userId, at: book.now });
    }
    await recordAudit(tx, byActor(actor), {
      action: 'selection.changed',
      subject: ['institution', institutionId],
      detail: { event: eventId, run: run.number, from, to },
    });
  });
}

async function inviteAtOnce(
  book: Book,
  links: LinkKeys,
  { institutionId, reason }: Pick<WantedChange, 'institutionId' | 'reason'>,
  given: { demand: number; rank: number | null },
): Promise<void> {
  const id = await placeOnList(book, links, institutionId, 'reserve', given);
  try {
    await offerByHand(book, id, given.demand, reason);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput({ to: Object.values(error.fields)[0] ?? { key: 'error.choose' } });
  }
}
