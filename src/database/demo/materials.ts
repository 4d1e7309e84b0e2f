import { Readable } from 'node:stream';
import type { OfficeActor } from '../../features/accounts/permissions.js';
import { addFiles, addLink, type Arrived } from '../../features/materials/arriving.js';
import { noteDownloads } from '../../features/materials/handing-out.js';
import type { Visibility } from '../../features/materials/material-words.js';
import { addPhotos, changePhoto, photosOf } from '../../features/materials/photos.service.js';
import { officeOf, type Offices } from './offices.js';
import { caseManagement, contentGuide, drawPhoto, printPaper, standards, type Paper } from './papers.js';
import type { Stage } from './stage.js';

const day = 24 * 60 * 60_000;

interface HandedOut {
  office: string;
  /** How the event's title begins. */
  event: string;
  files: { paper: Paper; visibility: Visibility; /** How its agenda item begins. */ at?: string }[];
  links?: { title: string; url: string; visibility: Visibility }[];
  photos: string[];
}

const feedback = (visibility: Visibility) => ({
  title: 'Formulir umpan balik peserta',
  url: 'https://formulir.example/umpan-balik',
  visibility,
});

const handedOut: HandedOut[] = [
  {
    office: 'magelang',
    event: 'Penguatan Kelembagaan LKKS',
    files: [{ paper: standards, visibility: 'accepted', at: 'Peran penyuluh' }],
    photos: ['Pengalaman LKKS Temanggung', 'Tanya jawab'],
  },
  {
    office: 'malang',
    event: 'Bimbingan Teknis Peningkatan',
    files: [{ paper: standards, visibility: 'invited', at: 'Izin operasional' }],
    links: [feedback('attended')],
    photos: ['Penyerahan sertifikat akreditasi', 'Kemampuan SDM pengurus LKS'],
  },
  {
    office: 'kalsel',
    event: 'Bimbingan Teknis Lembaga',
    files: [
      { paper: caseManagement, visibility: 'from_day' },
      { paper: standards, visibility: 'accepted' },
    ],
    links: [feedback('attended')],
    photos: ['Pembukaan', 'Sambutan kepala dinas', 'Diskusi kelompok', 'Penutupan'],
  },
  {
    office: 'batang',
    event: 'Rapat Koordinasi',
    files: [{ paper: standards, visibility: 'accepted', at: 'Enam standar' }],
    photos: ['Arahan kepala bidang', 'Permasalahan dan tanggapan'],
  },
  {
    office: 'batang',
    event: 'Rapat Koordinasi Kelembagaan',
    files: [{ paper: standards, visibility: 'accepted', at: 'Pendampingan' }],
    photos: ['Evaluasi rencana tindak lanjut'],
  },
  {
    office: 'klaten',
    event: 'Pelatihan Konten Kreator',
    files: [{ paper: contentGuide, visibility: 'accepted', at: 'Merencanakan' }],
    photos: ['Praktik merekam', 'Praktik menyunting'],
  },
  {
    office: 'klaten',
    event: 'Rapat Koordinasi Akhir Tahun',
    files: [{ paper: standards, visibility: 'accepted' }],
    photos: ['Evaluasi program 2024'],
  },
  {
    office: 'kalsel',
    event: 'Pendampingan Pemenuhan',
    files: [
      { paper: standards, visibility: 'from_day', at: 'Memeriksa berkas' },
      { paper: caseManagement, visibility: 'attended' },
    ],
    photos: ['Hari pertama'],
  },
  {
    office: 'kalsel',
    event: 'Bimbingan Teknis Lanjutan',
    files: [
      { paper: standards, visibility: 'invited', at: 'Enam standar' },
      { paper: caseManagement, visibility: 'accepted', at: 'Manajemen kasus' },
    ],
    links: [
      {
        title: 'Rekaman bimbingan teknis 2022',
        url: 'https://video.example/bimtek-2022',
        visibility: 'public',
      },
    ],
    photos: [],
  },
];

interface Found {
  id: number;
  startsAt: Date;
  endsAt: Date;
}

async function eventOf({ tx }: Stage, actor: OfficeActor, title: string): Promise<Found> {
  const [row] = (await tx.query(
    `SELECT id, starts_at AS "startsAt", ends_at AS "endsAt" FROM event WHERE office_id = $1 AND title LIKE $2 || '%'
     ORDER BY starts_at LIMIT 1`,
    [actor.office.id, title],
  )) as [Found];
  return row;
}

async function arrive({ deps }: Stage, name: string, content: Buffer): Promise<Arrived> {
  return { ...(await deps.files.receive(Readable.from([content]))), name };
}

async function agendaItem({ tx }: Stage, eventId: number, title: string | undefined): Promise<number | null> {
  if (title === undefined) return null;
  const [row] = (await tx.query(
    `SELECT a.id FROM agenda_item a JOIN event_session s ON s.id = a.session_id JOIN event_day d ON d.id = s.day_id
     WHERE d.event_id = $1 AND a.title LIKE $2 || '%'`,
    [eventId, title],
  )) as { id: number }[];
  return row?.id ?? null;
}

/** Two of three who had a seat have looked at what was handed out. */
async function download({ tx, clock }: Stage, eventId: number): Promise<void> {
  const invitations = (await tx.query(
    `SELECT id FROM invitation WHERE event_id = $1 AND state = 'accepted' AND id % 3 <> 0`,
    [eventId],
  )) as { id: number }[];
  const materials = (await tx.query(
    `SELECT id FROM material WHERE event_id = $1 AND url = '' ORDER BY id LIMIT 1`,
    [eventId],
  )) as { id: number }[];
  for (const { id } of invitations)
    await noteDownloads(
      tx,
      { invitationId: id },
      materials.map((one) => one.id),
      clock.now(),
    );
}

async function hangUp(stage: Stage, actor: OfficeActor, eventId: number, captions: string[]): Promise<void> {
  if (captions.length === 0) return;
  const pictures = captions.map((words, index) => drawPhoto(words, 20 + index * 70));
  const arrived: Arrived[] = [];
  for (const [index, picture] of pictures.entries())
    arrived.push(await arrive(stage, `foto-${index + 1}.jpg`, await picture));
  await addPhotos(stage.deps, actor, eventId, arrived);
  for (const { path } of arrived) await stage.deps.files.discard({ path });
  for (const [index, { id, version }] of (await photosOf(stage.tx, eventId)).entries())
    await changePhoto(stage.deps, actor, eventId, id, {
      caption: captions[index] ?? '',
      sort: index + 1,
      version,
    });
}

/** What the participants of the training published: their links are its output (domain.md). */
async function handInContent(stage: Stage, actor: OfficeActor, eventId: number): Promise<void> {
  const rows = (await stage.tx.query(
    `SELECT l.name FROM invitation i JOIN institution l ON l.id = i.institution_id
     WHERE i.event_id = $1 AND i.state = 'accepted' ORDER BY l.name LIMIT 5`,
    [eventId],
  )) as { name: string }[];
  const last = await agendaItem(stage, eventId, 'Praktik');
  for (const [index, { name }] of rows.entries())
    await addLink(stage.deps, actor, eventId, {
      title: `Konten ${name}`,
      url: `https://konten.example/klaten-2024/${index + 1}`,
      visibility: 'public',
      agendaItemId: last,
    });
}

async function handOut(
  stage: Stage,
  actor: OfficeActor,
  given: HandedOut,
  papers: Map<Paper, Buffer>,
): Promise<void> {
  const { deps, clock } = stage;
  const { id, startsAt, endsAt } = await eventOf(stage, actor, given.event);
  const earlier = (at: number) => new Date(Math.min(at, stage.today.getTime()));
  clock.moveTo(earlier(startsAt.getTime() - day));
  for (const { paper, visibility, at } of given.files) {
    const place = { visibility, agendaItemId: await agendaItem(stage, id, at) };
    const file = await arrive(stage, `${paper.title}.pdf`, papers.get(paper) ?? Buffer.alloc(0));
    await addFiles(deps, actor, id, place, [file]);
  }
  for (const link of given.links ?? []) await addLink(deps, actor, id, { ...link, agendaItemId: null });
  clock.moveTo(earlier(endsAt.getTime() + 2 * 60 * 60_000));
  if (given.event === 'Pelatihan Konten Kreator') await handInContent(stage, actor, id);
  if (startsAt < stage.today) await download(stage, id);
  await hangUp(stage, actor, id, given.photos);
}

/** Hands out what belongs to each event, at its time: papers, links, and photos of those that took place. */
export async function playMaterials(stage: Stage, offices: Offices): Promise<void> {
  const papers = new Map<Paper, Buffer>();
  for (const paper of [standards, caseManagement, contentGuide])
    papers.set(paper, await printPaper(paper, stage.today));
  for (const given of handedOut) await handOut(stage, officeOf(offices, given.office).actor, given, papers);
  stage.clock.moveTo(stage.today);
}
