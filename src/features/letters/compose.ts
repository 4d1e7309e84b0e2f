import { formatPhone } from '../../i18n/format.js';
import { localParts, zoneLabel } from '../../i18n/zones.js';
import type { Tx } from '../../database/data-source.js';
import { formats, translators } from '../../texts.js';
import type { OfficeActor } from '../accounts/permissions.js';
import type { Event } from '../events/event.entity.js';
import { readPlan } from '../events/events.service.js';
import { canonicalJson, sha256Of, type Frozen } from '../minutes/canonical.js';
import { formatLetterNumber } from '../offices/letter-number.js';
import type { Office } from '../offices/office.entity.js';
import { findOfficeLogo, findOwnOffice } from '../offices/offices.service.js';
import { letterheadWords, signersOf } from '../offices/papers.service.js';
import { signatureOf } from '../offices/signature.js';
import { findRegion } from '../regions/regions.service.js';
import type { LetterContent, LetterLayout, LetterWords } from './content.js';
import { eventWords, type EventWords } from './event-words.js';
import { readLetterSettings, type LetterSettings } from './letters.schema.js';
import { recipientsOf, type NumberedLetter } from './letters.repository.js';
import { findSettings } from './settings.repository.js';

// Letters are in Indonesian, whatever language the screen has.
const t = translators.id;
const format = formats.id;

/** What stands where something is not known yet. */
export const unknown = '……………';
/** Room for the registry to write a serial by hand. */
const blankSerial = '\u00a0'.repeat(10);

export const layoutOf = (settings: LetterSettings, place: string): LetterLayout => ({
  font: settings.font,
  margins: {
    top: settings.marginTop,
    right: settings.marginRight,
    bottom: settings.marginBottom,
    left: settings.marginLeft,
  },
  datePlace: settings.datePlace,
  order: settings.order,
  place,
});

/** The city before the date: as it was set, or where a kabupaten or kota is named after it. */
export async function placeOf(tx: Tx, office: Office, settings: LetterSettings): Promise<string> {
  if (settings.place) return settings.place;
  const name = office.regionCode.includes('.') ? (await findRegion(tx, office.regionCode))?.name : undefined;
  return name?.replace(/^(Kabupaten|Kota)( Administrasi)? /, '') ?? '';
}

/** "Bimbingan Teknis": letters write kinds of events as names. */
const capitals = (text: string) => text.replace(/(^| )\p{L}/gu, (first) => first.toUpperCase());

function contactOf(event: Event, office: Office): string {
  const name = event.contactName || office.contactName;
  const phone = event.contactPhone ?? office.contactPhone;
  if (!name && !phone) return t('surat.paper.committee');
  return phone
    ? [name, name ? `(${formatPhone(phone)})` : formatPhone(phone)].filter(Boolean).join(' ')
    : name;
}

function valuesOf(event: Event, office: Office, words: EventWords): LetterContent['values'] {
  return {
    kegiatan: event.title,
    acara: words.subject,
    jenis: event.kind === 'other' ? event.kindLabel : capitals(t(`event.kind.${event.kind}`)),
    hari_tanggal: words.day || unknown,
    pukul: words.time || unknown,
    tempat: words.place || unknown,
    jawab_sampai: words.answerBy || unknown,
    narahubung: contactOf(event, office),
    catatan: event.notes,
    instansi: office.name,
  };
}

const wordsOf = (letter: LetterWords): LetterWords => ({
  classification: letter.classification,
  attachment: letter.attachment,
  subject: letter.subject,
  addressee: letter.addressee,
  opening: letter.opening,
  closing: letter.closing,
  notes: letter.notes,
  copies: letter.copies,
});

/** The number by the office's pattern, with a blank for the serial while the registry has given none. */
const blankNumber = (office: Office, date: string): string =>
  formatLetterNumber(office.numberPattern, {
    code: office.numberCode,
    unit: office.numberUnit,
    serial: blankSerial,
    date,
  });

/** What of a letter its content is made from; a form that is not saved has it too. */
type Composed = LetterWords & Pick<NumberedLetter, 'mode' | 'signatoryId' | 'number' | 'letterDate'>;

/**
 * What a letter says as things stand now: the event, the office and the list of those invited are read anew.
 * @param now names month and year of a number that is not given yet
 */
export async function composeLetter(
  tx: Tx,
  actor: OfficeActor,
  event: Event,
  letter: Composed,
  now: Date,
): Promise<LetterContent> {
  const office = await findOwnOffice(tx, actor);
  const settings = readLetterSettings((await findSettings(tx, actor))?.settings);
  const logo = await findOfficeLogo(tx, office.id);
  const signatory = (await signersOf(tx, actor)).find(({ id }) => id === letter.signatoryId);
  const words = eventWords(event, (await readPlan(tx, event.id)).sessions);
  const today = localParts(now, office.zone).date;
  return {
    format: 1,
    mode: letter.mode,
    layout: layoutOf(settings, await placeOf(tx, office, settings)),
    letterhead: { ...letterheadWords(office), logo: logo?.sha256 ?? null },
    number: letter.number ?? blankNumber(office, letter.letterDate ?? today),
    date: letter.letterDate,
    words: wordsOf(letter),
    values: valuesOf(event, office, words),
    event: words,
    signature: signatory ? signatureOf(signatory) : null,
    recipients: await recipientsOf(tx, event.id),
  };
}

/**
 * Fingerprint of what a leader approves: number and date come afterwards, and who else is invited changes nothing where
 * each gets a letter of its own.
 */
export function letterHash(content: LetterContent): string {
  const { number: _number, date: _date, recipients, ...rest } = content;
  const annex = content.mode === 'list' ? recipients : [];
  return sha256Of(canonicalJson({ ...rest, recipients: annex } as unknown as Frozen));
}

/** What a letter lacks before it can go to the leader, or out; keys of texts. */
export function missingIn(content: LetterContent): string[] {
  const { event, signature, recipients } = content;
  return [
    ...(event.day ? [] : ['surat.missing.day']),
    ...(event.place ? [] : ['surat.missing.place']),
    ...(event.answerBy ? [] : ['surat.missing.answer_by']),
    ...(signature ? [] : ['surat.missing.signatory']),
    ...(recipients.length > 0 ? [] : ['surat.missing.recipients']),
  ];
}

/** An invented event, so that an office sees what its settings give before it has planned anything. */
export function sampleContent(
  office: Office,
  settings: LetterSettings,
  given: { place: string; logo: string | null; signature: LetterContent['signature']; today: string },
): LetterContent {
  const words: EventWords = {
    title: t('surat.sample.title'),
    day: format.date(given.today),
    time: `09.00 ${zoneLabel(office.zone)} ${t('common.until')} ${t('common.done')}`,
    place: t('surat.sample.place'),
    subject: t('surat.sample.subject'),
    answerBy: `${format.date(given.today)}, 23.59 ${zoneLabel(office.zone)}`,
  };
  const { classification, subject, opening, closing, notes, copies } = settings;
  return {
    format: 1,
    mode: settings.mode,
    layout: layoutOf(settings, given.place),
    letterhead: { ...letterheadWords(office), logo: given.logo },
    number: blankNumber(office, given.today),
    date: given.today,
    words: {
      ...{ classification, subject, opening, closing, notes, copies },
      attachment: defaultAttachment(settings.mode),
      addressee: defaultAddressee(settings.mode),
    },
    values: {
      kegiatan: words.title,
      acara: words.subject,
      jenis: capitals(t('event.kind.bimtek')),
      hari_tanggal: words.day,
      pukul: words.time,
      tempat: words.place,
      jawab_sampai: words.answerBy,
      narahubung: office.contactName || t('surat.paper.committee'),
      catatan: t('surat.sample.notes'),
      instansi: office.name,
    },
    event: words,
    signature: given.signature,
    recipients: [
      { invitationId: 0, name: t('surat.sample.institution'), address: t('surat.sample.address'), seats: 2 },
    ],
  };
}

/** Lampiran: only the list is one. */
export const defaultAttachment = (mode: LetterContent['mode']): string =>
  mode === 'list' ? t('surat.paper.one_annex') : '-';

export const defaultAddressee = (mode: LetterContent['mode']): string => t(`surat.paper.addressee_${mode}`);
