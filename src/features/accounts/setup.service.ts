import { randomInt, timingSafeEqual } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { InvalidInput, NotFound } from '../../errors.js';
import { codeAlphabet, codeLength, spellCode, type LinkKeys } from '../../links/tokens.js';
import type { AttemptLimits } from '../../web/limits.js';
import { recordAudit } from '../audit/audit.service.js';
import { createOffice } from '../offices/offices.service.js';
import type { SetupForm } from './accounts.schema.js';
import { Membership } from './membership.entity.js';
import { hashPassword } from './passwords.js';
import { User } from './user.entity.js';

/** Spaces, dashes and small letters do not matter: the code is typed from a console. */
const hashOf = (links: LinkKeys, code: string) =>
  links.codeHash(code.toUpperCase().replace(/[^0-9A-Z]/g, ''));

const newCode = () =>
  Array.from({ length: codeLength }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('');

/** Whether the first run is over. Users are never deleted, so a yes holds forever. */
export async function hasUsers(db: DataSource | Tx): Promise<boolean> {
  const rows = (await db.query('SELECT 1 FROM app_user LIMIT 1')) as unknown[];
  return rows.length > 0;
}

/**
 * While nobody can sign in: makes the one-time code of the first run anew, keeps its hash, and returns the code
 * to print. Of several processes the one that started last has the valid code.
 * @returns undefined once a user exists
 */
export async function prepareSetup({ db, config, links }: Deps): Promise<string | undefined> {
  if (await hasUsers(db)) return undefined;
  const code = config.setupCode ?? spellCode(newCode());
  await db.query(
    `INSERT INTO setup_code (code_hash) VALUES ($1)
     ON CONFLICT (single) DO UPDATE SET code_hash = excluded.code_hash, created_at = now()`,
    [hashOf(links, code)],
  );
  return code;
}

/**
 * First run: creates the office and its administrator, who is also the installation's.
 * @throws NotFound when there is a user already
 * @throws InvalidInput when the code is wrong
 * @throws DomainError 429 after too many wrong codes from this address
 */
export async function setUp(
  deps: Deps & { limits: AttemptLimits },
  form: SetupForm,
  from: string,
): Promise<{ userId: number; officeId: number }> {
  const attempt = await deps.limits.attempt('setup', from);
  const passwordHash = await hashPassword(form.password);
  const made = await inTransaction(deps.db, async (tx) => {
    if (!(await takeCode(tx, hashOf(deps.links, form.code)))) return undefined;
    const officeId = await createOffice(tx, { ...form, name: form.officeName });
    const { nameBefore, name, nameAfter, email } = form;
    const person = { nameBefore, name, nameAfter, email, passwordHash, isInstallationAdmin: true };
    const { identifiers } = await tx.insert(User, { ...person, lastSignedInAt: deps.clock.now() });
    const userId = Number(identifiers[0]?.id);
    await tx.insert(Membership, { officeId, userId, roles: ['administrator', 'organizer'] });
    const author = { officeId, userId, way: 'office' } as const;
    await recordAudit(tx, author, { action: 'office.set_up', subject: ['office', officeId] });
    return { userId, officeId };
  });
  if (!made) throw InvalidInput.at('code', 'setup.code_wrong');
  await attempt.forgive();
  return made;
}

/** Locked before it is compared: of two people with the code only the first becomes the administrator. */
async function takeCode(tx: Tx, given: string): Promise<boolean> {
  const [row] = (await tx.query('SELECT code_hash AS hash FROM setup_code FOR UPDATE')) as { hash: string }[];
  if (await hasUsers(tx)) throw new NotFound();
  if (!row || !timingSafeEqual(Buffer.from(row.hash), Buffer.from(given))) return false;
  await tx.query('DELETE FROM setup_code');
  return true;
}
