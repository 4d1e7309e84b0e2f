import type { Request } from 'express';
import type { AppDeps } from '../../app.js';
import { NotFound } from '../../errors.js';
import { addressOf } from '../../web/limits.js';
import { findAnswerView, findDelegateKey, type AnswerView, type DelegateKey } from './answers.repository.js';

/** A token from an address, compared in constant time; only failures are counted (rules.md 25). */
async function fail(deps: AppDeps, req: Request): Promise<never> {
  await deps.limits.check('link', addressOf(req));
  await deps.limits.failed('link', addressOf(req));
  throw new NotFound('answer.unknown_link');
}

export const isUnknownLink = (error: unknown): boolean =>
  error instanceof NotFound && error.textKey === 'answer.unknown_link';

const tokenOf = (req: Request) => String(req.params.token ?? '');

/** @throws NotFound for a token that is wrong or revoked, DomainError 429 after too many of them */
export async function openInvitation(deps: AppDeps, req: Request): Promise<AnswerView> {
  const token = tokenOf(req);
  const id = deps.links.claimedId('invitation', token);
  const view = id === undefined ? undefined : await findAnswerView(deps.db, id);
  if (!view || !deps.links.matches('invitation', view.id, view.tokenVersion, token)) return fail(deps, req);
  return view;
}

/** @throws NotFound as above */
export async function openDelegate(
  deps: AppDeps,
  req: Request,
): Promise<{ key: DelegateKey; view: AnswerView }> {
  const token = tokenOf(req);
  const id = deps.links.claimedId('delegate', token);
  const key = id === undefined ? undefined : await findDelegateKey(deps.db, id);
  if (!key || !deps.links.matches('delegate', key.id, key.tokenVersion, token)) return fail(deps, req);
  const view = await findAnswerView(deps.db, key.invitationId);
  if (!view) return fail(deps, req);
  return { key, view };
}
