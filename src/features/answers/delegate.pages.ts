import type { Request, Response } from 'express';
import sharp from 'sharp';
import type { AppDeps } from '../../app.js';
import { installationUid } from '../../database/installation.js';
import { qrSvg } from '../../documents/qr.js';
import { NotFound } from '../../errors.js';
import { spellCode } from '../../links/tokens.js';
import { baseUrl } from '../../web/base-url.js';
import { calendarType } from '../../calendar/ics.js';
import { eventIcs } from '../events/events.calendar.js';
import { droppedDaysOf } from '../events/events.service.js';
import { ownAttendance } from '../attendance/attendance.service.js';
import { delegatesOf } from '../invitations/invitations.service.js';
import { publishedPaper } from '../minutes/minutes.service.js';
import { materialsForLink } from '../materials/handing-out.js';
import { kindOf } from '../materials/material-words.js';
import { findOfficeLogo } from '../offices/offices.service.js';
import type { AnswerView } from './answers.repository.js';
import { openDelegate, openInvitation } from './links.service.js';
import { mayReadMinutes, situationOf } from './situation.js';
import { hasMinutesFor } from './minutes-link.js';

/** Shown at 44 px; twice that for sharp screens keeps the page under its weight. */
const logoPixels = 88;

/** A delegate's own page, and the files beside the link pages: QR, calendar, logo. */
export function delegatePages(deps: AppDeps) {
  const { db, clock } = deps;

  /** Place, address and notes are for those who are invited; a cancelled event takes its entry back by this file. */
  async function sendCalendar(req: Request, res: Response, view: AnswerView, path: string): Promise<void> {
    if (['revoked', 'not_open'].includes(situationOf(view, clock.now())))
      throw new NotFound('answer.unknown_link');
    const calendar = eventIcs({ ...view.event, id: view.eventId }, view.sessions, {
      t: req.t,
      url: baseUrl(req, deps.config) + path,
      status: view.state === 'accepted' ? 'confirmed' : 'tentative',
      installation: await installationUid(db),
      organizer: view.office,
      dropped: await droppedDaysOf(db, view.eventId),
      now: clock.now(),
    });
    res.attachment('rembuk.ics').set('Content-Type', calendarType('PUBLISH')).send(calendar);
  }

  /** @throws NotFound also for a delegate in whose place somebody else comes, or nobody */
  async function openActive(req: Request): Promise<AnswerView> {
    const { key, view } = await openDelegate(deps, req);
    const delegate = (await delegatesOf(db, view.id)).find(({ id }) => id === key.id);
    if (delegate?.state !== 'active') throw new NotFound('answer.unknown_link');
    return view;
  }

  /** The published minutes, for those who were expected there. */
  async function sendMinutes(res: Response, view: AnswerView): Promise<void> {
    if (!mayReadMinutes(view)) throw new NotFound('answer.unknown_link');
    const sha256 = await publishedPaper(deps, view.eventId);
    res.set('Cache-Control', 'private, no-store').set('Content-Disposition', 'inline; filename="notula.pdf"');
    res.type('pdf').sendFile(deps.files.pathOf(sha256), { lastModified: false });
  }

  return {
    async show(req: Request, res: Response): Promise<void> {
      const { key, view } = await openDelegate(deps, req);
      const delegate = (await delegatesOf(db, view.id)).find(({ id }) => id === key.id);
      const address = `/d/${String(req.params.token)}`;
      const reader = { invitationId: view.id, delegateId: key.id };
      const materials = view.hasMaterials ? await materialsForLink(db, reader, clock.now()) : [];
      res.page('answers/delegate', {
        layout: 'link',
        title: view.event.title,
        view,
        delegate,
        doorCode: spellCode(deps.links.doorCode(key.id, key.tokenVersion)),
        attendance: await ownAttendance(db.manager, [key.id]),
        situation: situationOf(view, clock.now()),
        minutes: delegate?.state === 'active' && (await hasMinutesFor(deps, view)),
        materials,
        kindOf,
        address,
      });
    },

    async minutes(req: Request, res: Response): Promise<void> {
      await sendMinutes(res, await openInvitation(deps, req));
    },

    async delegateMinutes(req: Request, res: Response): Promise<void> {
      await sendMinutes(res, await openActive(req));
    },

    async qr(req: Request, res: Response): Promise<void> {
      await openDelegate(deps, req);
      const url = `${baseUrl(req, deps.config)}/d/${String(req.params.token)}`;
      res.set('Cache-Control', 'private, max-age=86400').type('svg').send(qrSvg(url));
    },

    async delegateCalendar(req: Request, res: Response): Promise<void> {
      const view = await openActive(req);
      await sendCalendar(req, res, view, `/d/${String(req.params.token)}`);
    },

    async calendar(req: Request, res: Response): Promise<void> {
      const view = await openInvitation(deps, req);
      await sendCalendar(req, res, view, `/u/${String(req.params.token)}`);
    },

    /** The office's logo in the size of the page; behind the link, since nothing here is public. */
    async logo(req: Request, res: Response): Promise<void> {
      const view = await openInvitation(deps, req);
      const [row] = (await db.query('SELECT office_id AS id FROM event WHERE id = $1', [view.eventId])) as [
        { id: number },
      ];
      const logo = await findOfficeLogo(db, row.id);
      if (!logo || !deps.files.has(logo.sha256)) throw new NotFound();
      const small = await sharp(deps.files.pathOf(logo.sha256))
        .resize(logoPixels, logoPixels, { fit: 'inside' })
        .png()
        .toBuffer();
      res.set('Cache-Control', 'private, max-age=86400').type('png').send(small);
    },
  };
}
