import { InvalidInput } from '../../errors.js';
import { instantOf } from '../../i18n/zones.js';
import type { SessionCount } from './attendance.repository.js';
import type { Correction } from './attendance.schema.js';
import type { MarkWish } from './marking.js';

/** Nobody has come or gone at a time that lies ahead. @throws InvalidInput at the field */
function mustNotBeAhead(field: string, at: Date | undefined, now: Date): void {
  if (at && at > now) throw InvalidInput.at(field, 'attendance.error.time_ahead');
}

/**
 * What a correction records: it says all about the person, when they came and when they left, so that whatever was
 * right before it stands in its form and is sent along.
 * @throws InvalidInput at `arrivedAt` or `leftAt` for a time that lies ahead, or a departure before the arrival
 */
export function correctionFrom(
  { clientId, reason, correctedTo, arrivedAt, leftAt }: Correction,
  { date, startsAt }: Pick<SessionCount, 'date' | 'startsAt'>,
  zone: string,
  now: Date,
): MarkWish {
  const wish: MarkWish = { clientId, reason, kind: 'corrected', correctedTo, way: 'list' };
  if (correctedTo !== 'present') return wish;
  const began = new Date(Math.min(startsAt.getTime(), now.getTime()));
  const came = arrivedAt ? instantOf(date, arrivedAt, zone) : began;
  const left = leftAt ? instantOf(date, leftAt, zone) : undefined;
  mustNotBeAhead('arrivedAt', came, now);
  mustNotBeAhead('leftAt', left, now);
  if (left && left < came) throw InvalidInput.at('leftAt', 'attendance.error.left_before_came');
  return { ...wish, arrivedAt: came, leftAt: left };
}
