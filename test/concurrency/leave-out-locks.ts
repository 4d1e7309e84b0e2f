// Loaded before the program (`node --import`) by the negative controls: takes the row lock out of every statement
// that locks one of the tables named in LEAVE_OUT_LOCKS, and with LEAVE_OUT_TRANSACTIONS the statements that begin
// and end a transaction. The program itself has no such switches.
import pg from 'pg';

const tables = (process.env.LEAVE_OUT_LOCKS ?? '').split(',').filter(Boolean);
const lock = / FOR (NO KEY )?(UPDATE|SHARE)( OF \w+)?( SKIP LOCKED)?(?=\s*(\)|$))/;
/** Named as `lines.version`: the check that a line of the minutes is still as its writer saw it. */
const lineVersion = / AND b\.version = (\$\d+)/;

const boundary = /^(START TRANSACTION|COMMIT|ROLLBACK)/;
const leaveOutBoundaries = process.env.LEAVE_OUT_TRANSACTIONS === 'true';

function withLessCare(statement: string): string {
  if (leaveOutBoundaries && boundary.test(statement)) return 'SELECT 1';
  const locked = tables.some((table) => new RegExp(`FROM "?${table}"?\\s`).test(statement));
  const unlocked = locked ? statement.replace(lock, '') : statement;
  if (!tables.includes('lines.version')) return unlocked;
  return unlocked.replace(lineVersion, (_all, value: string) => ` AND ${value}::integer IS NOT NULL`);
}

type Query = (this: pg.Client, statement: unknown, ...rest: unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { query: Query };
const { query } = prototype;
prototype.query = function (statement, ...rest) {
  return query.call(this, typeof statement === 'string' ? withLessCare(statement) : statement, ...rest);
};
