import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { ActionState } from '../../src/features/actions/action.machine.js';
import type { OwnerKind } from '../../src/features/actions/action-owner.entity.js';
import { nextSerial } from './people.js';

export interface OwnerGiven {
  kind?: OwnerKind;
  name?: string;
  userId?: number;
  institutionId?: number;
  phone?: string;
}

/** Somebody who owes the office something: an outside body unless told otherwise. */
export async function makeOwner(
  db: DataSource,
  office: { id: number },
  given: OwnerGiven = {},
): Promise<number> {
  const kind = given.kind ?? 'outside';
  const isNamed = kind === 'unit' || kind === 'outside';
  const [owner] = (await db.query(
    `INSERT INTO action_owner (office_id, kind, user_id, institution_id, name, phone)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [
      office.id,
      kind,
      given.userId ?? null,
      given.institutionId ?? null,
      isNamed ? `${given.name ?? 'Pihak Uji'} ${nextSerial()}` : '',
      given.phone ?? null,
    ],
  )) as [{ id: number }];
  return owner.id;
}

export interface ActionGiven {
  title?: string;
  problem?: string;
  ownerId?: number;
  eventId?: number;
  seriesId?: number;
  dueOn?: string;
  state?: ActionState;
  deferredUntil?: string;
}

/** A follow-up with its first line of history; its id. */
export async function makeAction(
  db: DataSource,
  office: { id: number },
  given: ActionGiven = {},
): Promise<number> {
  const state = given.state ?? 'open';
  const [action] = (await db.query(
    `INSERT INTO action_item (office_id, event_id, series_id, problem, title, owner_id, due_on, state, deferred_until,
       closed_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN $8 IN ('verified', 'dropped') THEN now() END,
       '2026-02-02T02:00:00Z') RETURNING id`,
    [
      office.id,
      given.eventId ?? null,
      given.seriesId ?? null,
      given.problem ?? '',
      given.title ?? `Tindak lanjut uji ${nextSerial()}`,
      given.ownerId ?? (await makeOwner(db, office)),
      given.dueOn ?? null,
      state,
      given.deferredUntil ?? null,
    ],
  )) as [{ id: number }];
  await db.query(
    `INSERT INTO action_change (action_id, verb, from_state, to_state, way, at)
     VALUES ($1, 'create', 'open', 'open', 'office', '2026-02-02T02:00:00Z')`,
    [action.id],
  );
  return action.id;
}

/** The row of a stored file whose content is nowhere. */
export async function keepInStore(db: DataSource): Promise<number> {
  const sha256 = createHash('sha256').update(`berkas ${nextSerial()}`).digest('hex');
  const [file] = (await db.query(
    `INSERT INTO stored_file (sha256, size, media_type) VALUES ($1, 1, 'image/jpeg') RETURNING id`,
    [sha256],
  )) as [{ id: number }];
  return file.id;
}
