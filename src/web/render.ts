import ejs from 'ejs';
import type { Request, RequestHandler, Response } from 'express';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { may, type Permission } from '../features/accounts/permissions.js';
import { formatPhone, internationalPhone, personName } from '../i18n/format.js';
import { languages, type Language } from '../i18n/translate.js';
import { daysBetween, localParts, zoneLabel } from '../i18n/zones.js';
import type { LinkKeys } from '../links/tokens.js';
import { projectRoot } from '../paths.js';
import { formats, translators } from '../texts.js';
import type { Assets } from './assets.js';
import { isBackgroundRequest } from './background-request.js';

const viewsFolder = join(projectRoot, 'views');

interface RenderDeps {
  config: Config;
  clock: Clock;
  assets: Assets;
  links: LinkKeys;
}

/** Pages name their layout: `staff` (menu), `plain` (a card in the middle), `link` (light, no session); `none` is a part of a page. */
type Layout = 'staff' | 'plain' | 'link' | 'none';

function languageFrom(cookies: string | undefined, allowPseudo: boolean): Language {
  const chosen = /(?:^|;\s*)language=([a-z]+)/.exec(cookies ?? '')?.[1];
  if (chosen === 'pseudo' && allowPseudo) return 'pseudo';
  return languages.find((language) => language === chosen) ?? 'id';
}

/** Gives each request its language, and each response `page` and `flash`. */
export function rendering({ config, clock, assets, links }: RenderDeps): RequestHandler {
  const shared = {
    assets,
    icon: (name: string) => assets.icon(name),
    inlineIcon: (name: string) => assets.inlineIcon(name),
    personName,
    formatPhone,
    internationalPhone,
    zoneLabel,
    localParts,
    daysBetween,
    languageToken: links.formToken('language'),
  };
  // Parsed once in production; read anew at each call while someone works on them.
  const options = { views: [viewsFolder], root: viewsFolder, cache: !config.development };

  return (req, res, next) => {
    req.language = languageFrom(req.headers.cookie, !config.production);
    req.t = translators[req.language];
    req.format = formats[req.language];
    res.flash = (textKey, values = {}, tone = 'ok') => {
      // Link pages open no session: there is nothing to keep a message in.
      const session = req.session as Request['session'] | undefined;
      if (session) session.flash = { textKey, values, tone };
    };
    res.page = (view, data = {}, status = 200) => {
      const wanted = (data.layout as Layout | undefined) ?? 'staff';
      // A page that refreshes itself takes its parts from the page alone.
      const layout = isBackgroundRequest(req) ? 'none' : wanted;
      const locals = {
        ...shared,
        t: req.t,
        format: req.format,
        language: req.language,
        actor: req.actor,
        may: (permission: Permission) => may(req.actor, permission),
        now: clock.now(),
        path: req.path,
        here: req.originalUrl,
        query: req.query,
        csrfToken: layout === 'link' ? '' : csrfTokenOf(req),
        // A part that a script fetches is no next page.
        flash: layout === 'none' ? undefined : takeFlash(req),
        title: '',
        errors: {},
        values: {},
        demo: config.demo,
        ...data,
      };
      void send(res, view, layout, locals, options, status);
    };
    next();
  };
}

function csrfTokenOf(req: Express.Request & { csrfToken?: (overwrite?: boolean) => string }): string {
  return req.csrfToken?.() ?? '';
}

function takeFlash(req: { session?: { flash?: unknown } }) {
  const flash = req.session?.flash;
  if (flash && req.session) delete req.session.flash;
  return flash;
}

async function send(
  res: Response,
  view: string,
  layout: Layout,
  locals: Record<string, unknown>,
  options: ejs.Options,
  status: number,
): Promise<void> {
  try {
    const body = await ejs.renderFile(join(viewsFolder, `${view}.ejs`), locals, options);
    if (layout === 'none') return void res.status(status).type('html').send(body);
    const page = await ejs.renderFile(
      join(viewsFolder, 'layouts', `${layout}.ejs`),
      { ...locals, body },
      options,
    );
    res.status(status).type('html').send(page);
  } catch (error) {
    res.req.next?.(error);
  }
}
