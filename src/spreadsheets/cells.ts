import { Temporal } from 'temporal-polyfill';

/** Lower case, accents and punctuation folded, single spaces: how texts are compared and searched. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A text in several lines as one, with single spaces: how cells are read. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const months = ['jan', 'feb', 'mar', 'apr', 'mei', 'jun', 'jul', 'agu', 'sep', 'okt', 'nov', 'des'];
const otherMonths: Record<string, number> = {
  may: 5,
  aug: 8,
  agt: 8,
  ags: 8,
  oct: 10,
  nop: 11,
  dec: 12,
  peb: 2,
};

function monthOf(word: string): number {
  const short = word.slice(0, 3);
  return months.indexOf(short) + 1 || (otherMonths[short] ?? 0);
}

function dateFrom(year: number, month: number, day: number): string | undefined {
  const fullYear = year < 100 ? year + (year < 70 ? 2000 : 1900) : year;
  if (fullYear < 1900 || fullYear > 2200) return undefined;
  try {
    return Temporal.PlainDate.from({ year: fullYear, month, day }, { overflow: 'reject' }).toString();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Days since 30 December 1899, as Excel counts; only numbers that are plausible dates (1937 to 2119). */
function fromSerial(text: string): string | undefined {
  const days = Math.floor(Number(text));
  if (!/^\d{5}(\.\d+)?$/.test(text) || days < 13_500 || days > 80_000) return undefined;
  return Temporal.PlainDate.from('1899-12-30').add({ days }).toString();
}

/** "00:00", "T00:00:00.000Z", "pukul 08.30 WITA": what programs put behind a date. */
const trailingTime =
  /(?<=\d)(T|[\s,]+((pukul|jam)\s+)?)\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?\s*(Z|[+-]\d{2}(:?\d{2})?|[AP]M|WIB|WITA|WIT)?$/i;

/**
 * "4 Desember 2021", "04/12/2021", "2021-12-04", "Sabtu, 4 Des 21" or an Excel serial; day before month. A time behind it
 * is left out.
 */
export function readDate(text: string): string | undefined {
  const typed = text.trim();
  // "4 12.21" has no time: without it no date would be left.
  return readDay(typed.replace(trailingTime, '')) ?? readDay(typed);
}

function readDay(text: string): string | undefined {
  const folded = fold(text);
  const iso = /^(\d{4}) (\d{1,2}) (\d{1,2})\b/.exec(folded);
  if (iso) return dateFrom(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numeric = /^(\d{1,2}) (\d{1,2}) (\d{4}|\d{2})$/.exec(folded);
  if (numeric) return dateFrom(Number(numeric[3]), Number(numeric[2]), Number(numeric[1]));
  const worded = /(?:^|\b)(\d{1,2}) ([a-z]{3,})\s(\d{4}|\d{2})$/.exec(folded);
  if (worded?.[2]) return dateFrom(Number(worded[3]), monthOf(worded[2]), Number(worded[1]));
  return fromSerial(text);
}

/** A whole number with Indonesian or English thousands ("1.225"); undefined when it is none. */
export function readCount(text: string): number | undefined {
  const plain = text
    .trim()
    .replace(/\s*(orang|anak|jiwa|org)$/i, '')
    .replace(/^(\d{1,3})([.,]\d{3})+$/, (number) => number.replace(/[.,]/g, ''));
  const value = Number(plain);
  return /^\d+(\.0+)?$/.test(plain) && value <= 1_000_000 ? value : undefined;
}

/**
 * A phone number as spreadsheets spoil it: leading zero lost, `.0` added, scientific notation. Undefined when
 * digits were lost for good ("8,12E+11"), so that no wrong number is ever stored.
 */
export function repairPhone(text: string): string | undefined {
  const first =
    text.split(/[/;,]|\batau\b|\bdan\b/i).find((part) => part.replace(/\D/g, '').length >= 7) ?? text;
  const scientific = /^(\d)[.,]?(\d*)e\+?(\d{1,2})$/i.exec(text.trim());
  if (!scientific) return first.trim().replace(/\.0+$/, '');
  const [, lead = '', rest = '', exponent = ''] = scientific;
  const digits = lead + rest;
  const length = Number(exponent) + 1;
  // A number that ends in four zeros at least after the written digits was cut off by the program.
  if (digits.length < length - 2) return undefined;
  return digits.padEnd(length, '0').slice(0, length);
}

/** A cell that is a formula typed as text ("=HYPERLINK(…)"): never stored, never sent on. */
export const isFormula = (text: string): boolean => /^[=@]/.test(text) || /^[+-](?!$|[\d\s(])/.test(text);
