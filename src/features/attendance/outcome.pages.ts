import type { Request } from 'express';
import { personName } from '../../i18n/format.js';
import { isRecorded, type Outcome } from './marking.js';

/** A script that shows only the answer says so; without it the whole page comes. */
export const wantsPart = (req: Request): boolean => req.get('x-part') === '1';

const tones: Record<Outcome['result'], 'ok' | 'wait' | 'no'> = {
  in: 'ok',
  back: 'ok',
  out: 'ok',
  excused: 'ok',
  corrected: 'ok',
  already: 'wait',
  out_first: 'wait',
  not_today: 'wait',
  reconfirm: 'wait',
  unnamed: 'wait',
  replaced: 'no',
  released: 'no',
  event_draft: 'no',
  event_cancelled: 'no',
  other_event: 'no',
  other_office: 'no',
  institution_link: 'no',
  unknown: 'no',
};

/** What the door says, in words. */
export interface ShownOutcome {
  tone: 'ok' | 'wait' | 'no';
  /** It is in the book. */
  recorded: boolean;
  /** "Sudah tercatat" */
  what: string;
  /** "Sudah masuk pukul 08.12." */
  told: string;
  name: string;
  origin: string;
  seat: string;
}

/** Said once on the next page: who, with LKS and seat, and what became of it. */
export function flashOutcome(req: Request, outcome: Outcome, zone: string): void {
  const { name, origin, seat, what, told } = showOutcome(req, outcome, { zone });
  const who = [name, origin, seat].filter(Boolean).join(', ');
  req.res?.flash('attendance.recorded', { who, what, told }, isRecorded(outcome) ? 'ok' : 'no');
}

/** @param zone of the event, for its times; @param isHelper who has no list to look at */
export function showOutcome(
  req: Request,
  outcome: Outcome,
  { zone = '', isHelper = false }: { zone?: string; isHelper?: boolean } = {},
): ShownOutcome {
  const { t, format } = req;
  const { result, person, at, late, by, date, title } = outcome;
  const ending =
    result === 'in' && late ? '_late' : isHelper && ['unknown', 'unnamed'].includes(result) ? '_helper' : '';
  const told = t(`attendance.told_${result}${ending}`, {
    at: at && zone ? format.time(at, zone) : '',
    by: by ? personName(by) : t('invitation.name_follows'),
    date: date ? format.date(date) : '',
    title: title ?? '',
  });
  const seatKey = person?.pool === 'additional' ? 'attendance.seat_additional' : 'attendance.seat_of';
  return {
    tone: tones[result],
    recorded: isRecorded(outcome),
    what: t(`attendance.result_${result}`),
    told,
    name: person?.name ? personName(person) : person ? t('invitation.name_follows') : '',
    origin: person?.origin ?? '',
    seat: person?.seatNumber ? t(seatKey, { number: person.seatNumber }) : '',
  };
}
