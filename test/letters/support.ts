import type { OfficeActor, Role } from '../../src/features/accounts/permissions.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeInvitations, makeSeats } from '../factories/invitations.js';
import { makeOffice, makeUser } from '../factories/people.js';
import type { TestApp } from '../support/app.js';
import { fieldsOf, formsOf } from '../support/forms.js';
import { Visitor } from '../support/visitor.js';

/** An office with its people, and an event with three LKS on its list. */
export interface Desk {
  app: TestApp;
  office: Office;
  actor: OfficeActor;
  leaderActor: OfficeActor;
  administrator: Visitor;
  organizer: Visitor;
  leader: Visitor;
  eventId: number;
  /** In the order of their names: LKSA Bahagia, LKSA Harapan, Panti Lansia Sejahtera. */
  invitations: number[];
  /** The letters of the event. */
  at: string;
}

const names = ['LKSA Bahagia', 'LKSA Harapan', 'Panti Lansia Sejahtera'];

/** Another event of the desk's office, with the same three invited. */
export async function makeLetterEvent(
  desk: Pick<Desk, 'app' | 'office' | 'actor'>,
): Promise<Pick<Desk, 'eventId' | 'invitations' | 'at'>> {
  const { app, office, actor } = desk;
  const eventId = await makeEvent(app.db, office, { title: 'Bimtek Manajemen Kasus' });
  await app.db.query(`UPDATE event SET venue_name = 'Aula Dinas', notes = 'Membawa stempel' WHERE id = $1`, [
    eventId,
  ]);
  await makeSeats(app, actor, eventId, 10);
  const institutions: number[] = [];
  for (const name of names) institutions.push(await makeInstitution(app.db, office, { name }));
  const invitations = await makeInvitations(app, actor, eventId, institutions);
  return { eventId, invitations, at: `/events/${eventId}/letters` };
}

export async function makeDesk(app: TestApp, given: Partial<Office> = {}): Promise<Desk> {
  const office = await makeOffice(app.db, {
    numberCode: '005',
    numberUnit: 'Dinsos',
    letterheadLines: ['PEMERINTAH PROVINSI', 'DINAS SOSIAL', 'Jalan Contoh 1'],
    ...given,
  });
  await app.db.query(
    `INSERT INTO signatory (office_id, authority, name, position, rank, nip, sort)
     VALUES ($1, 'a.n.', 'Siti Kepala', E'Kepala Dinas Sosial\\nSekretaris', 'Pembina', '197001011995031001', 1)`,
    [office.id],
  );
  const acting = async (roles: Role[]) => {
    const user = await makeUser(app.db, office, roles);
    const actor = { userId: user.id, office: { ...office, roles } } as unknown as OfficeActor;
    return { actor, visitor: await new Visitor(app.app).signIn(user.email) };
  };
  const administrator = await acting(['administrator']);
  const organizer = await acting(['organizer']);
  const leader = await acting(['leader']);
  const base = {
    ...{ app, office, actor: organizer.actor, leaderActor: leader.actor },
    ...{ administrator: administrator.visitor, organizer: organizer.visitor, leader: leader.visitor },
  };
  return { ...base, ...(await makeLetterEvent(base)) };
}

/** Begins a letter. @returns its address */
export async function begin({ organizer, at }: Desk): Promise<string> {
  const { headers, status } = await organizer.post(at, {}, at);
  if (status !== 303) throw new Error(`no letter was begun: ${status}`);
  return String(headers.location);
}

/** What its form sends as it stands, but for what is given. */
export async function textOf(desk: Desk, letter: string, changed: Record<string, string> = {}) {
  const { text } = await desk.organizer.get(`${letter}/text`);
  const form = formsOf(text).find(({ action }) => action.endsWith('/text'));
  return { ...fieldsOf(form), act: 'save', ...changed };
}

export const number = (desk: Desk, letter: string, given: Record<string, string> = {}) =>
  desk.organizer.post(
    `${letter}/number`,
    { date: '2026-03-02', serial: '', suffix: '', number: '', ...given },
    letter,
  );

/** Numbers a letter and issues it. */
export async function issue(desk: Desk, letter: string) {
  await number(desk, letter);
  return desk.organizer.post(`${letter}/issuance`, {}, letter);
}

export async function requireApproval({ administrator }: Desk): Promise<void> {
  const page = '/settings/letters';
  const form = formsOf((await administrator.get(page)).text).find(({ action }) => action === page);
  const { status } = await administrator.post(
    page,
    { ...fieldsOf(form), order: [], act: 'save', requiresApproval: 'on' },
    page,
  );
  if (status !== 303) throw new Error(`settings were not saved: ${status}`);
}

/** The leader approves what they have read. */
export async function approve({ leader }: Desk, letter: string) {
  const { text } = await leader.get(letter);
  const seen = /name="seen" value="([0-9a-f]{64})"/.exec(text)?.[1] ?? '';
  return leader.post(`${letter}/approval`, { seen }, letter);
}

export const linkOf = ({ app, invitations }: Desk, at = 0): string =>
  `/u/${app.deps.links.token('invitation', invitations[at] ?? 0, 1)}`;
