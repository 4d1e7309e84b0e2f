/** Errors that a person can do something about. Services throw them; web/errors.ts shows them. */
export class DomainError extends Error {
  constructor(
    readonly status: number,
    /** Key of the text to show. */
    readonly textKey: string,
    readonly values: Record<string, unknown> = {},
  ) {
    super(textKey);
  }
}

/** Not there, or not within the reach of who asks: the two look the same from outside. */
export class NotFound extends DomainError {
  constructor(textKey = 'error.not_found') {
    super(404, textKey);
  }
}

export class Forbidden extends DomainError {
  constructor(textKey = 'error.forbidden') {
    super(403, textKey);
  }
}

/** The state of things does not allow it (any more). */
export class Conflict extends DomainError {
  constructor(textKey: string, values: Record<string, unknown> = {}) {
    super(409, textKey, values);
  }
}

/** What a field's problem says: a key alone, or with values to fill in. */
export interface FieldProblem {
  key: string;
  values?: Record<string, unknown>;
}

/** Something typed is wrong: shown at the fields and once at the top, with what was typed kept. */
export class InvalidInput extends DomainError {
  constructor(readonly fields: Record<string, FieldProblem>) {
    super(422, 'error.check_fields');
  }

  static at(field: string, key: string, values?: Record<string, unknown>): InvalidInput {
    return new InvalidInput({ [field]: values ? { key, values } : { key } });
  }
}

/** Database errors carry the values of a row (names, phones): the log keeps only what broke and where. */
export function withoutValues(error: unknown) {
  const { name, message, code, stack, constraint, table } = error as Error & Record<string, unknown>;
  return { name, message, code, constraint, table, stack };
}
