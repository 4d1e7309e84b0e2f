import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { Conflict, InvalidInput } from '../../errors.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { eventFrame } from '../events/events.service.js';
import type { BlockRow } from './blocks.repository.js';
import {
  blockHistory,
  BlockTaken,
  changeKind,
  IssueRemoved,
  linesNow,
  removeBlock,
  restoreBlock,
  saveBlock,
} from './blocks.service.js';
import { blockSchema, kindSchema, versionSchema } from './minutes.schema.js';

/** A line has no room for a message at each field: its first problem stands above what was typed. */
const problemsOf = ({ fields }: InvalidInput) =>
  Object.values(fields).map(({ key, values = {} }) => ({ textKey: key, values }));

const wantsJson = (req: Request) => req.accepts(['html', 'json']) === 'json';

/** Handlers for the lines of the minutes: a script saves them as they are typed; without one each has its button. */
export function blockPages(deps: AppDeps) {
  const { clock } = deps;

  /** What a script is told of a line. */
  const told = (
    req: Request,
    { text, person, origin, version, author, updatedAt, removedAt }: BlockRow,
    zone: string,
  ) => ({
    ...{ text, person, origin, version, author },
    time: req.format.time(updatedAt, zone),
    removed: removedAt !== null,
  });

  /** Both texts, side by side, with a way to keep either or both. What was typed is on the page in any case. */
  async function showRefusal(req: Request, res: Response, error: Conflict | InvalidInput): Promise<void> {
    const frame = await eventFrame(deps, officeActor(req), idFrom(req));
    const current = error instanceof BlockTaken ? error.current : undefined;
    const issue = error instanceof IssueRemoved ? error.issue : undefined;
    const [problem = error] = error instanceof InvalidInput ? problemsOf(error) : [];
    if (wantsJson(req)) {
      const tell = (line: BlockRow | undefined) => line && told(req, line, frame.event.zone);
      const said = {
        error: req.t(problem.textKey, problem.values),
        conflict: tell(current),
        issue: tell(issue),
      };
      return void res.status(error.status).json(said);
    }
    const typed = (req.body ?? {}) as Record<string, unknown>;
    const errors = error instanceof InvalidInput ? error.fields : {};
    const page = { title: req.t('minutes.conflict'), ...frame, problem, current, issue, typed, errors };
    res.page('minutes/conflict', page, error.status);
  }

  async function save(req: Request, res: Response): Promise<void> {
    const actor = officeActor(req);
    try {
      const typed = readForm(blockSchema, req.body);
      const { id, version, at } = await saveBlock(deps, actor, idFrom(req), typed);
      if (wantsJson(req)) return void res.json({ id, version, time: req.format.time(at, actor.office.zone) });
      res.flash('minutes.line_saved');
      res.redirect(303, `/events/${idFrom(req)}/minutes#line-${typed.clientId}`);
    } catch (error) {
      if (!(error instanceof Conflict) && !(error instanceof InvalidInput)) throw error;
      await showRefusal(req, res, error);
    }
  }

  /** A change of a line beside its text; back to where it stands. */
  const act =
    (work: (req: Request, blockId: number) => Promise<unknown>, flashKey: string) =>
    async (req: Request, res: Response): Promise<void> => {
      try {
        await work(req, idFrom(req, 'blockId'));
      } catch (error) {
        if (!(error instanceof BlockTaken)) throw error;
        return showRefusal(req, res, error);
      }
      if (wantsJson(req)) return void res.json({});
      res.flash(flashKey);
      res.redirect(303, `/events/${idFrom(req)}/minutes`);
    };

  return {
    save,

    /** A new token for a page whose session has ended and begun anew, and whose session it is now. */
    async token(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      await eventFrame(deps, actor, idFrom(req));
      const token = req.csrfToken?.();
      // The page asks in the background, whose requests otherwise leave the session as it is.
      await new Promise<void>((resolve, reject) => {
        req.session.save((error?: Error) => (error ? reject(error) : resolve()));
      });
      res.set('Cache-Control', 'no-store').json({ user: actor.userId, token });
    },

    /** The lines as they now stand, and what is still missing, for a page that others write on, too. */
    async list(req: Request, res: Response): Promise<void> {
      const { event, lines, missing } = await linesNow(deps, officeActor(req), idFrom(req));
      res.set('Cache-Control', 'no-store').json({
        missing: missing.map((key) => req.t(key)),
        lines: lines.map((line) => ({
          ...told(req, line, event.zone),
          ...{ id: line.id, clientId: line.clientId, kind: line.kind, agendaItemId: line.agendaItemId },
          parent: lines.find(({ id }) => id === line.parentId)?.clientId ?? null,
        })),
      });
    },

    async history(req: Request, res: Response): Promise<void> {
      const actor = officeActor(req);
      const found = await blockHistory(deps, actor, idFrom(req), idFrom(req, 'blockId'));
      const frame = await eventFrame(deps, actor, idFrom(req));
      res.page('minutes/history', { title: req.t('minutes.history'), ...frame, ...found, now: clock.now() });
    },

    changeKind: act((req, id) => {
      const { kind, version } = readForm(kindSchema, req.body);
      return changeKind(deps, officeActor(req), idFrom(req), { id, version }, kind);
    }, 'common.saved'),

    remove: act((req, id) => {
      const { version } = readForm(versionSchema, req.body);
      return removeBlock(deps, officeActor(req), idFrom(req), { id, version });
    }, 'minutes.line_removed'),

    restore: act((req, id) => {
      const { version } = readForm(versionSchema, req.body);
      return restoreBlock(deps, officeActor(req), idFrom(req), { id, version });
    }, 'minutes.line_restored'),
  };
}
