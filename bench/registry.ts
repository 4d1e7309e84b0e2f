import type { DataSource } from 'typeorm';

/** So many institutions of one province, each with a leader and a service. */
export const fillRegistry = (db: DataSource, officeId: number, institutions: number): Promise<unknown> =>
  db.query(
    `WITH word AS (SELECT ARRAY['nurul', 'harapan', 'bunda', 'mulia', 'sejahtera', 'kasih', 'amanah', 'barokah',
         'cahaya', 'insani'] AS list),
       place AS (SELECT array_agg(code ORDER BY code) AS codes FROM region WHERE code LIKE '63.%'),
       made AS (
         INSERT INTO institution (name, name_normalised, search_text, region_code, managing_office_id)
         SELECT initcap(t.name), t.name, t.name || ' jl melati ' || n, codes[n % cardinality(codes) + 1], $1
         FROM word, place, generate_series(1, $2::int) AS n,
           LATERAL (SELECT concat_ws(' ', 'panti', list[n % 10 + 1], list[n / 10 % 10 + 1], list[n / 100 % 10 + 1], n)
             AS name) t
         RETURNING id),
       led AS (
         INSERT INTO representative (institution_id, name, phone, position, is_leader)
         SELECT id, 'Ketua ' || id, '+62812' || to_char(id, 'FM00000000'), 'Ketua', true FROM made)
     INSERT INTO institution_service (institution_id, service_type, position)
     SELECT id, (ARRAY['anak', 'lanjut_usia', 'disabilitas', 'napza'])[id % 4 + 1], 1 FROM made`,
    [officeId, institutions],
  );
