import { parsePhoneNumber } from 'libphonenumber-js/min';
import { markPseudo, type Language, type Translate } from './translate.js';
import { daysBetween, localParts, zoneLabel } from './zones.js';

/** A name in its three parts (domain.md): titles before, name, titles after. */
export interface PersonName {
  nameBefore: string;
  name: string;
  nameAfter: string;
}

/** "Dr. Siti Rahmah, S.Sos." */
export function personName(person: PersonName): string {
  const name = [person.nameBefore, person.name].filter(Boolean).join(' ');
  return person.nameAfter ? `${name}, ${person.nameAfter}` : name;
}

/** 18 digits printed 8-6-1-3. */
export const formatNip = (nip: string) => nip.replace(/^(\d{8})(\d{6})(\d)(\d{3})$/, '$1 $2 $3 $4');

/** "+6281234567890" as people write it at home: "0812-3456-7890". */
export function formatPhone(phone: string): string {
  try {
    return parsePhoneNumber(phone).formatNational();
  } catch {
    return phone;
  }
}

/** "+6281234567890" readable in full, as it goes to WhatsApp: "+62 812 3456 7890". */
export function internationalPhone(phone: string): string {
  try {
    return parsePhoneNumber(phone).formatInternational();
  } catch {
    return phone;
  }
}

/** When a session is; its end may be open. */
export interface Hours {
  date: string;
  startsAt: Date;
  endsAt: Date | null;
}

/** Dates, times and numbers in one language; every instant is shown in the zone it is given. */
export interface Format {
  number(value: number): string;
  /** "Rabu, 4 Desember 2024" */
  date(date: string): string;
  /** "4 Des 2024" */
  shortDate(date: string): string;
  /** "Desember 2024" */
  month(date: string): string;
  /** "Sen" */
  weekday(date: string): string;
  /** "23 s.d. 25 Agustus 2022" */
  dateRange(first: string, last: string): string;
  /**
   * "Rabu, 4 Desember 2024"; "Selasa s.d. Kamis, 23 s.d. 25 Agustus 2022"; days apart one by one, since a range would
   * tell of days in between on which nobody is there.
   */
  days(dates: readonly string[]): string;
  /** "09.00 s.d. 15.00 WITA"; where the days differ a line for each, with its date */
  hours(sessions: readonly Hours[], zone: string): string;
  /** An hour without a day, `09:00`, as it is read here: "09.00" */
  hour(time: string): string;
  /** "09.00" */
  time(at: Date, zone: string): string;
  /** "09.00 s.d. 15.00 WITA", or "09.00 WITA s.d. selesai" */
  timeRange(from: Date, to: Date | null, zone: string): string;
  /** "Rabu, 4 Desember 2024, 23.59 WIB" */
  dateTime(at: Date, zone: string): string;
  /** "4 Des 2024, 23.59" */
  shortDateTime(at: Date, zone: string): string;
  /** "4 hari lagi", "baru saja" */
  relative(at: Date, now: Date): string;
  fileSize(bytes: number): string;
}

const localeOf = { id: 'id-ID', en: 'en-GB', pseudo: 'id-ID' } as const;

function relativeParts(milliseconds: number): [number, Intl.RelativeTimeFormatUnit] {
  const minutes = milliseconds / 60_000;
  if (Math.abs(minutes) < 60) return [Math.round(minutes), 'minute'];
  const hours = minutes / 60;
  if (Math.abs(hours) < 48) return [Math.round(hours), 'hour'];
  return [Math.round(hours / 24), 'day'];
}

export function createFormat(language: Language, t: Translate): Format {
  const locale = localeOf[language];
  const mark = language === 'pseudo' ? markPseudo : (text: string) => text;
  const utc = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    return (date: string) => mark(formatter.format(new Date(`${date}T00:00:00Z`)));
  };
  // Not dateStyle "full": that writes "04 Desember" in Indonesian, which no letter does (domain.md).
  const date = utc({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const longDate = utc({ day: 'numeric', month: 'long', year: 'numeric' });
  const shortDate = utc({ day: 'numeric', month: 'short', year: 'numeric' });
  const month = utc({ month: 'long', year: 'numeric' });
  const monthOnly = utc({ month: 'long' });
  const weekday = utc({ weekday: 'short' });
  const longWeekday = utc({ weekday: 'long' });
  const relativeFormat = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const numberFormat = new Intl.NumberFormat(locale);
  const day = (text: string) => String(Number(text.slice(8)));
  const hour = (time: string) => time.replace(':', language === 'en' ? ':' : '.');
  const clock = (at: Date, zone: string) => hour(localParts(at, zone).time);

  const dateRange = (first: string, last: string) => {
    if (first === last) return longDate(first);
    const until = t('common.until');
    if (first.slice(0, 7) === last.slice(0, 7)) return `${day(first)} ${until} ${longDate(last)}`;
    if (first.slice(0, 4) === last.slice(0, 4))
      return `${day(first)} ${monthOnly(first)} ${until} ${longDate(last)}`;
    return `${longDate(first)} ${until} ${longDate(last)}`;
  };
  const days = (dates: readonly string[]) => {
    const [first = '', last = first] = [dates[0], dates.at(-1)];
    if (dates.length < 2) return first && date(first);
    if (daysBetween(first, last) !== dates.length - 1) return dates.map(date).join('; ');
    return `${longWeekday(first)} ${t('common.until')} ${longWeekday(last)}, ${dateRange(first, last)}`;
  };

  const timeRange: Format['timeRange'] = (from, to, zone) => {
    const start = clock(from, zone);
    if (!to) return `${start} ${zoneLabel(zone)} ${t('common.until')} ${t('common.done')}`;
    return `${start} ${t('common.until')} ${clock(to, zone)} ${zoneLabel(zone)}`;
  };
  const hours: Format['hours'] = (sessions, zone) => {
    const byDay = [...Map.groupBy(sessions, (session) => session.date)].map(([day, list]) => {
      const ends = list.map(({ endsAt }) => endsAt);
      const end = ends.includes(null) ? null : new Date(Math.max(...ends.map(Number)));
      const start = new Date(Math.min(...list.map(({ startsAt }) => Number(startsAt))));
      return { day, range: timeRange(start, end, zone) };
    });
    if (byDay.every(({ range }) => range === byDay[0]?.range)) return byDay[0]?.range ?? '';
    return byDay.map(({ day, range }) => `${range} (${date(day)})`).join('\n');
  };

  return {
    number: (value) => numberFormat.format(value),
    date,
    shortDate,
    month,
    weekday,
    dateRange,
    days,
    hour,
    time: clock,
    timeRange,
    hours,
    dateTime: (at, zone) => `${date(localParts(at, zone).date)}, ${clock(at, zone)} ${zoneLabel(zone)}`,
    shortDateTime: (at, zone) => `${shortDate(localParts(at, zone).date)}, ${clock(at, zone)}`,
    relative: (at, now) => {
      const [value, unit] = relativeParts(at.getTime() - now.getTime());
      return value === 0 ? t('common.now') : mark(relativeFormat.format(value, unit));
    },
    fileSize: (bytes) =>
      bytes < 1024 * 1024
        ? `${numberFormat.format(Math.ceil(bytes / 1024))} kB`
        : `${numberFormat.format(Math.round((bytes / 1024 / 1024) * 10) / 10)} MB`,
  };
}
