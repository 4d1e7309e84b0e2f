import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { Conflict } from '../../errors.js';
import { actOrShow, type FormMistake } from '../../web/form-page.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame } from '../events/events.service.js';
import type { LetterIds } from './access.js';
import { letterHash, missingIn } from './compose.js';
import { allows, isOpen } from './letter.machine.js';
import { lettersOf, peopleNames } from './letters.repository.js';
import { proposedNumber } from './numbers.service.js';
import { outdatedLetterOf } from './outdated.service.js';
import { previewOf } from './preview.js';
import { ownSettings } from './settings.service.js';
import { isSignedStale, isToBeSigned } from './signed.service.js';
import { readLetter } from './writing.service.js';

export const idsOf = (req: Request): LetterIds => ({
  eventId: idFrom(req),
  letterId: idFrom(req, 'letterId'),
});
export const addressOfLetter = ({ eventId, letterId }: LetterIds): string =>
  `/events/${eventId}/letters/${letterId}`;

interface Shown {
  mistake?: FormMistake;
  /** Why what was wanted of the letter could not be done: told above it as it stands now. */
  conflict?: Conflict;
}

/** Shows one letter on its way to being issued. */
export function letterShower(deps: AppDeps) {
  const { db } = deps;

  return async (req: Request, res: Response, shown: Shown = {}): Promise<void> => {
    const { mistake, conflict } = shown;
    const actor = officeActor(req);
    const ids = idsOf(req);
    const frame = await eventFrame(deps, actor, ids.eventId);
    const { letter, content } = await readLetter(deps, actor, ids);
    const { requiresApproval } = await ownSettings(db, actor);
    const others = await lettersOf(db.manager, ids.eventId);
    const newest = others.find(({ state }) => state === 'issued');
    const verb = letter.state === 'approved' || requiresApproval ? 'issue' : 'issue_unapproved';
    res.page(
      'letters/letter',
      {
        title: req.t('surat.title'),
        ...frame,
        letter,
        content,
        base: addressOfLetter(ids),
        ...previewOf(content, deps),
        missing: missingIn(content),
        isToBeSigned: isToBeSigned(letter, content, requiresApproval),
        isSignedStale: isSignedStale(letter, content),
        seen: letterHash(content),
        requiresApproval,
        outdated: await outdatedLetterOf(db.manager, frame.event),
        isReplaced: letter.state === 'issued' && newest?.id !== letter.id,
        isOpen: isOpen(letter.state),
        canIssue: allows(verb, letter.state),
        canReopen: allows('reopen', letter.state),
        proposed: await proposedNumber(deps, actor),
        people: await peopleNames(db, [letter.submittedBy, letter.approvedBy, letter.issuedBy]),
        mistake,
        conflict,
        errors: mistake?.errors ?? {},
        values: mistake?.values ?? {},
      },
      conflict?.status ?? (mistake ? 422 : 200),
    );
  };
}

/** Acts on a letter; what the state of things does not allow any more comes back with the letter as it is (409). */
export function letterActor(deps: AppDeps) {
  const show = letterShower(deps);
  return async (req: Request, res: Response, act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      await show(req, res, { conflict: error });
    }
  };
}

/** The same for a form on the page of the letter: what is wrong comes back in the form that it was typed into. */
export function letterFormActor(deps: AppDeps) {
  const [show, actOn] = [letterShower(deps), letterActor(deps)];
  return (req: Request, res: Response, form: string, act: () => Promise<void>): Promise<void> =>
    actOn(req, res, () => actOrShow(req, act, (state) => show(req, res, { mistake: { ...state, form } })));
}
