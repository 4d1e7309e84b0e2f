import type { Request, Response } from 'express';
import { z } from 'zod';
import type { AppDeps } from '../../app.js';
import { addDays, instantOf } from '../../i18n/zones.js';
import { isoDate, recordId, storableText } from '../../web/form.js';
import { officeActor } from '../../web/routes.js';
import { actionWords, fieldWords, subjectWords } from './audit-words.js';
import { listAudit, listAuditActions, listAuditPeople } from './audit.repository.js';

/** A filter in an address that makes no sense filters nothing. */
const filterOf = z.object({
  person: recordId.nullable().catch(null).default(null),
  action: storableText.max(80).catch('').default(''),
  from: isoDate.or(z.literal('')).catch('').default(''),
  until: isoDate.or(z.literal('')).catch('').default(''),
  before: recordId.nullable().catch(null).default(null),
});

/** Who did what in the office. */
export function auditPages({ db }: AppDeps) {
  return {
    async list(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const chosen = filterOf.parse(req.query);
      const { zone } = actor.office;
      const [{ entries, hasMore }, people, actions] = await Promise.all([
        listAudit(db, actor, {
          userId: chosen.person,
          action: chosen.action,
          from: chosen.from ? instantOf(chosen.from, '00:00', zone) : null,
          until: chosen.until ? instantOf(addDays(chosen.until, 1), '00:00', zone) : null,
          before: chosen.before,
        }),
        listAuditPeople(db, actor),
        listAuditActions(db, actor),
      ]);
      const words = {
        action: (action: string) => actionWords(req.t, action),
        field: (field: string) => fieldWords(req.t, field),
        subject: (type: string) => subjectWords(req.t, type),
      };
      const kept = {
        person: chosen.person ?? '',
        action: chosen.action,
        from: chosen.from,
        until: chosen.until,
      };
      const addressOf = (before: number | undefined) =>
        `/settings/audit?${new URLSearchParams({ ...mapToText(kept), ...(before && { before: String(before) }) }).toString()}`;
      const older = hasMore ? addressOf(entries.at(-1)?.id) : undefined;
      const newest = chosen.before ? addressOf(undefined) : undefined;
      const title = req.t('audit.title');
      res.page('audit/audit', { title, entries, people, actions, words, values: kept, older, newest });
    },
  };
}

const mapToText = (kept: Record<string, string | number>) =>
  Object.fromEntries(
    Object.entries(kept).flatMap(([name, value]) => (value === '' ? [] : [[name, String(value)]])),
  );
