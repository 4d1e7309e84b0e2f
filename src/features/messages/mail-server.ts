import type { DataSource } from 'typeorm';
import type { Deps } from '../../deps.js';
import { unseal } from '../../links/sealing.js';
import { MailServer, type MailPatience } from '../../mail/server.js';
import { findMailSettings } from './mail-settings.repository.js';
import type { MailSettings } from './mail-settings.entity.js';
import { nextLook } from './retries.js';

/** Why no e-mail leaves; each is told on pages by its own text. */
export type MailStanding =
  | { state: 'ready'; settings: MailSettings; base: string }
  /** Nobody has named a server. */
  | { state: 'no_server' }
  /** Links need the public address (BASE_URL). */
  | { state: 'no_address' }
  /** The password was sealed under another master key. */
  | { state: 'no_password' }
  /** The server takes nothing from us; asked again at `retryAt`. */
  | { state: 'trouble'; words: string; since: Date; retryAt: Date };

type StandingDeps = Pick<Deps, 'db' | 'clock' | 'config' | 'links'>;

const passwordOf = ({ passwordSealed }: MailSettings, links: Deps['links']): string | undefined =>
  passwordSealed === '' ? '' : unseal(links.sealingKey, passwordSealed);

/** Whether e-mail leaves, and if not why. */
export async function mailStanding({ db, clock, config, links }: StandingDeps): Promise<MailStanding> {
  const settings = await findMailSettings(db);
  if (!settings) return { state: 'no_server' };
  if (config.baseUrl === undefined) return { state: 'no_address' };
  if (passwordOf(settings, links) === undefined) return { state: 'no_password' };
  const { trouble, troubleSince, retryAt } = settings;
  if (troubleSince && retryAt && retryAt > clock.now())
    return { state: 'trouble', words: trouble, since: troubleSince, retryAt };
  return { state: 'ready', settings, base: config.baseUrl };
}

/** Opens connections as the settings say, when the first mail needs them. */
export function openServer(
  settings: MailSettings,
  { links }: Pick<Deps, 'links'>,
  patience?: MailPatience,
): MailServer {
  return new MailServer({ ...settings, password: passwordOf(settings, links) ?? '' }, patience);
}

/** The server takes nothing from us: nobody asks it again before a while has passed. */
export async function noteTrouble(
  db: DataSource,
  words: string,
  since: Date | null,
  now: Date,
): Promise<void> {
  await db.query(
    `UPDATE mail_settings SET trouble = $1, trouble_since = coalesce(trouble_since, $2), retry_at = $3`,
    [words || '?', now, nextLook(since ?? now, now)],
  );
}

/** The server took a mail: all is well again. */
export async function forgetTrouble(db: DataSource): Promise<void> {
  await db.query(
    `UPDATE mail_settings SET trouble = '', trouble_since = NULL, retry_at = NULL WHERE trouble <> ''`,
  );
}
