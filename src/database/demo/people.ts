import type { Dice } from './dice.js';

/** Stands behind every invented name, on every page and paper. */
export const mark = '(contoh)';
export const marked = (name: string): string => `${name} ${mark}`;

export interface Person {
  nameBefore: string;
  name: string;
  nameAfter: string;
  sex: 'L' | 'P';
}

const men = [
  ...['Ahmad', 'Muhammad', 'Rusdi', 'Fahrul', 'Hendra', 'Bambang', 'Sutrisno', 'Yusran', 'Gunawan', 'Taufik'],
  ...['Arifin', 'Slamet', 'Rizal', 'Mahfud', 'Johan'],
] as [string, ...string[]];
const women = [
  ...['Siti', 'Nur', 'Rahmah', 'Dewi', 'Endang', 'Mariani', 'Lestari', 'Ratna', 'Wahidah', 'Sri'],
  ...['Fitriah', 'Kartini', 'Yuliana', 'Aminah', 'Theresia'],
] as [string, ...string[]];
const second = [
  ...['Hidayat', 'Rahman', 'Maulana', 'Anwar', 'Saputra', 'Hasan', 'Wibowo', 'Santoso', 'Ilham', 'Fauzi'],
  ...['Ramadhan', 'Kurniawan', 'Noor', 'Basuki', 'Halim', 'Purnomo', 'Syahrani', 'Asmara', 'Utomo', 'Zaini'],
] as [string, ...string[]];
const secondOfWomen = [
  ...['Hasanah', 'Wulandari', 'Handayani', 'Rahmawati', 'Susanti', 'Aisyah', 'Puspita', 'Utami', 'Azizah'],
  ...['Norhayati', 'Kusuma', 'Anggraini', 'Suryani', 'Latifah', 'Maulida', 'Widyastuti', 'Hartini'],
] as [string, ...string[]];
const titlesBefore = ['', '', '', 'H.', 'Drs.', 'Ust.'] as [string, ...string[]];
const titlesOfWomen = ['', '', '', 'Hj.', 'Dra.'] as [string, ...string[]];
const titlesAfter = ['', '', '', '', 'S.Ag.', 'S.Pd.I.', 'S.Sos.', 'S.Pd.', 'M.Si.'] as [string, ...string[]];

/** Somebody who does not exist. */
export function inventPerson(dice: Dice): Person {
  const sex = dice.happens(60) ? 'L' : 'P';
  const isMan = sex === 'L';
  const given = dice.pick(isMan ? men : women);
  return {
    // Names of a single word are normal.
    name: marked(dice.happens(8) ? given : `${given} ${dice.pick(isMan ? second : secondOfWomen)}`),
    nameBefore: dice.pick(isMan ? titlesBefore : titlesOfWomen),
    nameAfter: dice.pick(titlesAfter),
    sex,
  };
}

/**
 * Indonesia sets no numbers aside for stories. The national plan (KM 28/2004) keeps 084x for mobile networks, and
 * no operator has been given any of it, so that these ring nowhere and belong to no WhatsApp account.
 * @param serial 0 to 9,999,999
 */
export const inventPhone = (serial: number): string => `+62840${String(serial).padStart(8, '0')}`;

/** Addresses under `.example` can reach nobody (RFC 2606). */
export const inventEmail = (person: string, place: string): string => `${person}@${place}.example`;
