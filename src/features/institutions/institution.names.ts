import { fold } from '../../spreadsheets/cells.js';

/** The form in which names are compared (rules.md 20). */
export const normaliseName = (name: string): string => fold(name);

/** Registration numbers are equal whatever signs stand between their letters and digits. */
export const registrationKeyOf = (number: string): string => fold(number).replaceAll(' ', '');

/** What the search looks through (model.md: search columns are normalised by the application). */
export function searchTextOf(given: {
  name: string;
  address?: string;
  village?: string;
  district?: string;
}): string {
  return fold([given.name, given.address, given.village, given.district].filter(Boolean).join(' '));
}

const titlesBefore =
  /^((?:(?:prof|dr|drs|dra|ir|h|hj|k ?h|kh|ust|ustadz|ustadzah|tuan guru|habib|sr|pdt|bpk|ibu)\b\.?\s*)+)(?=\S)/i;

/** "Drs. H. Ahmad, M.Si." in its three parts (domain.md). */
export function splitPersonName(typed: string): { nameBefore: string; name: string; nameAfter: string } {
  const comma = typed.indexOf(',');
  const front = (comma < 0 ? typed : typed.slice(0, comma)).trim();
  const nameAfter = comma < 0 ? '' : typed.slice(comma + 1).trim();
  const nameBefore = titlesBefore.exec(front)?.[1] ?? '';
  return { nameBefore: nameBefore.trim(), name: front.slice(nameBefore.length).trim() || front, nameAfter };
}
