import { fold, oneLine } from '../../spreadsheets/cells.js';
import { personName } from '../../i18n/format.js';
import type { Candidate, LikenessIndex } from './imports.likeness.js';
import { asProposal } from './imports.proposing.js';
import type { ImportFacts, ImportNote, LineReader, ReadLine } from './imports.rows.js';
import { factFields, type FactValue, type InstitutionFacts } from './institution.facts.js';
import { searchTextOf } from './institution.names.js';

export type Outcome = 'new' | 'change' | 'same' | 'likely' | 'problem' | 'elsewhere' | 'skipped';
export type Decision = 'create' | 'update' | 'propose' | 'leave' | 'undecided';
export type Changes = Record<string, [before: FactValue | string[], after: FactValue | string[]]>;

/** An institution as an import compares it: its facts, leader and current accreditation. */
export interface Compared extends InstitutionFacts {
  id: number;
  version: number;
  managedHere: boolean;
  visible: boolean;
  /** Changes that this office proposed and that were not accepted, where another office manages it. */
  proposed: Record<string, FactValue | string[]>[];
  leaderBefore: string | null;
  leaderName: string | null;
  leaderAfter: string | null;
  leaderPhone: string | null;
  accreditationGrade: string | null;
  accreditationNumber: string | null;
  accreditationIssuedOn: string | null;
  accreditationValidUntil: string | null;
}

export interface Matched {
  byNumber: Compared | undefined;
  byName: Compared[];
}

export interface JudgedLine {
  number: number;
  cells: string[];
  name: string;
  facts: ImportFacts;
  outcome: Outcome;
  decision: Decision;
  institutionId: number | null;
  institutionVersion: number | null;
  candidates: Candidate[];
  changes: Changes;
  notes: ImportNote[];
}

const asText = (value: FactValue | string[] | undefined) =>
  Array.isArray(value) ? value.join(',') : String(value ?? '');
const accreditationFields = [
  'accreditationGrade',
  'accreditationNumber',
  'accreditationIssuedOn',
  'accreditationValidUntil',
] as const;

const leaderOf = (given: { leaderBefore?: FactValue; leaderName?: FactValue; leaderAfter?: FactValue }) =>
  personName({
    nameBefore: asText(given.leaderBefore),
    name: asText(given.leaderName),
    nameAfter: asText(given.leaderAfter),
  });

/**
 * What a line would change. An empty cell never erases, a name in other letters is the same name, and a text in several
 * lines is the same as in one: cells are read as one.
 */
export function changesOfLine(facts: ImportFacts, before: Compared): Changes {
  const changes: Changes = {};
  // Dates of a certificate without its grade are no accreditation.
  const isAccredited = Boolean(facts.accreditationGrade ?? before.accreditationGrade);
  // A phone needs somebody it belongs to.
  const isLed = Boolean(facts.leaderName ?? before.leaderName);
  const aside = [...(isAccredited ? accreditationFields : []), ...(isLed ? (['leaderPhone'] as const) : [])];
  for (const field of [...factFields, 'services' as const, ...aside]) {
    const after = facts[field];
    if (after === undefined || oneLine(asText(after)) === oneLine(asText(before[field]))) continue;
    if (field === 'name' && fold(asText(after)) === fold(before.name)) continue;
    changes[field] = [before[field], after];
  }
  if (facts.leaderName !== undefined && fold(leaderOf(facts)) !== fold(leaderOf(before)))
    changes.leaderName = [leaderOf(before), leaderOf(facts)];
  return changes;
}

/** The search text from what the line says and, in an update, from what stays. */
export function searchTextOfLine(facts: ImportFacts, before?: Compared): string {
  const pick = (field: 'name' | 'address' | 'village' | 'district') =>
    asText(facts[field] ?? before?.[field]);
  return searchTextOf({
    name: pick('name'),
    address: pick('address'),
    village: pick('village'),
    district: pick('district'),
  });
}

const leftOut = ['import.note.no_grade', 'import.note.no_leader'];

/** What a line says but the registry cannot keep by itself, beside the remarks on its cells. */
export function notesOn(
  { facts, notes }: Pick<JudgedLine, 'facts' | 'notes'>,
  before?: Compared,
): ImportNote[] {
  const kept = notes.filter(({ key }) => !leftOut.includes(key));
  const grade = facts.accreditationGrade ?? before?.accreditationGrade;
  if (!grade && accreditationFields.some((field) => facts[field]))
    kept.push({ key: 'import.note.no_grade', blocking: false });
  if (facts.leaderPhone && !(facts.leaderName ?? before?.leaderName))
    kept.push({ key: 'import.note.no_leader', blocking: false });
  return kept;
}

/** The line as an update of an institution that this office manages. */
export function asUpdate(line: JudgedLine, before: Compared): JudgedLine {
  const { services, ...others } = line.facts;
  const facts = services && !line.facts.guessedServices ? { ...others, services } : others;
  const changes = changesOfLine(facts, before);
  const isSame = Object.keys(changes).length === 0;
  return {
    ...line,
    notes: notesOn(line, before),
    facts: { ...facts, searchText: searchTextOfLine(facts, before) },
    outcome: line.outcome === 'likely' ? 'likely' : isSame ? 'same' : 'change',
    decision: isSame ? 'leave' : 'update',
    institutionId: before.id,
    institutionVersion: before.version,
    changes,
  };
}

/** A line that is like known ones, as what it says by itself: whatever was chosen for it before is undone. */
export function asNew(line: JudgedLine, decision: 'create' | 'leave' | 'undecided'): JudgedLine {
  const services = line.facts.guessedServices ?? line.facts.services;
  const facts = { ...line.facts, ...(services && { services }), searchText: searchTextOfLine(line.facts) };
  const target = { institutionId: null, institutionVersion: null, changes: {} };
  return { ...line, facts, notes: notesOn(line), decision, ...target };
}

/**
 * Judges lines by rule 20: equal registration number, else equal name in the same region, is the same LKS;
 * likeness only proposes. Remembers what the file itself has named, so that no LKS is meant twice.
 */
export class LineJudge {
  private readonly targets = new Map<number, number>();
  private readonly numbers = new Map<string, number>();
  private readonly names = new Map<string, number>();

  constructor(
    private readonly reader: LineReader,
    private readonly likeness: LikenessIndex,
  ) {}

  judge(read: ReadLine, matched: Matched): JudgedLine {
    const line: JudgedLine = {
      number: read.number,
      cells: read.cells,
      name: read.name,
      facts: read.facts,
      notes: read.notes,
      ...{ outcome: 'problem', decision: 'leave', institutionId: null, institutionVersion: null },
      ...{ candidates: [], changes: {} },
    };
    if (read.isSkipped) return { ...line, outcome: 'skipped' };
    if (read.notes.some((note) => note.blocking)) return line;
    const twin = this.twinInFile(line);
    if (twin !== undefined)
      return this.blocked(line, { key: 'import.note.twice', line: twin, blocking: true });
    return this.compare(line, matched);
  }

  private blocked(line: JudgedLine, note: ImportNote): JudgedLine {
    return { ...line, outcome: 'problem', notes: [...line.notes, note] };
  }

  /** Number of an earlier line for the same LKS. */
  private twinInFile({ number, facts }: JudgedLine): number | undefined {
    const key = asText(facts.registrationKey);
    const name = `${asText(facts.nameNormalised)}|${asText(facts.regionCode)}`;
    const earlier = (key && this.numbers.get(key)) || this.names.get(name);
    if (earlier) return earlier;
    if (key) this.numbers.set(key, number);
    this.names.set(name, number);
    return undefined;
  }

  private compare(line: JudgedLine, { byNumber, byName }: Matched): JudgedLine {
    const same = byNumber ?? (byName.length === 1 ? byName[0] : undefined);
    if (byNumber && !byNumber.visible)
      return this.blocked(line, {
        key: 'import.note.number_elsewhere',
        field: 'registrationNumber',
        blocking: true,
      });
    if (same) return this.compareWith(line, same);
    const candidates =
      byName.length > 1
        ? byName.map(({ id, name }) => ({ id, name }))
        : this.likeness.find(line.facts.nameNormalised, line.facts.regionCode);
    const facts = this.withServices(line);
    if (candidates.length > 0)
      return { ...asNew({ ...line, facts }, 'undecided'), outcome: 'likely', candidates };
    return { ...asNew({ ...line, facts }, 'create'), outcome: 'new' };
  }

  private withServices({ facts, name }: JudgedLine): ImportFacts {
    return facts.services ? facts : { ...facts, guessedServices: this.reader.guessServices(name) };
  }

  private compareWith(line: JudgedLine, same: Compared): JudgedLine {
    const earlier = this.targets.get(same.id);
    if (earlier !== undefined)
      return this.blocked(line, { key: 'import.note.twice', line: earlier, blocking: true });
    this.targets.set(same.id, line.number);
    const update = asUpdate(line, same);
    if (same.managedHere || update.outcome === 'same') return update;
    return asProposal(update, same);
  }
}
