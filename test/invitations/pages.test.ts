import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { OfficeActor } from '../../src/features/accounts/permissions.js';
import { settleDue } from '../../src/features/invitations/settle.js';
import type { Office } from '../../src/features/offices/office.entity.js';
import { isOnlyHere } from '../../src/web/base-url.js';
import { makeEvent } from '../factories/events.js';
import { makeInstitution } from '../factories/institutions.js';
import { answer, makeInvitations, makeSeats } from '../factories/invitations.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { brokenRules } from '../support/invariants.js';
import { Visitor } from '../support/visitor.js';

let app: TestApp;
let office: Office;
let actor: OfficeActor;
let organizer: Visitor;
let eventId: number;
let list: string;

beforeAll(async () => {
  app = await startTestApp();
  office = await makeOffice(app.db);
  const user = await makeUser(app.db, office);
  actor = { userId: user.id, office: { ...office, roles: ['organizer'] } } as unknown as OfficeActor;
  organizer = await new Visitor(app.app).signIn(user.email);
});
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T02:00:00Z');
  eventId = await makeEvent(app.db, office);
  list = `/events/${eventId}/invitations`;
  await makeSeats(app, actor, eventId, 2);
});

const stateOf = async (id: number) =>
  ((await app.db.query('SELECT state FROM invitation WHERE id = $1', [id])) as [{ state: string }])[0].state;

async function invite(count: number): Promise<number[]> {
  const leader = { name: 'Hajah Aminah', phone: '+6281200000077' };
  const ids = await Promise.all(
    Array.from({ length: count }, () => makeInstitution(app.db, office, { leader })),
  );
  return makeInvitations(app, actor, eventId, ids);
}

describe('invitations on the organizer’s pages', () => {
  test('an empty list says what to do, and institutions are chosen by filter and by hand', async () => {
    expect((await organizer.get(list)).text).toContain('Belum ada LKS yang diundang');
    const name = `Panti Pilihan ${eventId}`;
    const id = await makeInstitution(app.db, office, { name, services: ['napza'] });
    const found = await organizer.get(`${list}/choose?service=napza&q=panti+pilihan+${eventId}`);
    expect(found.text).toContain(name);
    const chosen = await organizer.post(`${list}/choose`, { institutions: String(id) });
    expect(chosen.status).toBe(303);
    const page = await organizer.get(list);
    expect(page.text).toContain('1 LKS ditambahkan.');
    expect(page.text).toContain('0 dari 1 LKS sudah menjawab');
    expect((await organizer.get(`${list}/choose?q=panti+pilihan+${eventId}`)).text).not.toContain(name);
  });

  test('an institution that the office cannot see is not chosen, by whatever form', async () => {
    const far = await makeOffice(app.db, { regionCode: '35.73' });
    const foreign = await makeInstitution(app.db, far, { regionCode: '35.73' });
    expect((await organizer.post(`${list}/choose`, { institutions: String(foreign) })).status).toBe(404);
    expect(
      (await app.db.query('SELECT 1 FROM invitation WHERE event_id = $1', [eventId])) as unknown[],
    ).toEqual([]);
  });

  test('a link is passed on by WhatsApp in Indonesian, to the leader’s number, and marked as sent', async () => {
    const [id = 0] = await invite(1);
    const page = await organizer.get(`${list}/${id}`);
    const whatsapp = /https:\/\/wa\.me\/6281200000077\?text=([^"]+)/.exec(page.text)?.[1] ?? '';
    expect(decodeURIComponent(whatsapp)).toMatch(
      /^Yth\. Pengurus[\s\S]*\/u\/[\w-]{32}[\s\S]*Terima kasih\.$/,
    );
    await organizer.post(`${list}/${id}/sent`);
    const [row] = (await app.db.query(
      `SELECT i.sent_at IS NOT NULL AS sent, (SELECT state FROM message m WHERE m.invitation_id = i.id) AS message
       FROM invitation i WHERE id = $1`,
      [id],
    )) as [{ sent: boolean; message: string }];
    expect(row).toEqual({ sent: true, message: 'sent' });
  });

  test('the text names every day of the event, and links that open nowhere else are told of', async () => {
    const longer = await makeEvent(app.db, office, { days: ['2026-03-20', '2026-03-21'] });
    await makeSeats(app, actor, longer, 2);
    const lks = await makeInstitution(app.db, office);
    await makeInvitations(app, actor, longer, [lks]);
    const { text } = await organizer.get(`/events/${longer}/invitations`);
    const whatsapp = /https:\/\/wa\.me\/[^"]*/.exec(text)?.[0] ?? '';
    expect(decodeURIComponent(whatsapp)).toContain('20 s.d. 21 Maret 2026');
    expect(text).toContain('hanya terbuka di komputer ini');
  });

  test('days apart are told one by one, by WhatsApp, on the printed sheet and on the page of the LKS', async () => {
    const apart = await makeEvent(app.db, office, { days: ['2026-03-21', '2026-03-23'] });
    await makeSeats(app, actor, apart, 2);
    const [id = 0] = await makeInvitations(app, actor, apart, [await makeInstitution(app.db, office)]);
    const { text: list } = await organizer.get(`/events/${apart}/invitations`);
    const { text: sheets } = await organizer.get(`/events/${apart}/invitations/sheets`);
    const { text: page } = await organizer.get(`/u/${app.deps.links.token('invitation', id, 1)}`);
    const whatsapp = decodeURIComponent(/https:\/\/wa\.me\/[^"]*/.exec(list)?.[0] ?? '');
    for (const text of [whatsapp, sheets, page]) {
      expect(text).toContain('Sabtu, 21 Maret 2026; Senin, 23 Maret 2026');
      expect(text).not.toContain('21 s.d. 23');
    }
  });

  test.each([
    ['http://localhost:3000', true],
    ['http://127.0.0.1', true],
    ['http://[::1]:80', true],
    ['http://192.168.1.5:3000', false],
    ['https://rembuk.localhost-batang.example', false],
  ])('an address that opens on this machine only is known: %s', (address, expected) => {
    expect(isOnlyHere(address)).toBe(expected);
  });

  test('the figures of the answers add up to the institutions invited, also after a day has changed', async () => {
    const [coming = 0, again = 0, away = 0] = await invite(5);
    await makeSeats(app, actor, eventId, 3);
    await answer(app, eventId, coming, 'accepts');
    await answer(app, eventId, again, 'accepts');
    await answer(app, eventId, away, 'declines');
    await app.db.query(
      `UPDATE invitation SET state = 'reconfirm', hold_until = '2026-03-10T00:00:00Z' WHERE id = $1`,
      [again],
    );
    const { text } = await organizer.get(list);
    const tally = [...text.matchAll(/<dt>([^<]+)<\/dt><dd><span[^>]*>(\d+) LKS<\/span>/g)];
    const figures = Object.fromEntries(tally.map(([, name, count]) => [name, Number(count)]));
    expect(figures).toMatchObject({
      ...{ Diundang: 5, Hadir: 1, 'Perlu konfirmasi ulang': 1, Berhalangan: 1, 'Belum menjawab': 2 },
    });
    expect(text).toContain('2 dari 5 LKS sudah menjawab');
    expect((await organizer.get(`${list}?filter=reconfirm`)).text).toContain(`undangan-${again}`);
  });

  test('an answer given by phone is recorded, with the waiting list and what is left', async () => {
    const [first = 0, second = 0, third = 0] = await invite(3);
    await organizer.post(`${list}/${first}/answer`, { answer: 'accept', seats: 1, shortage: 'take_rest' });
    await organizer.post(`${list}/${second}/answer`, { answer: 'accept', seats: 2, shortage: 'take_rest' });
    await organizer.post(`${list}/${third}/answer`, { answer: 'accept', seats: 1, shortage: 'take_rest' });
    expect(await Promise.all([first, second, third].map(stateOf))).toEqual([
      'accepted',
      'accepted',
      'waiting',
    ]);
    const page = await organizer.get(`${list}/${third}`);
    expect(page.text).toContain('Menunggu');
    expect(page.text).toContain('urutan 2');
    await organizer.post(`${list}/${first}/answer`, { answer: 'decline' });
    expect(await brokenRules(app.db, eventId)).toEqual([]);
    const live = await organizer.get(list, { 'X-Background': 'refresh' });
    expect(live.text).toContain('2 dari 2 kursi terisi');
    expect(live.text).not.toContain('<html');
  });

  test('a seat that frees up after answer-by is offered, and the list says whom to tell', async () => {
    const [first = 0, second = 0, third = 0] = await invite(3);
    for (const id of [first, second, third]) await answer(app, eventId, id, 'accepts');
    app.clock.set('2026-03-14T00:00:00Z');
    await organizer.post(`${list}/${first}/answer`, { answer: 'decline' });
    expect(await stateOf(third)).toBe('offered');
    expect((await organizer.get(`${list}?filter=untold`)).text).toContain(`id="undangan-${third}"`);
    app.clock.forward(49);
    await settleDue(app.deps);
    expect(await stateOf(third)).toBe('lapsed');
    expect(await brokenRules(app.db, eventId)).toEqual([]);
  });

  test('revoking asks why, frees the seat, and the link says so', async () => {
    const [id = 0] = await invite(1);
    await answer(app, eventId, id, 'accepts');
    await organizer.post(`${list}/${id}/revocation`, { reason: '' });
    expect(await stateOf(id)).toBe('accepted');
    await organizer.post(`${list}/${id}/revocation`, { reason: 'Salah wilayah' });
    expect(await stateOf(id)).toBe('revoked');
    const page = await new Visitor(app.app).get(`/u/${app.deps.links.token('invitation', id, 1)}`);
    expect(page.text).toContain('Undangan ini ditarik');
    expect(page.text).toContain('Alasan: Salah wilayah');
  });

  test('a renewed link ends the old link and the old code', async () => {
    const [id = 0] = await invite(1);
    const { links } = app.deps;
    await organizer.post(`${list}/${id}/link`);
    const browser = new Visitor(app.app);
    expect((await browser.get(`/u/${links.token('invitation', id, 1)}`)).status).toBe(404);
    expect((await browser.get(`/u/${links.token('invitation', id, 2)}`)).status).toBe(200);
    const typed = (version: number) => browser.post('/u', { code: links.code(id, version) }, '/u');
    expect((await typed(1)).status).toBe(422);
    expect((await typed(2)).headers.location).toBe(`/u/${links.token('invitation', id, 2)}`);
  });

  test('a delegate’s form comes back with what was typed, and a replacement ends the earlier link', async () => {
    const [id = 0] = await invite(1);
    await answer(app, eventId, id, 'accepts');
    const [delegate] = (await app.db.query('SELECT id FROM delegate WHERE invitation_id = $1', [id])) as [
      { id: number },
    ];
    const form = `${list}/${id}/delegates/${delegate.id}`;
    const wrong = await organizer.post(form, { other: 'other', name: 'Pengganti Uji', phone: 'bukan nomor' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('value="Pengganti Uji"');
    expect(wrong.text).toContain('value="bukan nomor"');
    await organizer.post(form, { other: 'other', name: 'Pengganti Uji', phone: '0812 0000 0088' });
    const page = await new Visitor(app.app).get(`/d/${app.deps.links.token('delegate', delegate.id, 1)}`);
    expect(page.text).toContain('Anda sudah digantikan');
    const log = (await app.db.query(`SELECT detail::text || fields::text AS said FROM audit_entry`)) as {
      said: string;
    }[];
    expect(log.map(({ said }) => said).join(' ')).not.toMatch(/Pengganti|0088/);
  });

  test('sheets carry a code and a QR for every institution, and reading delegates is logged', async () => {
    const [id = 0] = await invite(2);
    const sheets = await organizer.get(`${list}/sheets`);
    expect(sheets.text.match(/class="sheet__code"/g)).toHaveLength(2);
    await answer(app, eventId, id, 'accepts');
    await organizer.get(`${list}/${id}`);
    const log = (await app.db.query(
      `SELECT 1 FROM audit_entry WHERE action = 'persons.read' AND subject_type = 'invitation' AND subject_id = $1`,
      [id],
    )) as unknown[];
    expect(log).toHaveLength(1);
  });

  test('what a delegate needs is shown to those who record answers, not to whoever may read (personal data)', async () => {
    const [id = 0] = await invite(1);
    await answer(app, eventId, id, 'accepts');
    await app.db.query(`UPDATE delegate SET needs = 'kursi roda' WHERE invitation_id = $1`, [id]);
    const leader = await new Visitor(app.app).signIn((await makeUser(app.db, office, ['leader'])).email);
    expect((await organizer.get(`${list}/${id}`)).text).toContain('kursi roda');
    const seen = await leader.get(`${list}/${id}`);
    expect([seen.status, seen.text.includes('Aminah'), seen.text.includes('kursi roda')]).toEqual([
      200,
      true,
      false,
    ]);
  });
});
