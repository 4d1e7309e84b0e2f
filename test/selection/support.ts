import type { Candidate, SelectionRules } from '../../src/features/selection/select.js';

export const need = {
  lastAttendedOn: null,
  grade: 'B',
  accreditedUntil: '2030-01-01',
  isRegistered: true,
  noShows: 0,
};

/** The 135 LKS of Kalimantan Selatan over thirteen regions of unequal size; nobody was ever reached. */
export function kalselCandidates(): (Candidate & { acceptedBefore: number })[] {
  const sizes = { anak: 120, lanjut_usia: 3, disabilitas: 9, napza: 3 };
  const regionSizes = [31, 22, 18, 15, 12, 10, 8, 6, 5, 3, 2, 2, 1];
  const regions = regionSizes.flatMap((size, at) =>
    Array<string>(size).fill(`63.${String(at + 1).padStart(2, '0')}`),
  );
  return Object.entries(sizes)
    .flatMap(([serviceKey, size]) => Array<string>(size).fill(serviceKey))
    .map((serviceKey, at) => ({
      ...need,
      id: at + 1,
      serviceKey,
      regionKey: regions[(at * 37) % regions.length] ?? '63.01',
      acceptedBefore: 0,
    }));
}

export const rules: SelectionRules = {
  count: 30,
  dimension: 'service',
  minimum: 1,
  maximum: null,
  capPerRegion: null,
  capPerType: null,
  criteria: ['no_shows_last', 'never_attended', 'longest_since', 'accreditation', 'not_registered'],
  seed: 'K7Q2M9',
  asOf: '2026-03-02',
  mustInvite: new Set(),
  mustNotInvite: new Set(),
};
