import type { Request } from 'express';
import { InvalidInput, type FieldProblem } from '../errors.js';

/** What a form shows again after a mistake: the problems, and everything as it was typed. */
export interface FormState {
  errors: Record<string, FieldProblem>;
  values: Record<string, unknown>;
}

/** The form that came back on a page with several: `form` is what the ids of its fields begin with. */
export interface FormMistake extends FormState {
  form: string;
}

/** Acts on a form; when something typed is wrong, shows the form again with it (status 422). */
export async function actOrShow(
  req: Request,
  act: () => Promise<void>,
  showAgain: (state: FormState) => void | Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    await showAgain({ errors: error.fields, values: (req.body ?? {}) as Record<string, unknown> });
  }
}
