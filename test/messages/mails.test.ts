import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { composeMail, type MailContent } from '../../src/mail/compose.js';
import { writeMails, type MailMessage } from '../../src/features/messages/mails.js';
import { maskedLinks } from '../../src/features/messages/mail-links.js';
import { invitationPurposes, type InvitationPurpose } from '../../src/features/messages/purposes.js';
import { mails } from '../../src/mails.js';
import { makeMailScene, type MailScene } from '../factories/mails.js';
import { makeOffice } from '../factories/people.js';
import { startTestApp, type TestApp } from '../support/app.js';

let app: TestApp;
let scene: MailScene;
let delegateId: number;
let message: MailMessage;
beforeAll(async () => {
  app = await startTestApp();
  const office = await makeOffice(app.db, { name: 'Dinas Sosial Contoh', accent: '#7a1f3d' });
  scene = await makeMailScene(app.db, office, 1);
  const [id = 0, invitationId = 0] = [scene.messages[0], scene.invitations[0]];
  await app.db.query(
    `UPDATE invitation SET hold_until = '2026-03-10T08:00:00Z', reason = 'Kuota dikurangi' WHERE id = $1`,
    [invitationId],
  );
  await app.db.query(`UPDATE event SET cancel_reason = 'Gedung tidak dapat dipakai' WHERE id = $1`, [
    scene.eventId,
  ]);
  const [delegate] = (await app.db.query(
    `INSERT INTO delegate (event_id, invitation_id, name_before, name, email) VALUES ($1, $2, 'Hj.', 'Siti Contoh', 'siti@lksa.example')
     RETURNING id`,
    [scene.eventId, invitationId],
  )) as [{ id: number }];
  delegateId = delegate.id;
  message = {
    ...{ id, officeId: office.id, eventId: scene.eventId, invitationId, delegateId: null, userId: null },
    ...{ purpose: 'invitation' as const, detail: {} },
  };
});
afterAll(() => app.close());

/** The content of a message of that purpose to the institution, or to its delegate. */
async function contentOf(
  purpose: InvitationPurpose,
  language: 'id' | 'en',
  toDelegate = false,
): Promise<MailContent> {
  await app.db.query('UPDATE invitation SET language = $2 WHERE id = $1', [message.invitationId, language]);
  await app.db.query('UPDATE message SET delegate_id = $2 WHERE id = $1', [
    message.id,
    toDelegate ? delegateId : null,
  ]);
  const links = maskedLinks('https://rembuk.example');
  const written = (await writeMails(mails, app.deps, [{ ...message, purpose }], links)).get(message.id);
  if (written?.kind !== 'mail') throw new Error(`${purpose} is ${written?.kind ?? 'gone'}`);
  return written.content;
}

const spoken = invitationPurposes.flatMap((purpose) =>
  (['id', 'en'] as const).map((language) => [purpose, language] as const),
);

test.each(spoken)('a mail of purpose %s in %s reads like this', async (purpose, language) => {
  const content = await contentOf(purpose, language, ['confirmation', 'released'].includes(purpose));
  expect(`${content.subject}\n\n${composeMail(content).text}`).toMatchSnapshot();
});

test('as HTML it needs no picture, no script and nothing from outside', async () => {
  const { html } = composeMail(await contentOf('invitation', 'id'));
  expect(html).toMatchSnapshot();
  expect(html).not.toMatch(/<img|<script|<link|@import|url\(/);
  const addresses = [...html.matchAll(/https?:\/\/[^"<\s]+/g)].map(([address]) => address);
  expect(new Set(addresses)).toEqual(new Set(['https://rembuk.example/u/••••••••']));
  expect(Buffer.byteLength(html)).toBeLessThan(8_000);
});

test('what an office or an institution typed cannot become markup, nor a further header', async () => {
  await app.db.query(`UPDATE event SET title = $2 WHERE id = $1`, [scene.eventId, '<b>Rapat</b> & "kawan"']);
  const content = await contentOf('invitation', 'id');
  const { html } = composeMail(content);
  expect(html).not.toContain('<b>Rapat');
  expect(html).toContain('&lt;b&gt;Rapat');
});

test('an event of several days lists each with its hours, and what changed stands before it', async () => {
  await app.db.query(
    `WITH d AS (INSERT INTO event_day (event_id, date) VALUES ($1, '2026-03-21') RETURNING id)
     INSERT INTO event_session (day_id, starts_at) SELECT id, '2026-03-21T00:30:00Z' FROM d`,
    [scene.eventId],
  );
  const { text } = composeMail({
    ...(await contentOf('changed', 'id')),
    changes: ['Tempat: Aula → Gedung Serbaguna'],
  });
  expect(text).toContain('* Tempat: Aula → Gedung Serbaguna');
  expect(text).toMatch(
    /Jumat, 20 Maret 2026, 09\.00 s\.d\. 15\.00 WITA\nSabtu, 21 Maret 2026, 08\.30 WITA s\.d\. selesai/,
  );
});

test('a delegate who was replaced is not told that they are registered', async () => {
  await app.db.query(`UPDATE delegate SET state = 'replaced' WHERE id = $1`, [delegateId]);
  await expect(contentOf('confirmation', 'id', true)).rejects.toThrow('confirmation is outdated');
});
