import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Office } from '../../src/features/offices/office.entity.js';
import { openDesk, type Desk } from '../answers/support.js';
import { makeHost, type Host } from '../factories/scenes.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { bareTexts } from '../support/bare-texts.js';
import { disguise } from '../support/disguise.js';
import { fieldsOf, formsOf } from '../support/forms.js';
import { Visitor } from '../support/visitor.js';

let desk: Desk;
let organizer: Visitor;
let path: string;
let invitation: number;
let institution: number;
let eventId: number;

const sql = <T = never>(text: string, values: unknown[] = []) =>
  desk.app.db.query(text, values) as Promise<T[]>;

async function enter(host: Host = desk.host): Promise<void> {
  const scene = await desk.scene({ institutions: [{ leader: { name: 'Ahmad Fauzi' } }, {}] });
  ({ eventId } = scene);
  ({ path, id: invitation } = scene.invitations[0]!);
  [{ id: institution }] = (await sql<{ id: number }>(
    'SELECT institution_id AS id FROM invitation WHERE id = $1',
    [invitation],
  )) as [{ id: number }];
  await sql(
    `UPDATE institution SET address = 'Jalan Lama 1', permit_number = '', managing_office_id = $2 WHERE id = $1`,
    [institution, host.office.id],
  );
  await sql('UPDATE event SET record_check = true WHERE id = $1', [eventId]);
}

beforeAll(async () => {
  desk = await openDesk();
  organizer = await new Visitor(desk.app.app).signIn(desk.host.email);
});
afterAll(() => desk.app.close());
beforeEach(async () => {
  await enter();
  await desk.accept(path);
});

/** The form of the record as it stands, but for what is changed. */
async function filledIn(changed: Record<string, unknown> = {}, at = path) {
  const { text } = await desk.get(`${at}/record`);
  const form = formsOf(text).find(({ action }) => action === `${at}/record`)!;
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form.fields)
    if (name === 'otherServices') fields[name] = [...((fields[name] as string[] | undefined) ?? []), value];
    else fields[name] = value;
  return { ...fields, ...changed };
}
const propose = async (changed: Record<string, unknown>, at = path) =>
  desk.visitor.send(`${at}/record`, await filledIn(changed, at));
const confirm = (at = path) => desk.visitor.post(`${at}/record/confirmation`, {}, `${at}/record`);

const proposals = (of = institution) =>
  sql<{ id: number; state: string; changes: Record<string, unknown>; decisions: Record<string, string> }>(
    `SELECT id, state, changes, decisions, way, office_id FROM institution_proposal WHERE institution_id = $1 ORDER BY id`,
    [of],
  );
const record = async () =>
  (
    await sql<Record<string, unknown>>(
      `SELECT i.name, i.address, i.phone, i.permit_number AS permit, i.provisional,
         ARRAY(SELECT service_type FROM institution_service s WHERE s.institution_id = i.id ORDER BY position) AS services
       FROM institution i WHERE i.id = $1`,
      [institution],
    )
  )[0];
const leaders = () =>
  sql<{ name: string; isLeader: boolean }>(
    `SELECT name, is_leader AS "isLeader" FROM representative WHERE institution_id = $1 ORDER BY is_leader DESC, id`,
    [institution],
  );
const log = async () =>
  sql<{ action: string; fields: string[]; way: string }>(
    `SELECT action, fields, way FROM audit_entry WHERE subject_type = 'institution' AND subject_id = $1 AND action LIKE '%check%'
     ORDER BY id`,
    [institution],
  );

/** The office's form of the open proposal, as its page shows it. */
async function decisionForm(who = organizer) {
  const { text } = await who.get(`/institutions/${institution}`);
  const form = formsOf(text).find(({ action }) => action.includes('/checks/'));
  return { text, action: form?.action ?? '', fields: fieldsOf(form) };
}
async function decide(decisions: Record<string, string>, note = '', who = organizer) {
  const { action, fields } = await decisionForm(who);
  const chosen = Object.fromEntries(
    Object.entries(decisions).map(([field, decision]) => [`decisions[${field}]`, decision]),
  );
  return who.send(action, { ...fields, ...chosen, note });
}

const changes = {
  address: 'Jalan Baru 2',
  permitNumber: '460/7/2026',
  phone: '0511 335 4455',
  note: 'Pindah.',
};

describe('the institution', () => {
  test('is asked only where the organizer wants it, after an answer, until the event is over', async () => {
    expect((await desk.get(path)).text).toContain('Periksa data lembaga Anda');
    await enter();
    expect((await desk.get(path)).text).not.toContain('Periksa data lembaga Anda');
    expect((await desk.get(`${path}/record`)).status).toBe(404);
    await desk.accept(path);
    expect((await desk.get(`${path}/record`)).status).toBe(200);
    await sql('UPDATE event SET record_check = false WHERE id = $1', [eventId]);
    expect((await desk.get(`${path}/record`)).status).toBe(404);
    await sql('UPDATE event SET record_check = true WHERE id = $1', [eventId]);
    const form = await filledIn(changes);
    await sql(`UPDATE event SET state = 'finished', ends_at = now() - interval '1 hour' WHERE id = $1`, [
      eventId,
    ]);
    expect((await desk.get(`${path}/record`)).status).toBe(404);
    expect((await desk.visitor.send(`${path}/record`, form)).status).toBe(404);
    expect(await proposals()).toEqual([]);
  });

  test('also says so when it cannot come', async () => {
    await desk.visitor.post(`${path}/answer`, { answer: 'decline' }, path);
    expect((await desk.get(path)).text).toContain('Periksa data lembaga');
    expect((await confirm()).status).toBe(303);
  });

  test('sees its record and says with one button that it is right, which is kept with its time', async () => {
    const { text } = await desk.get(`${path}/record`);
    for (const words of ['Jalan Lama 1', 'Ahmad Fauzi', 'Data sudah benar']) expect(text).toContain(words);
    expect(text).not.toContain('<script');
    expect(Buffer.byteLength(text)).toBeLessThan(40_000);
    expect((await confirm()).headers.location).toBe(`${path}?done=record_confirmed`);
    expect((await desk.get(path)).text).toContain('Anda menyatakan data ini benar pada');
    expect((await organizer.get(`/institutions/${institution}`)).text).toContain(
      'LKS menyatakan datanya benar',
    );
    expect((await organizer.get(`/events/${eventId}/invitations/${invitation}`)).text).toContain(
      'Dinyatakan benar',
    );
    expect(await proposals()).toEqual([]);
    expect(
      await sql(
        `SELECT way FROM audit_entry WHERE action = 'invitation.record_confirmed' AND subject_id = $1`,
        [invitation],
      ),
    ).toEqual([{ way: 'link' }]);
  });

  test('proposes what differs, and nothing of it is in the registry yet; a newer proposal replaces the open one', async () => {
    const before = await record();
    expect((await propose(changes)).headers.location).toBe(`${path}?done=record_proposed`);
    expect(await record()).toEqual(before);
    const [first] = await proposals();
    expect(first).toMatchObject({
      ...{ state: 'open', way: 'link', office_id: null },
      changes: { address: 'Jalan Baru 2', permitNumber: '460/7/2026', phone: '+625113354455' },
    });
    expect(await log()).toEqual([
      { action: 'institution.check_proposed', fields: ['address', 'phone', 'permitNumber'], way: 'link' },
    ]);
    // The form holds what was proposed, so that a second look begins there.
    expect(await filledIn()).toMatchObject({ address: 'Jalan Baru 2', note: 'Pindah.' });
    expect((await confirm()).status).toBe(409);
    await propose({ address: 'Jalan Baru 3' });
    expect((await proposals()).map(({ state }) => state)).toEqual(['replaced', 'open']);
    expect((await organizer.get(`/institutions/${institution}`)).text).toContain('Diganti usulan baru');
    expect((await proposals())[1]!.changes).toMatchObject({
      address: 'Jalan Baru 3',
      permitNumber: '460/7/2026',
    });
  });

  test('gets its form back with what is wrong and everything as it was typed', async () => {
    const wrong = {
      name: '',
      phone: '12',
      permitDate: '2026-02-31',
      mainService: 'tidak_ada',
      leaderName: '',
    };
    const { status, text } = await propose({ ...wrong, address: 'Jalan <b>Baru</b>' });
    expect(status).toBe(422);
    expect(text).toContain('Jalan &lt;b&gt;Baru');
    for (const field of ['name', 'phone', 'permitDate']) expect(text).toContain(`id="field-${field}-error"`);
    expect((await propose({ permitDate: '2026-02-01', permitValidUntil: '2020-01-01' })).text).toContain(
      'Tidak boleh sebelum tanggal terbit.',
    );
    expect((await propose({ mainService: 'tidak_ada' })).text).toContain('id="field-mainService-error"');
    expect((await propose({ leaderName: '' })).text).toContain('id="field-leaderName-error"');
    expect((await propose({})).text).toContain('Belum ada isian yang berubah');
    expect(await proposals()).toEqual([]);
  });

  test('is told when the office changed the record meanwhile, so that no old value is proposed unseen', async () => {
    const form = await filledIn({ permitNumber: '460/7/2026' });
    await sql(`UPDATE institution SET address = 'Jalan Kantor 9', version = version + 1 WHERE id = $1`, [
      institution,
    ]);
    const { status, text } = await desk.visitor.send(`${path}/record`, form);
    expect(status).toBe(422);
    expect(text).toContain('Instansi baru saja mengubah data ini');
    expect(text).toContain('Tersimpan sekarang: Jalan Kantor 9');
    expect(await proposals()).toEqual([]);
  });
});

describe('the office', () => {
  test('accepts some and refuses others, each by itself; the institution sees what became of it', async () => {
    await propose({ ...changes, otherServices: ['lanjut_usia'] });
    expect((await organizer.get('/')).text).toMatch(/usulan perubahan data LKS menunggu keputusan/);
    expect((await organizer.get('/institutions?mark=proposed')).text).toContain(
      `/institutions/${institution}"`,
    );
    const { text } = await decisionForm();
    for (const words of ['Jalan Lama 1', 'Jalan Baru 2', '460/7/2026', 'Pindah.'])
      expect(text).toContain(words);
    const decided = await decide(
      { address: 'accepted', services: 'accepted', permitNumber: 'accepted', phone: 'refused' },
      'Nomor telepon tidak tersambung.',
    );
    expect(decided.status).toBe(303);
    expect((await organizer.get(`/institutions/${institution}`)).text).toContain('Diterima sebagian');
    expect(await record()).toMatchObject({
      ...{ address: 'Jalan Baru 2', phone: null, permit: '460/7/2026', services: ['anak', 'lanjut_usia'] },
    });
    expect((await log()).at(-1)).toEqual({
      ...{ action: 'institution.check_partly', way: 'office' },
      fields: ['address', 'permitNumber', 'services'],
    });
    const seen = (await desk.get(`${path}/record`)).text;
    for (const words of [
      'Sebagian usulan Anda diterima',
      'Nomor telepon tidak tersambung.',
      'Diterima',
      'Ditolak',
    ])
      expect(seen).toContain(words);
    expect((await desk.get(path)).text).toContain('Sebagian usulan Anda diterima');
    // It stays visible when the event is over.
    await sql(`UPDATE event SET state = 'finished', ends_at = now() - interval '1 hour' WHERE id = $1`, [
      eventId,
    ]);
    const after = (await desk.get(`${path}/record`)).text;
    expect(after).toContain('Sebagian usulan Anda diterima');
    expect(after).not.toContain('<form method="post" action="/u');
  });

  test('refuses all of it without a change, and decides once only', async () => {
    await propose(changes);
    const before = await record();
    const { action, fields } = await decisionForm();
    await decide({ address: 'refused', phone: 'refused', permitNumber: 'refused' });
    expect(await record()).toEqual(before);
    expect((await proposals())[0]!.state).toBe('refused');
    expect((await organizer.send(action, fields)).status).toBe(409);
  });

  test('must decide on every field, and gets the form back with what it chose', async () => {
    await propose(changes);
    const { action, fields } = await decisionForm();
    const { 'decisions[phone]': _left, ...rest } = fields;
    const { status, text } = await organizer.send(action, {
      ...rest,
      'decisions[address]': 'refused',
      note: 'Catatan tetap',
    });
    expect(status).toBe(422);
    expect(text).toContain('Pilih salah satu.');
    expect(text).toContain('Catatan tetap');
    expect(text).toMatch(/name="decisions\[address\]" value="refused" checked/);
    expect((await proposals())[0]!.state).toBe('open');
  });

  test('sees what changed since it was proposed, and overwrites nothing that it has not seen', async () => {
    await propose(changes);
    const { action, fields } = await decisionForm();
    await sql(`UPDATE institution SET address = 'Jalan Kantor 9', version = version + 1 WHERE id = $1`, [
      institution,
    ]);
    const late = await organizer.send(action, fields);
    expect(late.status).toBe(422);
    for (const words of ['Data ini baru saja berubah', 'Jalan Kantor 9', 'Sudah berubah sejak diusulkan'])
      expect(late.text).toContain(words);
    expect(await record()).toMatchObject({ address: 'Jalan Kantor 9', permit: '' });
    // What is stale is not chosen beforehand.
    const again = await decisionForm();
    expect(again.fields['decisions[address]']).toBeUndefined();
    expect(again.fields['decisions[permitNumber]']).toBe('accepted');
    expect((await decide({ address: 'accepted' })).status).toBe(303);
    expect(await record()).toMatchObject({ address: 'Jalan Baru 2' });
  });

  test('takes in a new leader beside the earlier one, or a better spelling of the same', async () => {
    await propose({ leaderName: 'Hj. Siti Rahmah, M.Si', newLeader: 'on' });
    await decide({ newLeader: 'accepted' });
    expect(await leaders()).toEqual([
      { name: 'Siti Rahmah', isLeader: true },
      { name: 'Ahmad Fauzi', isLeader: false },
    ]);
    await propose({ leaderName: 'Hj. Siti Rahmah, S.Sos' });
    expect((await proposals()).at(-1)!.changes).toEqual({ leaderName: 'Hj. Siti Rahmah, S.Sos' });
    await decide({ leaderName: 'accepted' });
    expect(await leaders()).toHaveLength(2);
    await propose({ leaderName: 'Ahmad Fauzi', newLeader: 'on' });
    await decide({ newLeader: 'accepted' });
    expect(await leaders()).toEqual([
      { name: 'Ahmad Fauzi', isLeader: true },
      { name: 'Siti Rahmah', isLeader: false },
    ]);
  });

  test('cannot give it a registration number that another LKS has, and may refuse that alone', async () => {
    const { invitations } = await desk.scene({ institutions: [{}] });
    await sql(
      `UPDATE institution SET registration_number = 'TD-9', registration_key = 'td9'
       WHERE id = (SELECT institution_id FROM invitation WHERE id = $1)`,
      [invitations[0]!.id],
    );
    await propose({ registrationNumber: 'TD 9', address: 'Jalan Baru 2' });
    const refused = await decide({ registrationNumber: 'accepted', address: 'accepted' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('sudah dipakai LKS lain');
    expect(await record()).toMatchObject({ address: 'Jalan Lama 1' });
    expect((await decide({ registrationNumber: 'refused', address: 'accepted' })).status).toBe(303);
    await sql(
      `UPDATE institution SET registration_number = '', registration_key = '' WHERE registration_key = 'td9'`,
    );
  });

  test('that manages the LKS decides, not the one that invited; others neither see nor decide', async () => {
    const city: Office = await makeOffice(desk.app.db, { regionCode: '63.71' });
    const user = await makeUser(desk.app.db, city);
    const cityHost = { office: city } as Host;
    await enter(cityHost);
    await desk.accept(path);
    await propose(changes);
    const manager = await new Visitor(desk.app.app).signIn(user.email);
    const inviting = await decisionForm(organizer);
    expect(inviting.action).toBe('');
    expect(inviting.text).not.toContain('Jalan Baru 2');
    expect((await organizer.get(`/events/${eventId}/invitations/${invitation}`)).text).toContain(
      `Ada usulan yang menunggu ${city.name}`,
    );
    const { action, fields: shown } = await decisionForm(manager);
    // Each sends its own token: it is the person who is refused.
    const { _csrf, ...fields } = shown;
    expect((await organizer.post(action, fields)).status).toBe(403);
    const far = await makeHost(desk.app.deps);
    await sql(`UPDATE office SET region_code = '35' WHERE id = $1`, [far.office.id]);
    const stranger = await new Visitor(desk.app.app).signIn(far.email);
    expect((await stranger.post(action, fields)).status).toBe(404);
    const leader = await makeUser(desk.app.db, city, ['leader']);
    const reader = await new Visitor(desk.app.app).signIn(leader.email);
    expect((await reader.post(action, fields)).status).toBe(403);
    expect((await decisionForm(reader)).fields).not.toHaveProperty('decisions[address]');
    expect((await decide({ phone: 'refused' }, '', manager)).status).toBe(303);
    expect(await record()).toMatchObject({ address: 'Jalan Baru 2' });
  });

  test('does not decide on it as on a proposal of an office', async () => {
    await propose(changes);
    const id = (await proposals())[0]!.id;
    const at = `/institutions/${institution}`;
    expect((await organizer.post(`${at}/proposals/${id}/decision`, { decision: 'accepted' })).status).toBe(
      404,
    );
    expect(await record()).toMatchObject({ address: 'Jalan Lama 1' });
  });

  test('of two decisions at once one counts; a proposal that comes meanwhile is not swallowed', async () => {
    await propose(changes);
    const { action, fields } = await decisionForm();
    const form = await filledIn({ address: 'Jalan Baru 4' });
    const replies = await Promise.all([
      organizer.send(action, fields),
      organizer.send(action, fields),
      desk.visitor.send(`${path}/record`, form),
    ]);
    const statuses = replies.slice(0, 2).map(({ status }) => status);
    expect(statuses.filter((status) => status === 303).length).toBeLessThanOrEqual(1);
    const states = (await proposals()).map(({ state }) => state);
    expect(states.filter((state) => state === 'open').length).toBeLessThanOrEqual(1);
    expect(['accepted', 'replaced']).toContain(states[0]);
  });
});

test('an organizer switches it on in the plan, and a copied event asks as the first did', async () => {
  const at = `/events/${eventId}/plan/deadlines`;
  await sql('UPDATE event SET record_check = false WHERE id = $1', [eventId]);
  const form = formsOf((await organizer.get(at)).text).find(({ action }) => action === at)!;
  const fields = fieldsOf(form);
  expect(fields.recordCheck).toBeUndefined();
  expect((await organizer.send(at, { ...fields, recordCheck: 'on' })).status).toBe(303);
  expect((await organizer.get(`/events/${eventId}/plan`)).text).toContain('Diminta dari LKS');
  expect((await organizer.get(at)).text).toMatch(/name="recordCheck" checked/);
  await organizer.post(`/events/${eventId}/clone`, { title: 'Salinan', firstDay: '2030-03-20' });
  expect(await sql(`SELECT record_check AS asks FROM event WHERE cloned_from_id = $1`, [eventId])).toEqual([
    { asks: true },
  ]);
});

test('every page of it is translated', async () => {
  await propose({ permitNumber: '460/7' });
  const english = new Visitor(desk.app.app, { language: 'en' });
  expect((await english.get(`${path}/record`)).text).toContain('The office is checking your proposal.');
  const user = await makeUser(desk.app.db, desk.host.office);
  const office = await new Visitor(desk.app.app, { language: 'pseudo' }).signIn(user.email);
  const phone = new Visitor(desk.app.app, { language: 'pseudo' });
  await desk.app.db.transaction(async (tx) => {
    // Verbs are words that the program reads: written in other letters they mean nothing.
    await tx.query(`SET LOCAL session_replication_role = 'replica'`);
    await tx.query('DELETE FROM invitation_change');
  });
  await disguise(desk.app.db);
  const bare: string[] = [];
  const look = async (who: Visitor, page: string) => {
    const { status, text } = await who.get(page);
    bare.push(...(status === 200 ? bareTexts(text) : [`${status}`]).map((words) => `${page}: ${words}`));
  };
  for (const page of [path, `${path}/record`]) await look(phone, page);
  for (const page of [`/institutions/${institution}`, `/events/${eventId}/invitations/${invitation}`])
    await look(office, page);
  await decide({ permitNumber: 'refused' });
  for (const page of [path, `${path}/record`]) await look(phone, page);
  const form = await filledIn({ name: '', phone: 'x' });
  bare.push(...bareTexts((await phone.send(`${path}/record`, form)).text));
  expect(bare).toEqual([]);
});
