import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/database/data-source.js';
import { deliverDue } from '../../src/features/messages/delivery.js';
import { queueMessages } from '../../src/features/messages/outbox.js';
import { mails } from '../../src/mails.js';
import { setMailServer } from '../factories/mails.js';
import { approve, begin, issue, makeDesk, number, requireApproval, type Desk } from '../letters/support.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openSink, type Sink } from '../support/smtp.js';

let app: TestApp;
let sink: Sink;

beforeAll(async () => {
  app = await startTestApp();
  sink = await openSink();
  await setMailServer(app.deps, sink.port);
});
afterAll(async () => {
  await sink.close();
  await app.close();
});

/** Mail needs the public address; the desk's own browser does not come by it. */
const deliver = () =>
  deliverDue({ ...app.deps, config: { ...app.deps.config, baseUrl: 'https://rembuk.example' } }, mails);

/** Each of the three invited has an address, and an invitation in the outbox. */
async function invite({ office, eventId, invitations }: Desk): Promise<void> {
  await app.db.query(
    `UPDATE institution SET email = 'lks' || id || '@lks.example'
     WHERE id IN (SELECT institution_id FROM invitation WHERE event_id = $1)`,
    [eventId],
  );
  const telling = {
    officeId: office.id,
    eventId,
    purpose: 'invitation',
    cause: 'uji',
    now: app.clock.now(),
  } as const;
  await inTransaction(app.db, (tx) => queueMessages(tx, telling, invitations));
}

const statesOf = async ({ eventId }: Desk): Promise<string[]> => {
  const rows = (await app.db.query(
    `SELECT state FROM message WHERE event_id = $1 AND channel = 'email' AND purpose = 'invitation' AND cardinality(
       string_to_array(dedupe_key, ':uji:')) > 1 ORDER BY id`,
    [eventId],
  )) as { state: string }[];
  return rows.map(({ state }) => state);
};

/** The days come twice: as a part that calendars understand, and as a file for all others. */
const typesOf = ({ attachments }: { attachments: { contentType: string }[] }) =>
  attachments.map(({ contentType }) => contentType).sort();

test('where the leader’s approval is wanted, invitations wait for the letter and go with it', async () => {
  const desk = await makeDesk(app);
  await requireApproval(desk);
  await invite(desk);
  await deliver();
  expect([await statesOf(desk), sink.received.length]).toEqual([['held', 'held', 'held'], 0]);
  const letter = await begin(desk);
  await number(desk, letter);
  await desk.organizer.post(`${letter}/submission`, {}, letter);
  await deliver();
  expect(sink.received).toHaveLength(0);
  await approve(desk, letter);
  await desk.organizer.post(`${letter}/issuance`, {}, letter);
  await deliver();
  expect(await statesOf(desk)).toEqual(['sent', 'sent', 'sent']);
  const arrived = await Promise.all([0, 1, 2].map((at) => sink.parsed(at)));
  const types = arrived.map(typesOf);
  expect(types).toEqual(
    Array.from({ length: 3 }, () => ['application/ics', 'application/pdf', 'text/calendar']),
  );
  const pdfs = arrived.flatMap(({ attachments }) =>
    attachments
      .filter(({ contentType }) => contentType === 'application/pdf')
      .map(({ content }) => content.toString('latin1')),
  );
  expect(new Set(pdfs).size).toBe(3);
  expect(pdfs.every((pdf) => pdf.startsWith('%PDF-'))).toBe(true);
});

test('where no approval is wanted, invitations leave at once, with the letter as soon as there is one', async () => {
  const desk = await makeDesk(app);
  await invite(desk);
  const before = sink.received.length;
  await deliver();
  expect(await statesOf(desk)).toEqual(['sent', 'sent', 'sent']);
  const first = await sink.parsed(before);
  expect(typesOf(first)).toEqual(['application/ics', 'text/calendar']);
  await issue(desk, await begin(desk));
  await app.db.query(`UPDATE message SET state = 'queued' WHERE event_id = $1 AND channel = 'email'`, [
    desk.eventId,
  ]);
  await deliver();
  const again = await sink.parsed(before + 3);
  expect(typesOf(again)).toEqual(['application/ics', 'application/pdf', 'text/calendar']);
});
