import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { printLetter } from '../../documents/letter-printing.js';
import { localParts } from '../../i18n/zones.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { officeActor } from '../../web/routes.js';
import type { OfficeActor } from '../accounts/permissions.js';
import { findOfficeLogo, findOwnOffice } from '../offices/offices.service.js';
import { findSigner, readLogo } from '../offices/papers.service.js';
import { signatureOf } from '../offices/signature.js';
import { placeOf, sampleContent } from './compose.js';
import type { LetterContent } from './content.js';
import {
  movedOrder,
  readBlockMove,
  settingsForm,
  shownOrder,
  type LetterSettings,
} from './letters.schema.js';
import { previewOf, shownPaper } from './preview.js';
import { checkTemplates, ownSettings, saveSettings } from './settings.service.js';
import { placeholders } from './template.js';

interface Shown extends Partial<FormState> {
  /** What the preview shows instead of what is kept. */
  typed?: LetterSettings;
  isMoved?: boolean;
}

/** What an office wants its letters to be, with a preview by an invented event. */
export function letterSettingsPages(deps: AppDeps) {
  async function sample(actor: OfficeActor, settings: LetterSettings): Promise<LetterContent> {
    const office = await findOwnOffice(deps.db, actor);
    const signer = await findSigner(deps.db, actor);
    const logo = await findOfficeLogo(deps.db, office.id);
    return sampleContent(office, settings, {
      place: await placeOf(deps.db.manager, office, settings),
      logo: logo?.sha256 ?? null,
      signature: signer ? signatureOf(signer) : null,
      today: localParts(deps.clock.now(), office.zone).date,
    });
  }

  async function show(req: Request, res: Response, shown: Shown = {}): Promise<void> {
    const actor = officeActor(req);
    const kept = await ownSettings(deps.db, actor);
    const content = await sample(actor, shown.typed ?? kept);
    const errors = shown.errors ?? {};
    res.page(
      'letters/settings',
      {
        title: req.t('surat.settings'),
        settings: kept,
        order: shown.values ? shownOrder(shown.values.order) : kept.order,
        isMoved: shown.isMoved ?? false,
        values: shown.values ?? {},
        errors,
        placeholders,
        ...previewOf(content, deps),
      },
      Object.keys(errors).length > 0 ? 422 : 200,
    );
  }

  async function printSample(res: Response, actor: OfficeActor, settings: LetterSettings): Promise<void> {
    const content = await sample(actor, settings);
    const logo = await readLogo(deps.files, content.letterhead.logo ?? undefined);
    const printing = { logo, isDemo: true, isDraft: false, at: deps.clock.now() };
    res.type('pdf').send(await printLetter(shownPaper(content, printing)));
  }

  return {
    show: (req: Request, res: Response) => show(req, res),

    async save(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const body = (req.body ?? {}) as Record<string, unknown>;
      const move = readBlockMove(body.act);
      await actOrShow(
        req,
        async () => {
          const order = move ? movedOrder(body.order, move) : body.order;
          const form = readForm(settingsForm, { ...body, order });
          checkTemplates(form, form.mode);
          const values = { ...body, order: form.order };
          if (move) return show(req, res, { typed: form, values, isMoved: true });
          if (body.act === 'preview') return show(req, res, { typed: form, values });
          if (body.act === 'pdf') return printSample(res, actor, form);
          await saveSettings(deps, actor, form);
          res.flash('common.saved');
          res.redirect(303, '/settings/letters');
        },
        (state) => show(req, res, state),
      );
    },
  };
}
