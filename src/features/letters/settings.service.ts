import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { InvalidInput, type FieldProblem } from '../../errors.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { byActor, changedSince, recordAudit } from '../audit/audit.service.js';
import { lockOwnOffice } from '../offices/offices.service.js';
import { fieldNames } from './access.js';
import type { LetterMode } from './letter-words.js';
import { readLetterSettings, type LetterSettings, type SettingsForm } from './letters.schema.js';
import { findSettings, waitForApproval, writeSettings } from './settings.repository.js';
import { wrongPlaceholder } from './template.js';

/** The settings of the actor's letters, and their version; the usual ones while it has set nothing. */
export async function ownSettings(
  db: Deps['db'] | Tx,
  actor: OfficeActor,
): Promise<LetterSettings & { version: number }> {
  const kept = await findSettings(db, actor);
  return { ...readLetterSettings(kept?.settings), version: kept?.version ?? 1 };
}

const templates = ['subject', 'addressee', 'opening', 'closing', 'notes', 'copies'] as const;

/**
 * Looks through all templates of a form.
 * @throws InvalidInput at each that holds a wrong placeholder, naming the placeholder and its line
 */
export function checkTemplates(
  form: Partial<Record<(typeof templates)[number], string>>,
  mode: LetterMode,
): void {
  const problems: Record<string, FieldProblem> = {};
  for (const name of templates) {
    const wrong = wrongPlaceholder(form[name] ?? '', mode);
    if (!wrong) continue;
    const { placeholder, line, why } = wrong;
    problems[name] = { key: `surat.error.placeholder_${why}`, values: { placeholder, line } };
  }
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
}

/**
 * Saves what the office wants its letters to be; letters that were issued stay as they are.
 * @throws InvalidInput for a wrong placeholder, or at `version` when somebody else was faster
 */
export async function saveSettings(
  { db }: Pick<Deps, 'db'>,
  actor: OfficeActor,
  form: SettingsForm,
): Promise<void> {
  checkTemplates(form, form.mode);
  await inTransaction(db, async (tx) => {
    await lockOwnOffice(tx, actor);
    const before = await ownSettings(tx, actor);
    const fields = changedSince(before, form);
    if (fields.length === 0) return;
    const { version: _version, ...settings } = form;
    await writeSettings(tx, actor, settings, before.version + 1);
    await recordAudit(tx, byActor(actor), {
      action: 'surat.settings_changed',
      subject: ['office', actor.office.id],
      fields: fieldNames(fields),
    });
  });
}

/**
 * Those of these events whose invitations must not leave by themselves yet: their office wants the leader's approval, and
 * no letter of the event has gone out. What waits goes on when the letter is issued (decision 063).
 */
export const eventsHeldByLetters = waitForApproval;
