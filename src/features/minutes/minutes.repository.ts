import type { Tx } from '../../database/data-source.js';

/** LKS of an event as they are typed: by name, and by region where two have the same. */
export interface ListedInstitution {
  id: number;
  label: string;
}

const institutionsQuery = `
  SELECT n.id, CASE WHEN count(*) OVER (PARTITION BY lower(n.name)) > 1
    THEN n.name || ' (' || r.name || ')' ELSE n.name END AS label
  FROM invitation i JOIN institution n ON n.id = i.institution_id JOIN region r ON r.code = n.region_code
  WHERE i.event_id = $1 AND i.state NOT IN ('revoked', 'reserve')`;

export const institutionsOf = (tx: Tx, eventId: number): Promise<ListedInstitution[]> =>
  tx.query(`${institutionsQuery} ORDER BY 2, 1`, [eventId]);

/** The LKS of the event that was typed, if it is one. */
export async function institutionTyped(tx: Tx, eventId: number, typed: string): Promise<number | null> {
  if (typed === '') return null;
  const [found] = (await tx.query(`SELECT id FROM (${institutionsQuery}) x WHERE lower(label) = lower($2)`, [
    eventId,
    typed,
  ])) as { id: number }[];
  return found?.id ?? null;
}
