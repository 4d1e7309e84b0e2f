// Loaded before the program (`node --import`) by the negative controls: takes the row lock out of every statement
// that locks one of the tables named in LEAVE_OUT_LOCKS. The program itself has no such switch.
import pg from 'pg';

const tables = (process.env.LEAVE_OUT_LOCKS ?? '').split(',').filter(Boolean);
const lock = / FOR (NO KEY )?UPDATE( SKIP LOCKED)?\s*$/;

function withoutLock(statement: string): string {
  const locked = tables.some((table) => new RegExp(`FROM "?${table}"?\\s`).test(statement));
  return locked ? statement.replace(lock, '') : statement;
}

type Query = (this: pg.Client, statement: unknown, ...rest: unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { query: Query };
const { query } = prototype;
prototype.query = function (statement, ...rest) {
  return query.call(this, typeof statement === 'string' ? withoutLock(statement) : statement, ...rest);
};
