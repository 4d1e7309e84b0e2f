import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { baseUrl } from '../../web/base-url.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { officeActor } from '../../web/routes.js';
import { exampleFacts } from '../invitations/sharing.js';
import { templateForm } from './templates.schema.js';
import { checkTemplate, findTemplate, resetTemplate, saveTemplate, wordingOf } from './templates.service.js';
import { defaultText, fillText, handPurposes, placeholdersOf, type HandPurpose } from './wording.js';

const address = (purpose: HandPurpose) => `/settings/message-templates/text?purpose=${purpose}`;

/** Of an address or a form; the first one when it names none. */
function purposeFrom(req: Request): HandPurpose {
  const { purpose } = { ...req.query, ...(req.body as object | undefined) } as { purpose?: unknown };
  return handPurposes.find((known) => known === purpose) ?? 'invitation';
}

/** The texts of an office's messages, by purpose. */
export function templatePages(deps: AppDeps) {
  const { db } = deps;

  async function show(req: Request, res: Response, state?: Partial<FormState>, status = 200) {
    const actor = officeActor(req);
    const purpose = purposeFrom(req);
    const own = await findTemplate(db, actor, purpose);
    const typed = state?.values?.text;
    const text = typeof typed === 'string' ? typed : (own?.text ?? defaultText(purpose));
    const example = state?.errors ? undefined : await exampleFacts(deps, baseUrl(req, deps.config), actor);
    res.page(
      'messages/template',
      {
        title: req.t('template.title'),
        purpose,
        own,
        text: own?.text ?? defaultText(purpose),
        names: placeholdersOf(purpose),
        example,
        preview:
          example &&
          fillText(text, {
            ...example,
            changes: req.t('template.example_change'),
            reason: example.reason || req.t('template.example_reason'),
          }),
        ...state,
      },
      status,
    );
  }

  return {
    async list(req: Request, res: Response): Promise<void> {
      const own = await wordingOf(db, officeActor(req).office.id);
      res.page('messages/templates', { title: req.t('template.title'), purposes: handPurposes, own });
    },

    show: (req: Request, res: Response) => show(req, res),

    save: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const purpose = purposeFrom(req);
          const form = readForm(templateForm, req.body);
          if ((req.body as { preview?: string }).preview) {
            checkTemplate(purpose, form.text);
            return show(req, res, { values: { ...form } });
          }
          await saveTemplate(db, officeActor(req), purpose, form);
          res.flash('common.saved');
          res.redirect(303, address(purpose));
        },
        (state) => show(req, res, state, 422),
      ),

    async reset(req: Request, res: Response): Promise<void> {
      const purpose = purposeFrom(req);
      await resetTemplate(db, officeActor(req), purpose);
      res.flash('template.was_reset');
      res.redirect(303, address(purpose));
    },
  };
}
