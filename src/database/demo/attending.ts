import { randomUUID } from 'node:crypto';
import { markPerson, nameAndMark, type At } from '../../features/attendance/attendance.service.js';
import type { MarkWish } from '../../features/attendance/marking.js';
import { admitGuest, admitPerson, admitSpeaker } from '../../features/attendance/walk-ins.service.js';
import type { Reception } from './inviting.js';
import { inventPerson, inventPhone } from './people.js';

const minute = 60_000;

/** How many of those who are expected come late, are excused, or stay away, in each session. */
export interface Presence {
  late?: number;
  excused?: number;
  away?: number;
  /** Leave before the end. */
  early?: number;
  /** Speakers of the plan come, too. */
  speakers?: boolean;
  /** Guests who are not in the list; on the first day. */
  guests?: { origin: string; position: string }[];
}

interface SessionTime {
  id: number;
  startsAt: Date;
  endsAt: Date | null;
}

interface Expected {
  id: number;
  name: string;
}

const sessionsOf = ({ stage, eventId }: Reception): Promise<SessionTime[]> =>
  stage.tx.query(
    `SELECT x.id, x.starts_at AS "startsAt", x.ends_at AS "endsAt" FROM event_session x
     JOIN event_day y ON y.id = x.day_id WHERE y.event_id = $1 ORDER BY x.starts_at, x.id`,
    [eventId],
  );

const expectedOf = ({ stage, eventId }: Reception): Promise<Expected[]> =>
  stage.tx.query(`SELECT id, name FROM delegate WHERE event_id = $1 AND state = 'active' ORDER BY id`, [
    eventId,
  ]);

const wishOf = (more: Partial<MarkWish> = {}): MarkWish => ({
  clientId: randomUUID(),
  kind: 'in',
  way: 'qr',
  ...more,
});

/** Records one delegate; a name that was to follow is given at the door. */
async function checkIn({ stage, actor }: Reception, at: At, { id, name }: Expected): Promise<void> {
  const { deps, dice } = stage;
  const keeper = { userId: actor.userId, scanLinkId: null };
  if (name !== '') {
    await markPerson(deps, at, { delegateId: id }, keeper, wishOf({ way: dice.happens(70) ? 'qr' : 'list' }));
    return;
  }
  const phone = inventPhone(7000 + id);
  const person = { ...inventPerson(dice), position: 'Pengurus', phone, email: null, needs: '' };
  await nameAndMark(deps, at, id, person, keeper, wishOf({ way: 'list' }));
}

async function attendSession(
  reception: Reception,
  session: SessionTime,
  presence: Presence,
  until: Date,
): Promise<void> {
  const { stage, actor, eventId } = reception;
  const { clock, dice, deps } = stage;
  const at = { eventId, sessionId: session.id };
  const keeper = { userId: actor.userId, scanLinkId: null };
  const moments = (from: number, to: number) =>
    new Date(session.startsAt.getTime() + dice.between(from, to) * minute);
  const left = dice.shuffled(await expectedOf(reception));
  left.splice(0, presence.away ?? 0);
  const excused = left.splice(0, presence.excused ?? 0);
  const late = left.splice(0, presence.late ?? 0);
  const arrivals = [
    ...late.map((person) => ({ person, when: moments(18, 55) })),
    ...left.map((person) => ({ person, when: moments(-38, 9) })),
  ].filter(({ when }) => when <= until);
  for (const { person, when } of arrivals.toSorted((a, b) => a.when.getTime() - b.when.getTime())) {
    clock.moveTo(when);
    await checkIn(reception, at, person);
  }
  if (clock.now() > until) return;
  for (const { id } of excused)
    await markPerson(
      deps,
      at,
      { delegateId: id },
      keeper,
      wishOf({ kind: 'excused', way: 'list', reason: 'Tugas lain dari lembaga' }),
    );
  const leaving = session.endsAt && new Date(session.endsAt.getTime() - 75 * minute);
  if (!leaving || leaving > until) return;
  clock.moveTo(leaving);
  for (const { id } of left.slice(0, presence.early ?? 0))
    await markPerson(deps, at, { delegateId: id }, keeper, wishOf({ kind: 'out' }));
}

async function welcomeOthers(reception: Reception, session: SessionTime, presence: Presence): Promise<void> {
  const { stage, actor, eventId } = reception;
  const { clock, deps, dice, tx } = stage;
  const at = { eventId, sessionId: session.id };
  clock.moveTo(session.startsAt);
  if (presence.speakers) {
    const speakers = (await tx.query('SELECT id FROM speaker WHERE event_id = $1 ORDER BY id', [
      eventId,
    ])) as {
      id: number;
    }[];
    for (const { id } of speakers) await admitSpeaker(deps, actor, at, id, randomUUID());
  }
  for (const { origin, position } of presence.guests ?? []) {
    const person = { ...inventPerson(dice), origin, position, phone: null };
    await admitGuest(deps, actor, at, { person, kind: 'guest', reason: '', clientId: randomUUID() });
  }
}

/** The days of an event at its door, as far as they have come. */
export async function attend(reception: Reception, presence: Presence, until: Date): Promise<void> {
  const sessions = await sessionsOf(reception);
  for (const [index, session] of sessions.entries()) {
    if (session.startsAt > until) break;
    await attendSession(reception, session, presence, until);
    if (index === 0) await welcomeOthers(reception, session, presence);
  }
}

/** Somebody of an LKS that was not invited stands at the door, and gets a seat above the quota if there is no other. */
export async function welcomeWalkIn(reception: Reception, institutionId: number, until: Date): Promise<void> {
  const { stage, actor, eventId } = reception;
  const [session] = await sessionsOf(reception);
  if (!session || session.startsAt > until) return;
  stage.clock.moveTo(new Date(session.startsAt.getTime() + 12 * minute));
  const person = { ...inventPerson(stage.dice), position: 'Sekretaris', phone: null, email: null, needs: '' };
  const given = {
    person,
    replaces: null,
    reason: 'Diutus kabupaten, belum sempat diundang',
    clientId: randomUUID(),
  };
  await admitPerson(stage.deps, actor, { eventId, sessionId: session.id }, institutionId, given);
}
