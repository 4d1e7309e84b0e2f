import { Readable } from 'node:stream';
import { handInLetter, judgeLetter } from '../../features/assignment-letters/letters.service.js';
import { confirmRecord } from '../../features/answers/record.service.js';
import { decideCheck } from '../../features/institutions/record-check.deciding.js';
import { asText, nowOf, type CheckedRecord } from '../../features/institutions/record-check.facts.js';
import {
  latestCheck,
  proposeByLink,
  recordToCheck,
} from '../../features/institutions/record-check.service.js';
import { linkAuthor, withBook } from '../../features/invitations/book.js';
import { inviteNewcomer } from '../../features/invitations/newcomer.js';
import { officeAuthor } from '../../features/invitations/invitations.service.js';
import { correctDelegate } from '../../features/invitations/naming.js';
import type { Reception } from './inviting.js';
import { printPaper, type Paper } from './papers.js';
import { inventPhone, marked } from './people.js';

interface Comer {
  id: number;
  institutionId: number;
}

const comersOf = ({ stage, eventId }: Reception, most: number): Promise<Comer[]> =>
  stage.tx.query(
    `SELECT id, institution_id AS "institutionId" FROM invitation WHERE event_id = $1 AND state = 'accepted'
     ORDER BY id LIMIT $2`,
    [eventId, most],
  );

async function propose(
  { stage, actor }: Reception,
  { id, institutionId }: Comer,
  given: { changes: Partial<CheckedRecord>; isNewLeader?: boolean; note: string },
): Promise<void> {
  const { deps, clock, tx } = stage;
  clock.pass(9, actor.office.zone);
  const { record, version } = await recordToCheck(tx, institutionId);
  const wanted = { ...record, ...given.changes } as Parameters<typeof proposeByLink>[2]['record'];
  await proposeByLink(
    deps.db,
    { invitationId: id, institutionId, now: clock.now() },
    { version, record: wanted, isNewLeader: given.isNewLeader ?? false, note: given.note },
  );
}

/** The office accepts what an institution proposed, field by field. */
async function acceptAll({ stage, actor }: Reception, { id, institutionId }: Comer): Promise<void> {
  const { deps, clock, tx } = stage;
  const latest = await latestCheck(tx, id);
  if (!latest) return;
  clock.pass(24 * 60, actor.office.zone);
  const { record } = await recordToCheck(tx, institutionId);
  const fields = Object.keys(latest.changes);
  await decideCheck(
    deps.db,
    actor,
    { institutionId, proposalId: latest.id },
    {
      decisions: Object.fromEntries(fields.map((field) => [field, 'accepted' as const])),
      seen: Object.fromEntries(fields.map((field) => [field, asText(nowOf(record, field))])),
      note: 'Terima kasih, sudah kami cocokkan dengan suratnya.',
      now: clock.now(),
    },
  );
}

/** Malang, 2021: records are brought up to date where people answer. Some are right, two need a hand. */
export async function checkRecords(reception: Reception): Promise<void> {
  const { stage, eventId, actor } = reception;
  const [first, second, ...others] = await comersOf(reception, 12);
  for (const { id, institutionId } of others) {
    stage.clock.pass(stage.dice.between(3, 40), actor.office.zone);
    await confirmRecord(stage.deps, { id, institutionId, eventId });
  }
  if (!first || !second) return;
  const { record } = await recordToCheck(stage.tx, first.institutionId);
  await propose(reception, first, {
    changes: {
      services: [...new Set([...((record.services as string[] | null) ?? []), 'disabilitas'])],
      permitNumber: '460/118/CONTOH/2021',
    },
    note: 'Sejak tahun ini kami juga mendampingi penyandang disabilitas.',
  });
  await acceptAll(reception, first);
  await propose(reception, second, {
    changes: { leaderName: marked('Kartini Wulandari'), address: 'Jalan Contoh Nomor 17' },
    isNewLeader: true,
    note: 'Pengurus baru terpilih bulan lalu.',
  });
}

/** An LKS that is in no list yet is invited on the spot. */
export function inviteUnlisted(
  { stage, actor, eventId }: Reception,
  name: string,
  regionCode: string,
): Promise<number> {
  const contact = { contactName: marked('Yusran Halim'), contactPhone: inventPhone(900_001) };
  const facts = { ...{ name: marked(name), regionCode, mainService: 'anak' }, ...contact };
  return withBook(stage.deps, eventId, officeAuthor(actor), (book) =>
    inviteNewcomer(book, stage.deps.links, actor, { facts, isAnother: true, as: 'draft' }),
  );
}

const letter: Paper = {
  title: 'Surat tugas',
  lead: 'Pimpinan lembaga menugaskan nama di bawah ini untuk mengikuti kegiatan. Surat ini contoh.',
  points: [
    ['Yang ditugaskan', 'Delegasi lembaga sesuai undangan.'],
    ['Untuk', 'Mengikuti kegiatan sampai selesai dan menyampaikan hasilnya kepada lembaga.'],
  ],
};

/** Some of those who come hand in their letter of assignment, one by its phone's camera. */
export async function handInLetters(reception: Reception): Promise<void> {
  const { stage } = reception;
  const { files } = stage.deps;
  const pdf = await printPaper(letter, stage.today);
  for (const { id } of await comersOf(reception, 3)) {
    const draft = await files.receive(Readable.from([pdf]));
    await handInLetter(stage.deps, id, await judgeLetter(files, { ...draft, name: 'Surat tugas.pdf' }));
    await files.discard(draft);
  }
}

/** Two of one institution share a telephone, as small institutions do: the pages point it out. */
export async function shareOnePhone({ stage, eventId }: Reception): Promise<void> {
  const [pair] = (await stage.tx.query(
    `SELECT a.invitation_id AS "invitationId", a.phone, b.id FROM delegate a
     JOIN delegate b ON b.invitation_id = a.invitation_id AND b.name = '' AND b.state = 'active'
     WHERE a.event_id = $1 AND a.state = 'active' AND a.phone IS NOT NULL ORDER BY b.id LIMIT 1`,
    [eventId],
  )) as { invitationId: number; phone: string; id: number }[];
  if (!pair) return;
  const person = {
    name: marked('Fitriah Utami'),
    sex: 'P' as const,
    position: 'Bendahara',
    phone: pair.phone,
  };
  await withBook(stage.deps, eventId, linkAuthor, (book) =>
    correctDelegate(book, pair.invitationId, pair.id, person),
  );
}
