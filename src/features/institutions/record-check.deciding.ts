import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { Conflict, InvalidInput, NotFound, type FieldProblem } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { Institution } from './institution.entity.js';
import { onlyFacts, type InstitutionFacts } from './institution.facts.js';
import { normaliseName, registrationKeyOf, splitPersonName } from './institution.names.js';
import { InstitutionProposal } from './institution-proposal.entity.js';
import {
  findTwin,
  representativesOf,
  type InstitutionRecord,
  type RepresentativeRow,
} from './institutions.repository.js';
import { lockManaged, refusingTakenNumber, writeFacts } from './institutions.service.js';
import {
  asText,
  checkedRecord,
  nowOf,
  type CheckedChanges,
  type CheckedRecord,
} from './record-check.facts.js';
import type { CheckDecision } from './record-check.schema.js';
import { makeRoomForLeader } from './representatives.service.js';
import { Representative } from './representative.entity.js';

/** Said at the decision: refusing it is still possible. */
const numberTaken = () => InvalidInput.at('decisions.registrationNumber', 'institution.error.number_taken');

/**
 * Each field needs a decision, made over what stands there now: a value that somebody wrote meanwhile is shown before
 * it is overwritten.
 */
function judge(changes: CheckedChanges, record: CheckedRecord, { decisions, seen }: CheckDecision): void {
  const problems: Record<string, FieldProblem> = {};
  for (const field of Object.keys(changes)) {
    if (!decisions[field]) problems[`decisions.${field}`] = { key: 'error.choose' };
    else if (asText(seen[field]) !== asText(nowOf(record, field)))
      problems[`decisions.${field}`] = { key: 'institution.error.fact_changed' };
  }
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
}

const isSamePerson = (name: string) => (person: RepresentativeRow) =>
  normaliseName(person.name) === normaliseName(name);

/** A new leader is somebody known, or is added; who led before stays in the list. */
async function writeLeader(
  tx: Tx,
  institutionId: number,
  people: RepresentativeRow[],
  { leaderName, newLeader }: CheckedChanges,
): Promise<void> {
  const leader = people.find(({ isLeader }) => isLeader);
  const name = splitPersonName(asText(newLeader ?? leaderName));
  const person = newLeader ? people.find(isSamePerson(name.name)) : leader;
  if (person?.isLeader) {
    await tx.update(Representative, person.id, { ...name, version: person.version + 1 });
    return;
  }
  await makeRoomForLeader(tx, institutionId, true);
  if (person) await tx.update(Representative, person.id, { isLeader: true, version: person.version + 1 });
  else await tx.insert(Representative, { ...name, institutionId, isLeader: true });
}

/** Carries out what was accepted. @returns names of what changed */
async function carryOut(
  tx: Tx,
  actor: OfficeActor,
  institution: InstitutionRecord,
  people: RepresentativeRow[],
  accepted: CheckedChanges,
): Promise<string[]> {
  const { leaderName, newLeader, ...rest } = accepted;
  const facts = { ...institution, ...rest } as InstitutionFacts;
  const key = (of: InstitutionFacts) => registrationKeyOf(asText(of.registrationNumber));
  const twin =
    key(facts) === key(institution) ? undefined : await findTwin(tx, actor.office, facts, institution.id);
  if (twin?.sameNumber) throw numberTaken();
  const fields: string[] = await writeFacts(tx, institution, onlyFacts(facts));
  if (newLeader || leaderName) {
    await writeLeader(tx, institution.id, people, accepted);
    fields.push(newLeader ? 'newLeader' : 'leaderName');
  }
  if (institution.provisional && Object.keys(accepted).length > 0) {
    await tx.update(Institution, institution.id, { provisional: false, version: institution.version + 1 });
    fields.push('provisional');
  }
  return fields;
}

function outcomeOf(decided: string[]): 'accepted' | 'partly' | 'refused' {
  if (decided.every((one) => one === 'accepted')) return 'accepted';
  return decided.includes('accepted') ? 'partly' : 'refused';
}

/**
 * Decides field by field on what an institution proposed by its link. What is accepted changes the registry.
 * @throws NotFound for a proposal of another institution, Conflict when it was decided or replaced already
 * @throws InvalidInput at `decisions.<field>` where none was made, or the record changed since the page was opened
 */
export function decideCheck(
  db: DataSource,
  actor: OfficeActor,
  ids: { institutionId: number; proposalId: number },
  given: CheckDecision & { now: Date },
): Promise<void> {
  const work = inTransaction(db, async (tx) => {
    const institution = await lockManaged(tx, actor, ids.institutionId);
    const { institutionId, proposalId: id } = ids;
    const proposal = await tx.findOneBy(InstitutionProposal, { id, institutionId, way: 'link' });
    if (!proposal) throw new NotFound();
    if (proposal.state !== 'open') throw new Conflict('institution.error.already_decided');
    const changes = proposal.changes as CheckedChanges;
    const people = await representativesOf(tx, institutionId);
    judge(
      changes,
      checkedRecord(
        institution,
        people.find(({ isLeader }) => isLeader),
      ),
      given,
    );
    const decisions = Object.fromEntries(
      Object.keys(changes).map((field) => [field, given.decisions[field] ?? 'refused']),
    );
    const accepted = Object.fromEntries(
      Object.entries(changes).filter(([field]) => decisions[field] === 'accepted'),
    );
    const fields = await carryOut(tx, actor, institution, people, accepted);
    const state = outcomeOf(Object.values(decisions));
    await tx.update(InstitutionProposal, id, {
      ...{ state, decisions, decidedBy: actor.userId, decidedAt: given.now, decisionNote: given.note },
    });
    await recordAudit(tx, byActor(actor), {
      action: `institution.check_${state}`,
      subject: ['institution', institutionId],
      fields,
    });
  });
  return refusingTakenNumber(work, numberTaken());
}
