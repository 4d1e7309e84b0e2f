import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { readIds, tickedOf, ticksAfter, writeIds } from '../../src/features/invitations/ticks.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeSeats } from '../factories/invitations.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { fieldsOf, formsOf } from '../support/forms.js';
import { Visitor } from '../support/visitor.js';

describe('what is ticked', () => {
  test('is kept for pages that are not shown, whichever way round', () => {
    const sent = { except: [1, 5], shown: [4, 5, 6], institutions: [4] };
    expect(ticksAfter({ ...sent, ticked: 'none' }).except).toEqual([1, 4]);
    expect(ticksAfter({ ...sent, ticked: 'all' }).except).toEqual([1, 5, 6]);
    expect(tickedOf({ ticked: 'none', except: [1, 4] }, [4, 5])).toEqual([1, 4]);
    expect(tickedOf({ ticked: 'all', except: [1, 4] }, [4, 5])).toEqual([5]);
  });

  test('stands in an address as ids and nothing else', () => {
    const ids = [1, 135, 2_147_483_647];
    expect(readIds(writeIds(ids))).toEqual(ids);
    expect(readIds('')).toEqual([]);
    expect(readIds("0.zzzzzz1.-1.2s.2s.'; DROP")).toEqual([100]);
  });
});

describe('choosing LKS', () => {
  let app: TestApp;
  let office: Office;
  let actor: OfficeActor;
  let organizer: Visitor;
  let ids: number[];
  let choose: string;

  beforeAll(async () => {
    app = await startTestApp();
    office = await makeOffice(app.db);
    const user = await makeUser(app.db, office);
    actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
    organizer = await new Visitor(app.app).signIn(user.email);
    ids = [];
    for (let at = 100; at < 230; at += 1)
      ids.push(await makeInstitution(app.db, office, { name: `Panti ${at}` }));
    await app.db.query(
      `INSERT INTO accreditation (institution_id, grade) SELECT id, 'A' FROM institution WHERE name IN ('Panti 103', 'Panti 205')`,
    );
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    const eventId = await makeEvent(app.db, office);
    await makeSeats(app, actor, eventId, 200);
    choose = `/events/${eventId}/invitations/choose`;
  });

  const idOf = (name: string) => ids[Number(name.slice(-3)) - 100] ?? 0;
  const sentFrom = async (address: string) => {
    const { text } = await organizer.get(address);
    const { page: _page, ...sent } = fieldsOf(formsOf(text).find(({ action }) => action.startsWith(choose)));
    const boxes = [...text.matchAll(/name="institutions" value="(\d+)"( checked)?/g)];
    const ticked = boxes.filter(([, , checked]) => checked).map(([, id]) => id ?? '');
    return { text, sent: { ...sent, institutions: ticked }, boxes: boxes.length };
  };
  const added = async () =>
    (
      (await app.db.query(
        `SELECT i.name FROM invitation v JOIN institution i ON i.id = v.institution_id WHERE v.event_id = $1 ORDER BY 1`,
        [/\d+/.exec(choose)?.[0]],
      )) as { name: string }[]
    ).map(({ name }) => name);

  test('begins with all that are found, over pages, and adds those of other pages too', async () => {
    const first = await sentFrom(choose);
    expect([first.boxes, first.sent.institutions.length]).toEqual([100, 100]);
    expect(first.text).toContain('data-ticks-count>130<');
    const without = first.sent.institutions.filter((id) => id !== String(idOf('Panti 102')));
    const onward = await organizer.post(`${choose}/view`, {
      ...first.sent,
      institutions: without,
      page: '2',
    });
    const second = await sentFrom(onward.headers.location ?? '');
    expect([second.boxes, second.sent.institutions.length]).toEqual([30, 30]);
    expect(second.text).toContain('data-ticks-count>129<');
    expect((await organizer.post(choose, second.sent)).status).toBe(303);
    expect(await added()).toEqual(
      ids.map((_, at) => `Panti ${at + 100}`).filter((name) => name !== 'Panti 102'),
    );
  });

  test('a few of many are picked by hand, and filtering again keeps them', async () => {
    const none = await sentFrom(`${choose}?ticked=none`);
    expect([none.boxes, none.sent.institutions]).toEqual([100, []]);
    expect(none.text).toContain('data-ticks-count>0<');
    const picked = { ...none.sent, institutions: [String(idOf('Panti 101'))], accreditation: 'A', page: '1' };
    const filtered = await sentFrom((await organizer.post(`${choose}/view`, picked)).headers.location ?? '');
    expect(filtered.text).toContain('2 LKS ditemukan');
    expect(filtered.text).toContain('1 di antaranya di halaman lain atau di luar saringan');
    await organizer.post(choose, { ...filtered.sent, institutions: [String(idOf('Panti 205'))] });
    expect(await added()).toEqual(['Panti 101', 'Panti 205']);
  });

  test('what was chosen meanwhile is no longer ticked, and nothing ticked is refused', async () => {
    await organizer.post(choose, { institutions: String(idOf('Panti 101')) });
    const gone = await sentFrom(
      `${choose}?ticked=none&except=${writeIds([idOf('Panti 101'), 2_000_000_000])}`,
    );
    expect(gone.text).toContain('data-ticks-count>0<');
    const refused = await organizer.post(choose, gone.sent);
    expect([refused.status, refused.text.includes('field-institutions-error')]).toEqual([422, true]);
  });

  test('more than an address holds are refused with a word, and still stand ticked', async () => {
    const many = writeIds(Array.from({ length: 1001 }, (_, at) => at + 1_000_000));
    const refused = await organizer.post(`${choose}/view`, { ticked: 'none', except: many, page: '2' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Paling banyak 1000 LKS dapat ditandai satu per satu');
  });
});
