import { Router } from 'express';
import type { Deps } from '../deps.js';
import { languages } from '../i18n/translate.js';

/** Back to a page of ours, never to another site. */
export const localPath = (given: unknown): string =>
  typeof given === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(given) ? given : '/';

/** The language is kept in a cookie, also for pages that open no session; hence the token of the link pages. */
export function languageRouter({ config, links }: Deps): Router {
  const router = Router();
  router.post('/language', (req, res) => {
    const { language, back, _csrf } = (req.body ?? {}) as Record<string, unknown>;
    if (!links.formTokenMatches('language', _csrf))
      throw Object.assign(new Error('csrf'), { code: 'EBADCSRFTOKEN' });
    const chosen = languages.find((known) => known === language) ?? 'id';
    res.cookie('language', chosen, {
      maxAge: 365 * 86_400_000,
      sameSite: 'lax',
      httpOnly: true,
      secure: config.baseUrl?.startsWith('https:') ?? false,
    });
    res.redirect(303, localPath(back));
  });
  return router;
}
