import type { Language, Translate } from '../../i18n/translate.js';
import { usedBy } from '../quotas/seats.js';

/** What has to happen before it is the turn of one who waits (rules.md 3, 8 and 10). */
export interface Turn {
  /** Seats that it takes together or not at all; who waits for fewer may pass. Null where one is enough. */
  atOnce: number | null;
  /** Seats that must become free in its stratum before, at the earliest; below 1 they are there. */
  least: number;
  /** And at the latest: when everybody ahead takes what they wait for. */
  most: number;
  /** Its kabupaten/kota, or its service, where that has as many seats as it may. */
  fullRegion: string | null;
  fullType: { id: string; en: string } | null;
}

/** The least that an invitation `i` can take. */
const own = `CASE WHEN i.wait_for_all THEN i.waiting ELSE 1 END`;
const isFull = (cap: string, column: string) =>
  `CASE WHEN ${cap} IS NULL THEN false ELSE ${cap} - ${usedBy(column)} < ${own} END`;

/**
 * SQL for the `Turn` of invitation `i` with its quota `q`. Those ahead who wait for all of theirs may be passed, and so
 * may those whom a cap keeps out: neither must come first.
 * @param ahead what those before it in line wait for: all of them, and those who take less too
 * @param free seats that are free in its stratum
 */
export const turnOf = (
  ahead: { all: string; takingLess: string },
  free: string,
): string => `json_build_object(
  'atOnce', CASE WHEN i.wait_for_all AND i.waiting > 1 THEN i.waiting END,
  'least', CASE WHEN q.cap_per_region IS NULL AND q.cap_per_type IS NULL THEN ${ahead.takingLess} + 1 - ${free} ELSE 1 END,
  'most', ${ahead.all} + 1 - ${free},
  'fullRegion', CASE WHEN ${isFull('q.cap_per_region', 'region_key')}
    THEN (SELECT g.name FROM region g WHERE g.code = i.region_key) END,
  'fullType', CASE WHEN ${isFull('q.cap_per_type', 'service_key')}
    THEN (SELECT json_build_object('id', y.name_id, 'en', y.name_en) FROM service_type y WHERE y.code = i.service_key) END)`;

/** The same in sentences. */
export function tellTurn(turn: Turn, t: Translate, language: Language): string[] {
  const { atOnce, fullRegion, fullType } = turn;
  const full = [
    ...(fullRegion ? [t('turn.full', { group: fullRegion })] : []),
    ...(fullType ? [t('turn.full', { group: fullType[language === 'en' ? 'en' : 'id'] })] : []),
  ];
  if (atOnce !== null) return [...full, t('turn.at_once', { count: atOnce })];
  if (full.length > 0 && turn.most < 1) return full;
  const [least, most] = [Math.max(1, turn.least), Math.max(1, turn.most)];
  return [...full, least === most ? t('turn.exactly', { count: most }) : t('turn.between', { least, most })];
}
