import type { DataSource } from 'typeorm';
import {
  calendarType,
  cancelCalendar,
  publishedCalendar,
  requestCalendar,
  type CalendarEntry,
  type CalendarPerson,
} from '../../calendar/ics.js';
import type { Deps } from '../../deps.js';
import { personName } from '../../i18n/format.js';
import { localParts } from '../../i18n/zones.js';
import type { LinkKeys } from '../../links/tokens.js';
import { translators } from '../../texts.js';
import { droppedEntriesOf, entriesOf, type DroppedDay, type Occasion } from '../events/events.calendar.js';
import type { Message } from '../messages/message.entity.js';
import type { InvitationState } from './invitation.entity.js';

/** What goes out with a mail. */
export interface CalendarFile {
  filename: string;
  /** Names the method of the calendar too (RFC 6047 §2.4). */
  contentType: string;
  content: string;
}

type Told = Pick<Message, 'id' | 'eventId' | 'invitationId' | 'delegateId' | 'purpose'>;

/** Messages to a delegate that ask for, move or take back an entry in the calendar. */
const tellsDelegate = ['confirmation', 'changed', 'day_changed', 'released', 'revocation', 'cancellation'];
/** Messages to an institution that bring the days along; a file of METHOD:PUBLISH can take nothing back. */
const tellsInstitution = ['invitation', 'offer', 'promotion', 'changed', 'day_changed', 'cancellation'];

interface EventFacts extends Occasion {
  installation: string;
  office: string;
  officeEmail: string | null;
  sessions: { dayId: number; startsAt: string; endsAt: string | null }[];
  dropped: (Omit<DroppedDay, 'startsAt' | 'endsAt' | 'droppedAt'> &
    Record<'startsAt' | 'droppedAt', string> & {
      endsAt: string | null;
    })[];
}

interface Person {
  id: number;
  nameBefore: string;
  name: string;
  nameAfter: string;
  email: string | null;
  state: 'active' | 'replaced' | 'released';
  tokenVersion: number;
  /** When what was last sent had been written: days that fell away before it are out of the calendar already. */
  toldAt: Date | null;
}

interface Invited {
  id: number;
  institution: string;
  state: InvitationState;
  tokenVersion: number;
}

const eventsStatement = `
  SELECT e.id, e.title, e.subject, e.notes, e.zone, e.venue_name AS "venueName", e.venue_address AS "venueAddress",
    e.map_url AS "mapUrl", e.online_url AS "onlineUrl", e.state, e.calendar_sequence AS "calendarSequence",
    o.name AS office, o.email AS "officeEmail", (SELECT uid FROM installation) AS installation,
    (SELECT coalesce(json_agg(json_build_object('dayId', d.id, 'startsAt', s.starts_at, 'endsAt', s.ends_at)
       ORDER BY d.date, s.starts_at), '[]')
     FROM event_day d JOIN event_session s ON s.day_id = d.id WHERE d.event_id = e.id) AS sessions,
    (SELECT coalesce(json_agg(json_build_object('dayId', g.day_id, 'startsAt', g.starts_at, 'endsAt', g.ends_at,
       'sequence', g.sequence, 'droppedAt', g.dropped_at) ORDER BY g.starts_at), '[]')
     FROM dropped_day g WHERE g.event_id = e.id) AS dropped
  FROM event e JOIN office o ON o.id = e.office_id WHERE e.id = ANY ($1)`;

const delegatesStatement = `
  SELECT id, name_before AS "nameBefore", name, name_after AS "nameAfter", email, state,
    token_version AS "tokenVersion",
    (SELECT max(m.created_at) FROM message m WHERE m.delegate_id = d.id AND m.state = 'sent') AS "toldAt"
  FROM delegate d WHERE id = ANY ($1)`;

const invitationsStatement = `
  SELECT i.id, l.name AS institution, i.state, i.token_version AS "tokenVersion"
  FROM invitation i JOIN institution l ON l.id = i.institution_id WHERE i.id = ANY ($1)`;

async function byId<Row extends { id: number }>(
  db: DataSource,
  statement: string,
  ids: (number | null)[],
): Promise<Map<number, Row>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  const rows = wanted.length > 0 ? ((await db.query(statement, [wanted])) as Row[]) : [];
  return new Map(rows.map((row) => [row.id, row]));
}

interface Given {
  links: LinkKeys;
  /** Public address of the program. */
  base: string;
  /** What the installation writes from; the organizer of an office without an address of its own. */
  sender: string | null;
  now: Date;
}

const nameOf = (kind: string, { from, zone }: CalendarEntry) => `${kind}-${localParts(from, zone).date}.ics`;

const at = (text: string | null) => (text === null ? null : new Date(text));

/** Days of the event and those that fell away since then, as entries for one reader. */
function daysFor(event: EventFacts, { sender }: Given, url: string, invited: Invited, since: Date) {
  const status = invited.state === 'accepted' ? ('confirmed' as const) : ('tentative' as const);
  const organizer = { name: event.office, email: event.officeEmail ?? sender };
  const given = { t: translators.id, url, status, organizer, installation: event.installation };
  const sessions = event.sessions.map((one) => ({
    ...one,
    startsAt: new Date(one.startsAt),
    endsAt: at(one.endsAt),
  }));
  const dropped = event.dropped
    .map((one) => ({
      ...one,
      startsAt: new Date(one.startsAt),
      endsAt: at(one.endsAt),
      droppedAt: new Date(one.droppedAt),
    }))
    .filter(({ droppedAt }) => droppedAt >= since);
  return [...entriesOf(event, sessions, given), ...droppedEntriesOf(event, dropped, given)];
}

/** One file for each day: all entries of a REQUEST or a CANCEL have the same UID (RFC 5546 §3.2.2 and §3.2.5). */
function filesForDelegate(event: EventFacts, invited: Invited, person: Person, given: Given): CalendarFile[] {
  if (!person.email) return [];
  const isActive = person.state === 'active';
  const url = isActive
    ? `${given.base}/d/${given.links.token('delegate', person.id, person.tokenVersion)}`
    : '';
  const attendee: CalendarPerson = {
    name: person.name ? personName(person) : invited.institution,
    email: person.email,
  };
  const base = { stamp: given.now, attendee };
  return daysFor(event, given, url, invited, person.toldAt ?? given.now).map((entry) => {
    const isAsked = isActive && entry.status !== 'cancelled';
    return {
      filename: nameOf(isAsked ? 'kegiatan' : 'batal', entry),
      contentType: calendarType(isAsked ? 'REQUEST' : 'CANCEL'),
      content: isAsked ? requestCalendar({ ...base, entry }) : cancelCalendar({ ...base, entry }),
    };
  });
}

function fileForInstitution(event: EventFacts, invited: Invited, given: Given): CalendarFile[] {
  const url = `${given.base}/u/${given.links.token('invitation', invited.id, invited.tokenVersion)}`;
  const entries = daysFor(event, given, url, invited, new Date(0));
  const [first] = entries;
  if (!first) return [];
  const content = publishedCalendar({ stamp: given.now, entries });
  return [{ filename: nameOf('kegiatan', first), contentType: calendarType('PUBLISH'), content }];
}

/**
 * Calendar files that go out with these messages, by the message's id: for a delegate with an e-mail address a REQUEST
 * or a CANCEL for each day, for an institution a plain PUBLISH with all days. What happens is read from how things
 * stand now; the purpose only decides whether there is a file. Three reads, however many messages.
 */
export async function calendarFilesFor(
  { db, clock, links }: Pick<Deps, 'db' | 'clock' | 'links'>,
  messages: readonly Told[],
  where: Pick<Given, 'base' | 'sender'>,
): Promise<Map<number, CalendarFile[]>> {
  const given: Given = { ...where, links, now: clock.now() };
  const withFiles = messages.filter(({ delegateId, purpose }) =>
    (delegateId ? tellsDelegate : tellsInstitution).includes(purpose),
  );
  const ids = (field: 'eventId' | 'delegateId' | 'invitationId') =>
    withFiles.map((message) => message[field]);
  const events = await byId<EventFacts>(db, eventsStatement, ids('eventId'));
  const people = await byId<Person>(db, delegatesStatement, ids('delegateId'));
  const invitations = await byId<Invited>(db, invitationsStatement, ids('invitationId'));
  return new Map(
    withFiles.map((message) => {
      const event = events.get(message.eventId ?? 0);
      const invited = invitations.get(message.invitationId ?? 0);
      const person = message.delegateId ? people.get(message.delegateId) : undefined;
      if (!event || !invited) return [message.id, []];
      const files = message.delegateId
        ? person
          ? filesForDelegate(event, invited, person, given)
          : []
        : fileForInstitution(event, invited, given);
      return [message.id, files];
    }),
  );
}
