import { inTransaction } from '../../../src/database/data-source.js';
import {
  askReconfirmation,
  officeAuthor,
  offerByHand,
  revoke,
} from '../../../src/features/invitations/invitations.service.js';
import { accept } from '../../../src/features/invitations/answering.js';
import { linkAuthor, withBook, type Author, type Book } from '../../../src/features/invitations/book.js';
import { replaceDelegate } from '../../../src/features/invitations/naming.js';
import type { OfficeActor } from '../../../src/features/accounts/permissions.js';
import { makeEvent, type EventGiven } from '../../factories/events.js';
import { makeInstitution } from '../../factories/institutions.js';
import { makeInvitations, makeSeats } from '../../factories/invitations.js';
import type { TestApp } from '../../support/app.js';

/** One invited institution and its event, of which a situation is made. */
export interface Invited {
  app: TestApp;
  eventId: number;
  id: number;
  /** A second institution of the same event. */
  other: number;
  actor: OfficeActor;
  book: (author: Author, work: (book: Book) => Promise<unknown>) => Promise<unknown>;
  office: Author;
  sql: (statement: string) => Promise<unknown>;
}

export interface Situation {
  name: string;
  seats?: number;
  event?: EventGiven;
  make?: (invited: Invited) => Promise<unknown>;
}

const nobody = { nameBefore: '', nameAfter: '', position: '', sex: null, phone: null, email: '', needs: '' };

/** Every situation in which an answer page can be, each made as the program makes it. */
export const situations: Situation[] = [
  { name: 'open' },
  {
    name: 'open-one-left',
    seats: 2,
    make: ({ book, other }) => book(linkAuthor, (b) => accept(b, other, 1)),
  },
  { name: 'open-full', seats: 1, make: ({ book, other }) => book(linkAuthor, (b) => accept(b, other, 1)) },
  { name: 'accepted', make: ({ book, id }) => book(linkAuthor, (b) => accept(b, id, 2)) },
  {
    name: 'accepted-rest-waiting',
    seats: 1,
    make: ({ book, id }) => book(linkAuthor, (b) => accept(b, id, 2, 'take_rest')),
  },
  {
    name: 'waiting',
    seats: 1,
    make: ({ book, id, other }) =>
      book(linkAuthor, async (b) => {
        await accept(b, other, 1);
        await accept(b, id, 1);
      }),
  },
  {
    name: 'offered',
    make: async ({ book, id, office, sql }) => {
      await sql(`UPDATE invitation SET state = 'reserve' WHERE id = ${id}`);
      await book(office, (b) => offerByHand(b, id, 2));
    },
  },
  {
    name: 'reconfirm',
    make: async ({ app, actor, book, id, eventId }) => {
      await book(linkAuthor, (b) => accept(b, id, 1));
      const until = new Date('2026-03-10T15:59:00Z');
      await inTransaction(app.db, (tx) => askReconfirmation(tx, app.clock, actor, eventId, until));
    },
  },
  {
    name: 'declined',
    make: ({ sql, id }) => sql(`UPDATE invitation SET state = 'declined' WHERE id = ${id}`),
  },
  { name: 'lapsed', event: { answerBy: '2026-03-01T15:59:00Z' } },
  {
    name: 'revoked',
    make: ({ book, id, office }) => book(office, (b) => revoke(b, id, 'Sudah diundang oleh kabupaten.')),
  },
  {
    name: 'cancelled',
    make: ({ sql, eventId }) =>
      sql(
        `UPDATE event SET state = 'cancelled', cancel_reason = 'Gedung dipakai pengungsi.' WHERE id = ${eventId}`,
      ),
  },
  {
    name: 'finished',
    make: async ({ book, id, sql, eventId }) => {
      await book(linkAuthor, (b) => accept(b, id, 1));
      await sql(`UPDATE event SET state = 'finished' WHERE id = ${eventId}`);
    },
  },
  { name: 'not-open', event: { state: 'draft' } },
];

/** Puts an institution into a situation. @returns the address of its page */
export async function makeSituation(
  app: TestApp,
  actor: OfficeActor,
  { seats = 3, event, make }: Situation,
): Promise<Invited & { link: string }> {
  const office = actor.office;
  const title = 'Bimbingan Teknis Pengelolaan LKS Tahun 2026';
  const eventId = await makeEvent(app.db, office, { title, days: ['2026-03-20', '2026-03-21'], ...event });
  const sql = (statement: string) => app.db.query(statement);
  await sql(`UPDATE event SET venue_name = 'Aula Dinas Sosial', venue_address = 'Jalan Letjen R. Soeprapto No. 8, Banjarmasin',
    map_url = 'https://maps.example/aula', notes = 'Mohon membawa stempel lembaga.', contact_name = 'Rina Wulandari',
    contact_phone = '+6281250001234' WHERE id = ${eventId}`);
  await makeSeats(app, actor, eventId, seats);
  const leader = { name: 'Siti Rahmah', phone: '+6281250001001' };
  const ids = [
    await makeInstitution(app.db, office, { name: `LKSA Harapan Bunda ${eventId}`, leader }),
    await makeInstitution(app.db, office, { name: `Panti Asuhan Mawar ${eventId}` }),
  ];
  const [id = 0, other = 0] = await makeInvitations(app, actor, eventId, ids);
  if (event?.state !== 'draft')
    await sql(`UPDATE invitation SET state = 'open' WHERE event_id = ${eventId} AND state = 'draft'`);
  const book: Invited['book'] = (author, work) => withBook(app.deps, eventId, author, work);
  const invited = { app, actor, eventId, id, other, book, office: officeAuthor(actor), sql };
  await make?.(invited);
  const [{ version }] = (await sql(`SELECT token_version AS version FROM invitation WHERE id = ${id}`)) as [
    { version: number },
  ];
  return { ...invited, link: `/u/${app.deps.links.token('invitation', id, version)}` };
}

/** The page of the first delegate, and of the one who was replaced by them. */
export async function delegateLinks(invited: Invited): Promise<{ present: string; replaced: string }> {
  const all = async () =>
    (await invited.sql(
      `SELECT id, token_version AS version, state FROM delegate WHERE invitation_id = ${invited.id} ORDER BY id`,
    )) as { id: number; version: number; state: string }[];
  const [first] = await all();
  await invited.book(linkAuthor, (b) =>
    replaceDelegate(b, invited.id, first?.id ?? 0, { ...nobody, name: 'Muhammad Yusuf' }),
  );
  const linkTo = (state: string, rows: Awaited<ReturnType<typeof all>>) => {
    const row = rows.findLast((delegate) => delegate.state === state);
    return `/d/${invited.app.deps.links.token('delegate', row?.id ?? 0, row?.version ?? 0)}`;
  };
  const rows = await all();
  return { present: linkTo('active', rows), replaced: linkTo('replaced', rows) };
}
