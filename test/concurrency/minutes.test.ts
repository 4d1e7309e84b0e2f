import { describe, expect, test } from '@jest/globals';
import type { MinutesContent } from '../../src/features/minutes/content.js';
import { makeEvent } from '../factories/events.js';
import { lineOf } from '../factories/minutes.js';
import { makeUser } from '../factories/people.js';
import { Visitor } from '../support/visitor.js';
import type { House } from './house.js';
import { differs, faultsIn, statuses, times, useHouse, type Race } from './race.js';

/** A person at the minutes of an event, served by one of the processes. */
interface Writer {
  visitor: Visitor;
  token: string;
}

interface Table {
  at: string;
  eventId: number;
  writers: [Writer, Writer];
  leaders: [Visitor, Visitor];
}

const people = new WeakMap<House, { writers: [Visitor, Visitor]; leaders: [Visitor, Visitor] }>();

async function peopleOf(house: House) {
  const known = people.get(house);
  if (known) return known;
  const come = async (role: 'secretary' | 'leader', process: 0 | 1) =>
    new Visitor(house.urls[process]).signIn((await makeUser(house.app.db, house.office, [role])).email);
  const made = {
    writers: [await come('secretary', 0), await come('secretary', 1)] as [Visitor, Visitor],
    leaders: [await come('leader', 0), await come('leader', 1)] as [Visitor, Visitor],
  };
  people.set(house, made);
  return made;
}

/** Begun minutes with a chair, and two secretaries and two leaders in different processes. */
async function sit(house: House): Promise<Table> {
  const { writers, leaders } = await peopleOf(house);
  const eventId = await makeEvent(house.app.db, house.office);
  await house.app.db.query(`INSERT INTO speaker (event_id, name, role) VALUES ($1, 'Ketua', 'chair')`, [
    eventId,
  ]);
  const at = `/events/${eventId}/minutes`;
  await writers[0].post(at, {}, at);
  const withToken = async (visitor: Visitor): Promise<Writer> => ({
    visitor,
    token: await visitor.token(at),
  });
  return { at, eventId, leaders, writers: [await withToken(writers[0]), await withToken(writers[1])] };
}

interface Reply {
  status: number;
  body: { version?: number; conflict?: { text: string; version: number } };
}

const save = ({ at }: Table, { visitor, token }: Writer, line: object): Promise<Reply> =>
  visitor.json('POST', `${at}/blocks`, { ...line, _csrf: token });

const versionsOf = (house: House, clientId: string): Promise<{ version: number; text: string }[]> =>
  house.app.db.query(
    `SELECT v.version, v.text FROM minutes_block_version v JOIN minutes_block b ON b.id = v.block_id
     WHERE b.client_id = $1 ORDER BY v.version`,
    [clientId],
  );

/** Two secretaries on one line: who is too late is told, and gets the other's text; both texts exist somewhere. */
const oneLine: Race = async (house) => {
  const table = await sit(house);
  const line = lineOf({ text: 'awal' });
  await save(table, table.writers[0], line);
  const faults: string[] = [];
  for (let version = 1; version <= 4; version += 1) {
    const texts = table.writers.map((_writer, n) => `putaran ${version}, penulis ${n}`);
    const replies = await Promise.all(
      table.writers.map((writer, n) =>
        save(table, writer, { ...line, version: String(version), text: texts[n] }),
      ),
    );
    const winner = replies.findIndex(({ status }) => status === 200);
    const loser = replies.find(({ status }) => status === 409);
    const kept = await versionsOf(house, line.clientId);
    faults.push(
      ...differs('statuses', statuses(replies), [200, 409]),
      ...differs('told to the loser', loser?.body.conflict?.text, texts[winner]),
      ...differs('versions', kept.at(-1), { version: version + 1, text: texts[winner] }),
      ...differs('count of versions', kept.length, version + 1),
    );
    if (faults.length > 0) break;
  }
  return faults;
};

/** Two secretaries on two lines: every save of each is accepted, and is a version of its own line. */
const twoLines: Race = async (house) => {
  const table = await sit(house);
  const lines = [lineOf({ text: 'satu' }), lineOf({ text: 'dua' })];
  const typed = await Promise.all(
    table.writers.map(async (writer, n) => {
      const sent: string[] = [];
      for (let version = 0; version < 6; version += 1) {
        const text = `baris ${n}, simpan ${version}`;
        const { status } = await save(table, writer, { ...lines[n], version: String(version), text });
        sent.push(status === 200 ? text : `${text}: ${status}`);
      }
      return sent;
    }),
  );
  const kept = await Promise.all(
    lines.map(async ({ clientId }) => (await versionsOf(house, clientId)).map(({ text }) => text)),
  );
  return differs('versions', kept, typed);
};

/** A new line that the network sends to both processes at once is one line. */
const sentTwice: Race = async (house) => {
  const table = await sit(house);
  const line = lineOf({ text: 'sekali saja' });
  const replies = await Promise.all(table.writers.map((writer) => save(table, writer, line)));
  return [
    ...differs('statuses', statuses(replies), [200, 200]),
    ...differs('versions', await versionsOf(house, line.clientId), [{ version: 1, text: 'sekali saja' }]),
  ];
};

/**
 * Two secretaries add lines behind the same one at once. None is lost, each stands between the two that were there,
 * and what is then written behind one of them stands right behind it: no two lines share a place.
 */
const onePlace: Race = async (house) => {
  const table = await sit(house);
  const above = lineOf({ text: 'atas' });
  const below = lineOf({ text: 'bawah', after: above.clientId });
  for (const line of [above, below]) await save(table, table.writers[0], line);
  const added = times(8, (n) => lineOf({ text: `baris ${n}`, after: above.clientId }));
  const writerOf = (n: number) => table.writers[n % 2] ?? table.writers[0];
  const replies = await Promise.all(added.map((line, n) => save(table, writerOf(n), line)));
  for (const [n, { text, clientId }] of added.entries())
    await save(table, writerOf(n), lineOf({ text: `sambungan ${text}`, after: clientId }));
  const rows = (await house.app.db.query(
    'SELECT text FROM minutes_block WHERE event_id = $1 ORDER BY position, id',
    [table.eventId],
  )) as { text: string }[];
  const texts = rows.map(({ text }) => text);
  const behind = added.map(({ text }) => texts[texts.indexOf(text) + 1]);
  return [
    ...differs(
      'statuses',
      statuses(replies),
      added.map(() => 200),
    ),
    ...differs('lines', texts.length, 2 + 2 * added.length),
    ...differs('first and last', [texts[0], texts.at(-1)], ['atas', 'bawah']),
    ...differs(
      'behind each',
      behind,
      added.map(({ text }) => `sambungan ${text}`),
    ),
  ];
};

const frozenOf = async (house: House, { eventId }: Table): Promise<MinutesContent[]> => {
  const rows = (await house.app.db.query('SELECT content FROM minutes_edition WHERE event_id = $1', [
    eventId,
  ])) as {
    content: string;
  }[];
  return rows.map(({ content }) => JSON.parse(content) as MinutesContent);
};

const approve = async ({ at }: Table, leader: Visitor) => {
  const { text } = await leader.get(at);
  const seen = /name="seen" value="([0-9a-f]{64})"/.exec(text)?.[1] ?? '';
  return leader.prepare(`${at}/approval`, { seen }, at);
};

/** A save is slow while the minutes are submitted and approved: what was accepted is what is frozen. */
const approvedWhileWritten: Race = async (house) => {
  const table = await sit(house);
  const line = lineOf({ text: 'awal' });
  await save(table, table.writers[0], line);
  const submit = await table.writers[1].visitor.prepare(`${table.at}/submission`, {}, table.at);
  const [saved] = await Promise.all([
    save(table, table.writers[0], { ...line, version: '1', text: 'pelan' }),
    (async () => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      await submit();
      await (
        await approve(table, table.leaders[1])
      )();
    })(),
  ]);
  const [content] = await frozenOf(house, table);
  const [now] = (await house.app.db.query('SELECT text FROM minutes_block WHERE client_id = $1', [
    line.clientId,
  ])) as {
    text: string;
  }[];
  const accepted = saved.status === 200 ? 'pelan' : 'awal';
  return [
    ...differs('in the tables', now?.text, accepted),
    ...differs('frozen', content?.sections[0]?.lines[0]?.text, accepted),
  ];
};

/** Two leaders approve at once: one edition, and the second is told. */
const approvedTwice: Race = async (house) => {
  const table = await sit(house);
  await save(table, table.writers[0], lineOf({ text: 'disetujui' }));
  await table.writers[0].visitor.post(`${table.at}/submission`, {}, table.at);
  const sends = [await approve(table, table.leaders[0]), await approve(table, table.leaders[1])];
  const replies = await Promise.all(sends.map((send) => send()));
  return [
    ...differs('statuses', statuses(replies), [303, 409]),
    ...differs('editions', (await frozenOf(house, table)).length, 1),
  ];
};

/** Makes every save of a line take its time between writing and committing. */
const slowDown = (house: House) =>
  house.app.db.query(`
    CREATE OR REPLACE FUNCTION be_slow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.text = 'pelan' THEN PERFORM pg_sleep(1.5); END IF; RETURN NEW; END $$;
    CREATE OR REPLACE TRIGGER slow BEFORE INSERT ON minutes_block_version FOR EACH ROW EXECUTE FUNCTION be_slow()`);

const rounds = times(3, (n) => n);

describe('with two processes', () => {
  const house = useHouse();

  test.each<[string, Race]>([
    ['two secretaries on one line lose nothing: one is accepted, the other gets both texts', oneLine],
    ['two secretaries on two lines lose nothing', twoLines],
    ['a new line that comes twice is one line', sentTwice],
    ['lines that are put into one place at once all stand there, each in a place of its own', onePlace],
    ['two leaders approve one edition', approvedTwice],
  ])('%s', async (_name, race) => {
    for (const _round of rounds) expect(await race(house())).toEqual([]);
  });

  test('what is approved is what was saved, to the last word', async () => {
    await slowDown(house());
    expect(await approvedWhileWritten(house())).toEqual([]);
  }, 40_000);
});

describe('without the lock of the minutes', () => {
  const house = useHouse({ leftOut: ['minutes'] });

  test('it does not hold that what is approved is what was saved', async () => {
    await slowDown(house());
    expect(await faultsIn(approvedWhileWritten, house(), 3)).not.toEqual([]);
  }, 40_000);

  test('it does not hold that lines put into one place at once have a place each', async () => {
    expect(await faultsIn(onePlace, house(), 25)).not.toEqual([]);
  }, 60_000);

  test('it does not hold that the second leader is told', async () => {
    expect(await faultsIn(approvedTwice, house(), 25)).not.toEqual([]);
  }, 60_000);
});

describe('without the version of a line', () => {
  const house = useHouse({ leftOut: ['lines.version'] });

  test('it does not hold that two secretaries on one line lose nothing', async () => {
    expect(await faultsIn(oneLine, house(), 25)).not.toEqual([]);
  }, 60_000);
});
