// Loaded before the program (`node --import`) by the negative controls: takes the row lock out of every statement
// that locks one of the tables named in LEAVE_OUT_LOCKS, and with LEAVE_OUT_TRANSACTIONS the statements that begin
// and end a transaction. The program itself has no such switches.
import pg from 'pg';

const tables = (process.env.LEAVE_OUT_LOCKS ?? '').split(',').filter(Boolean);
const lock = / FOR (NO KEY )?(UPDATE|SHARE)( OF \w+)?( SKIP LOCKED)?(?=\s*(\)|$))/;
/** Named as `lines.version`: the check that a line of the minutes is still as its writer saw it. */
const lineVersion = / AND b\.version = (\$\d+)/;

/** Named as `message.lease`: that a mail in the hands of another process is left alone until its lease has passed. */
const lease = /\s+AND \(d\.state = 'queued' OR d\.claimed_until <= \$1\)/;

/** Named as `message.sent`: that a mail has left is written down at once, and not only with the next ones. */
const recorded = /UPDATE message m SET state = 'sent'/;

const boundary = /^(START TRANSACTION|COMMIT|ROLLBACK)/;
const leaveOutBoundaries = process.env.LEAVE_OUT_TRANSACTIONS === 'true';

function withLessCare(statement: string): string {
  if (leaveOutBoundaries && boundary.test(statement)) return 'SELECT 1';
  if (tables.includes('message.sent') && recorded.test(statement))
    return statement.replace('m.id = s.id', 'false');
  const locked = tables.some((table) => new RegExp(`FROM "?${table}"?\\s`).test(statement));
  const held = locked ? statement.replace(lock, '') : statement;
  const unlocked = tables.includes('message.lease') ? held.replace(lease, '') : held;
  if (!tables.includes('lines.version')) return unlocked;
  return unlocked.replace(lineVersion, (_all, value: string) => ` AND ${value}::integer IS NOT NULL`);
}

/** Statements come as a text, or prepared with a name and their text. */
function carelessly(statement: unknown): unknown {
  if (typeof statement === 'string') return withLessCare(statement);
  const { text, submit } = (statement ?? {}) as { text?: unknown; submit?: unknown };
  if (typeof text !== 'string' || submit) return statement;
  return { ...(statement as object), text: withLessCare(text) };
}

type Query = (this: pg.Client, statement: unknown, ...rest: unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { query: Query };
const { query } = prototype;
prototype.query = function (statement, ...rest) {
  return query.call(this, carelessly(statement), ...rest);
};
