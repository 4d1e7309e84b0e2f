// The yardstick of `seats`: nothing but Express and pg, with as few rows as an answer needs at all: the quota locked,
// the lowest free seat, its delegate, the invitation, and one line that says what happened. No token, no rules, no
// queue, no audit. At /plain as pg is used in its manual, at /prepared planned once per connection, as the program's
// statements are. DATABASE_URL, DATABASE_POOL, PORT.
import express from 'express';
import pg from 'pg';

const { DATABASE_URL, DATABASE_POOL, PORT } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(DATABASE_POOL) });

async function seat(client: pg.PoolClient, id: number, prepared: boolean): Promise<void> {
  const send = async <Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]) => {
    const { rows } = await client.query<Row>({ ...(prepared && { name }), text, values });
    if (text.includes('RETURNING') && rows.length === 0) throw new Error(`${name}: no row`);
    return rows[0] as Row;
  };
  const { event, stratum } = await send<{ event: number; stratum: number }>(
    'lock',
    `SELECT i.event_id AS event, i.stratum_id AS stratum FROM invitation i JOIN event_quota q USING (event_id)
     WHERE i.id = $1 FOR UPDATE OF q`,
    [id],
  );
  const delegate = await send<{ id: number }>(
    'delegate',
    'INSERT INTO delegate (event_id, invitation_id) VALUES ($1, $2) RETURNING id',
    [event, id],
  );
  const place = `SELECT id FROM seat WHERE event_id = $1 AND stratum_id = $2 AND state = 'free' ORDER BY number LIMIT 1`;
  await send(
    'seat',
    `UPDATE seat SET state = 'taken', invitation_id = $3, delegate_id = $4 WHERE id = (${place}) RETURNING number`,
    [event, stratum, id, delegate.id],
  );
  await send(
    'invitation',
    `UPDATE invitation SET state = 'accepted', demand = 1, answered_at = now(), answered_way = 'link' WHERE id = $1`,
    [id],
  );
  await send(
    'change',
    `INSERT INTO invitation_change (invitation_id, event_id, at, verb, from_state, to_state, seats, way)
     VALUES ($1, $2, now(), 'accept', 'open', 'accepted', 1, 'link')`,
    [id, event],
  );
}

const app = express();
app.get('/ready', (_req, res) => void res.sendStatus(204));
app.post('/:how/:id', express.urlencoded({ extended: true }), async (req, res) => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await seat(client, Number(req.params.id), req.params.how === 'prepared');
    await client.query('COMMIT');
    res.redirect(303, `/${req.params.how}/${req.params.id}?done=accepted`);
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
});
app.listen(Number(PORT), '127.0.0.1');
