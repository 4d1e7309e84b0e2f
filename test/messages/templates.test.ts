import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findWrongPlaceholder } from '../../src/placeholders.js';
import { defaultText, fillText, handPurposes, placeholdersOf } from '../../src/features/messages/wording.js';
import { makeOffice, makeUser } from '../factories/people.js';
import { fieldsOf, formsOf } from '../support/forms.js';
import { Visitor } from '../support/visitor.js';
import { openQueueRoom, tap, type QueueRoom } from '../whatsapp/support.js';

const list = '/settings/message-templates';
const text = `${list}/text`;

let room: QueueRoom;
let admin: Visitor;
beforeAll(async () => {
  room = await openQueueRoom();
  const user = await makeUser(room.app.db, room.office, ['administrator', 'organizer']);
  admin = await new Visitor(room.app.app).signIn(user.email);
});
afterAll(() => room.app.close());

const page = (purpose: string) => `${text}?purpose=${purpose}`;

async function save(purpose: string, words: string, more: Record<string, string> = {}) {
  const { text: html } = await admin.get(page(purpose));
  const form = formsOf(html).find(({ action }) => action === text);
  const { preview: _button, ...fields } = fieldsOf(form);
  return admin.send(text, { ...fields, text: words, ...more });
}

test.each(handPurposes)(
  'our own text for %s holds no placeholder that an office could not write',
  (purpose) => {
    expect(findWrongPlaceholder(defaultText(purpose), placeholdersOf(purpose))).toBeUndefined();
    const facts = {
      ...{ institution: 'LKSA', office: 'Dinsos', title: 'Rakor', days: ['2026-03-20'] },
      ...{
        place: 'Aula',
        answerBy: new Date('2026-03-13T15:59:00Z'),
        holdUntil: null,
        zone: 'Asia/Makassar',
      },
      ...{ link: 'https://x/u/1', changes: 'Tempat: A', reason: 'Banjir' },
    };
    expect(fillText(defaultText(purpose), facts)).not.toMatch(/[{}]/);
  },
);

test('a placeholder that is none is refused by its name and line, and what was typed stays', async () => {
  const words = 'Yth. {lks},\n\nMohon {jawaban} sampai {jawab_sampai}: {tautan}';
  const refused = await save('reminder_answer', words);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Isian {jawaban} pada baris 3 tidak dikenal');
  expect(refused.text).toContain('Mohon {jawaban} sampai');
  expect((await save('reminder_answer', 'a {lks\n{tautan}')).text).toContain('Isian { pada baris 1');
  expect((await save('invitation', 'Ada {perubahan}: {tautan}')).text).toContain(
    'Isian {perubahan} pada baris 1',
  );
  expect((await save('invitation', 'Tanpa jalan')).text).toContain('Tulis {tautan} di dalam teks');
  expect(await room.query('SELECT 1 FROM message_template')).toEqual([]);
});

test('the office’s own text is what the queue and the share buttons say, until it goes back to ours', async () => {
  const { path, invitations, id } = await room.event(1);
  expect((await save('invitation', 'Halo {lks}! {acara}, {tanggal}. {instansi}: {tautan}')).status).toBe(303);
  const card = await tap(admin, path, 'claim');
  expect(card.text).toMatch(
    /^Halo Panti .*! Bimtek Uji \d+, Jumat, 20 Maret 2026\. Dinas Sosial Uji \d+: http.*\/u\//,
  );
  const one = await admin.get(`/events/${id}/invitations/${invitations[0]}`);
  const shared = decodeURIComponent(/https:\/\/wa\.me\/[^"]*/.exec(one.text)?.[0] ?? '');
  // Each request of a test comes to a port of its own.
  const anyPort = (words: string) => words.replace(/:\d+\/u\//, '/u/');
  expect(anyPort(shared)).toContain(anyPort(card.text));
  expect((await admin.get(list)).text).toContain('Teks instansi');
  await admin.post(`${list}/reset`, { purpose: 'invitation' }, page('invitation'));
  expect((await admin.get(`/events/${id}/invitations/${invitations[0]}`)).text).toContain('Yth.%20Pengurus');
  const audit = await room.query(
    `SELECT action FROM audit_entry WHERE action LIKE 'office.template%' ORDER BY id`,
  );
  expect(audit).toEqual([{ action: 'office.template_changed' }, { action: 'office.template_reset' }]);
});

test('a preview shows what a real LKS would read, and saves nothing', async () => {
  const { institutions } = await room.event(1);
  const shown = await save('thanks', 'Salam untuk {lks}', { preview: '1' });
  const [{ name }] = (await room.query<{ name: string }>(
    'SELECT name FROM institution WHERE id = $1',
    institutions,
  )) as [{ name: string }];
  expect(shown.status).toBe(200);
  expect(shown.text).toContain(`Salam untuk ${name}`);
  expect(await room.query(`SELECT 1 FROM message_template WHERE purpose = 'thanks'`)).toEqual([]);
});

test('every purpose opens with a preview, also where nothing has changed or was cancelled so far', async () => {
  await room.event(1);
  for (const purpose of handPurposes) {
    const { status, text: html } = await admin.get(page(purpose));
    expect([purpose, status]).toEqual([purpose, 200]);
    // Whoever writes a text reads what each placeholder stands for, and no key of a text that is not there.
    expect([purpose, /class="bubble/.test(html), html.includes('template.')]).toEqual([purpose, true, false]);
  }
  expect((await admin.get(page('cancellation'))).text).toContain('Alasannya: (alasan pembatalan)');
});

test('of two who edit at once the second is told', async () => {
  const form = { purpose: 'follow_up', version: '0' };
  const _csrf = await admin.token(page('follow_up'));
  const replies = await Promise.all(
    ['Satu {tautan}', 'Dua {tautan}'].map((words) => admin.send(text, { ...form, _csrf, text: words })),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([303, 422]);
  expect(replies.find(({ status }) => status === 422)?.text).toContain('Orang lain menyimpan perubahan');
});

test('an office’s texts are its own', async () => {
  await save('materials', 'Materi: {tautan}');
  const other = await makeOffice(room.app.db);
  const { email } = await makeUser(room.app.db, other, ['administrator']);
  const elsewhere = await new Visitor(room.app.app).signIn(email);
  expect((await elsewhere.get(list)).text).not.toContain('Teks instansi');
});
