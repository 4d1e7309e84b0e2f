import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { officeActor } from '../../web/routes.js';
import { personName } from '../../i18n/format.js';
import { eventFrame } from '../events/events.service.js';
import { signersOf } from '../offices/papers.service.js';
import { mustBeOpen } from './access.js';
import { composeLetter } from './compose.js';
import { addressOfLetter, idsOf, letterActor } from './letter.pages.js';
import { letterForm, type LetterForm } from './letters.schema.js';
import { previewOf } from './preview.js';
import { checkTemplates } from './settings.service.js';
import { placeholders } from './template.js';
import { changeLetter, formToAll, readLetter } from './writing.service.js';

interface Shown extends Partial<FormState> {
  /** What the preview shows instead of what is kept. */
  typed?: LetterForm;
}

/** The words of one letter, beside what they give. */
export function letterTextPages(deps: AppDeps) {
  const { db, clock } = deps;
  const actOn = letterActor(deps);

  async function show(req: Request, res: Response, shown: Shown = {}): Promise<void> {
    const actor = officeActor(req);
    const ids = idsOf(req);
    const frame = await eventFrame(deps, actor, ids.eventId);
    const { letter } = await readLetter(deps, actor, ids);
    mustBeOpen(letter);
    const { number, letterDate } = letter;
    const wanted = { ...(shown.typed ?? letter), number, letterDate };
    const content = await composeLetter(db.manager, actor, frame.event, wanted, clock.now());
    const errors = shown.errors ?? {};
    const signers = await signersOf(db, actor);
    res.page(
      'letters/text',
      {
        title: req.t('surat.edit_text'),
        ...frame,
        letter,
        base: addressOfLetter(ids),
        placeholders,
        signers: signers.map((signer) => [signer.id, `${personName(signer)}, ${signer.position}`]),
        ...previewOf(content, deps),
        errors,
        values: shown.values ?? {},
      },
      Object.keys(errors).length > 0 ? 422 : 200,
    );
  }

  async function save(req: Request, res: Response, form: LetterForm): Promise<void> {
    const ids = idsOf(req);
    const isSignedGone = await changeLetter(deps, officeActor(req), ids, form);
    res.flash(isSignedGone ? 'surat.flash.signed_dropped' : 'common.saved');
    res.redirect(303, addressOfLetter(ids));
  }

  const trySaving = (req: Request, res: Response): Promise<void> =>
    actOrShow(
      req,
      async () => {
        const form = readForm(letterForm, req.body);
        const { act } = req.body as { act?: unknown };
        if (act === 'preview') {
          checkTemplates(form, form.mode);
          return show(req, res, { typed: form, values: req.body as Record<string, unknown> });
        }
        await save(req, res, form);
      },
      (state) => show(req, res, state),
    );

  return {
    show: (req: Request, res: Response) => actOn(req, res, () => show(req, res)),

    save: (req: Request, res: Response) => actOn(req, res, () => trySaving(req, res)),

    /** Makes it a letter that serves all; words that only one LKS's own letter can say are mended in its form. */
    toAll: (req: Request, res: Response): Promise<void> =>
      actOn(req, res, async () => {
        const form = await formToAll(deps, officeActor(req), idsOf(req));
        await actOrShow(
          req,
          () => save(req, res, form),
          ({ errors }) => show(req, res, { errors, values: { ...form } }),
        );
      }),
  };
}
