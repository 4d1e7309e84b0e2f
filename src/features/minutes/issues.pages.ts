import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { actOrShow, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { closeIssue, issueList, issueRecord, reopenIssue, respondLater } from './issues.service.js';
import { issueFilterSchema, responseSchema } from './minutes.schema.js';
import { issueStates } from './minutes.words.js';

const addressWith = (filter: Record<string, unknown>): string => {
  const set = Object.entries(filter).filter(([, value]) => value !== undefined && value !== null);
  const query = new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString();
  return query ? `/issues?${query}` : '/issues';
};

/** Handlers for the register of issues across events. */
export function issuePages(deps: AppDeps) {
  async function show(req: Request, res: Response, state?: FormState): Promise<void> {
    const record = await issueRecord(deps, officeActor(req), idFrom(req));
    res.page('minutes/issue', { title: req.t('issue.one'), ...record, ...state }, state ? 422 : 200);
  }

  const act =
    (work: (req: Request) => Promise<void>, flashKey: string) =>
    (req: Request, res: Response): Promise<void> =>
      actOrShow(
        req,
        async () => {
          await work(req);
          res.flash(flashKey);
          res.redirect(303, `/issues/${idFrom(req)}`);
        },
        (state) => show(req, res, state),
      );

  return {
    async list(req: Request, res: Response): Promise<void> {
      const filter = readForm(issueFilterSchema, req.query);
      const { after, ...kept } = filter;
      const { next, ...shown } = await issueList(deps, officeActor(req), filter);
      res.page('minutes/issues', {
        title: req.t('issue.title'),
        ...shown,
        filter,
        states: issueStates,
        isFiltered: Object.values(kept).some(Boolean),
        firstPage: after ? addressWith(kept) : null,
        nextPage: next && addressWith({ ...kept, after: next }),
      });
    },
    show: (req: Request, res: Response) => show(req, res),
    respond: act(
      (req) => respondLater(deps, officeActor(req), idFrom(req), readForm(responseSchema, req.body)),
      'issue.flash.answered',
    ),
    close: act((req) => closeIssue(deps, officeActor(req), idFrom(req)), 'issue.flash.closed'),
    reopen: act((req) => reopenIssue(deps, officeActor(req), idFrom(req)), 'issue.flash.reopened'),
  };
}
