import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { InvalidInput } from '../../errors.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { sendSheet } from '../../web/downloads.js';
import { importFields } from './imports.columns.js';
import { importReport } from './imports.report.js';
import { countLines, findBatchFor, linesOf } from './imports.repository.js';
import { choicesSchema, columnsSchema, previewSchema } from './imports.schema.js';
import { applyImport, decideLines, discardImport, nameColumns, previewImport } from './imports.service.js';
import { choicesFor } from './institutions.view.js';

const perPage = 50;

/** A file of LKS: read, looked at line by line, confirmed. */
export function importPages({ db, clock }: AppDeps) {
  const showStart = (req: Request, res: Response, state?: FormState) =>
    res.page(
      'institutions/import-start',
      { title: req.t('import.title'), errors: state?.errors ?? {} },
      state ? 422 : 200,
    );

  async function showPreview(req: Request, res: Response, state?: FormState) {
    const actor = officeActor(req);
    const batch = await findBatchFor(db, actor, idFrom(req, 'batch'));
    const { show, after } = readForm(previewSchema, req.query);
    const [counts, lines, choices] = await Promise.all([
      countLines(db, batch.id),
      linesOf(db, batch.id, { outcome: show, after, limit: perPage + 1 }),
      choicesFor(db, actor.office, req),
    ]);
    const page = {
      title: req.t('import.preview_title'),
      ...{ batch, counts, choices, show, after, importFields },
      lines: lines.slice(0, perPage),
      next: lines.length > perPage ? lines[perPage - 1]?.number : undefined,
      errors: state?.errors ?? {},
    };
    res.page(
      batch.state === 'applied' ? 'institutions/import-done' : 'institutions/import-preview',
      page,
      state ? 422 : 200,
    );
  }

  const back = (req: Request, res: Response, textKey?: string) => {
    if (textKey) res.flash(textKey);
    res.redirect(303, `/institutions/import/${idFrom(req, 'batch')}`);
  };

  return {
    start: (req: Request, res: Response) => showStart(req, res),

    read: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          if (!req.file) throw InvalidInput.at('file', 'import.file.missing');
          // Browsers send the name as bytes of UTF-8, which multer reads as Latin-1.
          const name = Buffer.from(req.file.originalname, 'latin1').toString('utf8');
          const file = { name, content: req.file.buffer };
          const id = await previewImport(db, officeActor(req), file, clock.now());
          res.redirect(303, `/institutions/import/${id}`);
        },
        (state) => showStart(req, res, state),
      ),

    preview: (req: Request, res: Response) => showPreview(req, res),

    columns: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const { columns, defaultRegion } = readForm(columnsSchema, req.body);
          await nameColumns(db, officeActor(req), idFrom(req, 'batch'), { fields: columns, defaultRegion });
          back(req, res, 'import.flash.columns');
        },
        (state) => showPreview(req, res, state),
      ),

    async choices(req: Request, res: Response) {
      const choices = readForm(choicesSchema, req.body);
      await decideLines(db, officeActor(req), idFrom(req, 'batch'), choices);
      const { show, after } = readForm(previewSchema, req.body);
      res.flash('import.flash.choices');
      res.redirect(303, `/institutions/import/${idFrom(req, 'batch')}?show=${show}&after=${after}`);
    },

    async apply(req: Request, res: Response) {
      const outcome = await applyImport(db, officeActor(req), idFrom(req, 'batch'), clock.now());
      back(req, res, outcome === 'stale' ? 'import.flash.stale' : 'import.flash.applied');
    },

    async discard(req: Request, res: Response) {
      await discardImport(db, officeActor(req), idFrom(req, 'batch'));
      res.flash('import.flash.discarded');
      res.redirect(303, '/institutions');
    },

    async report(req: Request, res: Response) {
      const batch = await findBatchFor(db, officeActor(req), idFrom(req, 'batch'));
      const sheet = await importReport(db, batch, req.t);
      await sendSheet(res, sheet, req.t('import.report_file', { number: batch.id }));
    },
  };
}
