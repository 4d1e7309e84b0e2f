/** Where one institution counts: its stratum, and the two along which caps hold. A row lies in one group alone. */
export interface Spot {
  group: string;
  row: string;
  column: string;
}

export interface Caps {
  /** Institutions of one row, and of one column, at most; null without a cap. */
  row: number | null;
  column: number | null;
}

/** Numbers the keys in the order in which they come. */
function numbered(keys: Iterable<string>): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const key of keys) if (!numbers.has(key)) numbers.set(key, numbers.size);
  return numbers;
}

/**
 * How many of each stratum the caps leave room for, and who can still be taken without making anybody's room smaller:
 * a flow from groups through rows and columns, made larger along augmenting paths (Ford and Fulkerson 1956). A path
 * only moves what nobody was promised by name, and never takes from a group what it has.
 */
export class Room {
  private readonly rows: Map<string, number>;
  private readonly columns: Map<string, number>;
  /** The group of each row. */
  private readonly groupOf: string[] = [];
  /** By cell (row times columns plus column): how many there are, how many have room, how many are taken by name. */
  private readonly size: Int32Array;
  private readonly flow: Int32Array;
  private readonly taken: Int32Array;
  private readonly inRow: Int32Array;
  private readonly inColumn: Int32Array;
  /** Some group has several rows, and a place of one can become a place of another. */
  private readonly isShared: boolean;

  constructor(
    spots: readonly Spot[],
    private readonly caps: Caps,
  ) {
    this.rows = numbered(spots.map(({ row }) => row));
    this.columns = numbered(spots.map(({ column }) => column));
    const cells = this.rows.size * this.columns.size;
    this.size = new Int32Array(cells);
    this.flow = new Int32Array(cells);
    this.taken = new Int32Array(cells);
    this.isShared = this.rows.size > new Set(spots.map(({ group }) => group)).size;
    this.inRow = new Int32Array(this.rows.size);
    this.inColumn = new Int32Array(this.columns.size);
    for (const spot of spots) {
      const { row, cell } = this.at(spot);
      this.groupOf[row] = spot.group;
      this.size[cell] = read(this.size, cell) + 1;
    }
  }

  /** Promises a place by name before anybody else has one. The caps must allow it. */
  promise(spot: Spot): void {
    const { row, column, cell } = this.at(spot);
    for (const counts of [this.flow, this.taken]) counts[cell] = read(counts, cell) + 1;
    this.inRow[row] = read(this.inRow, row) + 1;
    this.inColumn[column] = read(this.inColumn, column) + 1;
  }

  countOf(group: string): number {
    return this.inRow.reduce((sum, count, row) => (this.groupOf[row] === group ? sum + count : sum), 0);
  }

  /** Makes room for as many of a group, as far as that goes; no other group loses any. @returns how many there are */
  grow(group: string, wanted: number): number {
    let count = this.countOf(group);
    count += this.growAtOnce(group, wanted - count);
    while (count < wanted && this.growByOne(group)) count += 1;
    return count;
  }

  /** Takes one by name, where that leaves every group what it has. @returns whether it could be taken */
  take(spot: Spot): boolean {
    const { row, column, cell } = this.at(spot);
    if (read(this.flow, cell) === read(this.taken, cell)) {
      const path = this.pathBetween(this.columnNode(column), row);
      if (!path) return false;
      this.shift([row, ...path]);
    }
    this.taken[cell] = read(this.taken, cell) + 1;
    return true;
  }

  private at({ row, column }: Spot) {
    const [r, c] = [this.rows.get(row) ?? 0, this.columns.get(column) ?? 0];
    return { row: r, column: c, cell: r * this.columns.size + c };
  }

  // Nodes of the search: rows, then columns, then the sink, and a node by which rows of one group exchange.
  private columnNode = (column: number) => this.rows.size + column;
  private get sink(): number {
    return this.rows.size + this.columns.size;
  }
  private get exchange(): number {
    return this.sink + 1;
  }

  /** As many as fit without moving anybody. */
  private growAtOnce(group: string, wanted: number): number {
    let left = wanted;
    const room = (cap: number | null, counts: Int32Array, place: number) =>
      cap === null ? left : cap - read(counts, place);
    for (const [row, ofRow] of this.groupOf.entries())
      for (let column = 0; column < this.columns.size && ofRow === group; column += 1) {
        const cell = row * this.columns.size + column;
        const free = read(this.size, cell) - read(this.flow, cell);
        const inCaps = Math.min(
          room(this.caps.row, this.inRow, row),
          room(this.caps.column, this.inColumn, column),
        );
        const more = Math.max(0, Math.min(left, free, inCaps));
        this.flow[cell] = read(this.flow, cell) + more;
        this.inRow[row] = read(this.inRow, row) + more;
        this.inColumn[column] = read(this.inColumn, column) + more;
        left -= more;
      }
    return wanted - left;
  }

  private growByOne(group: string): boolean {
    for (const [row, ofRow] of this.groupOf.entries()) {
      if (ofRow !== group || !this.hasRowRoom(row)) continue;
      const path = this.pathBetween(row, this.sink);
      if (!path) continue;
      this.inRow[row] = read(this.inRow, row) + 1;
      this.shift(path);
      return true;
    }
    return false;
  }

  private hasRowRoom = (row: number) => this.caps.row === null || read(this.inRow, row) < this.caps.row;
  private hasColumnRoom = (column: number) =>
    this.caps.column === null || read(this.inColumn, column) < this.caps.column;

  /** Where a unit can go from a node. @param from the row by which the exchange was reached */
  private *steps(node: number, from: number): Generator<number> {
    const [rows, columns] = [this.rows.size, this.columns.size];
    if (node < rows) {
      for (let column = 0; column < columns; column += 1) {
        const cell = node * columns + column;
        if (read(this.flow, cell) < read(this.size, cell)) yield this.columnNode(column);
      }
      if (this.isShared) yield this.exchange;
    } else if (node < this.sink) {
      const column = node - rows;
      if (this.hasColumnRoom(column)) yield this.sink;
      for (let row = 0; row < rows; row += 1) {
        const cell = row * columns + column;
        if (read(this.flow, cell) > read(this.taken, cell)) yield row;
      }
    } else if (node === this.sink) {
      for (let column = 0; column < columns; column += 1)
        if (read(this.inColumn, column) > 0) yield this.columnNode(column);
    } else {
      for (let row = 0; row < rows; row += 1)
        if (this.groupOf[row] === this.groupOf[from] && this.hasRowRoom(row)) yield row;
    }
  }

  /** The shortest way by which a unit can move. @returns its nodes from first to last */
  private pathBetween(from: number, to: number): number[] | undefined {
    const before = new Int32Array(this.exchange + 1).fill(-1);
    before[from] = from;
    const open = [from];
    for (const node of open)
      for (const next of this.steps(node, read(before, node))) {
        if (read(before, next) !== -1) continue;
        before[next] = node;
        if (next !== to) {
          open.push(next);
          continue;
        }
        const path = [to];
        while (path[0] !== from) path.unshift(read(before, path[0] ?? from));
        return path;
      }
    return undefined;
  }

  private shift(path: readonly number[]): void {
    for (const [place, to] of path.slice(1).entries()) this.move(path[place] ?? 0, to);
  }

  private move(from: number, to: number): void {
    const { rows, columns } = { rows: this.rows.size, columns: this.columns.size };
    const change = (counts: Int32Array, place: number, by: 1 | -1) =>
      (counts[place] = read(counts, place) + by);
    if (to === this.sink) change(this.inColumn, from - rows, 1);
    else if (from === this.sink) change(this.inColumn, to - rows, -1);
    else if (to === this.exchange) change(this.inRow, from, -1);
    else if (from === this.exchange) change(this.inRow, to, 1);
    else if (from < rows) change(this.flow, from * columns + to - rows, 1);
    else change(this.flow, to * columns + from - rows, -1);
  }
}

const read = (counts: Int32Array, place: number): number => counts[place] ?? 0;
