import type { Tx } from '../../database/data-source.js';
import { NotFound } from '../../errors.js';
import type { ActionOwner, OwnerKind } from './action-owner.entity.js';
import { fullName, ownerJoin, ownerName, type Reader } from './actions.repository.js';

export async function worksFor(db: Reader, officeId: number, userId: number): Promise<boolean> {
  const rows = (await db.query(
    `SELECT 1 FROM membership m JOIN app_user u ON u.id = m.user_id
     WHERE m.office_id = $1 AND m.user_id = $2 AND u.deactivated_at IS NULL`,
    [officeId, userId],
  )) as unknown[];
  return rows.length > 0;
}

/** The record of an owner, made when it is the first time; a phone that is given replaces the one known. */
export async function keepOwner(
  tx: Tx,
  {
    officeId,
    kind,
    userId = null,
    institutionId = null,
    name = '',
    phone = null,
  }: Pick<ActionOwner, 'officeId' | 'kind'> &
    Partial<Pick<ActionOwner, 'userId' | 'institutionId' | 'name' | 'phone'>>,
): Promise<number> {
  const [row] = (await tx.query(
    `INSERT INTO action_owner (office_id, kind, user_id, institution_id, name, phone) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (office_id, kind, coalesce(user_id, institution_id, 0), lower(name))
     DO UPDATE SET phone = coalesce(excluded.phone, action_owner.phone) RETURNING id`,
    [officeId, kind, userId, institutionId, name, phone],
  )) as [{ id: number }];
  return row.id;
}

export interface OwnerRecord {
  id: number;
  officeId: number;
  kind: OwnerKind;
  userId: number | null;
  institutionId: number | null;
  name: string;
  /** Its own, or that of the LKS: its leader's first. */
  phone: string | null;
  tokenVersion: number;
}

const ownerColumns = `
  o.id, o.office_id AS "officeId", o.kind, o.user_id AS "userId", o.institution_id AS "institutionId",
  ${ownerName} AS name, o.token_version AS "tokenVersion",
  coalesce(o.phone, (SELECT r.phone FROM representative r
    WHERE r.institution_id = o.institution_id AND r.ended_at IS NULL AND r.phone IS NOT NULL
    ORDER BY r.is_leader DESC, r.sort, r.id LIMIT 1), oi.phone) AS phone`;

/** @throws NotFound for an owner of another office, or none */
export async function findOwner(db: Reader, officeId: number, id: number): Promise<OwnerRecord> {
  const [row] = (await db.query(
    `SELECT ${ownerColumns} FROM action_owner o ${ownerJoin} WHERE o.id = $1 AND o.office_id = $2`,
    [id, officeId],
  )) as OwnerRecord[];
  if (!row) throw new NotFound();
  return row;
}

/** What the page behind an owner's link shows of the owner and the office. */
export interface OwnerView extends OwnerRecord {
  office: { name: string; accent: string; zone: string; contactName: string; contactPhone: string | null };
}

/** The owner that a token claims to open. Colleagues sign in: no link opens theirs. */
export async function findOwnerView(db: Reader, id: number): Promise<OwnerView | undefined> {
  const [row] = (await db.query(
    `SELECT ${ownerColumns}, json_build_object('name', f.name, 'accent', f.accent, 'zone', f.zone,
       'contactName', f.contact_name, 'contactPhone', f.contact_phone) AS office
     FROM action_owner o ${ownerJoin} JOIN office f ON f.id = o.office_id WHERE o.id = $1 AND o.kind <> 'user'`,
    [id],
  )) as OwnerView[];
  return row;
}

/**
 * Keeps an owner's link from being replaced before this transaction ends.
 * @returns false when it was replaced already
 */
export async function holdOwnerLink(
  tx: Tx,
  { id, tokenVersion }: Pick<OwnerRecord, 'id' | 'tokenVersion'>,
): Promise<boolean> {
  const rows = (await tx.query('SELECT 1 FROM action_owner WHERE id = $1 AND token_version = $2 FOR SHARE', [
    id,
    tokenVersion,
  ])) as unknown[];
  return rows.length > 0;
}

export interface OwnerChoice {
  id: number;
  name: string;
  kind: OwnerKind;
}

/** Everybody who owes or owed the office something, by name. */
export const ownersOf = (db: Reader, officeId: number): Promise<OwnerChoice[]> =>
  db.query(
    `SELECT o.id, ${ownerName} AS name, o.kind FROM action_owner o ${ownerJoin}
     WHERE o.office_id = $1 AND EXISTS (SELECT 1 FROM action_item a WHERE a.owner_id = o.id) ORDER BY 2, 1 LIMIT 500`,
    [officeId],
  ) as Promise<OwnerChoice[]>;

export interface OwnerChoices {
  colleagues: { id: number; name: string }[];
  units: string[];
  outside: string[];
}

/** What the form of a follow-up offers to choose from, so that nobody is written in two ways. */
export async function ownerChoices(db: Reader, officeId: number): Promise<OwnerChoices> {
  const colleagues = (await db.query(
    `SELECT u.id, ${fullName('u')} AS name FROM membership m JOIN app_user u ON u.id = m.user_id
     WHERE m.office_id = $1 AND u.deactivated_at IS NULL ORDER BY u.name, u.id`,
    [officeId],
  )) as OwnerChoices['colleagues'];
  const named = (await db.query(
    `SELECT kind, name FROM action_owner WHERE office_id = $1 AND kind IN ('unit', 'outside') ORDER BY name LIMIT 500`,
    [officeId],
  )) as { kind: OwnerKind; name: string }[];
  const namesOf = (kind: OwnerKind) => named.filter((row) => row.kind === kind).map(({ name }) => name);
  return { colleagues, units: namesOf('unit'), outside: namesOf('outside') };
}

export interface OwedLink {
  ownerId: number;
  tokenVersion: number;
  total: number;
  open: number;
}

/**
 * What the invited institution has promised the office that invites, for its answer page: whose page of promises
 * that is, and how many stand open. Undefined while it never owed anything.
 */
export async function owedLink(db: Reader, invitationId: number): Promise<OwedLink | undefined> {
  const [row] = (await db.query(
    `SELECT o.id AS "ownerId", o.token_version AS "tokenVersion", count(*)::int AS total,
       (count(*) FILTER (WHERE a.closed_at IS NULL))::int AS open
     FROM invitation i JOIN event e ON e.id = i.event_id
     JOIN action_owner o ON o.office_id = e.office_id AND o.kind = 'institution' AND o.institution_id = i.institution_id
     JOIN action_item a ON a.owner_id = o.id AND a.state <> 'dropped'
     WHERE i.id = $1 GROUP BY o.id`,
    [invitationId],
  )) as OwedLink[];
  return row;
}

export interface OwedLine {
  id: number;
  ownerId: number;
  title: string;
  dueOn: string | null;
  state: string;
  deferredUntil: string | null;
}

/** What an institution owes this office: its owner's record, and the follow-ups, newest first. */
export async function owedByInstitution(
  db: Reader,
  officeId: number,
  institutionId: number,
): Promise<OwedLine[]> {
  return db.query(
    `SELECT a.id, o.id AS "ownerId", a.title, a.due_on AS "dueOn", a.state,
       a.deferred_until AS "deferredUntil"
     FROM action_owner o JOIN action_item a ON a.owner_id = o.id
     WHERE o.office_id = $1 AND o.kind = 'institution' AND o.institution_id = $2
     ORDER BY a.closed_at IS NOT NULL, a.id DESC LIMIT 10`,
    [officeId, institutionId],
  ) as Promise<OwedLine[]>;
}
