import type { Request } from 'express';
import type { AppDeps } from '../app.js';
import { NotFound } from '../errors.js';
import type { LinkPurpose } from '../links/tokens.js';
import { plainText } from './form.js';
import { addressOf } from './limits.js';

/** Pages behind a secret address: they open no session, and GET changes nothing (rules.md 24 and 25). */
type LinkDeps = Pick<AppDeps, 'links' | 'limits'>;

/** As much of a request as opens a link: services that open one need not know Express. */
export interface LinkRequest {
  params: { token?: unknown };
  /** Network address of who asks. */
  ip: string | undefined;
}

/** What a token must find: the record that it names, and the version that is good today. */
interface Opened {
  tokenVersion: number;
}

/**
 * Opens what a token in the path stands for. Tokens are compared in constant time, and only failures are counted:
 * mobile carriers put thousands of phones behind one address (rules.md 25).
 * @param find the record of that id, or undefined when there is none or it is open no longer
 * @throws NotFound for a token that is wrong or revoked, DomainError 429 after too many of them
 */
export async function openSecretLink<T extends Opened>(
  { links, limits }: LinkDeps,
  req: LinkRequest,
  purpose: LinkPurpose,
  find: (id: number) => Promise<T | undefined>,
): Promise<T> {
  const token = plainText(req.params.token);
  const id = links.claimedId(purpose, token);
  const found = id === undefined ? undefined : await find(id);
  if (found && id !== undefined && links.matches(purpose, id, found.tokenVersion, token)) return found;
  await limits.check('link', addressOf(req));
  await limits.failed('link', addressOf(req));
  throw new NotFound('answer.unknown_link');
}

/**
 * Forms of link pages carry a token of their own: no session holds one for them (docs/decisions/006). A script may
 * send it as a header.
 * @param page the address that the form stands on
 * @throws Error with the code EBADCSRFTOKEN, which the error handler knows
 */
export function checkFormToken({ links }: Pick<AppDeps, 'links'>, req: Request, page: string): void {
  const given = (req.body as { _csrf?: unknown } | undefined)?._csrf ?? req.get('x-csrf-token');
  if (!links.formTokenMatches(page, given)) throw Object.assign(new Error('csrf'), { code: 'EBADCSRFTOKEN' });
}
