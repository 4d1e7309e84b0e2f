import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame, findEventFor } from '../events/events.service.js';
import { scanSchema, takenAt } from './attendance.schema.js';
import { findSession, markPerson, type At } from './attendance.service.js';
import { findShown } from './finding.js';
import type { DoorKeeper, Outcome } from './marking.js';
import { showOutcome, wantsPart } from './outcome.pages.js';
import { actOrShow, type FormState } from '../../web/form-page.js';

/**
 * What the scanning page needs beyond every other one: WebAssembly of our own that reads the codes, and the camera.
 */
export function allowCamera(res: Response): void {
  const policy = String(res.getHeader('Content-Security-Policy'));
  res.set(
    'Content-Security-Policy',
    policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"),
  );
  res.set('Permissions-Policy', 'camera=(self), microphone=(), geolocation=()');
}

/** What was shown at the door becomes a mark, or the reason why not. */
export async function scanShown(
  deps: AppDeps,
  event: { id: number; officeId: number },
  at: At,
  keeper: DoorKeeper,
  body: unknown,
): Promise<Outcome> {
  const typed = readForm(scanSchema, body);
  const shown = await findShown(deps.db.manager, deps.links, event, typed.code.trim());
  if ('result' in shown) return shown;
  const { delegateId, way } = shown;
  const wish = { clientId: typed.clientId, kind: typed.kind, way, taken: takenAt(typed) };
  return markPerson(deps, at, { delegateId }, keeper, wish);
}

/** The scanning page of the office: camera, typed code, the same for a session. */
export function scanPages(deps: AppDeps) {
  const { db } = deps;

  async function show(req: Request, res: Response, more: Partial<FormState> & { outcome?: Outcome } = {}) {
    const frame = await eventFrame(deps, officeActor(req), idFrom(req));
    const { event } = frame;
    const session = await findSession(db.manager, { eventId: event.id, sessionId: idFrom(req, 'sessionId') });
    allowCamera(res);
    res.page(
      'attendance/scan',
      {
        title: event.title,
        ...frame,
        session,
        newId: randomUUID,
        shown: more.outcome && showOutcome(req, more.outcome, event),
        ...more,
      },
      more.errors ? 422 : 200,
    );
  }

  return {
    show: (req: Request, res: Response) => show(req, res),

    scan: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const actor = officeActor(req);
          const event = await findEventFor(db.manager, actor, idFrom(req));
          const at = { eventId: event.id, sessionId: idFrom(req, 'sessionId') };
          const keeper = { userId: actor.userId, scanLinkId: null };
          const outcome = await scanShown(deps, event, at, keeper, req.body);
          if (!wantsPart(req)) return show(req, res, { outcome });
          res.page('attendance/answer', {
            layout: 'none',
            outcome,
            shown: showOutcome(req, outcome, event),
            event,
            session: { id: at.sessionId },
            row: undefined,
            newId: randomUUID,
          });
        },
        (state) => show(req, res, state),
      ),
  };
}
