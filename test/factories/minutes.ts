import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import type { MinutesContent } from '../../src/features/minutes/content.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import type { TestApp } from '../support/app.js';
import { Visitor } from '../support/visitor.js';
import { makeEvent } from './events.js';
import { makeInstitution } from './institutions.js';
import { answer, makeInvitations, makeSeats } from './invitations.js';
import { makeUser } from './people.js';

/** What an edition needs at least to be shown. */
export const emptyContent: MinutesContent = {
  format: 1,
  edition: 1,
  previous: null,
  correction: '',
  office: { name: 'Dinas', lines: ['DINAS'], logo: null },
  event: {
    title: 'Rapat',
    subject: '',
    partner: '',
    place: '',
    zone: 'Asia/Makassar',
    firstDay: null,
    lastDay: null,
  },
  head: {
    letterNumber: '',
    letterDate: null,
    heldFrom: null,
    heldUntil: null,
    chairName: '',
    chairPosition: '',
    secretaryName: '',
    recorderName: '',
    recorderPosition: '',
    participantsNote: '',
  },
  participants: { people: 0, institutions: 0, list: [] },
  agenda: [],
  opening: [],
  sections: [],
  decisions: [],
  evaluation: [],
  actions: [],
  handovers: [],
  reviews: [],
  indicators: [],
  photos: [],
  submitted: null,
  approval: { by: '', at: '2026-03-20T01:00:00.000Z' },
};

export interface Table {
  eventId: number;
  /** The address of the minutes. */
  at: string;
  secretary: Visitor;
  leader: Visitor;
  secretaryId: number;
  institutionIds: number[];
}

/** A published event with an agenda and three LKS of which one has accepted, and people at its minutes. */
export async function makeTable(app: TestApp, office: Office): Promise<Table> {
  const secretary = await makeUser(app.db, office, ['secretary'], { name: 'Siti Notulis' });
  const leader = await makeUser(app.db, office, ['leader'], { name: 'Gusti Pimpinan' });
  const organizer = await makeUser(app.db, office);
  const actor = {
    userId: organizer.id,
    office: { ...office, roles: ['organizer'] },
  } as unknown as OfficeActor;
  const eventId = await makeEvent(app.db, office);
  await app.db.query(
    `WITH s AS (SELECT x.id FROM event_session x JOIN event_day d ON d.id = x.day_id WHERE d.event_id = $1 LIMIT 1)
     INSERT INTO agenda_item (session_id, starts_at, title)
     SELECT s.id, '2026-03-20T01:00:00Z', 'Permasalahan LKS' FROM s`,
    [eventId],
  );
  await app.db.query(
    `INSERT INTO speaker (event_id, name, role, position) VALUES ($1, 'Budi Ketua', 'chair', 'Kepala Bidang')`,
    [eventId],
  );
  await makeSeats(app, actor, eventId, 10);
  const institutionIds: number[] = [];
  for (const name of ['LKSA Harapan', 'LKSA Bahagia', 'LKS Lansia'])
    institutionIds.push(await makeInstitution(app.db, office, { name, leader: { name: `Ketua ${name}` } }));
  const [first = 0] = await makeInvitations(app, actor, eventId, institutionIds);
  await answer(app, eventId, first, 'accepts');
  return {
    eventId,
    at: `/events/${eventId}/minutes`,
    secretary: await new Visitor(app.app).signIn(secretary.email),
    leader: await new Visitor(app.app).signIn(leader.email),
    secretaryId: secretary.id,
    institutionIds,
  };
}

export const begin = ({ secretary, at }: Table) => secretary.post(at, {}, at);

/** A line as its form sends it. */
export const lineOf = (given: Partial<Record<string, string>> = {}) => ({
  clientId: randomUUID(),
  version: '0',
  kind: 'discussion',
  agendaItemId: '',
  parent: '',
  after: '',
  text: 'Dibahas bersama',
  person: '',
  origin: '',
  ...given,
});

export const write = (table: Table, line: Record<string, unknown>, who = table.secretary) =>
  who.post(`${table.at}/blocks`, line, table.at);

/** Submits, and approves what the leader has read. */
export async function approve({ secretary, leader, at }: Table): Promise<Response> {
  await secretary.post(`${at}/submission`, {}, at);
  const { text } = await leader.get(at);
  const seen = /name="seen" value="([0-9a-f]{64})"/.exec(text)?.[1] ?? '';
  return leader.post(`${at}/approval`, { seen }, at);
}
