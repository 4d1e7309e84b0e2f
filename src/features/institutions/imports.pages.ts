import { setTimeout as delay } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { InvalidInput } from '../../errors.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { sendSheet } from '../../web/downloads.js';
import { uploadedFile } from '../../web/uploads.js';
import { choiceOf, decideLines } from './imports.choosing.js';
import { importFields } from './imports.columns.js';
import { importReport } from './imports.report.js';
import { canBeProposed, proposalsByOffice } from './imports.proposing.js';
import { countLines, findBatchFor, linesOf, type ImportBatch } from './imports.repository.js';
import { confirmImport, progressOf, runImport } from './imports.running.js';
import { choicesSchema, columnsSchema, onwardSchema, previewSchema } from './imports.schema.js';
import { discardImport, doubtfulHeader, nameColumns, previewImport } from './imports.service.js';
import { choicesFor } from './institutions.view.js';

const perPage = 50;
/** A short list is done before anybody would look at a progress bar. */
const patienceMs = 700;

/** A file of LKS: read, looked at line by line, confirmed. */
export function importPages(deps: AppDeps) {
  const { db, clock, background } = deps;

  const showStart = (req: Request, res: Response, state?: FormState) =>
    res.page(
      'institutions/import-start',
      { title: req.t('import.title'), errors: state?.errors ?? {} },
      state ? 422 : 200,
    );

  async function showApplying(req: Request, res: Response, batch: ImportBatch) {
    const progress = await progressOf(db, batch.id);
    res.page('institutions/import-applying', {
      title: req.t('import.applying_title'),
      ...{ batch, progress, refreshSeconds: 3 },
    });
  }

  async function showDone(req: Request, res: Response, batch: ImportBatch) {
    const proposals = await proposalsByOffice(db, batch.id);
    res.page('institutions/import-done', { title: req.t('import.done_title'), batch, proposals });
  }

  async function showPreview(req: Request, res: Response, batch: ImportBatch, state?: FormState) {
    const actor = officeActor(req);
    const { show, after } = readForm(previewSchema, state ? state.values : req.query);
    const [counts, lines, choices, proposals, header] = await Promise.all([
      countLines(db, batch.id),
      linesOf(db, batch.id, { outcome: show, after, limit: perPage + 1 }),
      choicesFor(db, actor.office, req),
      proposalsByOffice(db, batch.id),
      doubtfulHeader(db, batch),
    ]);
    const page = {
      title: req.t('import.preview_title'),
      ...{ batch, counts, choices, proposals, header, show, after, importFields, canBeProposed, choiceOf },
      lines: lines.slice(0, perPage),
      next: lines.length > perPage ? lines[perPage - 1]?.number : undefined,
      errors: state?.errors ?? {},
      typed: state?.values ?? {},
    };
    res.page('institutions/import-preview', page, state ? 422 : 200);
  }

  /** An import as it stands: looked at, being carried out, or done. */
  async function show(req: Request, res: Response, state?: FormState) {
    const batch = await findBatchFor(db, officeActor(req), idFrom(req, 'batch'));
    if (batch.state === 'applying') return showApplying(req, res, batch);
    return batch.state === 'applied' ? showDone(req, res, batch) : showPreview(req, res, batch, state);
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
          const sent = uploadedFile(req);
          if (!sent) throw InvalidInput.at('file', 'import.file.missing');
          // Browsers send the name as bytes of UTF-8, which multer reads as Latin-1.
          const name = Buffer.from(sent.originalname, 'latin1').toString('utf8');
          const file = { name, content: sent.buffer };
          const id = await previewImport(db, officeActor(req), file, clock.now());
          res.redirect(303, `/institutions/import/${id}`);
        },
        (state) => showStart(req, res, state),
      ),

    preview: (req: Request, res: Response) => show(req, res),

    columns: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const { columns: fields, ...reading } = readForm(columnsSchema, req.body);
          await nameColumns(db, officeActor(req), idFrom(req, 'batch'), { fields, ...reading });
          back(req, res, 'import.flash.columns');
        },
        (state) => show(req, res, state),
      ),

    async choices(req: Request, res: Response) {
      const choices = readForm(choicesSchema, req.body);
      await decideLines(db, officeActor(req), idFrom(req, 'batch'), choices);
      const { show, after, isElsewhere } = readForm(onwardSchema, req.body);
      if (!isElsewhere) res.flash('import.flash.choices');
      res.redirect(303, `/institutions/import/${idFrom(req, 'batch')}?show=${show}&after=${after}`);
    },

    apply: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const id = idFrom(req, 'batch');
          await confirmImport(db, officeActor(req), id, clock.now(), readForm(choicesSchema, req.body));
          const run = background.start('imports.run', runImport(deps, id));
          await Promise.race([run, delay(patienceMs, undefined, { ref: false })]);
          back(req, res);
        },
        (state) => show(req, res, state),
      ),

    async discard(req: Request, res: Response) {
      await discardImport(db, officeActor(req), idFrom(req, 'batch'));
      res.flash('import.flash.discarded');
      res.redirect(303, '/institutions');
    },

    async report(req: Request, res: Response) {
      const actor = officeActor(req);
      const batch = await findBatchFor(db, actor, idFrom(req, 'batch'));
      const sheet = await importReport(db, actor, batch, req.t);
      await sendSheet(res, sheet, req.t('import.report_file', { number: batch.id }));
    },
  };
}
