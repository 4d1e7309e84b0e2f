import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { InvalidInput } from '../../errors.js';
import { recordAudit } from '../audit/audit.service.js';
import { InstitutionProposal } from './institution-proposal.entity.js';
import {
  accreditationsOf,
  findInstitution,
  lockInstitution,
  representativesOf,
  serviceTypes,
  type AccreditationRow,
  type InstitutionRecord,
  type Reader,
  type ServiceTypeRow,
} from './institutions.repository.js';
import { checkedRecord, differences, type CheckedChanges, type CheckedRecord } from './record-check.facts.js';
import type { CheckForm } from './record-check.schema.js';

export { recordCheckSchema } from './record-check.schema.js';

/** A record as its own people are shown it. */
export interface RecordToCheck {
  record: CheckedRecord;
  /** Changes with whatever a proposal could overwrite: the record's own version, and its leader's. */
  version: string;
  regionName: string;
  managingOffice: string;
  managingOfficeId: number;
  accreditations: AccreditationRow[];
  services: ServiceTypeRow[];
}

async function describe(db: Reader, institution: InstitutionRecord): Promise<RecordToCheck> {
  const leader = (await representativesOf(db, institution.id)).find(({ isLeader }) => isLeader);
  const { regionName, managingOffice, managingOfficeId } = institution;
  return {
    record: checkedRecord(institution, leader),
    version: [institution.version, leader?.id ?? 0, leader?.version ?? 0].join('.'),
    ...{ regionName, managingOffice, managingOfficeId },
    accreditations: await accreditationsOf(db, institution.id),
    services: await serviceTypes(db),
  };
}

/** @param institutionId of an invitation whose link was opened */
export const recordToCheck = async (db: Reader, institutionId: number): Promise<RecordToCheck> =>
  describe(db, await findInstitution(db, institutionId));

/** What an institution proposed by its link, and what became of it. */
export interface CheckRow {
  id: number;
  state: 'open' | 'accepted' | 'partly' | 'refused' | 'replaced';
  changes: CheckedChanges;
  decisions: Record<string, 'accepted' | 'refused'>;
  note: string;
  decisionNote: string;
  createdAt: Date;
  decidedAt: Date | null;
}

/** The latest proposal that was made by the link of an invitation. */
export async function latestCheck(db: Reader, invitationId: number): Promise<CheckRow | undefined> {
  const [row] = (await db.query(
    `SELECT id, state, changes, decisions, note, decision_note AS "decisionNote", created_at AS "createdAt",
       decided_at AS "decidedAt"
     FROM institution_proposal WHERE invitation_id = $1 ORDER BY id DESC LIMIT 1`,
    [invitationId],
  )) as [CheckRow | undefined];
  return row;
}

/** Somebody who speaks for an institution by the link of one of its invitations. */
export interface LinkSpeaker {
  invitationId: number;
  institutionId: number;
  now: Date;
}

/** The record, kept from changing until the transaction ends; proposals and decisions take this lock first. */
export const lockForCheck = async (tx: Tx, institutionId: number): Promise<RecordToCheck> =>
  describe(tx, await lockInstitution(tx, institutionId));

async function checkForm(tx: Tx, { version, record }: RecordToCheck, form: CheckForm): Promise<void> {
  if (form.version !== version) throw InvalidInput.at('version', 'record.changed_meanwhile');
  if (record.leaderName !== '' && form.record.leaderName === '')
    throw InvalidInput.at('leaderName', 'error.required');
  const known = new Set((await serviceTypes(tx)).map(({ code }) => code));
  if (form.record.services.some((code) => !known.has(code)))
    throw InvalidInput.at('mainService', 'error.choose');
}

/**
 * Proposes to the managing office what the institution's own people corrected; only what differs is kept. An open
 * proposal of the same invitation gives way. The registry itself stays as it is.
 * @throws InvalidInput when nothing differs, or at `version` when the record is another one by now
 */
export function proposeByLink(db: DataSource, by: LinkSpeaker, form: CheckForm): Promise<void> {
  return inTransaction(db, async (tx) => {
    const shown = await lockForCheck(tx, by.institutionId);
    await checkForm(tx, shown, form);
    const { changes, before } = differences(shown.record, form.record, form.isNewLeader);
    const fields = Object.keys(changes);
    if (fields.length === 0 && form.note === '') throw InvalidInput.at('name', 'record.nothing_proposed');
    await tx.query(
      `UPDATE institution_proposal SET state = 'replaced', decided_at = $2
       WHERE invitation_id = $1 AND state = 'open'`,
      [by.invitationId, by.now],
    );
    await tx.insert(InstitutionProposal, {
      ...{ institutionId: by.institutionId, invitationId: by.invitationId, way: 'link', kind: 'change' },
      ...{ changes: changes as object, before: before as object, note: form.note, createdAt: by.now },
    });
    await recordAudit(
      tx,
      { officeId: shown.managingOfficeId, userId: null, way: 'link' },
      { action: 'institution.check_proposed', subject: ['institution', by.institutionId], fields },
    );
  });
}
