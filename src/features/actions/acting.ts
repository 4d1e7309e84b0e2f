import type { Clock } from '../../clock.js';
import type { Tx } from '../../database/data-source.js';
import { Conflict, InvalidInput, NotFound } from '../../errors.js';
import type { Deps } from '../../deps.js';
import { localParts } from '../../i18n/zones.js';
import { recordAudit } from '../audit/audit.service.js';
import { ActionChange } from './action-change.entity.js';
import { ActionItem } from './action.entity.js';
import { allows, isClosed, transitions, type ActionState, type Verb, type Way } from './action.machine.js';

export type ActionDeps = Pick<Deps, 'db' | 'clock'>;

/** On whose behalf something happens, and at which later event it was recorded, if at one. */
export interface ActionAuthor {
  way: Way;
  userId: number | null;
  eventId: number | null;
}

export const linkAuthor: ActionAuthor = { way: 'link', userId: null, eventId: null };
export const clockAuthor: ActionAuthor = { way: 'clock', userId: null, eventId: null };
export const officeAuthor = (actor: { userId: number }, eventId: number | null = null): ActionAuthor => ({
  way: 'office',
  userId: actor.userId,
  eventId,
});

/** A follow-up that nobody else changes until the transaction ends, and the moment at which it was won. */
export interface LockedAction {
  id: number;
  officeId: number;
  ownerId: number;
  state: ActionState;
  version: number;
  deferredUntil: string | null;
  now: Date;
  /** The date in the office's zone. */
  today: string;
}

// Not FOR UPDATE: carrying another one of the series refers to this row and must not wait for it.
/**
 * Locks a follow-up of an office; a deferral whose day has come ends here, whether or not the clock was there.
 * @throws NotFound for another office's, or none
 */
export async function lockAction(tx: Tx, clock: Clock, officeId: number, id: number): Promise<LockedAction> {
  const [row] = (await tx.query(
    `SELECT id, office_id AS "officeId", owner_id AS "ownerId", state, version, deferred_until AS "deferredUntil"
     FROM action_item WHERE id = $1 AND office_id = $2 FOR NO KEY UPDATE`,
    [id, officeId],
  )) as [Omit<LockedAction, 'now' | 'today'> | undefined];
  if (!row) throw new NotFound();
  const [office] = (await tx.query('SELECT zone FROM office WHERE id = $1', [officeId])) as [
    { zone: string },
  ];
  const now = clock.now();
  const action = { ...row, now, today: localParts(now, office.zone).date };
  if (action.deferredUntil && action.deferredUntil <= action.today)
    await takeStep(tx, action, 'resume', clockAuthor);
  return action;
}

/** @throws InvalidInput at `version` when somebody changed it since the form was opened */
export function mustBeAsSeen(action: LockedAction, version: number | undefined): void {
  if (action.version !== version) throw InvalidInput.at('version', 'action.error.changed_meanwhile');
}

interface Details {
  reason?: string;
  /** For a deferral. */
  until?: string;
}

/**
 * The one place where a follow-up changes its state: checks the table of states, keeps the history, writes the
 * audit entry.
 * @throws Conflict when the table does not allow it
 */
export async function takeStep(
  tx: Tx,
  action: LockedAction,
  verb: Verb,
  author: ActionAuthor,
  { reason = '', until }: Details = {},
): Promise<void> {
  if (!allows(verb, action.state, author.way)) throw new Conflict('action.error.state');
  const { to } = transitions[verb];
  const from = action.state;
  const version = action.version + 1;
  await tx.update(ActionItem, action.id, {
    state: to,
    deferredUntil: until ?? null,
    closedAt: isClosed(to) ? action.now : null,
    version,
  });
  Object.assign(action, { state: to, deferredUntil: until ?? null, version });
  await keepChange(tx, action, author, { verb, fromState: from, reason });
  await recordAudit(
    tx,
    { officeId: action.officeId, userId: author.userId, way: author.way },
    {
      action: `action.${verb}`,
      subject: ['action', action.id],
      fields: until ? ['state', 'deferredUntil'] : ['state'],
      detail: { from, to, event: author.eventId },
    },
  );
}

/** Writes a line of the history; the state that it leads to is the one that the follow-up has now. */
export async function keepChange(
  tx: Tx,
  action: Pick<LockedAction, 'id' | 'state' | 'now'>,
  author: ActionAuthor,
  change: Pick<ActionChange, 'verb'> & Partial<Pick<ActionChange, 'fromState' | 'reason' | 'fields'>>,
): Promise<void> {
  await tx.insert(ActionChange, {
    actionId: action.id,
    fromState: action.state,
    toState: action.state,
    at: action.now,
    ...author,
    ...change,
  });
}
