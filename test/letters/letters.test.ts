import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventsHeldByLetters, letterFilesFor } from '../../src/features/letters/letters.service.js';
import { makeInstitution } from '../factories/institutions.js';
import { makeInvitations } from '../factories/invitations.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { fieldsOf, formsOf, mistakesToldIn } from '../support/forms.js';
import { readPdf } from '../support/pdf.js';
import { Visitor } from '../support/visitor.js';
import {
  approve,
  begin,
  issue,
  linkOf,
  makeDesk,
  makeLetterEvent,
  number,
  requireApproval,
  textOf,
  type Desk,
} from './support.js';

let app: TestApp;
let desk: Desk;

beforeAll(async () => {
  app = await startTestApp({ BASE_URL: 'http://rembuk.contoh.id' });
  desk = await makeDesk(app);
});
afterAll(() => app.close());

const idOf = (letter: string) => Number(letter.split('/').at(-1));
const rowOf = async (letter: string): Promise<Record<string, unknown>> => {
  const [row] = (await app.db.query('SELECT * FROM invitation_letter WHERE id = $1', [idOf(letter)])) as [
    Record<string, unknown>,
  ];
  return row;
};
const actionsOf = async (letter: string): Promise<string[]> => {
  const rows = (await app.db.query(
    `SELECT action FROM audit_entry WHERE subject_type = 'letter' AND subject_id = $1 ORDER BY id`,
    [idOf(letter)],
  )) as { action: string }[];
  return rows.map(({ action }) => action.replace('surat.', ''));
};
const flat = (text: string) => text.replace(/\s+/g, ' ');
const wordsOf = async (pdf: Buffer) => flat((await readPdf(pdf)).map(({ text }) => text).join('\n'));
const fresh = async (): Promise<Desk> => ({ ...desk, ...(await makeLetterEvent(desk)) });
const visitor = () => new Visitor(app.app);

/** A PDF that a scanner might have made. */
const scan = (mark = '') =>
  Buffer.from(`%PDF-1.4\n%scan ${mark}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`);

describe('an office that has set nothing', () => {
  let own: Desk;
  let letter: string;
  beforeAll(async () => {
    own = await fresh();
    letter = await begin(own);
  });

  test('gets a right letter from the plan of the event', async () => {
    const words = await wordsOf(await own.organizer.getBytes(`${letter}/surat.pdf`));
    for (const part of [
      'DINAS SOSIAL',
      'Undangan Bimbingan Teknis',
      'Yth. Pimpinan LKSA Bahagia',
      'Jumat, 20 Maret 2026',
      '09.00 s.d. 15.00 WITA',
      'Aula Dinas',
      'Membawa stempel',
      'paling lambat Jumat, 13 Maret 2026, 23.59 WITA',
      'a.n. Kepala Dinas Sosial Sekretaris,',
      'NIP 19700101 199503 1 001',
    ])
      expect(words).toContain(part);
  });

  test('is told of a wrong placeholder by its name and its line, with what was typed kept', async () => {
    const opening = 'Dengan hormat,\nKami mengundang {lks}\npada {hari_tangal}';
    const { status, text } = await own.organizer.post(
      `${letter}/text`,
      await textOf(own, letter, { opening }),
      `${letter}/text`,
    );
    expect(status).toBe(422);
    expect(text).toContain('Isian {hari_tangal} di baris 3 tidak dikenal.');
    expect(text).toContain('pada {hari_tangal}</textarea>');
    expect((await rowOf(letter)).opening).not.toContain('hari_tangal');
  });

  test('cannot name one LKS in a letter to all', async () => {
    const wanted = await textOf(own, letter, { mode: 'list' });
    const { status, text } = await own.organizer.post(`${letter}/text`, wanted, `${letter}/text`);
    expect(status).toBe(422);
    expect(text).toContain('Isian {lks} di baris 1 hanya untuk surat sendiri tiap LKS.');
  });

  test('sees what the form gives before it is saved, and nothing is saved by that', async () => {
    const wanted = await textOf(own, letter, { closing: 'Ditunggu di {tempat}', act: 'preview' });
    const { status, text } = await own.organizer.post(`${letter}/text`, wanted, `${letter}/text`);
    expect(status).toBe(200);
    expect(text).toContain('Ditunggu di Aula Dinas</p>');
    expect((await rowOf(letter)).closing).not.toContain('Ditunggu');
  });

  test('is told what no font prints', async () => {
    expect((await own.organizer.get(`${letter}/text`)).text).not.toContain('Tidak tercetak');
    const wanted = await textOf(own, letter, { closing: 'Sampai jumpa 😀', act: 'preview' });
    const { text } = await own.organizer.post(`${letter}/text`, wanted, `${letter}/text`);
    expect(text).toContain('Tidak tercetak di PDF: 😀');
  });

  test('of two edits at once the second is told', async () => {
    const [first, second] = [
      await textOf(own, letter, { notes: 'Pertama' }),
      await textOf(own, letter, { notes: 'Kedua' }),
    ];
    expect((await own.organizer.post(`${letter}/text`, first, `${letter}/text`)).status).toBe(303);
    const late = await own.organizer.post(`${letter}/text`, second, `${letter}/text`);
    expect(late.status).toBe(422);
    expect(late.text).toContain('Tersimpan sekarang');
    expect((await rowOf(letter)).notes).toBe('Pertama');
  });

  test('does not issue without a number, and does with one, without asking the leader', async () => {
    const early = await own.organizer.post(`${letter}/issuance`, {}, letter);
    expect(early.status).toBe(422);
    expect(early.text).toContain('Surat belum bernomor.');
    expect((await issue(own, letter)).status).toBe(303);
    expect(await rowOf(letter)).toMatchObject({ state: 'issued', letter_date: '2026-03-02' });
    expect(await actionsOf(letter)).toEqual(['begun', 'changed', 'numbered', 'issued']);
  });
});

describe('an issued letter', () => {
  let own: Desk;
  let letter: string;
  beforeAll(async () => {
    own = await fresh();
    letter = await begin(own);
    await issue(own, letter);
  });

  test('stays as it is, whatever becomes of the event and of the office', async () => {
    const before = await wordsOf(await visitor().getBytes(`${linkOf(own)}/undangan.pdf`));
    await app.db.query(`UPDATE event SET venue_name = 'Tempat lain' WHERE id = $1`, [own.eventId]);
    await app.db.query(`UPDATE signatory SET name = 'Orang lain' WHERE office_id = $1`, [own.office.id]);
    const after = await wordsOf(await visitor().getBytes(`${linkOf(own)}/undangan.pdf`));
    await app.db.query(`UPDATE signatory SET name = 'Siti Kepala' WHERE office_id = $1`, [own.office.id]);
    expect(after).toBe(before);
    expect(after).toContain('Aula Dinas');
  });

  test('is neither edited, nor thrown away, nor numbered anew', async () => {
    const body = { mode: 'each', subject: 'x', addressee: 'x', version: '1', act: 'save' };
    const posts: [string, Record<string, string>][] = [
      ['text', body],
      ['removal', {}],
      ['number/removal', { reason: 'x' }],
      ['reopening', {}],
      ['submission', {}],
      ['issuance', {}],
    ];
    for (const [act, fields] of posts)
      expect([act, (await own.organizer.post(`${letter}/${act}`, fields, letter)).status]).toEqual([
        act,
        409,
      ]);
    expect((await number(own, letter, { serial: '77' })).status).toBe(409);
  });

  test.each([
    ['words', `UPDATE invitation_letter SET subject = 'Lain' WHERE id = $1`],
    ['content', `UPDATE invitation_letter SET content = '{}' WHERE id = $1`],
    ['state', `UPDATE invitation_letter SET state = 'draft', content = NULL, issued_at = NULL WHERE id = $1`],
    ['existence', 'DELETE FROM invitation_letter WHERE id = $1'],
  ])('keeps its %s: the database refuses', async (_what, statement) => {
    await expect(app.db.query(statement, [idOf(letter)])).rejects.toThrow(/issued letter/);
  });

  test('is corrected by a new letter, which begins with its words and then goes out in its place', async () => {
    const next = await begin(own);
    expect(next).not.toBe(letter);
    expect((await rowOf(next)).opening).toBe((await rowOf(letter)).opening);
    expect(await wordsOf(await visitor().getBytes(`${linkOf(own)}/undangan.pdf`))).toContain('Aula Dinas');
    await issue(own, next);
    expect(await wordsOf(await visitor().getBytes(`${linkOf(own)}/undangan.pdf`))).toContain('Tempat lain');
    expect((await own.organizer.get(letter)).text).toContain('Diganti surat yang lebih baru');
  });
});

describe('when the plan changes after the letter was issued', () => {
  let own: Desk;
  let letter: string;
  const notice = 'Rencana berubah sejak surat terbit';
  const marked = 'Surat ini memuat rencana lama';
  const attached = async () => (await letterFilesFor(app.deps, own.invitations)).get(own.invitations[0] ?? 0);
  const pages = () => [letter, own.at, `/events/${own.eventId}/invitations`];
  const told = async (words: string) =>
    Promise.all(pages().map(async (page) => (await own.organizer.get(page)).text.includes(words)));
  beforeAll(async () => {
    own = await fresh();
    letter = await begin(own);
    await issue(own, letter);
  });

  test('nothing is said while it is right, whoever else is invited meanwhile', async () => {
    const late = await makeInstitution(app.db, own.office, { name: 'LKSA Menyusul' });
    await makeInvitations(app, own.actor, own.eventId, [late]);
    expect(await told(notice)).toEqual([false, false, false]);
    expect((await visitor().get(linkOf(own))).text).not.toContain(marked);
    expect(await attached()).toHaveLength(1);
  });

  test.each([
    ['tempat', `UPDATE event SET venue_name = 'Balai Baru' WHERE id = $1`],
    [
      'hari',
      `UPDATE event_session s SET starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day'
       FROM event_day d WHERE d.id = s.day_id AND d.event_id = $1`,
      `UPDATE event_day SET date = date + 1 WHERE event_id = $1`,
    ],
    [
      'pukul',
      `UPDATE event_session s SET ends_at = NULL FROM event_day d WHERE d.id = s.day_id AND d.event_id = $1`,
    ],
    ['batas waktu menjawab', `UPDATE event SET answer_by = answer_by - interval '1 day' WHERE id = $1`],
    ['acara', `UPDATE event SET subject = 'Acara lain' WHERE id = $1`],
  ])('the office reads that the %s is another one', async (fact, ...statements) => {
    for (const statement of statements) await app.db.query(statement, [own.eventId]);
    for (const page of pages()) {
      const { text } = await own.organizer.get(page);
      expect(text).toMatch(new RegExp(`${notice}: [a-z ,]*${fact}`));
      expect(text).toContain('Buat surat ralat');
    }
    expect((await own.leader.get(letter)).text).not.toContain('Buat surat ralat</button>');
  });

  test('it goes with no mail, and its page says that it is old', async () => {
    expect(await attached()).toEqual([]);
    const { text } = await visitor().get(linkOf(own));
    expect(text).toContain(marked);
    expect((await visitor().get(`${linkOf(own)}/undangan.pdf`)).status).toBe(200);
  });

  test('a correction that is begun is one tap away, and once issued it goes out unmarked', async () => {
    const next = await begin(own);
    expect(await told(`href="${next}"`)).toEqual([true, true, true]);
    expect((await own.organizer.get(next)).text).not.toContain(notice);
    await issue(own, next);
    expect(await told(notice)).toEqual([false, false, false]);
    expect((await visitor().get(linkOf(own))).text).not.toContain(marked);
    const [file] = (await attached()) ?? [];
    expect(await wordsOf(file && 'content' in file ? file.content : Buffer.alloc(0))).toContain('Balai Baru');
  });
});

describe('two who begin at once', () => {
  test('get one letter', async () => {
    const own = await fresh();
    const begins = await Promise.all([
      own.organizer.prepare(own.at, {}, own.at),
      own.administrator.prepare(own.at, {}, own.at),
    ]);
    const [first, second] = await Promise.all(begins.map((send) => send()));
    expect(first?.headers.location).toBe(second?.headers.location);
  });
});

describe('on the page of the institution', () => {
  let own: Desk;
  beforeAll(async () => {
    own = await fresh();
  });

  test('there is no letter, and no link to one, before it is issued', async () => {
    await begin(own);
    const { text } = await visitor().get(linkOf(own));
    expect(text).not.toContain('undangan.pdf');
    expect((await visitor().get(`${linkOf(own)}/undangan.pdf`)).status).toBe(404);
    expect((await visitor().get(`${linkOf(own)}/konfirmasi.pdf`)).status).toBe(404);
  });

  test('each gets its own letter with its own code, and the page stays light', async () => {
    const letter = await begin(own);
    await issue(own, letter);
    const { text } = await visitor().get(linkOf(own, 1));
    expect(text).toContain(`${linkOf(own, 1)}/undangan.pdf`);
    expect(text).not.toContain('konfirmasi.pdf');
    expect(text.length).toBeLessThan(25_000);
    const words = await wordsOf(await visitor().getBytes(`${linkOf(own, 1)}/undangan.pdf`));
    const code = app.deps.links.code(own.invitations[1] ?? 0, 1);
    expect(words).toContain('LKSA Harapan');
    expect(words).toContain(`${code.slice(0, 5)}-${code.slice(5)}`);
    expect(words).toContain('rembuk.contoh.id/u');
    expect(words).not.toContain('LKSA Bahagia');
  });

  test('a link that was renewed is renewed on the letter, and the old one shows none', async () => {
    await app.db.query('UPDATE invitation SET token_version = 2 WHERE id = $1', [own.invitations[2]]);
    expect((await visitor().get(`${linkOf(own, 2)}/undangan.pdf`)).status).toBe(404);
    const link = `/u/${app.deps.links.token('invitation', own.invitations[2] ?? 0, 2)}`;
    const code = app.deps.links.code(own.invitations[2] ?? 0, 2);
    expect(await wordsOf(await visitor().getBytes(`${link}/undangan.pdf`))).toContain(code.slice(0, 5));
  });

  test('one whose invitation was revoked gets none', async () => {
    await app.db.query(`UPDATE invitation SET state = 'revoked', reason = 'Batal' WHERE id = $1`, [
      own.invitations[0],
    ]);
    expect((await visitor().get(`${linkOf(own)}/undangan.pdf`)).status).toBe(404);
    expect(await letterFilesFor(app.deps, own.invitations.slice(0, 1))).toEqual(
      new Map([[own.invitations[0], []]]),
    );
  });

  test('who is invited after it was issued gets a letter under the same number', async () => {
    const late = await makeInstitution(app.db, own.office, { name: 'LKSA Terlambat' });
    const [id = 0] = await makeInvitations(app, own.actor, own.eventId, [late]);
    const [file] = (await letterFilesFor(app.deps, [id])).get(id) ?? [];
    const words = await wordsOf(file && 'content' in file ? file.content : Buffer.alloc(0));
    expect(words).toContain('LKSA Terlambat');
    expect(words).toMatch(/Nomor : 005\/\d+\/Dinsos/);
  });
});

describe('one letter for all', () => {
  let own: Desk;
  beforeAll(async () => {
    own = await fresh();
    const letter = await begin(own);
    const toAll = {
      mode: 'list',
      addressee: 'Yth. Pimpinan LKS\n(daftar terlampir)',
      attachment: '1 berkas',
    };
    const saved = await own.organizer.post(
      `${letter}/text`,
      await textOf(own, letter, toAll),
      `${letter}/text`,
    );
    expect(saved.status).toBe(303);
    await issue(own, letter);
  });

  test('goes out untouched to everybody, with a sheet of their own beside it', async () => {
    const files = await letterFilesFor(app.deps, own.invitations);
    const both = own.invitations.map((id) => files.get(id) ?? []);
    expect(both.map((list) => list.length)).toEqual([2, 2, 2]);
    const hashes = both.map(([letter]) =>
      createHash('sha256')
        .update(letter && 'content' in letter ? letter.content : '')
        .digest('hex'),
    );
    expect(new Set(hashes).size).toBe(1);
    const sheet = both[1]?.[1];
    const words = await wordsOf(sheet && 'content' in sheet ? sheet.content : Buffer.alloc(0));
    expect(words).toContain('LKSA Harapan');
    expect(words).toContain(app.deps.links.code(own.invitations[1] ?? 0, 1).slice(0, 5));
    const { text } = await visitor().get(linkOf(own));
    expect(text).toContain('undangan.pdf');
    expect(text).toContain('konfirmasi.pdf');
    expect((await visitor().get(`${linkOf(own)}/konfirmasi.pdf`)).type).toBe('application/pdf');
  });
});

describe('the signed letter', () => {
  let own: Desk;
  let letter: string;
  beforeAll(async () => {
    own = await fresh();
    letter = await begin(own);
    await number(own, letter);
  });
  const upload = (content: Buffer, name = 'surat.pdf') =>
    own.organizer.upload(`${letter}/signed`, { field: 'file', content, name }, {}, letter);

  test('must be a PDF by its content, whatever it is called, and of a size that mail carries', async () => {
    const fake = await upload(Buffer.from('bukan PDF'), 'surat.pdf');
    expect(fake.status).toBe(422);
    expect(fake.text).toContain('Berkas ini bukan PDF.');
    const none = await own.organizer.post(`${letter}/signed`, {}, letter);
    expect(none.status).toBe(422);
    for (const size of [10_100_000, 24_000_000]) {
      const large = await upload(Buffer.concat([scan(), Buffer.alloc(size)]));
      expect([large.status, mistakesToldIn(large.text)]).toEqual([422, ['#signed-file']]);
      expect(large.text).toContain('10 MB');
    }
  });

  test('falls when the words change that it was signed under', async () => {
    expect((await upload(scan('a'))).status).toBe(303);
    await own.organizer.post(
      `${letter}/text`,
      await textOf(own, letter, { notes: 'Lain' }),
      `${letter}/text`,
    );
    expect((await rowOf(letter)).signed_file_id).toBeNull();
    const [{ count }] = await app.db.query(
      `SELECT count(*)::int AS count FROM stored_file WHERE sha256 = $1`,
      [createHash('sha256').update(scan('a')).digest('hex')],
    );
    expect(count).toBe(0);
  });

  test('is what goes out, byte for byte, with a sheet of each one’s own', async () => {
    await upload(scan('b'));
    await own.organizer.post(`${letter}/issuance`, {}, letter);
    const files = (await letterFilesFor(app.deps, own.invitations)).get(own.invitations[0] ?? 0) ?? [];
    expect(files).toHaveLength(2);
    const [signed] = files;
    expect(await readFile(signed && 'path' in signed ? signed.path : '')).toEqual(scan('b'));
    expect(await visitor().getBytes(`${linkOf(own)}/undangan.pdf`)).toEqual(scan('b'));
    expect(await own.organizer.getBytes(`${letter}/bertanda-tangan.pdf`)).toEqual(scan('b'));
    expect(await wordsOf(await visitor().getBytes(`${linkOf(own)}/konfirmasi.pdf`))).toContain(
      'LKSA Bahagia',
    );
  });

  test('is not replaced once it has gone out', async () => {
    expect((await upload(scan('c'))).status).toBe(409);
    await expect(
      app.db.query('UPDATE invitation_letter SET signed_file_id = NULL WHERE id = $1', [idOf(letter)]),
    ).rejects.toThrow(/does not change/);
  });
});

describe('a signed letter that no longer matches', () => {
  let own: Desk;
  let letter: string;
  beforeEach(async () => {
    own = await fresh();
    letter = await begin(own);
    await number(own, letter);
    const file = { field: 'file', content: scan('d'), name: 'surat.pdf' };
    expect((await own.organizer.upload(`${letter}/signed`, file, {}, letter)).status).toBe(303);
  });
  const lastEntry = async (): Promise<{ action: string; fields: string[] }> => {
    const [entry] = (await app.db.query(
      `SELECT action, fields FROM audit_entry WHERE subject_type = 'letter' AND subject_id = $1 ORDER BY id DESC LIMIT 1`,
      [idOf(letter)],
    )) as [{ action: string; fields: string[] }];
    return entry;
  };

  test('falls with the number that it bears', async () => {
    await own.organizer.post(`${letter}/number/removal`, { reason: 'Salah ketik' }, letter);
    expect((await own.organizer.get(letter)).text).toContain('ikut dilepas');
    expect(await rowOf(letter)).toMatchObject({ signed_file_id: null, signed_content_sha256: null });
    expect((await lastEntry()).fields).toContain('surat.signedFile');
  });

  test('is taken off when the event changed meanwhile, and who issues is told before anything goes out', async () => {
    expect((await own.organizer.get(letter)).text).not.toContain('berubah sejak ditandatangani');
    await app.db.query(`UPDATE event SET venue_name = 'Balai Lain' WHERE id = $1`, [own.eventId]);
    expect((await own.organizer.get(letter)).text).toContain('berubah sejak ditandatangani');
    const { status, text } = await own.organizer.post(`${letter}/issuance`, {}, letter);
    expect([status, text.includes('berkas bertanda tangan dilepas')]).toEqual([422, true]);
    expect(await rowOf(letter)).toMatchObject({ signed_file_id: null, state: 'draft' });
    expect((await lastEntry()).action).toBe('surat.signed_removed');
    expect((await own.organizer.post(`${letter}/issuance`, {}, letter)).status).toBe(303);
    expect(await rowOf(letter)).toMatchObject({ signed_file_id: null, state: 'issued' });
  });

  test('stays with a letter whose list alone grew, where each gets its own', async () => {
    const late = await makeInstitution(app.db, own.office, { name: 'LKSA Zamrud' });
    await makeInvitations(app, own.actor, own.eventId, [late]);
    expect((await own.organizer.post(`${letter}/issuance`, {}, letter)).status).toBe(303);
    expect((await rowOf(letter)).signed_file_id).not.toBeNull();
  });

  test('can be taken away by hand before it is out, and not after', async () => {
    const removal = `${letter}/signed/removal`;
    expect((await own.organizer.post(removal, {}, letter)).status).toBe(303);
    expect(await rowOf(letter)).toMatchObject({ signed_file_id: null, signed_content_sha256: null });
    expect((await lastEntry()).action).toBe('surat.signed_removed');
    expect((await own.organizer.post(removal, {}, letter)).status).toBe(409);
    const again = { field: 'file', content: scan('e'), name: 'surat.pdf' };
    await own.organizer.upload(`${letter}/signed`, again, {}, letter);
    await own.organizer.post(`${letter}/issuance`, {}, letter);
    expect((await own.organizer.post(removal, {}, letter)).status).toBe(409);
    expect((await own.organizer.get(letter)).text).not.toContain('Hapus berkas');
  });
});

describe('one signed file where each would get a letter of its own', () => {
  test('is warned of, by the name that it is addressed to, with a button that makes it one for all', async () => {
    const own = await fresh();
    const letter = await begin(own);
    const { text } = await own.organizer.get(letter);
    expect(text).toContain('padahal surat ini ditujukan kepada LKSA Bahagia saja');
    expect((await own.organizer.post(`${letter}/to-all`, {}, letter)).status).toBe(303);
    expect(await rowOf(letter)).toMatchObject({ mode: 'list', attachment: '1 (satu) berkas' });
    expect((await own.organizer.get(letter)).text).not.toContain('padahal surat ini ditujukan');
    expect(await wordsOf(await own.organizer.getBytes(`${letter}/surat.pdf`))).toContain(
      '(daftar terlampir)',
    );
  });

  test('words that only an own letter can say are mended in the form', async () => {
    const own = await fresh();
    const letter = await begin(own);
    const closing = 'Kami tunggu {jumlah_wakil} wakil.';
    await own.organizer.post(`${letter}/text`, await textOf(own, letter, { closing }), `${letter}/text`);
    const { status, text } = await own.organizer.post(`${letter}/to-all`, {}, letter);
    expect([status, text.includes('Isian {jumlah_wakil} di baris 1 hanya untuk surat sendiri')]).toEqual([
      422,
      true,
    ]);
    expect(text).toContain('<option value="list" selected>');
    expect((await rowOf(letter)).mode).toBe('each');
  });
});

describe('papers of the office', () => {
  test('come as one PDF for all, one for each, and DOCX', async () => {
    const own = await fresh();
    const letter = await begin(own);
    const all = await readPdf(await own.organizer.getBytes(`${letter}/semua.pdf`));
    expect(all).toHaveLength(3);
    expect(all.map(({ text }) => /Pimpinan (.*)/.exec(text)?.[1]?.trim())).toEqual([
      'LKSA Bahagia',
      'LKSA Harapan',
      'Panti Lansia Sejahtera',
    ]);
    const one = await own.organizer.getBytes(`${letter}/invitations/${own.invitations[2]}/surat.pdf`);
    expect(await wordsOf(one)).toContain('Panti Lansia Sejahtera');
    const docx = await own.organizer.getBytes(`${letter}/surat.docx`);
    expect(docx.subarray(0, 2).toString()).toBe('PK');
    // Whoever may only read gets no code of anybody.
    const read = await wordsOf(await own.leader.getBytes(`${letter}/surat.pdf`));
    for (const id of own.invitations) expect(read).not.toContain(app.deps.links.code(id, 1).slice(0, 5));
    expect((await own.leader.get(`${letter}/semua.pdf`)).status).toBe(403);
  });

  test('bear KONSEP until the letter is issued, but for the one that is to be signed', async () => {
    const own = await fresh();
    const letter = await begin(own);
    const of = `${letter}/invitations/${own.invitations[0]}`;
    const papers = [`${letter}/surat.pdf`, `${letter}/semua.pdf`, `${of}/surat.pdf`, `${of}/konfirmasi.pdf`];
    const marked = async () =>
      Promise.all(
        papers.map(async (path) => (await wordsOf(await own.organizer.getBytes(path))).includes('KONSEP')),
      );
    expect(await marked()).toEqual([true, true, true, true]);
    const toSign = await wordsOf(await own.organizer.getBytes(`${letter}/untuk-ditandatangani.pdf`));
    expect([toSign.includes('KONSEP'), toSign.includes('Siti Kepala')]).toEqual([false, true]);
    await issue(own, letter);
    expect(await marked()).toEqual([false, false, false, false]);
  });

  test('of an invitation of another event there is none', async () => {
    const [own, other] = [await fresh(), await fresh()];
    const letter = await begin(own);
    expect((await own.organizer.get(`${letter}/invitations/${other.invitations[0]}/surat.pdf`)).status).toBe(
      404,
    );
  });
});

describe('where the leader’s approval is wanted', () => {
  let own: Desk;
  let letter: string;
  beforeAll(async () => {
    own = await makeDesk(app);
    await requireApproval(own);
    letter = await begin(own);
  });
  const toSign = async () => (await own.organizer.get(`${letter}/untuk-ditandatangani.pdf`)).status;
  const holds = async () => (await eventsHeldByLetters(app.db, [own.eventId, desk.eventId])).length > 0;

  test('a letter is not issued before, and invitations wait', async () => {
    await number(own, letter);
    const { status, text } = await own.organizer.post(`${letter}/issuance`, {}, letter);
    expect([status, text.includes('belum disetujui')]).toEqual([409, true]);
    expect(await toSign()).toBe(409);
    expect(await holds()).toBe(true);
    expect(await eventsHeldByLetters(app.db, [desk.eventId])).toEqual([]);
  });

  test('the leader finds it on the first screen, returns it with a reason, and who wrote it reads why', async () => {
    expect((await own.organizer.post(`${letter}/submission`, {}, letter)).status).toBe(303);
    expect((await own.leader.get('/')).text).toContain(letter);
    expect((await own.leader.post(`${letter}/return`, { reason: '' }, letter)).status).toBe(422);
    await own.leader.post(`${letter}/return`, { reason: 'Sebutkan tuan rumah' }, letter);
    expect((await own.organizer.get(letter)).text).toContain('Sebutkan tuan rumah');
  });

  test('who writes may not approve, who approves may not write, and nobody edits meanwhile', async () => {
    await own.organizer.post(`${letter}/submission`, {}, letter);
    const seen = '0'.repeat(64);
    expect((await own.organizer.post(`${letter}/approval`, { seen }, letter)).status).toBe(403);
    expect((await own.leader.post(`${letter}/reopening`, {}, letter)).status).toBe(403);
    const body = { mode: 'each', subject: 'x', addressee: 'x', version: '9', act: 'save' };
    const closed = [
      await own.organizer.post(`${letter}/text`, body, letter),
      await own.organizer.get(`${letter}/text`),
    ];
    for (const { status, text } of closed)
      expect([status, text.includes('Surat sedang di pimpinan.'), text.includes('Sampai terbit')]).toEqual([
        409,
        true,
        true,
      ]);
  });

  test('what changed since the leader read it is not approved, and what changed since is not issued', async () => {
    const { text } = await own.leader.get(letter);
    const seen = /name="seen" value="([0-9a-f]{64})"/.exec(text)?.[1] ?? '';
    await app.db.query(`UPDATE event SET venue_name = 'Aula Baru' WHERE id = $1`, [own.eventId]);
    const unread = await own.leader.post(`${letter}/approval`, { seen }, letter);
    expect(unread.status).toBe(409);
    // Back on the letter, as it is now, to be read again.
    expect(unread.text).toContain('Baca sekali lagi.');
    expect(unread.text).toContain('Aula Baru');
    expect(unread.text).toContain('Setujui surat');
    expect((await approve(own, letter)).status).toBe(303);
    expect(await toSign()).toBe(200);
    await app.db.query(`UPDATE event SET venue_name = 'Aula Lagi' WHERE id = $1`, [own.eventId]);
    expect(await toSign()).toBe(409);
    const late = await own.organizer.post(`${letter}/issuance`, {}, letter);
    expect([late.status, late.text.includes('minta persetujuan lagi')]).toEqual([409, true]);
  });

  test('taken back it falls to a draft; approved again it is issued, and nothing waits any longer', async () => {
    await own.organizer.post(`${letter}/reopening`, {}, letter);
    expect(await rowOf(letter)).toMatchObject({ state: 'draft', approved_sha256: null });
    await own.organizer.post(`${letter}/submission`, {}, letter);
    await approve(own, letter);
    expect(await holds()).toBe(true);
    expect((await own.organizer.post(`${letter}/issuance`, {}, letter)).status).toBe(303);
    expect(await holds()).toBe(false);
    expect(await actionsOf(letter)).toEqual([
      ...['begun', 'numbered', 'submitted', 'returned', 'submitted', 'approved', 'reopened'],
      ...['submitted', 'approved', 'issued'],
    ]);
  });
});

describe('settings', () => {
  test('refuse a wrong placeholder, move a block and show it before it is saved, and print a sample', async () => {
    const own = await makeDesk(app);
    const page = '/settings/letters';
    const fields = fieldsOf(
      formsOf((await own.administrator.get(page)).text).find(({ action }) => action === page),
    );
    const order = [
      'facts',
      'addressee',
      'opening',
      'details',
      'notes',
      'closing',
      'signature',
      'copies',
      'answer',
    ];
    const wrong = await own.administrator.post(
      page,
      { ...fields, order, act: 'save', closing: 'a\n{jam}' },
      page,
    );
    expect([wrong.status, wrong.text.includes('Isian {jam} di baris 2 tidak dikenal.')]).toEqual([422, true]);
    const moved = await own.administrator.post(page, { ...fields, order, act: 'up:answer' }, page);
    expect(moved.status).toBe(200);
    expect(moved.text).toContain('belum disimpan');
    expect(moved.text.indexOf('value="answer"')).toBeLessThan(moved.text.indexOf('value="copies"'));
    const narrow = await own.administrator.post(
      page,
      { ...fields, order, act: 'save', marginLeft: '5' },
      page,
    );
    expect(narrow.status).toBe(422);
    const sent = await own.administrator.post(page, { ...fields, order, act: 'pdf' }, page);
    expect([sent.status, sent.type]).toEqual([200, 'application/pdf']);
    const saved = await own.administrator.post(
      page,
      { ...fields, order, act: 'save', font: 'sans', place: 'Banjarmasin' },
      page,
    );
    expect(saved.status).toBe(303);
    const [{ fields: named }] = await app.db.query(
      `SELECT fields FROM audit_entry WHERE action = 'surat.settings_changed' ORDER BY id DESC LIMIT 1`,
    );
    expect(named).toEqual(['surat.font', 'surat.place']);
  });
});
