import type { Tx } from '../../database/data-source.js';
import { Conflict, NotFound } from '../../errors.js';
import { localParts } from '../../i18n/zones.js';
import type { PersonName } from '../../i18n/format.js';
import { recordAudit } from '../audit/audit.service.js';
import type { AttendanceState, MarkKind, MarkWay } from './attendance-mark.entity.js';
import {
  holdScanLink,
  insertMark,
  lockPerson,
  readSituation,
  replacementOf,
  writeStanding,
  type NewMark,
  type PersonAtDoor,
  type Place,
  type Situation,
  type Who,
} from './marks.repository.js';
import { isLate, marksBefore, standingOf, type MarkFacts } from './standing.js';

/** Who stands at the door: a colleague of the office, or the holder of a helper's link. */
export interface DoorKeeper {
  userId: number | null;
  scanLinkId: number | null;
}

/** What is to be recorded. */
export interface MarkWish {
  clientId: string;
  kind: MarkKind;
  way: MarkWay;
  /** By the device's clock, and how long the mark has waited there; absent where the form came at once. */
  taken?: { deviceAt: Date; waitedMs: number } | undefined;
  correctedTo?: AttendanceState | undefined;
  arrivedAt?: Date | undefined;
  leftAt?: Date | undefined;
  reason?: string | undefined;
}

/** What the door says: recorded, known already, or why not. Each has texts of its own, `attendance.result_<name>`. */
export const doorResults = [
  'in',
  'back',
  'out',
  'excused',
  'corrected',
  'already',
  'out_first',
  'not_today',
  'replaced',
  'released',
  'reconfirm',
  'unnamed',
  'event_draft',
  'event_cancelled',
  'other_event',
  'other_office',
  'institution_link',
  'unknown',
] as const;
export type DoorResult = (typeof doorResults)[number];

export interface Outcome {
  result: DoorResult;
  person?: PersonAtDoor;
  who?: Who;
  /** When the person came, went, or was recorded first. */
  at?: Date | null;
  late?: boolean;
  /** Who comes instead. */
  by?: PersonName | undefined;
  /** The day of the session. */
  date?: string;
  /** Title of the event that the code belongs to. */
  title?: string;
}

/** Results after which the mark is in the book. */
export const isRecorded = ({ result }: Outcome): boolean =>
  ['in', 'back', 'out', 'excused', 'corrected', 'already', 'out_first'].includes(result);

/** A mark that waited longer than this on its device is taken for the end of this time. */
const longestWaitMs = 24 * 3_600_000;

/** The moment that counts: by our clock, so that a device whose clock is wrong tells the right time. */
const happenedAt = (wish: MarkWish, now: Date): Date =>
  new Date(now.getTime() - Math.min(Math.max(0, wish.taken?.waitedMs ?? 0), longestWaitMs));

/** Why this cannot be recorded; undefined when it can. */
function obstacle({ place, person }: Situation, wish: MarkWish, at: Date): DoorResult | undefined {
  if (place.eventState === 'draft') return 'event_draft';
  if (place.eventState === 'cancelled') return 'event_cancelled';
  if (person.state !== 'active') return person.state;
  if (person.invitationState === 'reconfirm') return 'reconfirm';
  if (person.name === '' && wish.kind === 'in') return 'unnamed';
  if (wish.kind === 'excused') return undefined;
  const today = localParts(at, place.zone).date;
  // The list and its empty rows may be written up after the day, from paper; a scan and a departure are of the
  // moment, and a departure of another day is told by a correction.
  const isFromPaper = wish.way === 'list' || wish.way === 'walk_in';
  const mayBeLater = wish.kind === 'corrected' || (wish.kind === 'in' && isFromPaper);
  if (today < place.date || (today > place.date && !mayBeLater)) return 'not_today';
  return undefined;
}

function newMark(place: Place, keeper: DoorKeeper, wish: MarkWish, now: Date): NewMark {
  const at = happenedAt(wish, now);
  const isWrittenUpLater = wish.kind === 'in' && localParts(at, place.zone).date > place.date;
  return {
    clientId: wish.clientId,
    kind: wish.kind,
    way: wish.way,
    correctedTo: wish.correctedTo ?? null,
    deviceAt: wish.taken?.deviceAt ?? now,
    happenedAt: at,
    recordedAt: now,
    arrivedAt: isWrittenUpLater ? place.startsAt : (wish.arrivedAt ?? null),
    leftAt: wish.leftAt ?? null,
    reason: wish.reason ?? '',
    ...keeper,
  };
}

/** What a mark means among those of the same person. */
function outcomeOf({ place, person, marks }: Situation, who: Who, mark: MarkFacts): Outcome {
  const before = standingOf(marksBefore(marks, mark));
  const now = standingOf([...marksBefore(marks, mark), mark]);
  const here = before?.state === 'present';
  const late = isLate(now?.arrivedAt ?? null, place.startsAt, place.lateAfterMinutes);
  const known = { person, who, at: now?.arrivedAt ?? null };
  if (mark.kind === 'in') {
    const result = here ? (before.leftAt ? 'back' : 'already') : 'in';
    return { ...known, result, late };
  }
  if (mark.kind === 'out')
    return { ...known, result: here ? 'out' : 'out_first', at: here ? mark.happenedAt : null };
  return { ...known, result: mark.kind };
}

async function whyNot(tx: Tx, situation: Situation, who: Who, result: DoorResult): Promise<Outcome> {
  const by =
    result === 'replaced' && 'delegateId' in who ? await replacementOf(tx, who.delegateId) : undefined;
  return { result, person: situation.person, who, by, date: situation.place.date };
}

/**
 * Records one mark of a person in a session, and where they stand after it. Every mark is kept, also of somebody
 * who is here already; the same mark sent twice is one.
 * @returns what the door should say; nothing is written when `isRecorded` is false
 * @throws NotFound for a person or a session of another event, and when the helper's link was ended meanwhile
 * @throws Conflict when the client id was used for somebody else
 */
export async function recordMark(
  tx: Tx,
  clock: { now(): Date },
  place: { eventId: number; sessionId: number },
  who: Who,
  keeper: DoorKeeper,
  wish: MarkWish,
): Promise<Outcome> {
  if (!(await lockPerson(tx, place.eventId, who))) throw new NotFound();
  if (keeper.scanLinkId !== null && !(await holdScanLink(tx, keeper.scanLinkId)))
    throw new NotFound('answer.unknown_link');
  const situation = await readSituation(tx, place.eventId, place.sessionId, who);
  if (!situation) throw new NotFound();
  const now = clock.now();
  const mark = newMark(situation.place, keeper, wish, now);
  const known = situation.marks.find(({ clientId }) => clientId === wish.clientId);
  if (known) return outcomeOf(situation, who, known);
  const refused = obstacle(situation, wish, mark.happenedAt);
  if (refused) return whyNot(tx, situation, who, refused);

  const id = await insertMark(tx, situation.place, who, mark);
  if (id === undefined) throw new Conflict('attendance.mark_used');
  const all = [...situation.marks, { ...mark, id }];
  const standing = standingOf(all);
  if (standing) await writeStanding(tx, situation.place, who, standing, id);
  await noteMark(tx, situation.place, who, keeper, wish.kind);
  return outcomeOf(situation, who, { ...mark, id });
}

const noteMark = (tx: Tx, place: Place, who: Who, { userId, scanLinkId }: DoorKeeper, kind: MarkKind) =>
  recordAudit(
    tx,
    { officeId: place.officeId, userId, way: userId === null ? 'link' : 'office' },
    {
      action: `attendance.${kind}`,
      subject: 'delegateId' in who ? ['delegate', who.delegateId] : ['guest', who.guestId],
      detail: { event: place.eventId, session: place.sessionId, ...(scanLinkId && { link: scanLinkId }) },
    },
  );
