/** Rows of a table form: fields are named `rows.0.title`, so that values and problems are found by that name. */
type Body = Record<string, unknown>;

const filled = (value: unknown) => typeof value === 'string' && value.trim() !== '';

/**
 * Gathers `rows.<n>.<field>` into `rows`, keyed by n as schemas report it. A row that is blank in all fields of
 * `tells`, or ticked as `remove`, is left out; when it had an id, that id is among `removed`.
 */
export function nestRows(body: unknown, tells: readonly string[]): Body {
  const nested = new Map<string, Body>();
  for (const [name, value] of Object.entries((body ?? {}) as Body)) {
    const [, index, field] = /^rows\.(\d{1,4})\.([A-Za-z]+)$/.exec(name) ?? [];
    if (index && field) nested.set(index, { ...nested.get(index), [field]: value });
  }
  const isKept = (row: Body) => !filled(row.remove) && tells.some((field) => filled(row[field]));
  const rows = [...nested].filter(([, row]) => isKept(row));
  const removed = [...nested.values()].filter((row) => !isKept(row) && filled(row.id)).map(({ id }) => id);
  return { ...(body as Body), rows: Object.fromEntries(rows), removed };
}

/** The other way round, to fill a form: `{rows.0.title: …}`. */
export function flatRows(rows: readonly object[]): Body {
  return Object.fromEntries(
    rows.flatMap((row, index) =>
      Object.entries(row).map(([field, value]) => [`rows.${index}.${field}`, value]),
    ),
  );
}

/** How many rows a form shows again: those that were sent, blank ones too. */
export function rowCount(values: Body): number {
  const numbers = Object.keys(values).map((name) => Number(/^rows\.(\d{1,4})\./.exec(name)?.[1] ?? -1));
  return Math.max(-1, ...numbers) + 1;
}
