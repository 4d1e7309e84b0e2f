import type { AppDeps } from '../../app.js';
import { hasPublishedMinutes } from '../minutes/minutes.service.js';
import type { AnswerView } from './answers.repository.js';
import { mayReadMinutes } from './situation.js';

/** Whether a link page leads to minutes; asks the database only where it could. */
export const hasMinutesFor = async (deps: AppDeps, view: AnswerView): Promise<boolean> =>
  mayReadMinutes(view) && (await hasPublishedMinutes(deps, view.eventId));
