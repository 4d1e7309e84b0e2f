import { z } from 'zod';

/** Raised whenever an older program could no longer read the file. */
export const formatVersion = 1;

export const headName = 'backup.json';
export const manifestName = 'manifest.json';
export const keyName = 'master.key';
export const tablePart = (table: string, part: number) =>
  `tables/${table}.${String(part).padStart(6, '0')}.copy`;
export const uploadName = (sha256: string) => `uploads/${sha256}`;

const table = z.object({ name: z.string(), columns: z.array(z.string()).min(1) });

/** First entry: what a restore must know before it can take in rows. */
export const headSchema = z.object({
  format: z.literal(formatVersion),
  app: z.string(),
  postgres: z.string(),
  createdAt: z.string(),
  migrations: z.array(z.string()).min(1),
  tables: z.array(table),
  sequences: z.array(z.object({ name: z.string(), value: z.string().regex(/^\d+$/), called: z.boolean() })),
});

const sum = z.object({ bytes: z.number(), sha256: z.string() });

/** Last entry: a file that lacks it was cut off. Sums are SHA-256 in hexadecimal digits. */
export const manifestSchema = z.object({
  head: sum,
  tables: z.record(z.string(), sum.extend({ rows: z.number() })),
  uploads: z.record(z.string(), sum),
  key: sum.optional(),
});

export type Head = z.infer<typeof headSchema>;
export type Manifest = z.infer<typeof manifestSchema>;
export type Sum = z.infer<typeof sum>;

/** One text form of every value on both sides, whatever the servers and roles are set to. */
export const textForm = `
  SET LOCAL client_encoding = 'UTF8';
  SET LOCAL "TimeZone" = 'UTC';
  SET LOCAL "DateStyle" = 'ISO, YMD';
  SET LOCAL "IntervalStyle" = 'iso_8601';
  SET LOCAL extra_float_digits = 1;
  SET LOCAL bytea_output = 'hex';
  SET LOCAL search_path = public;
`;

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
export const columnList = (columns: string[]) => columns.map(quoted).join(', ');
