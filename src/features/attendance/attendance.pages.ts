import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { isBackgroundRequest } from '../../web/background-request.js';
import { baseUrl } from '../../web/base-url.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { plainText, readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame } from '../events/events.service.js';
import {
  figuresOf,
  listPeople,
  peopleFilters,
  sessionsWithCounts,
  type PeopleFilter,
  type SessionCount,
} from './attendance.repository.js';
import { labelSchema } from './attendance.schema.js';
import { dayOf, isSettled, noteReading, sessionAt } from './attendance.service.js';
import { createScanLink, revokeScanLink, scanLinksOf } from './scan-links.service.js';

const pageSize = 100;

/** The list as it is wanted: narrowed, searched, from a person on. */
function readQuery(req: Request) {
  const show = plainText(req.query.show);
  const after = plainText(req.query.after, 12);
  return {
    filter: (Object.hasOwn(peopleFilters, show) ? show : 'all') as PeopleFilter,
    search: plainText(req.query.q, 100),
    after: /^[dg]\d{1,9}$/.test(after) ? after : '',
  };
}

/** The list of a session, its figures, and the links of helpers. */
export function attendancePages(deps: AppDeps) {
  const { db, clock, links } = deps;

  const chosen = (req: Request, sessions: SessionCount[], zone: string) =>
    sessions.find(({ id }) => id === Number(plainText(req.query.session, 9))) ??
    sessionAt(sessions, clock.now(), zone);

  async function list(req: Request, res: Response, state?: FormState): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    const { event } = frame;
    const sessions = await sessionsWithCounts(db.manager, event.id);
    const session = chosen(req, sessions, event.zone);
    const query = readQuery(req);
    const found = session
      ? await listPeople(db.manager, event.id, session.id, { ...query, limit: pageSize + 1 })
      : [];
    const rows = found.slice(0, pageSize);
    // A page that refreshes itself was read once.
    if (rows.length > 0 && !isBackgroundRequest(req)) await noteReading(deps, actor, event.id);
    const isOver = session !== undefined && isSettled(session, clock.now(), event.zone);
    const unfit = isOver ? ['waiting', 'absent'] : ['missed'];
    const helpers = await scanLinksOf(db.manager, event.id);
    const base = baseUrl(req, deps.config);
    res.page(
      'attendance/list',
      {
        title: event.title,
        ...frame,
        sessions,
        session,
        day: session && dayOf(session, clock.now(), event.zone),
        figures: session && (await figuresOf(db.manager, event.id, session.id)),
        rows,
        ...query,
        filters: Object.keys(peopleFilters).filter((one) => one === query.filter || !unfit.includes(one)),
        isOver,
        nextAfter: found.length > pageSize ? rows.at(-1)?.key : undefined,
        newId: randomUUID,
        helpers: helpers.map((link) => ({
          ...link,
          url: `${base}/s/${links.token('scan', link.id, link.tokenVersion)}`,
        })),
        ...state,
      },
      state ? 422 : 200,
    );
  }

  return {
    list: (req: Request, res: Response) => list(req, res),
    showAgain: list,

    createLink: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const { label } = readForm(labelSchema, req.body);
          const eventId = idFrom(req);
          await createScanLink(deps, officeActor(req), eventId, label);
          res.flash('attendance.helper_created', { label });
          res.redirect(303, `/events/${eventId}/attendance#pembantu`);
        },
        (state) => list(req, res, state),
      ),

    async revokeLink(req: Request, res: Response): Promise<void> {
      const eventId = idFrom(req);
      await revokeScanLink(deps, officeActor(req), eventId, idFrom(req, 'linkId'));
      res.flash('attendance.helper_revoked');
      res.redirect(303, `/events/${eventId}/attendance#pembantu`);
    },
  };
}
