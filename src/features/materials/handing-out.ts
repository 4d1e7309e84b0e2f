import type { Tx } from '../../database/data-source.js';
import { safeName } from '../../storage/judge.js';
import {
  addDownloads,
  materialColumns,
  materialJoins,
  materialOrder,
  type MaterialRow,
} from './materials.repository.js';

/** By whose link somebody came: an institution's, or one delegate's. */
export interface Reader {
  invitationId: number;
  /** When it is a delegate's own link. */
  delegateId?: number | undefined;
}

/**
 * SQL: material `m` of event `e` is for invitation `i` to see.
 * @param delegate SQL of one delegate's id, null for anybody of the institution
 */
export const isShownTo = (delegate: string, now: string): string => `m.archived_at IS NULL
    AND CASE m.visibility
      WHEN 'accepted' THEN i.state IN ('accepted', 'reconfirm')
      WHEN 'from_day' THEN i.state IN ('accepted', 'reconfirm')
        AND ${now}::timestamptz >= e.first_day::timestamp AT TIME ZONE e.zone
      WHEN 'attended' THEN EXISTS (
        SELECT 1 FROM attendance t JOIN delegate p ON p.id = t.delegate_id
        WHERE t.event_id = e.id AND t.state = 'present' AND p.invitation_id = i.id
          AND (${delegate} IS NULL OR p.id = ${delegate}))
      ELSE true END`;

/**
 * What this reader may see now; others do not learn that there is more. Who was revoked, or replaced, sees nothing;
 * an event that is not announced yet or was cancelled hands out nothing.
 */
const visible = `
  FROM invitation i JOIN event e ON e.id = i.event_id JOIN material m ON m.event_id = e.id ${materialJoins}
  WHERE i.id = $1 AND i.state NOT IN ('draft', 'reserve', 'revoked') AND e.state NOT IN ('draft', 'cancelled')
    AND ($2::int IS NULL OR EXISTS (
      SELECT 1 FROM delegate p WHERE p.id = $2 AND p.invitation_id = i.id AND p.state = 'active'))
    AND ${isShownTo('$2::int', '$3')}`;

/** Materials that the reader of a link may have now, in the order of the agenda. */
export const materialsForLink = (
  tx: Pick<Tx, 'query'>,
  { invitationId, delegateId }: Reader,
  now: Date,
): Promise<MaterialRow[]> =>
  tx.query(`SELECT ${materialColumns} ${visible} ORDER BY ${materialOrder}`, [
    invitationId,
    delegateId ?? null,
    now,
  ]);

/**
 * A material that everybody with its address may have; undefined when it is public no longer, or its event is not
 * announced yet or was cancelled.
 */
export async function findPublicMaterial(
  tx: Pick<Tx, 'query'>,
  id: number,
): Promise<MaterialRow | undefined> {
  const [row] = (await tx.query(
    `SELECT ${materialColumns} FROM material m ${materialJoins}
     WHERE m.id = $1 AND m.visibility = 'public' AND m.archived_at IS NULL
       AND EXISTS (SELECT 1 FROM event e WHERE e.id = m.event_id AND e.state NOT IN ('draft', 'cancelled'))`,
    [id],
  )) as MaterialRow[];
  return row;
}

/** Bytes of all files among these. */
export const sizeOf = (materials: readonly Pick<MaterialRow, 'size'>[]): number =>
  materials.reduce((sum, { size }) => sum + (size ?? 0), 0);

/** What a content is called where it is saved: the material's title, with the extension that it deserves. */
export function downloadName(title: string, fileName: string, version?: number): string {
  const extension = /\.[a-z0-9]{1,8}$/.exec(fileName)?.[0] ?? '';
  return `${safeName(title)}${version === undefined ? '' : ` v${version}`}${extension}`;
}

/** Notes that an institution has downloaded these (model.md: counted per institution, not per person). */
export const noteDownloads = (
  tx: Tx,
  { invitationId }: Reader,
  materialIds: number[],
  at: Date,
): Promise<void> => addDownloads(tx, invitationId, materialIds, at);
