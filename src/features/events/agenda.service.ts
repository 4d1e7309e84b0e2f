import { inTransaction, type Tx } from '../../database/data-source.js';
import { InvalidInput, type FieldProblem } from '../../errors.js';
import { instantOf } from '../../i18n/zones.js';
import type { OfficeActor } from '../accounts/permissions.js';
import type { Event } from './event.entity.js';
import type { Agenda, Speakers } from './events.schema.js';
import {
  insertAgendaItem,
  insertSpeaker,
  sessionsOf,
  speakersOf,
  updateAgendaItem,
  type AgendaRow,
  type SessionRow,
} from './plan.repository.js';
import { openPlan, savePlan, type EventDeps } from './plan.service.js';

/** Speakers, moderators, the chair: kept, changed, added, and those ticked taken off. */
export function changeSpeakers(
  { db }: EventDeps,
  actor: OfficeActor,
  id: number,
  typed: Speakers,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const event = await openPlan(tx, actor, id, typed.version);
    const known = new Set((await speakersOf(tx, id)).map((speaker) => speaker.id));
    for (const speaker of Object.values(typed.rows)) {
      if (!speaker.id || !known.has(speaker.id)) {
        await insertSpeaker(tx, id, speaker);
        continue;
      }
      const { nameBefore, name, nameAfter, role, position, origin } = speaker;
      await tx.query(
        `UPDATE speaker SET name_before = $2, name = $3, name_after = $4, role = $5, position = $6, origin = $7
         WHERE id = $1`,
        [speaker.id, nameBefore, name, nameAfter, role, position, origin],
      );
    }
    await tx.query(`DELETE FROM speaker WHERE event_id = $1 AND id = ANY ($2::int[])`, [id, typed.removed]);
    await savePlan(tx, actor, event, {}, ['speakers']);
  });
}

type Item = Omit<AgendaRow, 'id'> & { id: number | null };

/** @throws InvalidInput at the rows that lie outside their session or end before they start */
function readItems(event: Event, sessions: SessionRow[], speakerIds: Set<number>, { rows }: Agenda): Item[] {
  const problems: Record<string, FieldProblem> = {};
  const items = Object.entries(rows).flatMap(([index, row]) => {
    const session = sessions.find(({ id }) => id === row.sessionId);
    if (!session) {
      problems[`rows.${index}.title`] = { key: 'event.error.session_gone' };
      return [];
    }
    const startsAt = instantOf(session.date, row.from, event.zone);
    const endsAt = row.to ? instantOf(session.date, row.to, event.zone) : null;
    if (endsAt && endsAt <= startsAt) problems[`rows.${index}.to`] = { key: 'event.error.end_before_start' };
    else if (startsAt < session.startsAt)
      problems[`rows.${index}.from`] = { key: 'event.error.outside_session' };
    else if (session.endsAt && (endsAt ?? startsAt) > session.endsAt)
      problems[`rows.${index}.${endsAt ? 'to' : 'from'}`] = { key: 'event.error.outside_session' };
    const speakerId = row.speakerId && speakerIds.has(row.speakerId) ? row.speakerId : null;
    return [{ ...row, speakerId, startsAt, endsAt }];
  });
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
  return items;
}

/** Materials and lines of the minutes hang on an item: it keeps its id when its title or hour changes. */
async function saveItem(tx: Tx, eventId: number, item: Item): Promise<void> {
  const isKnown = item.id !== null && (await updateAgendaItem(tx, eventId, { ...item, id: item.id }));
  if (!isKnown) await insertAgendaItem(tx, item);
}

/**
 * What happens when, session by session.
 * @throws InvalidInput at the rows that do not fit into their session
 */
export function changeAgenda(
  { db }: EventDeps,
  actor: OfficeActor,
  id: number,
  typed: Agenda,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const event = await openPlan(tx, actor, id, typed.version);
    const sessions = await sessionsOf(tx, id);
    const speakerIds = new Set((await speakersOf(tx, id)).map((speaker) => speaker.id));
    const items = readItems(event, sessions, speakerIds, typed);
    await tx.query(
      `DELETE FROM agenda_item a USING event_session s, event_day d
       WHERE s.id = a.session_id AND d.id = s.day_id AND d.event_id = $1 AND a.id = ANY ($2::int[])`,
      [id, typed.removed],
    );
    for (const item of items) await saveItem(tx, id, item);
    await savePlan(tx, actor, event, {}, ['agenda']);
  });
}
