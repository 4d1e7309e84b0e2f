import type { DataSource } from 'typeorm';
import type { Tx } from '../../database/data-source.js';
import type { OfficeActor } from '../accounts/permissions.js';

interface KeptSettings {
  settings: Record<string, unknown>;
  version: number;
}

/** What the actor's office has set; undefined while it has set nothing. */
export async function findSettings(
  db: DataSource | Tx,
  actor: OfficeActor,
): Promise<KeptSettings | undefined> {
  const [row] = (await db.query('SELECT settings, version FROM letter_settings WHERE office_id = $1', [
    actor.office.id,
  ])) as [KeptSettings | undefined];
  return row;
}

export const writeSettings = (
  tx: Tx,
  actor: OfficeActor,
  settings: object,
  version: number,
): Promise<unknown> =>
  tx.query(
    `INSERT INTO letter_settings (office_id, settings, version) VALUES ($1, $2, $3)
     ON CONFLICT (office_id) DO UPDATE SET settings = excluded.settings, version = excluded.version`,
    [actor.office.id, JSON.stringify(settings), version],
  );

/** Those of these events whose office wants its leader's approval before a letter goes out, and none has gone out yet. */
export async function waitForApproval(db: Pick<Tx, 'query'>, eventIds: number[]): Promise<number[]> {
  const rows = (await db.query(
    `SELECT e.id FROM event e JOIN letter_settings s ON s.office_id = e.office_id
     WHERE e.id = ANY ($1) AND (s.settings->>'requiresApproval')::boolean AND NOT EXISTS (
       SELECT 1 FROM invitation_letter b WHERE b.event_id = e.id AND b.state = 'issued')`,
    [eventIds],
  )) as { id: number }[];
  return rows.map(({ id }) => id);
}
