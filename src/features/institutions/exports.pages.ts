import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { localParts } from '../../i18n/zones.js';
import { writeTable, type TableSheet } from '../../spreadsheets/write-table.js';
import { readForm } from '../../web/form.js';
import { can, officeActor, post, type Route } from '../../web/routes.js';
import { exportInstitutions } from './exports.service.js';
import { institutionFilterSchema } from './institutions.schema.js';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Sends a sheet as a file to keep; `name` without its ending. */
export async function sendTable(res: Response, sheet: TableSheet, name: string): Promise<void> {
  const content = await writeTable(sheet);
  res.type(xlsx).attachment(`${name}.xlsx`).send(content);
}

export function exportRoutes({ db, clock }: AppDeps): Route[] {
  async function download(req: Request, res: Response) {
    const actor = officeActor(req);
    const filter = readForm(institutionFilterSchema, req.body);
    const today = localParts(clock.now(), actor.office.zone).date;
    const sheet = await exportInstitutions(db, actor, filter, { today, t: req.t });
    await sendTable(res, sheet, `LKS ${today}`);
  }
  return [post('/institutions/export', can('persons.export'), download)];
}
