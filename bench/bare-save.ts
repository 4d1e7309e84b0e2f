// The yardstick of `minutes`: nothing but Express and pg, with the very statements that one save of a line sends:
// session, person, the save in its transaction, session. A process of its own: DATABASE_URL, PORT, and the statements.
import express from 'express';
import pg from 'pg';

const { DATABASE_URL, PORT, ACTOR_STATEMENT = '', SAVE_STATEMENT = '', OFFICE } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });

const app = express();
app.get('/ready', (_req, res) => void res.sendStatus(204));
app.post('/:event', express.urlencoded({ extended: true }), async (req, res) => {
  const { sid, user, clientId, version, text, person } = req.body as Record<string, string>;
  const now = Date.now() / 1000;
  await pool.query('SELECT sess FROM "session" WHERE sid = $1 AND expire >= to_timestamp($2)', [sid, now]);
  await pool.query(ACTOR_STATEMENT, [user, OFFICE]);
  const client = await pool.connect();
  await client.query('START TRANSACTION');
  const values = [req.params.event, OFFICE, clientId, version, text, person, null, '', user, new Date()];
  const { rows } = await client.query<{ id: number; version: number }>(SAVE_STATEMENT, values);
  await client.query('COMMIT');
  client.release();
  await pool.query('UPDATE "session" SET expire = to_timestamp($1) WHERE sid = $2 RETURNING sid', [
    now + 3600,
    sid,
  ]);
  const [saved] = rows;
  res.status(saved ? 200 : 409).json({ ...saved });
});
app.listen(Number(PORT), '127.0.0.1');
