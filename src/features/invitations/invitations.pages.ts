import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { inTransaction } from '../../database/data-source.js';
import { qrSvg } from '../../documents/qr.js';
import { NotFound } from '../../errors.js';
import { spellCode } from '../../links/tokens.js';
import { baseUrl, isOnlyHere } from '../../web/base-url.js';
import { plainText, readForm } from '../../web/form.js';
import type { FormMistake } from '../../web/form-page.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { findLetter } from '../assignment-letters/letters.service.js';
import { byActor, recordAudit } from '../audit/audit.service.js';
import type { Event } from '../events/event.entity.js';
import { datesOf, eventFrame, findEventFor } from '../events/events.service.js';
import { latestCheck, recordToCheck } from '../institutions/record-check.service.js';
import { outdatedLetterOf } from '../letters/letters.service.js';
import { knownNumbers } from '../whatsapp/numbers.js';
import { countToTell } from '../whatsapp/queue.service.js';
import { withBook, type Book } from './book.js';
import { readStrips } from '../quotas/strip.js';
import { removeChosen } from './choosing.js';
import {
  delegatesOf,
  findInvitation,
  listFilters,
  listInvitations,
  markSent,
  sheetsOf,
  summarise,
  type InvitationRow,
  type ListFilter,
} from './invitations.repository.js';
import { knownPeople } from './known-people.js';
import { allows, type Verb } from './invitation.machine.js';
import { maySeeNeeds } from './invitations.policy.js';
import { idsSchema } from './invitations.schema.js';
import { officeAuthor, openDrafts } from './invitations.service.js';
import { sharedPhones } from './same-phone.js';
import { callOutcomes } from './phone-call.entity.js';
import { linksOf, sharedTexts, sharingOf } from './sharing.js';
import { timelineOf } from './timeline.repository.js';

const pageSize = 50;

function readPlace(given: unknown): { key: string; id: number } | undefined {
  const parts = /^(.*)\|(\d{1,9})$/s.exec(plainText(given, 300));
  return parts ? { key: parts[1] ?? '', id: Number(parts[2]) } : undefined;
}

export function invitationPages(deps: AppDeps) {
  const { db, clock } = deps;

  const book = <T>(req: Request, eventId: number, work: (book: Book) => Promise<T>) =>
    withBook(deps, eventId, officeAuthor(officeActor(req)), work);

  /** Writes what is to be told to each of these, or the invitation where nothing newer is. */
  async function sharer(req: Request, event: Event) {
    const sharing = await sharingOf(deps, baseUrl(req, deps.config), officeActor(req), event);
    return (row: InvitationRow) =>
      sharedTexts(sharing, row, {
        purpose: row.untold ?? 'invitation',
        detail: row.untoldDetail ?? {},
      });
  }

  /** One invitation; with the form that came back, if one did. */
  async function showOne(req: Request, res: Response, mistake?: FormMistake): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    const row = await findInvitation(db, frame.event.id, idFrom(req, 'invitationId'));
    const withNeeds = maySeeNeeds(actor);
    const check = frame.event.recordCheck ? await latestCheck(db, row.id) : undefined;
    const delegates = (await delegatesOf(db, row.id)).map((delegate) =>
      withNeeds ? delegate : { ...delegate, needs: '' },
    );
    // Names and phones are on this page: who read them is kept (domain.md, privacy).
    if (delegates.length > 0)
      await inTransaction(db, (tx) =>
        recordAudit(tx, byActor(actor), { action: 'persons.read', subject: ['invitation', row.id] }),
      );
    res.page(
      'invitations/invitation',
      {
        title: row.name,
        ...frame,
        row,
        delegates,
        timeline: await timelineOf(db, row.id),
        callOutcomes,
        numbers: await knownNumbers(db, actor.office.id, row),
        letter: await findLetter(db, row.id),
        samePhones: row.samePhone ? await sharedPhones(db, row.id) : [],
        known: frame.event.isAnnounced ? await knownPeople(db, row.id) : [],
        check: check && { ...check, office: (await recordToCheck(db, row.institutionId)).managingOffice },
        share: (await sharer(req, frame.event))(row),
        delegateLink: (delegate: { id: number; tokenVersion: number }) =>
          `${baseUrl(req, deps.config)}/d/${deps.links.token('delegate', delegate.id, delegate.tokenVersion)}`,
        can: (verb: Verb) => allows(verb, row.state, 'office'),
        withNeeds,
        mistake,
        errors: mistake?.errors ?? {},
      },
      mistake ? 422 : 200,
    );
  }

  return {
    async list(req: Request, res: Response): Promise<void> {
      const frame = await eventFrame(deps, officeActor(req), idFrom(req));
      const given = plainText(req.query.filter);
      const filter = (Object.hasOwn(listFilters, given) ? given : 'all') as ListFilter;
      const search = plainText(req.query.q, 100);
      const after = readPlace(req.query.after);
      const found = await listInvitations(db, frame.event.id, { filter, search, after, limit: pageSize + 1 });
      const rows = found.slice(0, pageSize);
      const last = found.length > pageSize ? rows.at(-1) : undefined;
      const strips = await readStrips(db.manager, [frame.event.id]);
      const share = await sharer(req, frame.event);
      res.page('invitations/list', {
        title: frame.event.title,
        ...frame,
        summary: await summarise(db, frame.event.id),
        strip: strips.get(frame.event.id),
        outdated: await outdatedLetterOf(db.manager, frame.event),
        rows: rows.map((row) => ({ ...row, share: share(row) })),
        toTell: await countToTell(db, frame.event.id, clock.now()),
        filter,
        filters: Object.keys(listFilters),
        search,
        nextAfter: last && `${last.key}|${last.id}`,
        isFirst: !after,
        onlyHere: isOnlyHere(baseUrl(req, deps.config)),
      });
    },

    show: (req: Request, res: Response) => showOne(req, res),
    showOne,

    async sheets(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const event = await findEventFor(db.manager, actor, idFrom(req));
      const rows = await sheetsOf(db, event.id);
      const base = baseUrl(req, deps.config);
      res.page('invitations/sheets', {
        title: event.title,
        event,
        days: await datesOf(db.manager, event.id),
        office: actor.office,
        onlyHere: isOnlyHere(base),
        typedAddress: `${base}/u`.replace(/^https?:\/\//, ''),
        sheets: rows.map((row) => {
          const { url, code } = linksOf(deps.links, base, row.id, row.tokenVersion);
          return { ...row, qr: qrSvg(url), code: spellCode(code) };
        }),
      });
    },

    async qr(req: Request, res: Response): Promise<void> {
      const { id } = await findEventFor(db.manager, officeActor(req), idFrom(req));
      const row = await findInvitation(db, id, idFrom(req, 'invitationId'));
      if (row.state === 'revoked') throw new NotFound();
      const { url } = linksOf(deps.links, baseUrl(req, deps.config), row.id, row.tokenVersion);
      res.type('svg').send(qrSvg(url));
    },

    async sent(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const { id } = await findEventFor(db.manager, actor, idFrom(req));
      const row = await findInvitation(db, id, idFrom(req, 'invitationId'));
      await inTransaction(db, async (tx) => {
        await markSent(tx, row.id, actor.userId, clock.now());
        await recordAudit(tx, byActor(actor), {
          action: 'invitation.sent',
          subject: ['invitation', row.id],
          fields: ['sent_at'],
          detail: { event: id, purpose: row.untold ?? 'invitation' },
        });
      });
      res.flash('invitation.marked_sent', { name: row.name });
      res.redirect(303, `/events/${id}/invitations${listQuery(req)}#undangan-${row.id}`);
    },

    async openDrafts(req: Request, res: Response): Promise<void> {
      const { id } = await findEventFor(db.manager, officeActor(req), idFrom(req));
      const { opened, left } = await book(req, id, openDrafts);
      if (left > 0) res.flash('invitation.opened_partly', { opened, left }, 'no');
      else res.flash('invitation.opened', { count: opened });
      res.redirect(303, `/events/${id}/invitations`);
    },

    async remove(req: Request, res: Response): Promise<void> {
      const { id } = await findEventFor(db.manager, officeActor(req), idFrom(req));
      const { ids } = readForm(idsSchema, req.body);
      await book(req, id, (open) => removeChosen(open, ids));
      res.flash('common.saved');
      res.redirect(303, `/events/${id}/invitations?filter=draft`);
    },
  };
}

/** The list as it was before the act, so that filters stay. */
function listQuery(req: Request): string {
  const { back } = req.body as { back?: string };
  return typeof back === 'string' && /^\?[\w=&%.+|-]*$/.test(back) ? back : '';
}
