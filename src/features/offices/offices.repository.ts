import type { DataSource } from 'typeorm';
import type { Tx } from '../../database/data-source.js';
import { NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { Office } from './office.entity.js';
import { Signatory } from './signatory.entity.js';

type Connection = DataSource | Tx;

const managerOf = (db: Connection): Tx => ('manager' in db ? db.manager : db);

/** The actor's own office with all its settings. */
export const findOwnOffice = (db: Connection, actor: OfficeActor): Promise<Office> =>
  managerOf(db).findOneByOrFail(Office, { id: actor.office.id });

/** The same, kept from changing until the transaction ends; who refers to it meanwhile need not wait. */
export const lockOwnOffice = (tx: Tx, actor: OfficeActor): Promise<Office> =>
  tx.findOneOrFail(Office, { where: { id: actor.office.id }, lock: { mode: 'for_no_key_update' } });

/** Who signs for an office, in its order. */
export const listSignatories = (db: Connection, officeId: number): Promise<Signatory[]> =>
  managerOf(db).find(Signatory, { where: { officeId }, order: { sort: 'ASC', id: 'ASC' } });

/** @throws NotFound when it belongs to another office */
export async function findSignatory(db: Connection, actor: OfficeActor, id: number): Promise<Signatory> {
  const found = await managerOf(db).findOneBy(Signatory, { id, officeId: actor.office.id });
  if (!found) throw new NotFound();
  return found;
}

/** The same, kept from changing until the transaction ends. @throws NotFound as findSignatory does */
export async function lockSignatory(tx: Tx, actor: OfficeActor, id: number): Promise<Signatory> {
  await tx.query('SELECT 1 FROM signatory WHERE id = $1 FOR UPDATE', [id]);
  return findSignatory(tx, actor, id);
}

/** The content and kind of an office's logo, for its own pages and for the answer page of its events. */
export async function findOfficeLogo(
  db: Connection,
  officeId: number,
): Promise<{ sha256: string; mediaType: string } | undefined> {
  const [row] = (await db.query(
    `SELECT f.sha256, f.media_type AS "mediaType" FROM office o JOIN stored_file f ON f.id = o.logo_file_id
     WHERE o.id = $1`,
    [officeId],
  )) as { sha256: string; mediaType: string }[];
  return row;
}
