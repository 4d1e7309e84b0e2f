/** Texts with placeholders in braces, in the words of offices: `{tahun}`. */
const anyPlaceholder = /\{([^{}]*)\}/g;

export interface WrongPlaceholder {
  /** With its braces; a lone brace counts too. */
  placeholder: string;
  /** Counted from 1. */
  line: number;
}

function wrongIn(line: string, known: ReadonlySet<string>): string | undefined {
  for (const [whole, name] of line.matchAll(anyPlaceholder)) if (!known.has(name ?? '')) return whole;
  return /[{}]/.exec(line.replace(anyPlaceholder, ''))?.[0];
}

/** The first placeholder of a text that is none of those known, and the line it stands in. */
export function findWrongPlaceholder(text: string, known: Iterable<string>): WrongPlaceholder | undefined {
  const names = new Set(known);
  for (const [index, line] of text.split('\n').entries()) {
    const placeholder = wrongIn(line, names);
    if (placeholder) return { placeholder, line: index + 1 };
  }
  return undefined;
}

/** Puts in what `valueOf` has for each; a placeholder that it has nothing for stays as it is. */
export const replacePlaceholders = (text: string, valueOf: (name: string) => string | undefined): string =>
  text.replace(anyPlaceholder, (whole, name: string) => valueOf(name) ?? whole);

/** @throws Error for a placeholder without a value; a text that has one is refused when it is saved */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  return replacePlaceholders(text, (name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`Unknown placeholder {${name}}`);
    return value;
  });
}
