import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { Conflict, DomainError } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit, recordAuditOfMany } from '../audit/audit.service.js';
import type { ImportActor } from './imports.actor.js';
import { countStale, forgetValues, writingSteps } from './imports.apply.js';
import { settleChoices, type LineChoices } from './imports.choosing.js';
import { judgeAgain } from './imports.judging.js';
import { proposeLines } from './imports.proposing.js';
import { countLines, findBatchFor, type ImportBatch } from './imports.repository.js';
import { refusingTakenNumber } from './institutions.service.js';

/** What carries out an import; `background` belongs to the program. */
export type RunDeps = Pick<Deps, 'db' | 'clock'>;

/** How long an import belongs to the process that runs it, counted from its last step. */
const leaseMs = 30_000;
/** An import that ends the process each time must not do so for ever. */
const mostAttempts = 3;
/** The check whether it is stale, proposals and audit entries stand beside the writing steps. */
const steps = writingSteps.length + 3;

/**
 * Confirms an import: from now on it is carried out, by this process or by another. Confirming once more (a second
 * tap, a second person) changes nothing, whether the first is still under way or done.
 * @param choices what stood on the page with the button, which need not have been kept before
 * @throws InvalidInput at `lines` when two lines mean the same LKS, or one is not what the page showed
 */
export function confirmImport(
  db: DataSource,
  actor: OfficeActor,
  id: number,
  now: Date,
  choices: LineChoices = new Map(),
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { state } = await findBatchFor(tx, actor, id, true);
    if (state === 'applying' || state === 'applied') return;
    await settleChoices(tx, actor, id, choices);
    await tx.query(
      `UPDATE import_batch SET state = 'applying', confirmed_by = $2, failure = NULL WHERE id = $1`,
      [id, actor.userId],
    );
    await tx.query(
      `INSERT INTO import_run (batch_id, lease_until, total) VALUES ($1, $2, $3)
       ON CONFLICT (batch_id) DO UPDATE SET lease_until = $2, total = $3, attempts = 0, done = 0`,
      [id, now, steps],
    );
  });
}

/** @returns the number of the attempt; undefined while another process has it, or when it is over */
async function takeLease({ db, clock }: RunDeps, id: number): Promise<number | undefined> {
  const now = clock.now();
  const [[taken]] = (await db.query(
    `UPDATE import_run SET lease_until = $2, attempts = attempts + 1, done = 0
     WHERE batch_id = $1 AND lease_until <= $3
       AND EXISTS (SELECT 1 FROM import_batch WHERE id = $1 AND state = 'applying')
     RETURNING attempts`,
    [id, new Date(now.getTime() + leaseMs), now],
  )) as [{ attempts: number }[], number];
  return taken?.attempts;
}

// Outside of the transaction that carries the import out, so that others see it and the lease goes on.
const tellProgress = ({ db, clock }: RunDeps, id: number, done: number): Promise<unknown> =>
  db.query('UPDATE import_run SET done = $2, lease_until = $3 WHERE batch_id = $1', [
    id,
    done,
    new Date(clock.now().getTime() + leaseMs),
  ]);

async function leave(db: DataSource, id: number, state: 'preview' | 'failed', failure: string) {
  await db.query(`UPDATE import_batch SET state = $2, failure = $3 WHERE id = $1 AND state = 'applying'`, [
    id,
    state,
    failure,
  ]);
}

async function auditLines(tx: Tx, actor: ImportActor, id: number, proposed: number): Promise<void> {
  const rows = (await tx.query(
    `SELECT institution_id AS id, decision, ARRAY(SELECT jsonb_object_keys(changes)) AS fields
     FROM import_row WHERE batch_id = $1 AND decision IN ('create', 'update')`,
    [id],
  )) as { id: number; decision: string; fields: string[] }[];
  const author = byActor(actor);
  const added = rows.filter(({ decision }) => decision === 'create');
  const changed = rows.filter(({ decision }) => decision === 'update');
  await recordAuditOfMany(tx, author, 'institution.imported', 'institution', added);
  await recordAuditOfMany(tx, author, 'institution.import_changed', 'institution', changed);
  const detail = { added: added.length, changed: changed.length, proposed };
  await recordAudit(tx, author, { action: 'institutions.imported', subject: ['import', id], detail });
}

/** The import as it was confirmed, and by whom; locked, so that whoever comes second waits and finds it over. */
async function lockConfirmed(
  tx: Tx,
  id: number,
): Promise<{ batch: ImportBatch; actor: ImportActor } | undefined> {
  const [confirmed] = (await tx.query(
    `SELECT b.confirmed_by AS "userId", o.id, o.region_code AS "regionCode"
     FROM import_batch b JOIN office o ON o.id = b.office_id
     WHERE b.id = $1 AND b.state = 'applying' FOR UPDATE OF b`,
    [id],
  )) as { userId: number; id: number; regionCode: string }[];
  if (!confirmed) return undefined;
  const actor = { userId: confirmed.userId, office: { id: confirmed.id, regionCode: confirmed.regionCode } };
  return { batch: await findBatchFor(tx, actor, id), actor };
}

async function carryOut(deps: RunDeps, tx: Tx, id: number): Promise<void> {
  const confirmed = await lockConfirmed(tx, id);
  if (!confirmed) return;
  const { batch, actor } = confirmed;
  // One import at a time: two that add the same LKS would both find that it is not there yet.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('institution'), hashtext('import'))`);
  if ((await countStale(tx, id, actor.office.id)) > 0) {
    await judgeAgain(tx, actor, batch, batch);
    await tx.query('DELETE FROM import_run WHERE batch_id = $1', [id]);
    await tx.query(
      `UPDATE import_batch SET state = 'preview', failure = 'import.failure.stale' WHERE id = $1`,
      [id],
    );
    return;
  }
  const { decisions } = await countLines(tx, id);
  let done = 1;
  await tellProgress(deps, id, done);
  for (const step of writingSteps) {
    await step(tx, id, actor.office.id);
    await tellProgress(deps, id, (done += 1));
  }
  const proposed = await proposeLines(tx, id, actor);
  await tellProgress(deps, id, done + 1);
  await auditLines(tx, actor, id, proposed);
  await forgetValues(tx, id);
  await tx.query('DELETE FROM import_run WHERE batch_id = $1', [id]);
  await tx.query(
    `UPDATE import_batch SET state = 'applied', applied_at = $2, added = $3, changed = $4, proposed = $5 WHERE id = $1`,
    [id, deps.clock.now(), decisions.create, decisions.update, proposed],
  );
}

/**
 * Carries out a confirmed import: all of it, or nothing. Only one process does, whoever calls; a process that was
 * killed leaves nothing behind, and the next one begins anew once the lease has run out. Where the registry
 * changed since the preview, the preview is judged anew instead.
 * @throws what was not expected; it is tried again by the clock, and given up after the third time
 */
export async function runImport(deps: RunDeps, id: number): Promise<void> {
  const attempt = await takeLease(deps, id);
  if (attempt === undefined) return;
  if (attempt > mostAttempts) return leave(deps.db, id, 'failed', 'import.failure.unexpected');
  const work = inTransaction(deps.db, (tx) => carryOut(deps, tx, id));
  try {
    await refusingTakenNumber(work, new Conflict('import.failure.number_taken'));
  } catch (error) {
    if (error instanceof DomainError) return leave(deps.db, id, 'failed', error.textKey);
    await deps.db.query('UPDATE import_run SET lease_until = $2 WHERE batch_id = $1', [id, deps.clock.now()]);
    throw error;
  }
}

/** Imports that were confirmed and that no process carries out any more. */
export async function takeUpImports(deps: RunDeps): Promise<void> {
  const waiting = (await deps.db.query(
    `SELECT r.batch_id AS id FROM import_run r JOIN import_batch b ON b.id = r.batch_id
     WHERE b.state = 'applying' AND r.lease_until <= $1 ORDER BY r.batch_id`,
    [deps.clock.now()],
  )) as { id: number }[];
  for (const { id } of waiting) await runImport(deps, id);
}

/** How far an import is that is being carried out, in steps. */
export async function progressOf(db: DataSource, id: number): Promise<{ done: number; total: number }> {
  const [run] = (await db.query('SELECT done, total FROM import_run WHERE batch_id = $1', [id])) as {
    done: number;
    total: number;
  }[];
  return run ?? { done: 0, total: steps };
}
