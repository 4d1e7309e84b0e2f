import type { AppDeps } from '../../app.js';
import { NotFound } from '../../errors.js';
import { openSecretLink, type LinkRequest } from '../../web/secret-link.js';
import {
  findAnswerView,
  findDelegateKey,
  findInvitationKey,
  type AnswerView,
  type DelegateKey,
  type InvitationKey,
} from './answers.repository.js';

/** @throws NotFound for a token that is wrong or revoked, DomainError 429 after too many of them */
export const openInvitation = (deps: AppDeps, req: LinkRequest): Promise<AnswerView> =>
  openSecretLink(deps, req, 'invitation', (id) => findAnswerView(deps.db, id));

/** The same for an act, which reads under the lock whatever it needs. @throws as above */
export const openToAct = (deps: AppDeps, req: LinkRequest): Promise<InvitationKey> =>
  openSecretLink(deps, req, 'invitation', (id) => findInvitationKey(deps.db, id));

/** @throws NotFound as above */
export async function openDelegate(
  deps: AppDeps,
  req: LinkRequest,
): Promise<{ key: DelegateKey; view: AnswerView }> {
  const key = await openSecretLink(deps, req, 'delegate', (id) => findDelegateKey(deps.db, id));
  const view = await findAnswerView(deps.db, key.invitationId);
  if (!view) throw new NotFound('answer.unknown_link');
  return { key, view };
}
