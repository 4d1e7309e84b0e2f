import { randomUUID } from 'node:crypto';
import { inTransaction } from '../../database/data-source.js';
import type { Deps } from '../../deps.js';
import { InvalidInput, NotFound } from '../../errors.js';
import { seal } from '../../links/sealing.js';
import { composeMail } from '../../mail/compose.js';
import type { MailOutcome, MailPatience } from '../../mail/server.js';
import { translators } from '../../texts.js';
import type { Actor } from '../accounts/permissions.js';
import { byActor, changedSince, recordAudit } from '../audit/audit.service.js';
import { MailSettings } from './mail-settings.entity.js';
import { findMailSettings, lockMailSettings } from './mail-settings.repository.js';
import { mailStanding, openServer } from './mail-server.js';
import type { MailSettingsForm } from './messages.schema.js';
import { mailJob } from './outbox.js';

export { findMailSettings } from './mail-settings.repository.js';
export { mailStanding } from './mail-server.js';

/** Whether e-mail can leave at all: somebody named a server, and links have a public address. */
export const isMailSet = async ({ db, config }: Pick<Deps, 'db' | 'config'>): Promise<boolean> =>
  config.baseUrl !== undefined && (await findMailSettings(db)) !== null;

const subject = ['installation', null] as const;

/** Whoever could let the password go to another server could read it there. */
const isElsewhere = (before: MailSettings, form: MailSettingsForm): boolean =>
  before.host !== form.host || before.port !== form.port || before.username !== form.username;

/**
 * Saves the mail server; what was in trouble is tried again at once.
 * @throws InvalidInput at `version` when somebody else was faster; at `password` when it is needed once more, since
 *   server or name changed
 */
export async function changeMailSettings(
  { db, links, jobs }: Deps,
  actor: Actor,
  form: MailSettingsForm,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await lockMailSettings(tx);
    const { password, version: _seen, ...wanted } = form;
    const keepsOld = password === '' && before !== null && form.username !== '';
    if (keepsOld && before.passwordSealed !== '' && isElsewhere(before, form))
      throw InvalidInput.at('password', 'mail_server.password_again');
    const passwordSealed = keepsOld
      ? before.passwordSealed
      : password === ''
        ? ''
        : seal(links.sealingKey, password);
    const changes = { ...wanted, passwordSealed };
    const fields = before
      ? changedSince(before, { ...changes, version: form.version })
      : Object.keys(changes);
    if (fields.length === 0) return;
    const version = (before?.version ?? 0) + 1;
    const well = { trouble: '', troubleSince: null, retryAt: null };
    await tx.upsert(MailSettings, { single: true, ...changes, ...well, version }, ['single']);
    await recordAudit(tx, byActor(actor), { action: 'mail.changed', subject, fields });
  });
  jobs.wake(mailJob);
}

/** No mail leaves any more; what waits stays in the outbox. @throws NotFound when no server was set */
export async function removeMailSettings({ db }: Deps, actor: Actor): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (!(await lockMailSettings(tx))) throw new NotFound();
    await tx.delete(MailSettings, { single: true });
    await recordAudit(tx, byActor(actor), { action: 'mail.removed', subject });
  });
}

/** Somebody looks at a page and waits. */
const shortPatience: MailPatience = { greeting: 10_000, silence: 10_000, mail: 20_000 };

/**
 * Sends a mail to the administrator's own address, past the outbox.
 * @returns what the server said
 * @throws NotFound when no server is set
 */
export async function tryMail(deps: Deps, actor: Actor, language: 'id' | 'en'): Promise<MailOutcome> {
  const t = translators[language];
  const settings = await findMailSettings(deps.db);
  if (!settings) throw new NotFound();
  const name = t('app.name');
  const mail = composeMail({
    language,
    subject: t('mail.trial_subject'),
    from: name,
    accent: '#0f5c63',
    greeting: t('mail.to_person', { name: actor.name }),
    paragraphs: [t('mail.trial_text')],
    facts: [[t('mail_server.host'), `${settings.host}:${settings.port}`]],
    changes: [],
    button: undefined,
    code: undefined,
    closing: [],
    footer: [],
  });
  const server = openServer(settings, deps, shortPatience);
  try {
    const outcome = await server.send({
      ...mail,
      messageId: `<${randomUUID()}@${settings.fromAddress.split('@')[1]}>`,
      from: { name, address: settings.fromAddress },
      replyTo: undefined,
      to: { name: actor.name, address: actor.email },
      subject: t('mail.trial_subject'),
      language,
      attachments: [],
    });
    await inTransaction(deps.db, (tx) =>
      recordAudit(tx, byActor(actor), { action: 'mail.tried', subject, detail: { outcome: outcome.kind } }),
    );
    return outcome;
  } finally {
    server.close();
  }
}

/** After an answer, whose mail need not wait for the next minute; nothing where no mail leaves. */
export const mailSoon = (deps: Pick<Deps, 'db' | 'clock' | 'config' | 'links' | 'jobs'>): void =>
  deps.jobs.wakeSoon(mailJob, async () => (await mailStanding(deps)).state === 'ready');
