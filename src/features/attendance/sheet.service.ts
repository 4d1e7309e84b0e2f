import type { Deps } from '../../deps.js';
import { inTransaction } from '../../database/data-source.js';
import { printPdf } from '../../documents/pdf.js';
import { formatPhone, personName, type Format } from '../../i18n/format.js';
import type { Translate } from '../../i18n/translate.js';
import { zoneLabel } from '../../i18n/zones.js';
import { writeTable } from '../../spreadsheets/write-table.js';
import { formats, translators } from '../../texts.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { findEventFor } from '../events/events.service.js';
import { findSigner, letterheadOf } from '../offices/papers.service.js';
import { signatureBlock } from '../offices/signature.js';
import { sheetPaper } from './sheet.document.js';
import { sheetOf, type Sheet } from './sheet.js';

export interface SheetWish {
  /** A session's id, or a day's date. */
  of: number | string;
  form: 'blank' | 'filled';
  file: 'pdf' | 'xlsx';
  /** Empty rows for those who are not in the list. */
  rows: number;
}

/** A file to keep. */
export interface Download {
  content: Buffer;
  type: string;
  name: string;
}

/**
 * The attendance list of a session or a day, blank or filled. Names and phones leave the house with it: who took
 * it is recorded.
 * @throws NotFound for another office's event, or a session or day that it does not have
 */
export async function makeSheet(
  deps: Pick<Deps, 'db' | 'clock' | 'files' | 'config'>,
  actor: OfficeActor,
  eventId: number,
  wish: SheetWish,
  words: { t: Translate; format: Format },
): Promise<Download> {
  const { event, sheet } = await inTransaction(deps.db, async (tx) => {
    const found = await findEventFor(tx, actor, eventId);
    const made = await sheetOf(tx, found, wish.of, wish.form);
    await recordAudit(tx, byActor(actor), {
      action: 'attendance.exported',
      subject: ['event', eventId],
      fields: ['name', 'phone'],
      detail: { count: made.rows.length, form: wish.form, file: wish.file },
    });
    return { event: found, sheet: made };
  });
  const name = `Daftar hadir ${sheet.date}`;
  if (wish.file === 'xlsx') return { ...(await asTable(sheet, event.zone, words)), name: `${name}.xlsx` };
  const indonesian = { t: translators.id, format: formats.id };
  const signer = await findSigner(deps.db, actor);
  const paper = sheetPaper(
    {
      event,
      sheet,
      form: wish.form,
      emptyRows: wish.rows,
      head: await letterheadOf(deps, actor),
      signature: {
        above: indonesian.t('attendance.paper_known'),
        ...(signer ? signatureBlock(signer) : { position: '', name: '', below: [] }),
      },
      isDemo: deps.config.demo,
      at: deps.clock.now(),
    },
    indonesian,
  );
  return { content: await printPdf(paper), type: 'application/pdf', name: `${name}.pdf` };
}

async function asTable(
  sheet: Sheet,
  zone: string,
  { t, format }: { t: Translate; format: Format },
): Promise<{ content: Buffer; type: string }> {
  const headers = ['number', 'name', 'sex', 'position', 'origin', 'phone', 'arrived', 'left', 'note'];
  const content = await writeTable({
    name: sheet.date,
    headers: headers.map((key) => {
      const label = t(`attendance.paper_${key}`);
      return key === 'arrived' || key === 'left' ? `${label} (${zoneLabel(zone)})` : label;
    }),
    rows: sheet.rows.map((row, index) => [
      ...[index + 1, row.name ? personName(row) : '', row.sex ?? '', row.position, row.origin],
      row.phone ? formatPhone(row.phone) : '',
      row.arrivedAt ? format.time(row.arrivedAt, zone) : '',
      row.leftAt ? format.time(row.leftAt, zone) : '',
      [
        row.late && t('attendance.paper_late'),
        row.early && t('attendance.paper_early'),
        row.isExcused && t('attendance.paper_excused'),
      ]
        .filter(Boolean)
        .join(', '),
    ]),
    widths: [6, 34, 6, 24, 36, 18, 16, 16, 24],
  });
  return { content, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
}
