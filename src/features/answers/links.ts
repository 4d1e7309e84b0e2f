import type { AppDeps } from '../../app.js';
import { NotFound } from '../../errors.js';
import type { Visitor } from './visits.js';
import { findAnswerView, findDelegateKey, type AnswerView, type DelegateKey } from './answers.repository.js';

/** A token from an address, compared in constant time; only failures are counted (rules.md 25). */
async function fail(deps: AppDeps, { address }: Visitor): Promise<never> {
  await deps.limits.check('link', address);
  await deps.limits.failed('link', address);
  throw new NotFound('answer.unknown_link');
}

/** @throws NotFound for a token that is wrong or revoked, DomainError 429 after too many of them */
export async function openInvitation(deps: AppDeps, visitor: Visitor): Promise<AnswerView> {
  const { token } = visitor;
  const id = deps.links.claimedId('invitation', token);
  const view = id === undefined ? undefined : await findAnswerView(deps.db, id);
  if (!view || !deps.links.matches('invitation', view.id, view.tokenVersion, token))
    return fail(deps, visitor);
  return view;
}

/** @throws NotFound as above */
export async function openDelegate(
  deps: AppDeps,
  visitor: Visitor,
): Promise<{ key: DelegateKey; view: AnswerView }> {
  const { token } = visitor;
  const id = deps.links.claimedId('delegate', token);
  const key = id === undefined ? undefined : await findDelegateKey(deps.db, id);
  if (!key || !deps.links.matches('delegate', key.id, key.tokenVersion, token)) return fail(deps, visitor);
  const view = await findAnswerView(deps.db, key.invitationId);
  if (!view) return fail(deps, visitor);
  return { key, view };
}
