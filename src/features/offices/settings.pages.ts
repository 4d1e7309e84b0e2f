import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { NotFound } from '../../errors.js';
import { localParts, zoneNames } from '../../i18n/zones.js';
import { actOrShow } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { officeActor } from '../../web/routes.js';
import { uploadedFile } from '../../web/uploads.js';
import { formatLetterNumber, placeholderNames } from './letter-number.js';
import { findOfficeLogo, findOwnOffice } from './offices.repository.js';
import { letterheadForm, numberingForm, officeForm, type NumberingForm } from './offices.schema.js';
import { changeLetterhead, changeNumbering, changeOffice, checkPattern } from './offices.service.js';

/** Only to show what a number will look like. */
const sampleSerial = 123;

/** Settings of the office itself: facts, letterhead, numbering. */
export function settingsPages(deps: AppDeps) {
  async function showOffice(req: Request, res: Response, state = {}, status = 200): Promise<void> {
    const office = await findOwnOffice(deps.db, officeActor(req));
    res.page('offices/office', { title: req.t('office.title'), office, zoneNames, ...state }, status);
  }

  async function showLetterhead(req: Request, res: Response, state = {}, status = 200): Promise<void> {
    const office = await findOwnOffice(deps.db, officeActor(req));
    res.page('offices/letterhead', { title: req.t('letterhead.title'), office, ...state }, status);
  }

  async function showNumbering(
    req: Request,
    res: Response,
    state: NumberingState = {},
    status = 200,
  ): Promise<void> {
    const office = await findOwnOffice(deps.db, officeActor(req));
    const shown = state.typed ?? office;
    const date = localParts(deps.clock.now(), office.zone).date;
    const parts = { code: shown.numberCode, unit: shown.numberUnit, serial: sampleSerial, date };
    const preview = state.errors ? undefined : formatLetterNumber(shown.numberPattern, parts);
    const title = req.t('numbering.title');
    res.page('offices/numbering', { title, office, preview, placeholderNames, ...state }, status);
  }

  return {
    index: (req: Request, res: Response) => res.page('offices/settings', { title: req.t('menu.settings') }),
    showOffice: (req: Request, res: Response) => showOffice(req, res),
    showLetterhead: (req: Request, res: Response) => showLetterhead(req, res),
    showNumbering: (req: Request, res: Response) => showNumbering(req, res),

    saveOffice: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          await changeOffice(deps, officeActor(req), readForm(officeForm, req.body));
          res.flash('common.saved');
          res.redirect(303, '/settings/office');
        },
        (state) => showOffice(req, res, state, 422),
      ),

    saveLetterhead: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const form = readForm(letterheadForm, req.body);
          await changeLetterhead(deps, officeActor(req), form, uploadedFile(req)?.buffer);
          res.flash('common.saved');
          res.redirect(303, '/settings/letterhead');
        },
        (state) => showLetterhead(req, res, state, 422),
      ),

    saveNumbering: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const form = readForm(numberingForm, req.body);
          if ((req.body as { preview?: string }).preview) {
            checkPattern(form.numberPattern);
            return showNumbering(req, res, { typed: form, values: { ...form } });
          }
          await changeNumbering(deps, officeActor(req), form);
          res.flash('common.saved');
          res.redirect(303, '/settings/numbering');
        },
        (state) => showNumbering(req, res, state, 422),
      ),

    async logo(req: Request, res: Response): Promise<void> {
      const logo = await findOfficeLogo(deps.db, officeActor(req).office.id);
      if (!logo) throw new NotFound();
      res.set('Cache-Control', 'private, no-cache').set('ETag', `"${logo.sha256}"`).type(logo.mediaType);
      if (req.fresh) return void res.status(304).end();
      deps.files
        .read(logo.sha256)
        .on('error', req.next ?? (() => res.destroy()))
        .pipe(res);
    },
  };
}

interface NumberingState {
  typed?: NumberingForm;
  values?: Record<string, unknown>;
  errors?: object;
}
