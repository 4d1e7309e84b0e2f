import { oneLine } from '../../spreadsheets/cells.js';
import type { Tx } from '../../database/data-source.js';
import { byActor, recordAuditOfMany } from '../audit/audit.service.js';
import { factFields, type FactValue } from './institution.facts.js';
import type { ImportActor } from './imports.actor.js';
import type { Changes, Compared, JudgedLine } from './imports.matching.js';
import type { Reader } from './institutions.repository.js';

const already = 'import.note.proposed_already';
const proposable = new Set<string>([...factFields, 'services']);

const asText = (value: FactValue | string[] | undefined) =>
  Array.isArray(value) ? value.join(',') : oneLine(String(value ?? ''));

function isEqual(changes: Changes, proposal: Compared['proposed'][number]): boolean {
  const fields = Object.keys(changes);
  return (
    fields.length === Object.keys(proposal).length &&
    fields.every((field) => field in proposal && asText(changes[field]?.[1]) === asText(proposal[field]))
  );
}

/** Whether a line can be proposed at all: a proposal that was made is not made again. */
export const canBeProposed = ({ outcome, changes, notes }: JudgedLine): boolean =>
  outcome === 'elsewhere' && Object.keys(changes).length > 0 && !notes.some(({ key }) => key === already);

/**
 * A line of an LKS that another office manages, as a proposal to it (rules.md 19). Leader and accreditation are
 * no part of proposals: they are left out, and the line says so.
 */
export function asProposal(update: JudgedLine, { proposed }: Compared): JudgedLine {
  const entries = Object.entries(update.changes);
  const changes = Object.fromEntries(entries.filter(([field]) => proposable.has(field)));
  const notes = [...update.notes];
  if (Object.keys(changes).length < entries.length)
    notes.push({ key: 'import.note.not_proposed', blocking: false });
  if (Object.keys(changes).length > 0 && proposed.some((earlier) => isEqual(changes, earlier)))
    notes.push({ key: already, blocking: false });
  const line: JudgedLine = { ...update, outcome: 'elsewhere', decision: 'leave', changes, notes };
  return { ...line, decision: canBeProposed(line) ? 'propose' : 'leave' };
}

// One that was refused is not asked for again by the same file.
const makeProposals = `
  INSERT INTO institution_proposal (institution_id, office_id, user_id, kind, changes, note)
  SELECT r.institution_id, $2, $3, 'change', wanted.changes, left('Impor ' || b.file_name, 500)
  FROM import_row r JOIN import_batch b ON b.id = r.batch_id,
    LATERAL (SELECT jsonb_object_agg(key, value -> 1) AS changes FROM jsonb_each(r.changes)) wanted
  WHERE r.batch_id = $1 AND r.decision = 'propose' AND NOT EXISTS (
    SELECT 1 FROM institution_proposal p WHERE p.institution_id = r.institution_id AND p.office_id = $2
      AND p.kind = 'change' AND p.state <> 'accepted' AND p.changes = wanted.changes)
  ORDER BY r.number
  RETURNING institution_id AS id, ARRAY(SELECT jsonb_object_keys(changes)) AS fields`;

/** Makes the proposals of a batch that do not stand yet, with one entry each. @returns how many */
export async function proposeLines(tx: Tx, batchId: number, actor: ImportActor): Promise<number> {
  const made = (await tx.query(makeProposals, [batchId, actor.office.id, actor.userId])) as {
    id: number;
    fields: string[];
  }[];
  await recordAuditOfMany(tx, byActor(actor), 'institution.change_proposed', 'institution', made);
  return made.length;
}

/** To which offices lines of a batch are proposed, and how many to each. */
export function proposalsByOffice(db: Reader, batchId: number): Promise<{ office: string; count: number }[]> {
  return db.query(
    `SELECT o.name AS office, count(*)::int AS count
     FROM import_row r JOIN institution i ON i.id = r.institution_id JOIN office o ON o.id = i.managing_office_id
     WHERE r.batch_id = $1 AND r.decision = 'propose' GROUP BY o.id ORDER BY o.name`,
    [batchId],
  ) as Promise<{ office: string; count: number }[]>;
}
