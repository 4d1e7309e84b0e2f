import { may, type OfficeActor, type Permission } from '../accounts/permissions.js';
import { allows, isClosed, verbs, type ActionState, type Verb } from './action.machine.js';

/** Which permission each step needs where a person of the office takes it (rules.md, roles). */
export const permissionOf: Record<Verb, Permission> = {
  start: 'action.write',
  hand_in: 'action.write',
  defer: 'action.write',
  resume: 'action.write',
  verify: 'action.verify',
  return: 'action.verify',
  drop: 'action.drop',
  reopen: 'action.drop',
};

export interface Judged {
  state: ActionState;
  ownerUserId: number | null;
  handedInBy: number | null;
}

/** Whoever owes it and handed it in does not verify it: that is for somebody else. */
export const isOwnWork = (actor: OfficeActor, { ownerUserId, handedInBy }: Judged): boolean =>
  ownerUserId === actor.userId && handedInBy === actor.userId;

/** The steps that this person may take now; guards the handler and hides the button. */
export const stepsFor = (actor: OfficeActor, action: Judged): Verb[] =>
  verbs.filter(
    (verb) =>
      may(actor, permissionOf[verb]) &&
      allows(verb, action.state, 'office') &&
      !(verb === 'verify' && isOwnWork(actor, action)),
  );

/** Facts of what is closed stay as they are. */
export const mayChange = (actor: OfficeActor, { state }: Pick<Judged, 'state'>): boolean =>
  may(actor, 'action.write') && !isClosed(state);
