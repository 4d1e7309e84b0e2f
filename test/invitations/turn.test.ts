import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { accept, decline, giveBack } from '../../src/features/invitations/answering.js';
import { linesOf } from '../../src/features/invitations/queue.repository.js';
import { tellTurn } from '../../src/features/invitations/turn.js';
import { translators } from '../../src/texts.js';
import type { InstitutionGiven } from '../factories/institutions.js';
import type { Scene } from '../factories/scenes.js';
import { openCounter, type Counter } from './support.js';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.app.close());
beforeEach(() => counter.app.clock.set(new Date().toISOString()));

const scene = (seats: number, institutions: InstitutionGiven[], caps: object = {}) =>
  counter.scene({ quota: { seats, ...caps }, institutions });
const takes = (s: Scene, n: number, seats: number, choice: 'wait_for_all' | 'take_rest' = 'wait_for_all') =>
  counter.byLink(s.eventId, (book) => accept(book, s.invitations[n] ?? 0, seats, choice));
const declines = (s: Scene, n: number) =>
  counter.byLink(s.eventId, (book) => decline(book, s.invitations[n] ?? 0));

/** What the office reads of those who wait, in their order. */
async function turns({ eventId }: Scene, language: 'id' | 'en' = 'id'): Promise<string[]> {
  const lines = await linesOf(counter.app.db, eventId);
  return lines.flatMap(({ waiting }) =>
    waiting.map(({ turn }) => (turn ? tellTurn(turn, translators[language], language).join(' ') : '')),
  );
}

/** What the institution reads on its page. */
async function ownPage(s: Scene, n: number, language: 'id' | 'en' = 'id'): Promise<string> {
  const id = s.invitations[n] ?? 0;
  const [{ version }] = (await counter.query<{ version: number }>(
    'SELECT token_version AS version FROM invitation WHERE id = $1',
    [id],
  )) as [{ version: number }];
  const path = `/u/${counter.app.deps.links.token('invitation', id, version)}`;
  const { text } = await request(counter.app.app).get(path).set('Cookie', `language=${language}`);
  return text;
}

describe('what has to happen before it is one’s turn', () => {
  test('so many seats given back, where everybody ahead takes one', async () => {
    const s = await scene(1, [{}, {}, {}]);
    for (const n of [0, 1, 2]) await takes(s, n, 1);
    expect(await turns(s)).toEqual([
      'Giliran tiba bila 1 kursi lagi dikembalikan.',
      'Giliran tiba bila 2 kursi lagi dikembalikan.',
    ]);
    await declines(s, 0);
    expect(await turns(s)).toEqual(['Giliran tiba bila 1 kursi lagi dikembalikan.']);
  });

  test('who waits for several at once may be passed, and says so; those behind know the earliest and the latest', async () => {
    const s = await scene(3, [{}, {}, {}, {}, {}]);
    await takes(s, 0, 2);
    await takes(s, 1, 1);
    await takes(s, 2, 1);
    await takes(s, 3, 2);
    await takes(s, 4, 1);
    expect(await turns(s)).toEqual([
      'Giliran tiba bila 1 kursi lagi dikembalikan.',
      'Giliran tiba bila 2 kursi kosong sekaligus; yang meminta lebih sedikit dapat mendahului.',
      'Giliran tiba paling cepat bila 2 kursi lagi dikembalikan, paling lambat bila 4.',
    ]);
    // It comes as early as was said: the one who waits for two is passed.
    await declines(s, 1);
    const [one] = await counter.query<{ id: number }>(
      `SELECT id FROM delegate WHERE invitation_id = $1 AND state = 'active' LIMIT 1`,
      [s.invitations[0]],
    );
    await counter.byLink(s.eventId, (book) => giveBack(book, s.invitations[0] ?? 0, [one?.id ?? 0]));
    expect((await counter.standing(s.invitations[4])).state).toBe('accepted');
  });

  test('a full kabupaten/kota is named, also where seats of the group are free', async () => {
    const there = { regionCode: '63.71' };
    const s = await scene(6, [there, there, { regionCode: '63.72' }], {
      capPerRegion: 2,
      seatsPerInstitution: 2,
    });
    await takes(s, 0, 2);
    await takes(s, 1, 1);
    const expected =
      'Batas kursi untuk Kota Banjarmasin sudah penuh: LKS lain dari sana perlu mengembalikan kursi dahulu.';
    expect(await turns(s)).toEqual([expected]);
    expect(await ownPage(s, 1)).toContain(expected);
    await declines(s, 0);
    expect(await counter.standing(s.invitations[1])).toMatchObject({ state: 'accepted' });
  });

  test('in English the group and the service have their English names', async () => {
    const strata = [{ key: 'disabilitas', seats: 1, limit: null }];
    const s = await scene(1, [{ services: ['disabilitas'] }, { services: ['disabilitas'] }], {
      dimension: 'service',
      strata,
    });
    await takes(s, 0, 1);
    await takes(s, 1, 1);
    const [{ name }] = (await counter.query<{ name: string }>(
      `SELECT name_en AS name FROM service_type WHERE code = 'disabilitas'`,
    )) as [{ name: string }];
    const page = await ownPage(s, 1, 'en');
    expect(page).toContain(name);
    expect(page).toContain('The turn comes once 1 more seat is given back.');
  });
});
