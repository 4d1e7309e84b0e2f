import type { DataSource } from 'typeorm';
import { inTransaction } from '../../database/data-source.js';
import { formatPhone } from '../../i18n/format.js';
import type { Translate } from '../../i18n/translate.js';
import { daysBetween, localParts } from '../../i18n/zones.js';
import type { TableSheet } from '../../spreadsheets/write-table.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import {
  awaitedByPendamping,
  awaitedOf,
  mostRows,
  type AwaitedEvent,
  type AwaitedRow,
} from './unanswered.repository.js';

/** An institution that has not answered, with the days that are left to it. */
export interface Awaited extends AwaitedRow {
  /** Whole days in the event's zone: 0 is today, negative is past; null without a deadline. */
  daysLeft: number | null;
}

export interface AwaitedList {
  rows: Awaited[];
  /** More than are shown. */
  isCut: boolean;
}

interface Asked {
  eventId: number;
  zone: string;
  /** Only those that the actor looks after. */
  onlyMine: boolean;
  now: Date;
}

/** Who has not answered; names and phones are in it, so it is kept who read them. */
export function readAwaited(db: DataSource, actor: OfficeActor, asked: Asked): Promise<AwaitedList> {
  return inTransaction(db, async (tx) => {
    const list = await listAwaited(tx, actor, asked);
    if (list.rows.length > 0)
      await recordAudit(tx, byActor(actor), { action: 'persons.read', subject: ['event', asked.eventId] });
    return list;
  });
}

async function listAwaited(
  db: Pick<DataSource, 'query'>,
  actor: OfficeActor,
  { eventId, zone, onlyMine, now }: Asked,
): Promise<AwaitedList> {
  const found = await awaitedOf(db, eventId, onlyMine ? actor.userId : null);
  const today = localParts(now, zone).date;
  const rows = found.slice(0, mostRows).map((row) => ({
    ...row,
    daysLeft: row.answerBy && daysBetween(today, localParts(row.answerBy, zone).date),
  }));
  return { rows, isCut: found.length > mostRows };
}

/** What was last done to reach an institution, in words; empty when nothing was. */
export function contactWords(t: Translate, { contactWay, callOutcome }: AwaitedRow): string {
  if (!contactWay) return '';
  return contactWay === 'call' && callOutcome
    ? t(`timeline.called_${callOutcome}`)
    : t(`unanswered.way_${contactWay}`);
}

/** The same list as a sheet: it leaves the house, so it is recorded who took how many. */
export function exportAwaited(
  db: DataSource,
  actor: OfficeActor,
  asked: Asked,
  { t, dateTime }: { t: Translate; dateTime: (at: Date) => string },
): Promise<TableSheet> {
  return inTransaction(db, async (tx) => {
    const { rows } = await listAwaited(tx, actor, asked);
    await recordAudit(tx, byActor(actor), {
      action: 'invitations.unanswered_exported',
      subject: ['event', asked.eventId],
      detail: { count: rows.length, onlyMine: asked.onlyMine },
    });
    const columns: [key: string, width: number, cell: (row: Awaited) => string | number | null][] = [
      ['common.region', 24, (row) => row.regionName],
      ['invitation.institution', 36, (row) => row.name],
      ['invitation.state', 18, (row) => t(`invitation.state_${row.state}`)],
      ['unanswered.contact', 28, (row) => row.contactName],
      ['common.phone', 18, (row) => row.phone && formatPhone(row.phone)],
      ['unanswered.pendamping', 28, (row) => row.pendamping],
      ['unanswered.last_contact', 28, (row) => contactWords(t, row) || null],
      ['unanswered.last_contact_at', 22, (row) => row.contactAt && dateTime(row.contactAt)],
      ['unanswered.days_left', 10, (row) => row.daysLeft],
    ];
    return {
      name: t('unanswered.title'),
      headers: columns.map(([key]) => t(key)),
      rows: rows.map((row) => columns.map(([, , cell]) => cell(row))),
      widths: columns.map(([, width]) => width),
    };
  });
}

/** Events whose institutions this person looks after and has to ask for their answer. */
export const awaitedOfMine = (db: DataSource, actor: OfficeActor, now: Date): Promise<AwaitedEvent[]> =>
  awaitedByPendamping(db, actor.office.id, actor.userId, now);
