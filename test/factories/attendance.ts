import type { DataSource } from 'typeorm';
import { makeEvent } from './events.js';

export interface PastGiven {
  /** First day of the event, `2023-05-20`. */
  day: string;
  /** What became of its delegate; `absent` for one that nobody saw. */
  state?: 'present' | 'excused' | 'absent';
  kind?: string;
  kindLabel?: string;
}

/** A finished event of the office at which somebody of the institution had a seat, and came or did not; its id. */
export async function makePast(
  db: DataSource,
  office: { id: number },
  userId: number,
  institutionId: number,
  { day, state = 'present', kind = 'bimtek', kindLabel = '' }: PastGiven,
): Promise<number> {
  const eventId = await makeEvent(db, office, { state: 'finished', days: [day] });
  await db.query('UPDATE event SET kind = $2, kind_label = $3 WHERE id = $1', [eventId, kind, kindLabel]);
  const [delegate] = (await db.query(
    `WITH t AS (INSERT INTO quota_stratum (event_id, key, seats, position) VALUES ($1, 'umum', 0, 0) RETURNING id),
       v AS (INSERT INTO invitation (event_id, institution_id, state, stratum_id, region_key, service_key)
         SELECT $1, $2, 'accepted', t.id, '63.71', 'anak' FROM t RETURNING id)
     INSERT INTO delegate (event_id, invitation_id, name) SELECT $1, v.id, 'Peserta' FROM v RETURNING id`,
    [eventId, institutionId],
  )) as [{ id: number }];
  // An absent one is absent because others came: where nobody was recorded, nobody stayed away.
  const [guest] = (await db.query(`INSERT INTO guest (event_id, name) VALUES ($1, 'Tamu') RETURNING id`, [
    eventId,
  ])) as [{ id: number }];
  const mark = async (column: 'delegate_id' | 'guest_id', id: number, kept: string) => {
    await db.query(
      `WITH x AS (SELECT x.id FROM event_session x JOIN event_day y ON y.id = x.day_id WHERE y.event_id = $1),
         m AS (INSERT INTO attendance_mark (client_id, event_id, session_id, ${column}, kind, device_at, happened_at,
             recorded_at, way, user_id, reason)
           SELECT gen_random_uuid(), $1, x.id, $2, $3, $4, $4, $4, 'list', $5, 'uji' FROM x RETURNING id, session_id)
       INSERT INTO attendance (event_id, session_id, ${column}, state, arrived_at, last_mark_id)
       SELECT $1, m.session_id, $2, $6, CASE $6 WHEN 'present' THEN $4::timestamptz END, m.id FROM m`,
      [eventId, id, kept === 'present' ? 'in' : 'excused', `${day}T01:00:00Z`, userId, kept],
    );
  };
  await mark('guest_id', guest.id, 'present');
  if (state !== 'absent') await mark('delegate_id', delegate.id, state);
  return eventId;
}
