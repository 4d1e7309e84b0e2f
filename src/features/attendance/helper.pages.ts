import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { doorCodeLength, normaliseCode } from '../../links/tokens.js';
import { localParts } from '../../i18n/zones.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { plainText } from '../../web/form.js';
import { checkFormToken, openSecretLink } from '../../web/secret-link.js';
import { sessionsWithCounts, type SessionCount } from './attendance.repository.js';
import { sessionAt } from './attendance.service.js';
import type { Outcome } from './marking.js';
import { showOutcome, wantsPart } from './outcome.pages.js';
import { allowCamera, scanShown } from './scan.pages.js';
import { findScanLink, type OpenScanLink } from './scan-links.service.js';

/** The page behind a helper's link: it scans for one event, and shows nobody but who was just scanned. */
export function helperPages(deps: AppDeps) {
  const { db, clock, links } = deps;

  const open = (req: Request, forLateMarks = false) =>
    openSecretLink(deps, req, 'scan', (id) => findScanLink(db, id, clock.now(), { forLateMarks }));

  /** Today's sessions; a helper can record for no other day. */
  async function sessionsOf(link: OpenScanLink, wanted: unknown) {
    const all = await sessionsWithCounts(db.manager, link.eventId);
    const nearest = sessionAt(all, clock.now(), link.zone);
    const today = all.filter(({ date }) => date === localParts(clock.now(), link.zone).date);
    const chosen = today.find(({ id }) => id === Number(plainText(wanted, 9)));
    return {
      all,
      today,
      nearest,
      session: chosen ?? (nearest && today.includes(nearest) ? nearest : undefined),
    };
  }

  async function show(
    req: Request,
    res: Response,
    link: OpenScanLink,
    more: Partial<FormState> & { outcome?: Outcome } = {},
  ): Promise<void> {
    const body = (req.body ?? {}) as { session?: unknown };
    const { today, nearest, session } = await sessionsOf(link, req.query.session ?? body.session);
    const address = `/s/${String(req.params.token)}`;
    allowCamera(res);
    res.set('Cache-Control', 'private, no-store');
    res.page(
      'attendance/helper',
      {
        layout: 'link',
        title: req.t('attendance.scan_title'),
        link,
        view: { office: { name: link.officeName, accent: link.accent, hasLogo: false } },
        event: link,
        address,
        formToken: links.formToken(address),
        sessions: today,
        nearest,
        session,
        newId: randomUUID,
        shown: more.outcome && showOutcome(req, more.outcome, { zone: link.zone, isHelper: true }),
        ...more,
      },
      more.errors ? 422 : 200,
    );
  }

  /** The session that the phone scanned for; one that it kept may be of earlier today. */
  const sessionFor = (all: SessionCount[], wanted: unknown, otherwise: SessionCount | undefined) =>
    all.find(({ id }) => id === Number(plainText(wanted, 9))) ?? otherwise;

  async function scan(req: Request, res: Response, link: OpenScanLink): Promise<void> {
    const { session: wanted } = req.body as { session?: unknown };
    const { all, session: current } = await sessionsOf(link, wanted);
    const session = sessionFor(all, wanted, current);
    if (!session) return show(req, res, link);
    const at = { eventId: link.eventId, sessionId: session.id };
    const keeper = { userId: null, scanLinkId: link.id };
    const event = { id: link.eventId, officeId: link.officeId };
    // Guessing codes of six letters is what the limit is for; counted for the link: a hall is behind one address.
    const { code } = req.body as { code?: unknown };
    const isTyped = normaliseCode(plainText(code, 40), doorCodeLength) !== undefined;
    const attempt = isTyped ? await deps.limits.attempt('door', `link ${link.id}`) : undefined;
    const outcome = await scanShown(deps, event, at, keeper, req.body);
    if (outcome.result !== 'unknown') await attempt?.forgive();
    if (!wantsPart(req)) return show(req, res, link, { outcome });
    res.page('attendance/answer', {
      layout: 'none',
      outcome,
      shown: showOutcome(req, outcome, { zone: link.zone, isHelper: true }),
      row: undefined,
      isHelper: true,
    });
  }

  return {
    async show(req: Request, res: Response): Promise<void> {
      await show(req, res, await open(req));
    },

    async scan(req: Request, res: Response): Promise<void> {
      const link = await open(req, true);
      checkFormToken(deps, req, `/s/${String(req.params.token)}`);
      await actOrShow(
        req,
        () => scan(req, res, link),
        (state) => show(req, res, link, state),
      );
    },
  };
}
