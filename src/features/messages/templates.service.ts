import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import { InvalidInput } from '../../errors.js';
import { findWrongPlaceholder } from '../../placeholders.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, changedSince, recordAudit } from '../audit/audit.service.js';
import { MessageTemplate } from './message-template.entity.js';
import { placeholdersOf, type HandPurpose, type Wording } from './wording.js';

type Reader = Pick<DataSource, 'query'>;

/** The texts that an office wrote itself; for every other purpose ours stands. */
export async function wordingOf(db: Reader, officeId: number): Promise<Wording> {
  const rows = (await db.query('SELECT purpose, text FROM message_template WHERE office_id = $1', [
    officeId,
  ])) as Pick<MessageTemplate, 'purpose' | 'text'>[];
  return new Map(rows.map(({ purpose, text }) => [purpose, text]));
}

export const findTemplate = (
  db: DataSource,
  actor: OfficeActor,
  purpose: HandPurpose,
): Promise<MessageTemplate | null> =>
  db.manager.findOneBy(MessageTemplate, { officeId: actor.office.id, purpose });

/** @throws InvalidInput at `text` for a placeholder that is none, naming it and its line, or without the link */
export function checkTemplate(purpose: HandPurpose, text: string): void {
  const wrong = findWrongPlaceholder(text, placeholdersOf(purpose));
  if (wrong) throw InvalidInput.at('text', 'template.unknown', { ...wrong });
  // Thanks may stand alone; whoever is asked or told something needs the way to their page.
  if (purpose !== 'thanks' && !text.includes('{tautan}')) throw InvalidInput.at('text', 'template.no_link');
}

const note = (tx: Tx, actor: OfficeActor, action: string, purpose: HandPurpose) =>
  recordAudit(tx, byActor(actor), {
    action,
    subject: ['office', actor.office.id],
    fields: ['text'],
    detail: { purpose },
  });

export interface TemplateForm {
  text: string;
  /** Of the office's own text as it was seen; 0 when ours stood there. */
  version: number;
}

/**
 * Saves the office's own text for a purpose; nothing is written when it is the one that is there.
 * @throws InvalidInput as checkTemplate does, or at `version` when somebody else was faster
 */
export function saveTemplate(
  db: DataSource,
  actor: OfficeActor,
  purpose: HandPurpose,
  form: TemplateForm,
): Promise<void> {
  checkTemplate(purpose, form.text);
  const key = { officeId: actor.office.id, purpose };
  return inTransaction(db, async (tx) => {
    // The row that two people want to be the first to write.
    await tx.query(
      `INSERT INTO message_template (office_id, purpose, text, version) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING`,
      [actor.office.id, purpose, form.text],
    );
    const before = await tx.findOneOrFail(MessageTemplate, {
      where: key,
      lock: { mode: 'pessimistic_write' },
    });
    if (before.version > 0 && changedSince(before, form).length === 0) return;
    await tx.update(MessageTemplate, key, { text: form.text, version: before.version + 1 });
    await note(tx, actor, 'office.template_changed', purpose);
  });
}

/** Ours stands again. */
export function resetTemplate(db: DataSource, actor: OfficeActor, purpose: HandPurpose): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { affected } = await tx.delete(MessageTemplate, { officeId: actor.office.id, purpose });
    if (affected) await note(tx, actor, 'office.template_reset', purpose);
  });
}
