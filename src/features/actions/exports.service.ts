import type { Deps } from '../../deps.js';
import { inTransaction } from '../../database/data-source.js';
import { localParts } from '../../i18n/zones.js';
import type { TableSheet } from '../../spreadsheets/write-table.js';
import { formats, translators } from '../../texts.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { eventOverview } from '../events/events.service.js';
import { officePlace } from '../letters/letters.service.js';
import { findSigner, letterheadOf } from '../offices/papers.service.js';
import { signatureBlock } from '../offices/signature.js';
import { rtlPaper, rtlSheet, type RtlLine } from './actions.documents.js';
import { evidenceNames, type ActionRow, type Reader } from './actions.repository.js';
import { exportedActions } from './list.repository.js';
import type { ActionFilter } from './actions.schema.js';

type ExportDeps = Pick<Deps, 'db' | 'clock' | 'files' | 'config'>;

/** Follow-ups as lines of the RTL table, with the names of their evidence. */
export async function rtlLines(db: Reader, actions: ActionRow[]): Promise<RtlLine[]> {
  const names = await evidenceNames(
    db,
    actions.map(({ id }) => id),
  );
  return actions.map((action) => ({ ...action, evidence: names.get(action.id) ?? [] }));
}

/** Reads what a filter finds; names of people leave the house with it, so it is recorded who took how many. */
function takeLines(
  { db, clock }: ExportDeps,
  actor: OfficeActor,
  { format, ...filter }: ActionFilter & { format: string },
): Promise<RtlLine[]> {
  return inTransaction(db, async (tx) => {
    const today = localParts(clock.now(), actor.office.zone).date;
    const lines = await rtlLines(tx, await exportedActions(tx, actor, filter, today));
    await recordAudit(tx, byActor(actor), {
      action: 'actions.exported',
      subject: ['action', null],
      detail: { count: lines.length, format, event: filter.event ?? null },
    });
    return lines;
  });
}

export const exportSheet = async (
  deps: ExportDeps,
  actor: OfficeActor,
  filter: ActionFilter,
): Promise<TableSheet> => rtlSheet(await takeLines(deps, actor, { ...filter, format: 'xlsx' }));

/** @throws NotFound when the filter names an event of another office */
export async function exportPaper(
  deps: ExportDeps,
  actor: OfficeActor,
  filter: ActionFilter,
): Promise<Buffer> {
  const { db, clock, config } = deps;
  const found = filter.event ? await eventOverview(deps, actor, filter.event) : undefined;
  const { firstDay = null } = found?.event ?? {};
  const signer = await findSigner(db, actor);
  const today = localParts(clock.now(), actor.office.zone).date;
  return rtlPaper({
    heading: found?.event.title ?? actor.office.name,
    days: firstDay ? formats.id.dateRange(firstDay, found?.event.lastDay ?? firstDay) : '',
    lines: await takeLines(deps, actor, { ...filter, format: 'pdf' }),
    letterhead: await letterheadOf(deps, actor),
    signer: signer && signatureBlock(signer),
    signedAt: [await officePlace(db.manager, actor), formats.id.dateRange(today, today)]
      .filter(Boolean)
      .join(', '),
    specimen: config.demo ? translators.id('action.specimen') : undefined,
    at: clock.now(),
  });
}
