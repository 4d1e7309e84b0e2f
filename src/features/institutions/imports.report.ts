import type { DataSource } from 'typeorm';
import { inTransaction } from '../../database/data-source.js';
import type { Translate } from '../../i18n/translate.js';
import type { TableSheet } from '../../spreadsheets/write-table.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { linesOf, type ImportBatch, type ListedLine } from './imports.repository.js';
import type { ImportNote } from './imports.rows.js';

/** A remark in words. */
export function noteText({ key, field, cell, line }: ImportNote, t: Translate): string {
  const name = field ? t(`institution.field.${field}`) : '';
  const text = t(key, { field: name, line });
  return cell ? `${text} (${cell})` : text;
}

/** What happened to a line once it was applied, or what would. */
function outcomeText({ outcome, decision, proposedTo }: ListedLine, t: Translate): string {
  if (decision === 'create') return t('import.done.created');
  if (decision === 'update') return t('import.done.updated');
  if (decision === 'propose') return t('import.proposed_to', { office: proposedTo });
  return t(
    outcome === 'same' || outcome === 'skipped' ? `import.outcome.${outcome}` : `import.left.${outcome}`,
  );
}

/** Every line of the file with what became of it, for those who keep the list. Who takes it along is kept. */
export async function importReport(
  db: DataSource,
  actor: OfficeActor,
  batch: ImportBatch,
  t: Translate,
): Promise<TableSheet> {
  const lines = await linesOf(db, batch.id, { outcome: '', after: 0, limit: 30_000 });
  await inTransaction(db, (tx) =>
    recordAudit(tx, byActor(actor), {
      action: 'institutions.report_downloaded',
      subject: ['import', batch.id],
      detail: { count: lines.length },
    }),
  );
  return {
    name: t('import.report'),
    headers: [
      t('import.line'),
      t('institution.field.name'),
      t('import.result'),
      t('import.changes'),
      t('import.notes'),
    ],
    widths: [8, 44, 30, 44, 60],
    rows: lines.map((line) => [
      line.number,
      line.name,
      outcomeText(line, t),
      Object.keys(line.changes)
        .map((field) => t(`institution.field.${field}`))
        .join(', '),
      line.notes.map((note) => noteText(note, t)).join('; '),
    ]),
  };
}
