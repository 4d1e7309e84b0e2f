import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '../src/clock.js';
import { createDataSource } from '../src/database/data-source.js';
import { startEmbedded } from '../src/database/embedded.js';
import { migrate } from '../src/database/migrate.js';
import { syncRegions } from '../src/features/regions/regions.service.js';
import { LinkKeys } from '../src/links/tokens.js';
import { makeHost, makeScene } from '../test/factories/scenes.js';

/** A database with one event whose seats are half taken, and what a server needs to show its answer pages. */
export interface AnswerScene {
  databaseUrl: string;
  masterKey: string;
  /** Of institutions that have not answered. */
  open: { id: number; path: string }[];
  close(): Promise<void>;
}

const institutions = 135;
const seats = 30;

export async function makeAnswerScene(folder: string): Promise<AnswerScene> {
  const server = await startEmbedded({ dataDir: join(folder, 'data') });
  const db = await createDataSource({ url: server.url }).initialize();
  await migrate(db, syncRegions);
  const masterKey = randomBytes(32).toString('hex');
  const links = new LinkKeys(masterKey);
  const host = await makeHost({ db, clock: systemClock, links });
  const { eventId, invitations } = await makeScene(host, {
    title: 'Bimbingan Teknis Pengelolaan LKS Kesejahteraan Sosial Anak',
    quota: { seats },
    institutions: Array.from({ length: institutions }, (_, n) => ({ leader: { name: `Ketua ${n}` } })),
  });
  await db.query(
    `UPDATE seat s SET state = 'held', invitation_id = i.id, held_until = now() + interval '1 day'
     FROM unnest($2::int[]) WITH ORDINALITY AS i (id, number) WHERE s.event_id = $1 AND s.number = i.number`,
    [eventId, invitations.slice(0, seats / 2)],
  );
  await db.query(
    `UPDATE event SET venue_name = 'Aula Dinas Sosial', venue_address = 'Jl. Letjen R. Soeprapto No. 8, Banjarmasin',
       map_url = 'https://maps.example/aula', contact_name = 'Ibu Contoh', contact_phone = '+6281234567890',
       notes = 'Mohon membawa surat tugas dan laptop.' WHERE id = $1`,
    [eventId],
  );
  await db.query('ANALYZE');
  await db.destroy();
  const open = invitations
    .slice(seats / 2)
    .map((id) => ({ id, path: `/u/${links.token('invitation', id, 1)}` }));
  return { databaseUrl: server.url, masterKey, open, close: () => server.stop() };
}
