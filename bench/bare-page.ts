// The yardstick of `answer_page`: nothing but Express, pg and EJS, with as many indexed reads and as many bytes as
// the real page. A process of its own: DATABASE_URL, DATABASE_POOL, PORT, PAGE_BYTES.
import express from 'express';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '../src/paths.js';

const { DATABASE_URL, DATABASE_POOL, PORT, PAGE_BYTES, PAGE_STATEMENT = '' } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(DATABASE_POOL) });

const read = async (statement: string, value: unknown): Promise<pg.QueryResultRow[]> =>
  (await pool.query<pg.QueryResultRow>(statement, [value])).rows;

/** One indexed read for each table that the real page shows something of. */
async function readPage(id: string) {
  const [invitation = {}] = await read('SELECT * FROM invitation WHERE id = $1', id);
  const [[institution], [event], [quota], [stratum], seats, sessions, [representative]] = await Promise.all([
    read('SELECT name FROM institution WHERE id = $1', invitation.institution_id),
    read(
      'SELECT e.*, o.name AS office FROM event e JOIN office o ON o.id = e.office_id WHERE e.id = $1',
      invitation.event_id,
    ),
    read('SELECT seats_per_institution FROM event_quota WHERE event_id = $1', invitation.event_id),
    read('SELECT limit_per_institution FROM quota_stratum WHERE id = $1', invitation.stratum_id),
    read(
      'SELECT state, count(*)::int AS count FROM seat WHERE stratum_id = $1 GROUP BY state',
      invitation.stratum_id,
    ),
    read(
      'SELECT x.starts_at FROM event_day d JOIN event_session x ON x.day_id = d.id WHERE d.event_id = $1',
      invitation.event_id,
    ),
    read(
      'SELECT name FROM representative WHERE institution_id = $1 ORDER BY id LIMIT 1',
      invitation.institution_id,
    ),
  ]);
  return { invitation, institution, event, quota, stratum, seats, sessions, representative };
}

const app = express();
app.set('view engine', 'ejs');
app.set('views', join(projectRoot, 'bench'));
let filler = '';

const render = (page: object): Promise<string> =>
  new Promise((resolve, reject) => {
    app.render('bare-page', page, (error: Error | null, html: string) =>
      error ? reject(error) : resolve(html),
    );
  });

app.get('/filled/:id', async (req, res) => {
  const empty = await render({ ...(await readPage(req.params.id)), filler: '' });
  filler = 'x'.repeat(Math.max(0, Number(PAGE_BYTES) - Buffer.byteLength(empty)));
  res.sendStatus(204);
});
/** The columns of the real statement, as the bare template calls them. */
const inTheirNames = (row: pg.QueryResultRow) => ({
  event: { ...row, venue_name: row.venueName, venue_address: row.venueAddress, answer_by: row.answerBy },
  institution: { name: row.institution },
  sessions: row.sessions as { startsAt: string }[],
  seats: [{ state: 'free', count: row.free }],
  stratum: { limit_per_institution: row.limit },
  quota: {},
  representative: { name: row.representative },
});

/** The real page's own statement instead, planned once per connection as there. */
app.get('/same-read/:id', async (req, res) => {
  const query = { name: 'page', text: PAGE_STATEMENT, values: [req.params.id] };
  const { rows } = await pool.query<pg.QueryResultRow>(query);
  res.render('bare-page', { ...inTheirNames(rows[0] ?? {}), filler });
});

app.get('/:id', async (req, res) => {
  res.render('bare-page', { ...(await readPage(req.params.id)), filler });
});
app.listen(Number(PORT), '127.0.0.1');
