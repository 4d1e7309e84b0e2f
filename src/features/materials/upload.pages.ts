import type { Request, Response } from 'express';
import { emptyFiles } from '../../web/uploads.js';
import { actOrShow, type FormState } from '../../web/form-page.js';

/** A script sends uploads and shows how far they are: it wants to be told, not to be led on. */
const byScript = (req: Request): boolean => req.accepts(['html', 'json']) === 'json';

/** Where an upload leads, and what is said there. */
export interface Uploaded {
  to: string;
  flash: string;
  values: Record<string, unknown>;
}

/** Too large is not the same as wrong (RFC 9110 §15.5.14). */
const statusOf = ({ errors }: FormState): number =>
  Object.values(errors).some(({ key }) => key === 'error.file_named_larger_than') ? 413 : 422;

/** Acts on a form with files, and answers a browser with a page and a script in JSON. */
export const answerUpload = (
  req: Request,
  res: Response,
  act: () => Promise<Uploaded>,
  showAgain: (state: FormState, status: number) => void | Promise<void>,
): Promise<void> =>
  actOrShow(
    req,
    async () => {
      const { to, flash, values } = await act();
      const empty = emptyFiles(req);
      if (empty.length === 0) res.flash(flash, values);
      else res.flash('material.some_empty', { said: req.t(flash, values), names: empty.join(', ') }, 'no');
      if (byScript(req)) res.status(201).json({ to });
      else res.redirect(303, to);
    },
    (state) => {
      const status = statusOf(state);
      if (!byScript(req)) return showAgain(state, status);
      const problems = Object.values(state.errors).map(({ key, values }) => req.t(key, values));
      res.status(status).json({ error: problems.join(' ') });
    },
  );
