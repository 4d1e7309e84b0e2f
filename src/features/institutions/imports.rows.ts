import { fold } from '../../spreadsheets/cells.js';
import type { TableRow } from '../../spreadsheets/read-table.js';
import { readCell, splitContact, stateInNumber } from './imports.cells.js';
import type { ImportColumn, ImportField } from './imports.columns.js';
import { regionReader } from './imports.regions.js';
import { serviceReader } from './imports.services.js';
import { normaliseName, registrationKeyOf, searchTextOf, splitPersonName } from './institution.names.js';
import type { FactValue } from './institution.facts.js';
import type { RegionName, ServiceTypeRow } from './institutions.repository.js';

/** Facts of one line; what the line does not say is not there. Key names are those of the database's JSON. */
export type ImportFacts = {
  services?: string[];
  /** What the name of a line without services says, for when it is added: never a change to a known LKS. */
  guessedServices?: string[];
} & Partial<
  Record<
    | Exclude<ImportField, 'services'>
    | 'leaderBefore'
    | 'leaderAfter'
    | 'nameNormalised'
    | 'searchText'
    | 'registrationKey',
    FactValue
  >
>;

/** A remark on a line. `blocking` ones keep it out; the others only leave out one cell. */
export interface ImportNote {
  key: string;
  field?: ImportField;
  /** Never of a personal field. */
  cell?: string;
  /** Number of another line. */
  line?: number;
  blocking: boolean;
}

export interface ReadLine {
  number: number;
  cells: string[];
  name: string;
  facts: ImportFacts;
  notes: ImportNote[];
  /** Totals, signatures, headings between the lines: no LKS at all. */
  isSkipped: boolean;
}

export interface ReadingContext {
  columns: ImportColumn[];
  dataFrom: number;
  defaultRegion: string | null;
  regions: RegionName[];
  services: ServiceTypeRow[];
}

const totals =
  /^(jumlah|total|grand total|sub ?total|rekap|rekapitulasi|keterangan|catatan|mengetahui|nip)\b/;
const personal = new Set<ImportField>(['phone', 'email', 'leaderName', 'leaderPhone']);

/** Reads lines one after the other: a line may be a heading that gives its region to those below. */
export class LineReader {
  private readonly region: ReturnType<typeof regionReader>;
  private readonly services: ReturnType<typeof serviceReader>;
  private section: string | undefined;

  constructor(private readonly context: ReadingContext) {
    this.region = regionReader(context.regions);
    this.services = serviceReader(context.services);
  }

  read({ number, cells }: TableRow): ReadLine {
    const line: ReadLine = {
      number,
      cells,
      name: '',
      facts: {},
      notes: [],
      isSkipped: number < this.context.dataFrom || this.isNoInstitution(cells),
    };
    if (line.isSkipped) return line;
    this.context.columns.forEach(({ field }, at) => {
      if (field !== '') this.readInto(line, field, cells[at] ?? '');
    });
    line.name = String(line.facts.name ?? '');
    this.complete(line);
    return line;
  }

  private isNoInstitution(cells: string[]): boolean {
    const filled = cells.filter((cell) => cell.trim() !== '');
    const [first = ''] = filled;
    // "II | KABUPATEN TAPIN": a heading stands alone, beside a numeral at most.
    const words = filled.filter((cell) => !/^([\divx]+|[a-z])[.)]?$/i.test(cell.trim()));
    if (words.length === 1 && this.isHeading(words[0] ?? '')) return true;
    const nameAt = this.context.columns.findIndex(({ field }) => field === 'name');
    const name = nameAt < 0 ? '' : (cells[nameAt] ?? '').trim();
    if (totals.test(fold(first)) || totals.test(fold(name))) return true;
    // Signature blocks under the list: a few words, none of them in the column of names.
    return name === '' && filled.length <= 2;
  }

  private isHeading(cell: string): boolean {
    if (!/^\s*(kab|kota|wilayah)/i.test(cell)) return false;
    const answer = this.region(cell.replace(/^\s*wilayah\s+/i, ''));
    if (!('code' in answer)) return false;
    this.section = answer.code;
    return true;
  }

  private readInto(line: ReadLine, field: ImportField, cell: string): void {
    if (field === 'services' || field === 'regionCode') return this.readNamed(line, field, cell);
    if (field === 'leaderPhone' && this.readContact(line, cell)) return;
    const read = readCell(field, cell);
    if ('value' in read) line.facts[field] = read.value;
    const state = field === 'registrationNumber' ? stateInNumber(cell) : undefined;
    if (state) line.facts.registrationState ??= state;
    if ('problem' in read) {
      const key = read.problem === 'formula' ? 'import.note.formula' : 'import.note.unreadable';
      const shown = personal.has(field) || read.problem === 'formula' ? {} : { cell: cell.slice(0, 60) };
      line.notes.push({ key, field, ...shown, blocking: field === 'name' });
    }
  }

  /** "PIMPINAN / NO HP" is one column for two facts, where no other has the name. @returns whether both were read */
  private readContact(line: ReadLine, cell: string): boolean {
    if (this.context.columns.some(({ field }) => field === 'leaderName')) return false;
    const { name, phone } = splitContact(cell);
    if (name === '' || phone === '') return false;
    this.readInto(line, 'leaderName', name);
    const read = readCell('leaderPhone', phone);
    if ('value' in read) line.facts.leaderPhone = read.value;
    else line.notes.push({ key: 'import.note.unreadable', field: 'leaderPhone', blocking: false });
    return true;
  }

  private readNamed(line: ReadLine, field: 'services' | 'regionCode', cell: string): void {
    const typed = cell.trim();
    if (typed === '' || typed === '-') return;
    const shown = { field, cell: typed.slice(0, 60) };
    if (field === 'services') {
      const services = this.services(typed);
      if (services.length > 0) line.facts.services = services;
      else line.notes.push({ key: 'import.note.unreadable', ...shown, blocking: false });
      return;
    }
    const answer = this.region(typed);
    if ('code' in answer) line.facts.regionCode = answer.code;
    else line.notes.push({ key: `import.note.region_${answer.problem}`, ...shown, blocking: true });
  }

  /** What follows from the cells together. */
  private complete(line: ReadLine): void {
    const { facts, notes } = line;
    const isBlocked = notes.some((note) => note.blocking);
    if (!facts.name && !isBlocked) notes.push({ key: 'import.note.no_name', field: 'name', blocking: true });
    const fallback = this.section ?? this.context.defaultRegion;
    if (!facts.regionCode && fallback && !notes.some(({ field }) => field === 'regionCode'))
      facts.regionCode = fallback;
    if (!facts.regionCode && !notes.some(({ field }) => field === 'regionCode'))
      notes.push({ key: 'import.note.no_region', field: 'regionCode', blocking: true });
    if (facts.registrationNumber && !facts.registrationState) facts.registrationState = 'registered';
    const { accreditationIssuedOn: issued, accreditationValidUntil: until } = facts;
    if (issued && until && until < issued) {
      delete facts.accreditationValidUntil;
      notes.push({ key: 'import.note.unreadable', field: 'accreditationValidUntil', blocking: false });
    }
    this.derive(facts);
  }

  private derive(facts: ImportFacts): void {
    if (facts.leaderName) {
      const person = splitPersonName(String(facts.leaderName));
      facts.leaderBefore = person.nameBefore;
      facts.leaderName = person.name;
      facts.leaderAfter = person.nameAfter;
    }
    if (facts.name) {
      const text = (value: FactValue | undefined) => String(value ?? '');
      facts.nameNormalised = normaliseName(text(facts.name));
      facts.searchText = searchTextOf({
        name: text(facts.name),
        address: text(facts.address),
        village: text(facts.village),
        district: text(facts.district),
      });
    }
    if (facts.registrationNumber) facts.registrationKey = registrationKeyOf(String(facts.registrationNumber));
  }

  /** Services for a new LKS whose list names none: what its name says, else "other". */
  guessServices(name: string): string[] {
    const guessed = this.services(name);
    return guessed.length > 0 ? guessed : ['lainnya'];
  }
}
