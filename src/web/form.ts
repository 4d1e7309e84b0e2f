import { isValidPhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { z } from 'zod';
import { InvalidInput, type FieldProblem } from '../errors.js';
import { hasControls, withoutMarks } from '../invisible.js';

/** Fields of forms. Messages are keys of texts, so that they come in the language of the person. */
export const text = (max = 200) =>
  z
    .string({ error: 'error.required' })
    .transform((value) => withoutMarks(value).replace(/\r\n/g, '\n').trim())
    .refine((value) => !hasControls(value), { error: 'error.characters' })
    .refine((value) => value.length <= max, { error: 'error.too_long', params: { maximum: max } });

export const required = (max = 200) => text(max).refine((value) => value !== '', { error: 'error.required' });

export const optionalText = (max = 200) => text(max).default('');

/** A text that PostgreSQL can compare with: it knows no NUL. */
export const storableText = z.string().refine((value) => !value.includes('\0'));

/** One value of an address or a form as text; what was sent twice, nested, or with a NUL in it is not understood. */
export const plainText = (value: unknown, max = 200): string =>
  storableText.safeParse(value).data?.slice(0, max) ?? '';

/** Absent or empty becomes null; otherwise `schema` decides. */
export const orNull = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? null : (value ?? null)),
    schema.nullable(),
  );

export const email = z.preprocess(
  (value) => (typeof value === 'string' ? withoutMarks(value).trim().toLowerCase() : value),
  z.email({ error: 'error.email' }).max(254, { error: 'error.too_long' }),
);

/** "0812…", "62812…", "+62 812-…" become E.164, or undefined when it is no phone number. */
export function normalisePhone(typed: string): string | undefined {
  const digits = withoutMarks(typed).replace(/[\s().-]/g, '');
  const guess = /^(62|8)\d{7,}$/.test(digits) ? `+62${digits.replace(/^62/, '')}` : digits;
  if (!isValidPhoneNumber(guess, 'ID')) return undefined;
  return parsePhoneNumberFromString(guess, 'ID')?.number;
}

export const phone = z.string().transform((value, context) => {
  const number = normalisePhone(value);
  if (number) return number;
  context.addIssue({ code: 'custom', message: 'error.phone' });
  return z.NEVER;
});

/** A day that offices write down: one outside of these centuries is a slip of the finger, or worse. */
export const isoDate = z.iso
  .date({ error: 'error.date' })
  .refine((day) => day >= '1900-01-01' && day <= '2199-12-31', { error: 'error.date' });
export const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3])[:.][0-5]\d$/, { error: 'error.time' })
  .transform((t) => t.replace('.', ':'));
export const webAddress = z
  .url({ protocol: /^https?$/, error: 'error.url' })
  .max(500, { error: 'error.too_long' });
/** A whole number in digits; an empty field is none. */
export const wholeNumber = (minimum: number, maximum: number) =>
  z.union([z.string(), z.number()], { error: 'error.number' }).transform((typed, context) => {
    const value = /^-?\d{1,15}$/.test(String(typed).trim()) ? Number(typed) : undefined;
    if (value !== undefined && value >= minimum && value <= maximum) return value;
    const [message, params] =
      value === undefined ? ['error.number', {}] : ['error.number_range', { minimum, maximum }];
    context.addIssue({ code: 'custom', message, params });
    return z.NEVER;
  });
export const checkbox = z.preprocess(
  (value) => value === 'on' || value === 'true' || value === '1',
  z.boolean(),
);
export const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: 'error.choose' });
export const recordId = z.coerce.number({ error: 'error.choose' }).int().positive().max(2_147_483_647);

/** The version of a record that the person saw; a form that does not say is never the newest. */
export const seenVersion = recordId.catch(0);

/** Fields that come once or several times (checkboxes, rows of a table). */
export const many = <T extends z.ZodType>(schema: T, max = 1000) =>
  z.preprocess(
    (value) => {
      if (value === undefined || value === '') return [];
      if (Array.isArray(value)) return value as unknown[];
      return typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [value];
    },
    z.array(schema).max(max, { error: 'error.too_many' }),
  );

/**
 * Reads a form.
 * @throws InvalidInput with the first problem of each field, by its dotted path
 */
export function readForm<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const fields: Record<string, FieldProblem> = {};
  for (const issue of parsed.error.issues) {
    const name = issue.path.join('.');
    // What no schema of ours says is zod's own word for something that is not there.
    const known = /(^|\.)error\./.test(issue.message) ? issue.message : 'error.required';
    fields[name] ??= { key: known, values: limitsOf(issue) };
  }
  throw new InvalidInput(fields);
}

function limitsOf(issue: z.core.$ZodIssue): Record<string, unknown> {
  const { minimum, maximum, params } = issue as { minimum?: unknown; maximum?: unknown; params?: object };
  return { minimum, maximum, ...params };
}
