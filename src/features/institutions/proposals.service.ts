import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { Conflict, Forbidden, InvalidInput, NotFound } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import { Institution } from './institution.entity.js';
import { changedFacts, onlyFacts, type InstitutionFacts } from './institution.facts.js';
import { registrationKeyOf } from './institution.names.js';
import { InstitutionProposal } from './institution-proposal.entity.js';
import { canPropose } from './institutions.policy.js';
import {
  findTwin,
  lockInstitutionFor,
  type InstitutionRecord,
  type Reader,
} from './institutions.repository.js';
import { checkChoices, lockManaged, refusingTakenNumber, writeFacts } from './institutions.service.js';

export interface ProposalRow {
  id: number;
  kind: 'change' | 'handover';
  changes: Record<string, string | number | null | string[]>;
  note: string;
  way: 'office' | 'link';
  before: Record<string, unknown>;
  state: 'open' | 'accepted' | 'refused' | 'partly' | 'replaced';
  /** By link: null, and the office that invited. */
  officeId: number | null;
  officeName: string;
  userName: string | null;
  createdAt: Date;
  decidedAt: Date | null;
  decisionNote: string;
}

/** What other offices, or its own people, proposed for an institution, open ones first. The caller has found the institution. */
export function proposalsOf(db: Reader, institutionId: number): Promise<ProposalRow[]> {
  return db.query(
    `SELECT p.id, p.kind, p.changes, p.note, p.way, p.before, p.state, p.office_id AS "officeId", o.name AS "officeName",
       u.name AS "userName", p.created_at AS "createdAt", p.decided_at AS "decidedAt", p.decision_note AS "decisionNote"
     FROM institution_proposal p LEFT JOIN app_user u ON u.id = p.user_id
     LEFT JOIN invitation v ON v.id = p.invitation_id LEFT JOIN event e ON e.id = v.event_id
     JOIN office o ON o.id = coalesce(p.office_id, e.office_id)
     WHERE p.institution_id = $1 ORDER BY p.state = 'open' DESC, p.id DESC LIMIT 20`,
    [institutionId],
  ) as Promise<ProposalRow[]>;
}

/** How many proposals wait for the office that manages the institutions. */
export async function countOpenProposals(db: Reader, officeId: number): Promise<number> {
  const [{ count }] = (await db.query(
    `SELECT count(*)::int AS count FROM institution_proposal p JOIN institution i ON i.id = p.institution_id
     WHERE p.state = 'open' AND i.managing_office_id = $1`,
    [officeId],
  )) as [{ count: number }];
  return count;
}

async function lockForeign(tx: Tx, actor: OfficeActor, id: number): Promise<InstitutionRecord> {
  const institution = await lockInstitutionFor(tx, actor, id);
  if (!canPropose(actor, institution)) throw new Forbidden('institution.error.managed_here');
  return institution;
}

/**
 * Proposes new facts to the managing office (rules.md 19); only what differs is kept.
 * @throws InvalidInput when nothing differs, or for a region or service that is not to be chosen
 */
export function proposeChange(
  db: DataSource,
  actor: OfficeActor,
  institutionId: number,
  facts: InstitutionFacts,
  note: string,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await lockForeign(tx, actor, institutionId);
    await checkChoices(tx, actor, facts, before.regionCode);
    const fields = changedFacts(before, facts);
    if (fields.length === 0) throw InvalidInput.at('name', 'institution.error.nothing_proposed');
    const changes = Object.fromEntries(fields.map((field) => [field, facts[field]]));
    await tx.insert(InstitutionProposal, {
      institutionId,
      officeId: actor.office.id,
      userId: actor.userId,
      kind: 'change',
      changes: changes as object,
      note,
    });
    await recordAudit(tx, byActor(actor), {
      action: 'institution.change_proposed',
      subject: ['institution', institutionId],
      fields,
    });
  });
}

/** Asks the managing office to hand the institution over; one open request at a time. */
export function proposeHandover(
  db: DataSource,
  actor: OfficeActor,
  institutionId: number,
  note: string,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockForeign(tx, actor, institutionId);
    const mine = { institutionId, officeId: actor.office.id, kind: 'handover', state: 'open' } as const;
    if (await tx.existsBy(InstitutionProposal, mine)) throw new Conflict('institution.error.handover_open');
    await tx.insert(InstitutionProposal, { ...mine, userId: actor.userId, note });
    await recordAudit(tx, byActor(actor), {
      action: 'institution.handover_proposed',
      subject: ['institution', institutionId],
    });
  });
}

/** Said at the decision: refusing it is still possible. */
const numberTaken = () => InvalidInput.at('decision', 'institution.error.number_taken');

/** Carries out what was accepted. @returns names of the facts that changed */
async function carryOut(
  tx: Tx,
  actor: OfficeActor,
  institution: InstitutionRecord,
  proposal: InstitutionProposal,
): Promise<string[]> {
  if (proposal.kind === 'handover') {
    // The officer who looked after it belongs to the office that gives it away.
    await tx.update(Institution, institution.id, {
      ...(proposal.officeId !== null && { managingOfficeId: proposal.officeId }),
      pendampingId: null,
      version: institution.version + 1,
    });
    return ['managing_office'];
  }
  const facts = { ...institution, ...proposal.changes } as InstitutionFacts;
  const isNewNumber =
    registrationKeyOf(String(facts.registrationNumber)) !==
    registrationKeyOf(String(institution.registrationNumber));
  const twin = isNewNumber ? await findTwin(tx, actor.office, facts, institution.id) : undefined;
  if (twin?.sameNumber) throw numberTaken();
  return writeFacts(tx, institution, onlyFacts(facts));
}

/**
 * Accepts or refuses a proposal.
 * @throws NotFound for a proposal of another institution, Conflict when it was decided already
 * @throws InvalidInput at `decision` when its registration number belongs to another LKS meanwhile
 */
export function decideProposal(
  db: DataSource,
  actor: OfficeActor,
  ids: { institutionId: number; proposalId: number },
  given: { decision: 'accepted' | 'refused'; note: string; now: Date },
): Promise<void> {
  const work = inTransaction(db, async (tx) => {
    const institution = await lockManaged(tx, actor, ids.institutionId);
    const proposal = await tx.findOneBy(InstitutionProposal, {
      id: ids.proposalId,
      institutionId: ids.institutionId,
      // What came by a link is decided field by field (record-check.deciding.ts).
      way: 'office',
    });
    if (!proposal) throw new NotFound();
    if (proposal.state !== 'open') throw new Conflict('institution.error.already_decided');
    const fields = given.decision === 'accepted' ? await carryOut(tx, actor, institution, proposal) : [];
    await tx.update(InstitutionProposal, proposal.id, {
      state: given.decision,
      decidedBy: actor.userId,
      decidedAt: given.now,
      decisionNote: given.note,
    });
    await recordAudit(tx, byActor(actor), {
      action: `institution.${proposal.kind}_${given.decision}`,
      subject: ['institution', ids.institutionId],
      fields,
    });
  });
  return refusingTakenNumber(work, numberTaken());
}
