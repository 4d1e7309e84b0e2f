import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { Conflict, InvalidInput } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { asNew, asUpdate, type JudgedLine } from './imports.matching.js';
import { canBeProposed } from './imports.proposing.js';
import {
  countLines,
  decideLine,
  findBatchFor,
  findCompared,
  linesByNumber,
  type ImportBatch,
} from './imports.repository.js';

/** What a person decides for a line: a word for what is done with it, or the LKS that is meant. */
export type LineChoice = 'create' | 'update' | 'propose' | 'leave' | 'undecided' | number;

export type LineChoices = Map<number, LineChoice>;

/** What is chosen for a line now. */
export const choiceOf = ({ outcome, decision, institutionId }: JudgedLine): LineChoice =>
  outcome === 'likely' && institutionId !== null ? institutionId : decision;

/**
 * An import that can still be changed: not confirmed yet, or not carried out when it was.
 * @throws Conflict when it is being carried out, or was
 */
export async function lockPreview(tx: Tx, actor: OfficeActor, id: number): Promise<ImportBatch> {
  const batch = await findBatchFor(tx, actor, id, true);
  if (batch.state === 'applying') throw new Conflict('import.error.applying');
  if (batch.state === 'applied') throw new Conflict('import.error.applied_already');
  return batch;
}

async function decided(
  tx: Tx,
  actor: OfficeActor,
  line: JudgedLine,
  choice: LineChoice,
): Promise<JudgedLine | undefined> {
  if (line.outcome === 'likely') {
    if (choice === 'create' || choice === 'leave' || choice === 'undecided') return asNew(line, choice);
    // Only one of those that were proposed, never an id from elsewhere.
    if (!line.candidates.some(({ id }) => id === choice)) return undefined;
    const meant = await findCompared(tx, actor.office, Number(choice));
    return meant?.managedHere ? asUpdate(line, meant) : undefined;
  }
  if (choice === 'leave') return { ...line, decision: 'leave' };
  if (line.outcome === 'new' && choice === 'create') return { ...line, decision: 'create' };
  if (line.outcome === 'change' && choice === 'update') return { ...line, decision: 'update' };
  return choice === 'propose' && canBeProposed(line) ? { ...line, decision: 'propose' } : undefined;
}

/**
 * Keeps what a page of the preview says. What stands as it was is not decided anew: its line is compared with the
 * LKS as the person saw it.
 * @returns numbers of the lines that do not offer what was chosen for them
 */
export async function keepChoices(
  tx: Tx,
  actor: OfficeActor,
  id: number,
  choices: LineChoices,
): Promise<number[]> {
  const refused: number[] = [];
  for (const line of await linesByNumber(tx, id, [...choices.keys()])) {
    const choice = choices.get(line.number) ?? choiceOf(line);
    if (choice === choiceOf(line)) continue;
    const result = await decided(tx, actor, line, choice);
    if (result) await decideLine(tx, id, result);
    else refused.push(line.number);
  }
  return refused;
}

/** Keeps the decisions for some lines of a preview; choices that a line does not offer are left out. */
export function decideLines(
  db: DataSource,
  actor: OfficeActor,
  id: number,
  choices: LineChoices,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockPreview(tx, actor, id);
    await keepChoices(tx, actor, id, choices);
  });
}

/**
 * The last word before an import is carried out.
 * @throws InvalidInput when a line became another one since the page was shown, when two lines mean one LKS, or when
 *   all that could be done still waits for a decision
 */
export async function settleChoices(
  tx: Tx,
  actor: OfficeActor,
  id: number,
  choices: LineChoices,
): Promise<void> {
  const refused = await keepChoices(tx, actor, id, choices);
  if (refused.length > 0) throw InvalidInput.at('lines', 'import.failure.stale');
  // They would overwrite each other.
  const twice = (await tx.query(
    `SELECT 1 FROM import_row WHERE batch_id = $1 AND decision = 'update' GROUP BY institution_id HAVING count(*) > 1 LIMIT 1`,
    [id],
  )) as unknown[];
  if (twice.length > 0) throw InvalidInput.at('lines', 'import.error.target_twice');
  const { create, update, propose, undecided } = (await countLines(tx, id)).decisions;
  if (create + update + propose === 0 && undecided > 0)
    throw InvalidInput.at('lines', 'import.undecided', { count: undecided });
}
