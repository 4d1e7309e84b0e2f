import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

export interface Statement {
  /** Of a statement that is planned once per connection. */
  name?: string;
  text: string;
  values: unknown[];
}

type Query = (this: pg.Client, ...given: unknown[]) => unknown;

const readCall = (given: unknown[]): Statement | undefined => {
  const [first, second] = given;
  const config: Partial<Statement> = typeof first === 'string' ? { text: first } : (first as Statement);
  const { name, text } = config;
  if (text === undefined) return undefined;
  const values = (Array.isArray(second) ? second : config.values) ?? [];
  return { ...(name && { name }), text, values };
};

/** Every statement that this process sends to PostgreSQL while `work` runs, and shortly after. */
export async function recordStatements(work: () => Promise<unknown>): Promise<Statement[]> {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  const seen: Statement[] = [];
  prototype.query = function (...given) {
    const statement = readCall(given);
    if (statement) seen.push(statement);
    return query.apply(this, given);
  };
  try {
    await work();
    // A session is kept alive after its answer has gone.
    await delay(200);
  } finally {
    prototype.query = query;
  }
  return seen;
}
