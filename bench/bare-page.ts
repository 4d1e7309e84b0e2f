// The yardstick of `answer_page`: nothing but Express, pg and EJS, with as many indexed reads in one statement and
// as many bytes as the real page. A process of its own: DATABASE_URL, DATABASE_POOL, PORT, PAGE_BYTES.
import express from 'express';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '../src/paths.js';

const { DATABASE_URL, DATABASE_POOL, PORT, PAGE_BYTES } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(DATABASE_POOL) });

const statement = `
  SELECT i.*, l.name AS institution, e.title, e.venue_name, e.venue_address, e.answer_by, e.notes, e.contact_name,
    e.contact_phone, o.name AS office, q.seats_per_institution, t.limit_per_institution,
    (SELECT count(*)::int FROM seat s WHERE s.event_id = i.event_id AND s.stratum_id = i.stratum_id AND s.state <> 'free') AS busy,
    (SELECT count(*)::int FROM seat s WHERE s.event_id = i.event_id AND s.stratum_id = i.stratum_id) AS seats,
    (SELECT json_agg(x.starts_at) FROM event_day d JOIN event_session x ON x.day_id = d.id WHERE d.event_id = e.id) AS sessions,
    (SELECT p.name FROM representative p WHERE p.institution_id = l.id ORDER BY p.id LIMIT 1) AS representative
  FROM invitation i JOIN institution l ON l.id = i.institution_id JOIN event e ON e.id = i.event_id
    JOIN office o ON o.id = e.office_id JOIN event_quota q ON q.event_id = e.id JOIN quota_stratum t ON t.id = i.stratum_id
  WHERE i.id = $1`;

const app = express();
app.set('view engine', 'ejs');
app.set('views', join(projectRoot, 'bench'));
let filler = '';

const rowOf = async (id: string) => (await pool.query(statement, [id])).rows[0] as Record<string, unknown>;

app.get('/filled/:id', async (req, res) => {
  const empty = await new Promise<string>((resolve, reject) =>
    rowOf(req.params.id).then(
      (row) =>
        app.render('bare-page', { row, filler: '' }, (error, html) =>
          error ? reject(error) : resolve(html),
        ),
      reject,
    ),
  );
  filler = 'x'.repeat(Math.max(0, Number(PAGE_BYTES) - Buffer.byteLength(empty)));
  res.sendStatus(204);
});
app.get('/:id', async (req, res) => {
  res.render('bare-page', { row: await rowOf(req.params.id), filler });
});
app.listen(Number(PORT), '127.0.0.1');
