import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { localParts } from '../../i18n/zones.js';
import { sendSheet } from '../../web/downloads.js';
import { readForm } from '../../web/form.js';
import { can, officeActor, post, type Route } from '../../web/routes.js';
import { exportInstitutions } from './exports.service.js';
import { institutionFilterSchema } from './institutions.schema.js';

export function exportRoutes({ db, clock }: AppDeps): Route[] {
  async function download(req: Request, res: Response) {
    const actor = officeActor(req);
    const filter = readForm(institutionFilterSchema, req.body);
    const today = localParts(clock.now(), actor.office.zone).date;
    const sheet = await exportInstitutions(db, actor, filter, { today, t: req.t });
    await sendSheet(res, sheet, `LKS ${today}`);
  }
  return [post('/institutions/export', can('persons.export'), download)];
}
