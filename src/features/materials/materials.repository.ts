import type { EntityManager } from 'typeorm';
import { NotFound } from '../../errors.js';
import type { Visibility } from './material-words.js';
import { Material } from './material.entity.js';

/** A material as lists show it: with its newest content, or none where it is a link. */
export interface MaterialRow {
  id: number;
  title: string;
  url: string;
  visibility: Visibility;
  agendaItemId: number | null;
  /** Title of the agenda item. */
  agenda: string | null;
  tokenVersion: number;
  archivedAt: Date | null;
  createdAt: Date;
  number: number | null;
  fileName: string | null;
  mediaType: string | null;
  sha256: string | null;
  /** In bytes. */
  size: number | null;
}

/** Beside the columns below, `material m` can be filtered further. Its order is that of the agenda. */
export const materialColumns = `
  m.id, m.title, m.url, m.visibility, m.agenda_item_id AS "agendaItemId", a.title AS agenda,
  m.token_version AS "tokenVersion", m.archived_at AS "archivedAt", m.created_at AS "createdAt", v.number,
  v.file_name AS "fileName", f.media_type AS "mediaType", f.sha256, f.size`;

export const materialJoins = `
  LEFT JOIN agenda_item a ON a.id = m.agenda_item_id
  LEFT JOIN LATERAL (
    SELECT * FROM material_version x WHERE x.material_id = m.id ORDER BY x.number DESC LIMIT 1
  ) v ON true
  LEFT JOIN stored_file f ON f.id = v.stored_file_id`;

export const materialOrder = `a.starts_at NULLS FIRST, a.id, m.position, m.id`;

/** With how many institutions have downloaded it, and how often. */
export type ListedMaterial = MaterialRow & { institutions: number; downloads: number };

export const listMaterials = (tx: EntityManager, eventId: number): Promise<ListedMaterial[]> =>
  tx.query(
    `SELECT ${materialColumns}, d.institutions, d.downloads FROM material m ${materialJoins}
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS institutions, coalesce(sum(downloads), 0)::int AS downloads
       FROM material_download WHERE material_id = m.id) d
     WHERE m.event_id = $1 ORDER BY ${materialOrder}`,
    [eventId],
  );

/** @throws NotFound when the event has no such material; ask for the event through its office first */
export async function findMaterial(tx: EntityManager, eventId: number, id: number): Promise<Material> {
  const found = await tx.findOneBy(Material, { id, eventId });
  if (!found) throw new NotFound();
  return found;
}

/** The same, kept from changing until the transaction ends. @throws NotFound as above */
export async function lockMaterial(tx: EntityManager, eventId: number, id: number): Promise<Material> {
  await tx.query('SELECT 1 FROM material WHERE id = $1 FOR UPDATE', [id]);
  return findMaterial(tx, eventId, id);
}

export interface VersionRow {
  number: number;
  fileName: string;
  mediaType: string;
  sha256: string;
  size: number;
  createdAt: Date;
  /** Name of who uploaded it. */
  by: string | null;
}

/** All contents of a material, the newest one first. */
export const versionsOf = (tx: EntityManager, materialId: number): Promise<VersionRow[]> =>
  tx.query(
    `SELECT v.number, v.file_name AS "fileName", f.media_type AS "mediaType", f.sha256, f.size,
       v.created_at AS "createdAt", u.name AS by
     FROM material_version v JOIN stored_file f ON f.id = v.stored_file_id
     LEFT JOIN app_user u ON u.id = v.created_by
     WHERE v.material_id = $1 ORDER BY v.number DESC`,
    [materialId],
  );

export interface DownloadRow {
  invitationId: number;
  institution: string;
  downloads: number;
  lastAt: Date;
}

/** Which institutions have downloaded it, the latest one first. */
export const downloadsOf = (tx: EntityManager, materialId: number): Promise<DownloadRow[]> =>
  tx.query(
    `SELECT d.invitation_id AS "invitationId", l.name AS institution, d.downloads, d.last_at AS "lastAt"
     FROM material_download d JOIN invitation i ON i.id = d.invitation_id JOIN institution l ON l.id = i.institution_id
     WHERE d.material_id = $1 ORDER BY d.last_at DESC, l.name`,
    [materialId],
  );

/** One more download of each of these materials by that institution. */
export async function addDownloads(
  tx: EntityManager,
  invitationId: number,
  materialIds: number[],
  at: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO material_download (material_id, invitation_id, last_at)
     SELECT id, $1, $3 FROM unnest($2::int[]) AS m (id) ORDER BY id
     ON CONFLICT (material_id, invitation_id)
       DO UPDATE SET downloads = material_download.downloads + 1, last_at = excluded.last_at`,
    [invitationId, materialIds, at],
  );
}
