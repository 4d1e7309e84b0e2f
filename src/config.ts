import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { projectRoot } from './paths.js';

/** A setting, file or port that keeps the program from starting: shown as one line, without a stack. */
export class StartupError extends Error {}

/** What an enum says of another value: "must be all, web or worker". */
const oneOf = <const T extends readonly [string, string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}` });

const flag = (fallback: boolean) =>
  oneOf(['true', 'false'])
    .default(fallback ? 'true' : 'false')
    .transform((value) => value === 'true');

const number = (minimum: number, maximum: number) => {
  const positive = minimum > 0 ? 'positive, ' : '';
  return z.coerce
    .number({ error: 'must be a number' })
    .refine((value) => value >= minimum && value <= maximum, {
      error: `must be ${positive}from ${minimum} to ${maximum}`,
    });
};
const wholeNumber = (minimum: number, maximum: number) =>
  number(minimum, maximum).refine(Number.isInteger, { error: 'must be a whole number' });

const settings = z.object({
  NODE_ENV: oneOf(['production', 'development', 'test']).default('production'),
  ROLE: oneOf(['all', 'web', 'worker']).default('all'),
  HOST: z.string().min(1).default('0.0.0.0'),
  PORT: wholeNumber(0, 65535).default(3000),
  BASE_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  TRUST_PROXY: z
    .string()
    .regex(/^(false|\d{1,2}|[0-9a-f.:/, a-z]+)$/i, 'must be false, a number of proxies, or addresses')
    .default('false'),
  SECURE_COOKIES: oneOf(['auto', 'true', 'false']).default('auto'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  DATABASE_POOL: wholeNumber(2, 200).default(12),
  DATA_DIR: z.string().min(1).optional(),
  UPLOADS_DIR: z.string().min(1).default('uploads'),
  MASTER_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .optional(),
  MASTER_KEY_FILE: z.string().min(1).optional(),
  SESSION_IDLE_HOURS: number(0.1, 720).default(12),
  SESSION_ABSOLUTE_DAYS: number(0.1, 365).default(14),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).optional(),
  // Lets a colleague in without typing the one-time code from the console. Only read by tests and the demo.
  SETUP_CODE: z.string().min(8, 'must have 8 characters or more').optional(),
  CLOCK_SECONDS: number(0.05, 3600).default(20),
  DEMO: flag(false),
});

/** All settings of the program; see docs/operations.md for what each one does. */
export interface Config {
  production: boolean;
  development: boolean;
  demo: boolean;
  /** `web` answers requests, `worker` does what is due by itself, `all` does both. */
  role: 'all' | 'web' | 'worker';
  host: string;
  port: number;
  /** Public address without a trailing slash, or undefined: then the address of the request is used. */
  baseUrl: string | undefined;
  trustProxy: boolean | number | string;
  secureCookies: boolean | 'auto';
  databaseUrl: string | undefined;
  databasePool: number;
  /** Absolute. Undefined when not set: the embedded server then chooses (`data/` where it can). */
  dataDir: string | undefined;
  uploadsDir: string;
  masterKey: string | undefined;
  masterKeyFile: string | undefined;
  sessionIdleMs: number;
  sessionAbsoluteMs: number;
  logLevel: string;
  setupCode: string | undefined;
  clockMs: number;
}

const absolute = (path: string) => (isAbsolute(path) ? path : resolve(projectRoot, path));

function trustProxy(value: string): boolean | number | string {
  if (value === 'false') return false;
  return /^\d+$/.test(value) ? Number(value) : value;
}

/**
 * Reads the settings; the only reader of the environment.
 * @throws StartupError naming the setting that is wrong
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new StartupError(`Bad setting: ${lines.join('; ')}`);
  }
  const s = parsed.data;
  return {
    production: s.NODE_ENV === 'production',
    development: s.NODE_ENV === 'development',
    demo: s.DEMO,
    role: s.ROLE,
    host: s.HOST,
    port: s.PORT,
    baseUrl: s.BASE_URL?.replace(/\/+$/, ''),
    trustProxy: trustProxy(s.TRUST_PROXY),
    secureCookies: s.SECURE_COOKIES === 'auto' ? 'auto' : s.SECURE_COOKIES === 'true',
    databaseUrl: s.DATABASE_URL,
    databasePool: s.DATABASE_POOL,
    dataDir: s.DATA_DIR && absolute(s.DATA_DIR),
    uploadsDir: absolute(s.UPLOADS_DIR),
    masterKey: s.MASTER_KEY,
    masterKeyFile: s.MASTER_KEY_FILE && absolute(s.MASTER_KEY_FILE),
    sessionIdleMs: s.SESSION_IDLE_HOURS * 3_600_000,
    sessionAbsoluteMs: s.SESSION_ABSOLUTE_DAYS * 86_400_000,
    // A line per request would push the sign-ins of the demo off the console.
    logLevel: s.LOG_LEVEL ?? (s.DEMO ? 'warn' : 'info'),
    setupCode: s.SETUP_CODE,
    clockMs: s.CLOCK_SECONDS * 1000,
  };
}
