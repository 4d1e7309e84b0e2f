import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { InvalidInput, withoutValues, type DomainError } from '../../errors.js';
import { plainText } from '../../web/form.js';
import type { FormMistake } from '../../web/form-page.js';
import { baseUrl } from '../../web/base-url.js';
import { isPerson, isVisit, visitorOf } from '../../web/visits.js';
import { owedLink } from '../actions/owner-link.service.js';
import { lettersOpen } from '../assignment-letters/letters.service.js';
import { ownAttendance } from '../attendance/attendance.service.js';
import type { SeatsShort } from '../invitations/answering.js';
import { feedAddress } from '../feeds/feeds.service.js';
import { delegatesOf, knownPeople, sharedPhones } from '../invitations/invitations.service.js';
import { materialsForLink } from '../materials/handing-out.js';
import { kindOf } from '../materials/material-words.js';
import { tellTurn } from '../invitations/turn.js';
import { layOutStrip } from '../quotas/strip.js';
import { noteVisit, type AnswerView } from './answers.repository.js';
import { outcomes } from './answers.schema.js';
import { hasMinutesFor } from './minutes-link.js';
import {
  answerDeadline,
  hasInvitationLetter,
  isLetterOutdated,
  mayAcceptAgain,
  namesOpen,
  recordCheckOf,
  situationOf,
  type Situation,
} from './situation.js';

export interface Shown {
  status?: number;
  problem?: DomainError;
  short?: SeatsShort;
  values?: Record<string, unknown>;
  /** The delegate's form that came back, and whose it is. */
  mistake?: FormMistake;
  delegateId?: number;
}

export type ShowAnswer = (req: Request, res: Response, view: AnswerView, shown?: Shown) => Promise<void>;

/** So many delegates stand with QR and forms; more would make the page too heavy and too long for a phone. */
const wholePeople = 2;

/** The delegate whose forms are asked for: one at a time where there are many. */
const chosenIn = (req: Request): number => Number(plainText(req.query.delegate, 9));

/**
 * Who comes, with all that this page tells of them; nobody before an answer.
 * @param chosen the delegate who stands there whole among many
 * @param isMistaken their form came back: the others step back, so that it is found
 */
async function peopleOf(
  { db, links }: AppDeps,
  view: AnswerView,
  situation: Situation,
  { now, chosen, isMistaken }: { now: Date; chosen: number; isMistaken: boolean },
) {
  if (!['accepted', 'reconfirm', 'finished'].includes(situation)) return { delegates: [], known: [] };
  const delegates = (await delegatesOf(db, view.id)).filter(({ state }) => state === 'active');
  const ids = delegates.map(({ id }) => id);
  const attendance = ids.length > 0 ? await ownAttendance(db.manager, ids) : [];
  const isNaming = situation === 'accepted' && namesOpen(view, now);
  const shared = isNaming && delegates.some(({ phone }) => phone) ? await sharedPhones(db, view.id) : [];
  return {
    delegates: delegates.map((delegate) => ({
      ...delegate,
      isWhole: delegate.id === chosen || (delegates.length <= wholePeople && !isMistaken),
      address: `/d/${links.token('delegate', delegate.id, delegate.tokenVersion)}`,
      attendance: attendance.filter((one) => one.delegateId === delegate.id && one.state),
      samePhone: shared
        .filter(({ delegateId }) => delegateId === delegate.id)
        // Whose it is stays with the office when it is another institution's.
        .map(({ invitationId, otherName }) => (invitationId === view.id ? otherName : undefined)),
    })),
    known: isNaming ? await knownPeople(db, view.id) : [],
  };
}

/** Shows the page of the invited institution as things stand now, with what came of the last act. */
export function showAnswer(deps: AppDeps): ShowAnswer {
  const { db, clock, links } = deps;
  return async (req, res, view, shown = {}) => {
    const now = clock.now();
    const situation = situationOf(view, now);
    const owed = situation === 'finished' ? await owedLink(db, view.id) : undefined;
    const address = `/u/${String(req.params.token)}`;
    const letterPlace = { ...view.event, ...view.office, state: view.state, eventState: view.event.state };
    res.page(
      'answers/answer',
      {
        layout: 'link',
        title: view.event.title,
        view,
        situation,
        address,
        formToken: links.formToken(address),
        materials: view.hasMaterials ? await materialsForLink(db, { invitationId: view.id }, now) : [],
        kindOf,
        turn: view.line && tellTurn(view.line.turn, req.t, req.language),
        deadline: answerDeadline(view),
        again: mayAcceptAgain(view, now),
        namesOpen: namesOpen(view, now),
        hasInvitationLetter: hasInvitationLetter(view, situation),
        isLetterOutdated: isLetterOutdated(view),
        lettersOpen: lettersOpen(letterPlace, now),
        recordCheck: recordCheckOf(view, now),
        feed:
          !['revoked', 'not_open'].includes(situation) &&
          feedAddress(
            links,
            baseUrl(req, deps.config),
            'institutionFeed',
            view.institutionId,
            view.feedVersion,
          ),
        minutes: await hasMinutesFor(deps, view),
        strip: layOutStrip([{ key: '', ...view }]),
        ...(await peopleOf(deps, view, situation, {
          now,
          chosen: shown.delegateId ?? chosenIn(req),
          isMistaken: shown.mistake !== undefined,
        })),
        owed: owed && { ...owed, address: `/t/${links.token('owner', owed.ownerId, owed.tokenVersion)}` },
        outcome: outcomes.find((known) => known === req.query.done),
        problem: shown.problem,
        short: shown.short,
        mistake: shown.mistake,
        values: shown.values ?? {},
        errors: shown.problem instanceof InvalidInput ? shown.problem.fields : {},
      },
      shown.status ?? 200,
    );
    const [visitor, language] = [visitorOf(req), req.language === 'en' ? 'en' : 'id'] as const;
    // Somebody who switches the language wants the next e-mail in it, however soon after the last look.
    if (isVisit(visitor, view.lastVisitAt, now) || (isPerson(visitor) && language !== view.language))
      noteVisit(db, view.id, now, language).catch((error: unknown) =>
        deps.log.warn({ err: withoutValues(error) }, 'visit was not noted'),
      );
  };
}
