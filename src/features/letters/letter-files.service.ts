import type { Deps } from '../../deps.js';
import { Conflict, NotFound } from '../../errors.js';
import { writeLetters } from '../../documents/letter-docx.js';
import type { LetterPaper } from '../../documents/letter-paper.js';
import { printLetter, printLetters } from '../../documents/letter-printing.js';
import { spellCode } from '../../links/tokens.js';
import { safeName } from '../../storage/judge.js';
import { translators } from '../../texts.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { linksOf } from '../invitations/sharing.js';
import { readLogo } from '../offices/papers.service.js';
import type { LetterIds } from './access.js';
import type { LetterContent } from './content.js';
import {
  fileOf,
  issuedLetters,
  keyedRecipients,
  recipientsOf,
  type KeyedRecipient,
  type NumberedLetter,
} from './letters.repository.js';
import { outdatedAmong } from './outdated.service.js';
import { confirmationPaper, letterPaper, type AnswerWay, type Printing } from './papers.js';
import { shownPaper } from './preview.js';
import { ownSettings } from './settings.service.js';
import { isToBeSigned } from './signed.service.js';
import { readLetter } from './writing.service.js';

export type PrintDeps = Pick<Deps, 'db' | 'clock' | 'files' | 'links' | 'config'>;

/** A file that goes out with an invitation: printed here, or the signed one as it lies in the store. */
export type LetterFile = { filename: string; contentType: string } & (
  { content: Buffer } | { path: string; sha256: string }
);

const pdf = 'application/pdf';
// Papers are in Indonesian, whatever language the screen has.
const t = translators.id;

/** A letter, ready to be printed for one institution after the other. */
interface Print {
  letter: NumberedLetter;
  content: LetterContent;
  printing: Printing;
  /** Public address of this program, without a trailing slash. */
  base: string;
}

/** A letter and one of those who get it. */
interface Printable {
  print: Print;
  recipient: KeyedRecipient;
}

async function prepare(
  { files, config, clock }: PrintDeps,
  letter: NumberedLetter,
  content: LetterContent,
  base: string,
): Promise<Print> {
  const logo = await readLogo(files, content.letterhead.logo ?? undefined);
  // An issued letter is the same file whenever it is printed.
  const at = letter.issuedAt ?? clock.now();
  const isDraft = letter.state !== 'issued';
  return { letter, content, base, printing: { logo, isDemo: config.demo, isDraft, at } };
}

/** An institution's own address and code, as they are now: a link that was renewed is renewed on the letter too. */
function wayOf({ links }: PrintDeps, { base }: Print, recipient: KeyedRecipient): AnswerWay {
  const { url, code } = linksOf(links, base, recipient.invitationId, recipient.tokenVersion);
  return { url, code: spellCode(code), typedAt: `${base}/u`.replace(/^https?:\/\//, '') };
}

/** Whoever was on the list when the letter was issued stands there as then; who was invited later as of now. */
const asFrozen = ({ content }: Print, recipient: KeyedRecipient): KeyedRecipient => ({
  ...recipient,
  ...content.recipients.find(({ invitationId }) => invitationId === recipient.invitationId),
});

const ownLetter = (deps: PrintDeps, print: Print, recipient: KeyedRecipient): LetterPaper =>
  letterPaper(print.content, print.printing, asFrozen(print, recipient), wayOf(deps, print, recipient));

const ownSheet = (deps: PrintDeps, print: Print, recipient: KeyedRecipient): LetterPaper =>
  confirmationPaper(print.content, print.printing, asFrozen(print, recipient), wayOf(deps, print, recipient));

/** Whether the letter must not be touched, or serves all: then what is one institution's own goes on a sheet beside it. */
const hasSheets = ({ letter, content }: Pick<Print, 'letter' | 'content'>): boolean =>
  content.mode === 'list' || letter.signedFileId !== null;

const named = (key: 'letter_file' | 'sheet_file', name: string): string =>
  `${safeName(t(`surat.paper.${key}`, { name }))}.pdf`;

async function signedFile(
  { db, files }: PrintDeps,
  { letter, content }: Print,
): Promise<LetterFile | undefined> {
  if (letter.signedFileId === null) return undefined;
  const { sha256 } = await fileOf(db, letter.signedFileId);
  const filename = named('letter_file', content.event.title);
  return { filename, contentType: pdf, path: files.pathOf(sha256), sha256 };
}

async function printed(paper: LetterPaper, filename: string): Promise<LetterFile> {
  return { filename, contentType: pdf, content: await printLetter(paper) };
}

/**
 * The letter itself, as one institution gets it: the signed file untouched, the one that serves all, or its own.
 * `common` keeps what is the same for everybody, so that it is printed once.
 */
async function letterFor(
  deps: PrintDeps,
  print: Print,
  recipient: KeyedRecipient,
  common: Map<number, Promise<LetterFile>>,
): Promise<LetterFile> {
  const { letter } = print;
  if (!hasSheets(print))
    return printed(ownLetter(deps, print, recipient), named('letter_file', recipient.name));
  const one = common.get(letter.id) ?? commonFile(deps, print);
  common.set(letter.id, one);
  return one;
}

const commonFile = async (deps: PrintDeps, print: Print): Promise<LetterFile> =>
  (await signedFile(deps, print)) ??
  printed(letterPaper(print.content, print.printing), named('letter_file', print.content.event.title));

const sheetFor = (deps: PrintDeps, print: Print, recipient: KeyedRecipient): Promise<LetterFile> =>
  printed(ownSheet(deps, print, recipient), named('sheet_file', recipient.name));

/** Where institutions reach this program when no request tells: the setting. */
const settledBase = ({ config }: PrintDeps): string => config.baseUrl ?? `http://localhost:${config.port}`;

/** Each of these invitations with the letter of its event that was issued last; those without one are left out. */
async function printsFor(deps: PrintDeps, invitationIds: number[], base: string): Promise<Printable[]> {
  const recipients = await keyedRecipients(deps.db, invitationIds);
  const events = [...new Set(recipients.map(({ eventId }) => eventId))];
  const prints = new Map<number, Print>();
  for (const letter of await issuedLetters(deps.db.manager, events))
    if (letter.content) prints.set(letter.eventId, await prepare(deps, letter, letter.content, base));
  return recipients.flatMap((recipient) => {
    const print = prints.get(recipient.eventId);
    return print ? [{ print, recipient }] : [];
  });
}

/**
 * What goes out with the mail of each invitation: its own letter; or the letter that serves all, or the signed file byte
 * for byte, and beside it the sheet with its own code. Nothing while no letter of the event is issued, or once its plan
 * has changed since (decision 093), nor for reserves and revoked invitations. A printed letter takes some 60 ms and 60 kB: ask for as many as are sent at once.
 * @param base public address of this program, without a trailing slash; that of the settings unless told otherwise
 * @returns files by the invitation's id; every id that was asked for is in it
 */
export async function letterFilesFor(
  deps: PrintDeps,
  invitationIds: number[],
  base = settledBase(deps),
): Promise<Map<number, LetterFile[]>> {
  const found = new Map<number, LetterFile[]>(invitationIds.map((id) => [id, []]));
  const common = new Map<number, Promise<LetterFile>>();
  const printOne = async ({ print, recipient }: Printable): Promise<void> => {
    const letter = letterFor(deps, print, recipient, common);
    const rest = hasSheets(print) ? [sheetFor(deps, print, recipient)] : [];
    found.set(recipient.invitationId, await Promise.all([letter, ...rest]));
  };
  const printables = await printsFor(deps, invitationIds, base);
  const letters = new Map(printables.map(({ print: { letter } }) => [letter.id, letter]));
  const outdated = await outdatedAmong(deps.db.manager, [...letters.values()]);
  await Promise.all(printables.filter(({ recipient }) => !outdated.has(recipient.eventId)).map(printOne));
  return found;
}

/**
 * One file for the page of an institution: its letter, or the sheet that goes with it.
 * @throws NotFound while no letter of its event is issued, and for a sheet where there is none
 */
export async function letterFileFor(
  deps: PrintDeps,
  invitationId: number,
  which: 'letter' | 'sheet',
  base: string,
): Promise<LetterFile> {
  const [found] = await printsFor(deps, [invitationId], base);
  if (!found) throw new NotFound();
  const { print, recipient } = found;
  if (which === 'letter') return letterFor(deps, print, recipient, new Map());
  if (!hasSheets(print)) throw new NotFound();
  return sheetFor(deps, print, recipient);
}

/** What of a letter is asked for by the office. */
export type WantedPaper = 'letter' | 'to_sign' | 'all' | 'sheets' | 'docx';

/**
 * A paper for the office: the letter as it stands, without anybody's code (`letter`); the same without the mark of a draft,
 * to be signed (`to_sign`); what is printed at once, each with its code (`all`, `sheets`); or everything to be edited in
 * Word (`docx`).
 * @throws NotFound for another office's letter, or where there is nobody to print for; Conflict for one that is not to be
 * signed yet
 */
export async function officePaper(
  deps: PrintDeps,
  actor: OfficeActor,
  ids: LetterIds,
  { wanted, base }: { wanted: WantedPaper; base: string },
): Promise<Buffer> {
  const { letter, content } = await readLetter(deps, actor, ids);
  const print = await prepare(deps, letter, content, base);
  if (wanted === 'to_sign') {
    const { requiresApproval } = await ownSettings(deps.db, actor);
    if (!isToBeSigned(letter, content, requiresApproval)) throw new Conflict('surat.error.not_to_sign');
    return printLetter(shownPaper(content, { ...print.printing, isDraft: false }));
  }
  const isOwn = content.mode === 'each';
  if (wanted === 'letter' || (!isOwn && wanted !== 'sheets')) {
    const paper = shownPaper(content, print.printing);
    return wanted === 'docx' ? writeLetters([paper]) : printLetter(paper);
  }
  const known = (await recipientsOf(deps.db, ids.eventId)).map(({ invitationId }) => invitationId);
  const recipients = await keyedRecipients(deps.db, known);
  if (recipients.length === 0) throw new NotFound();
  const make = wanted === 'sheets' ? ownSheet : ownLetter;
  const papers = recipients.map((recipient) => make(deps, print, recipient));
  return wanted === 'docx' ? writeLetters(papers) : printLetters(papers);
}

/**
 * One institution's letter or sheet, for the office.
 * @throws NotFound for another office's letter, or an invitation that it is not for
 */
export async function officePaperFor(
  deps: PrintDeps,
  actor: OfficeActor,
  ids: LetterIds,
  { invitationId, which, base }: { invitationId: number; which: 'letter' | 'sheet'; base: string },
): Promise<Buffer> {
  const { letter, content } = await readLetter(deps, actor, ids);
  const [recipient] = await keyedRecipients(deps.db, [invitationId]);
  if (recipient?.eventId !== ids.eventId) throw new NotFound();
  const print = await prepare(deps, letter, content, base);
  const paper = which === 'sheet' ? ownSheet(deps, print, recipient) : ownLetter(deps, print, recipient);
  return printLetter(paper);
}
