// The yardstick of `check_ins`: nothing but Express and pg, sending the very statements that the program sends for a
// check-in, one after another on one connection, and as many bytes back. DATABASE_URL, DATABASE_POOL, PORT,
// STATEMENTS (as record.ts writes them), ANSWER_BYTES.
import express from 'express';
import { randomUUID } from 'node:crypto';
import pg from 'pg';

interface Statement {
  name?: string;
  text: string;
  values: unknown[];
}

const { DATABASE_URL, DATABASE_POOL, PORT, STATEMENTS = '[]', ANSWER_BYTES } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(DATABASE_POOL) });
const statements = JSON.parse(STATEMENTS) as Statement[];
const answer = 'x'.repeat(Number(ANSWER_BYTES));

async function checkIn(delegate: number, session: string): Promise<void> {
  const given: Record<string, unknown> = { $delegate: delegate, $session: session, $client: randomUUID() };
  const client = await pool.connect();
  try {
    for (const { name, text, values } of statements) {
      const real = values.map((value) =>
        typeof value === 'string' && value in given ? given[value] : value,
      );
      const { rows } = await client.query<{ id?: number }>({ ...(name && { name }), text, values: real });
      if (text.startsWith('INSERT INTO attendance_mark')) given.$mark = rows[0]?.id;
    }
  } finally {
    client.release();
  }
}

const app = express();
app.use(express.urlencoded({ extended: true }));
app.get('/ready', (_req, res) => res.sendStatus(204));
app.post('/', async (req, res) => {
  const { delegate, session } = req.body as { delegate: string; session: string };
  await checkIn(Number(delegate), session);
  res.send(answer);
});
app.listen(Number(PORT), '127.0.0.1');
