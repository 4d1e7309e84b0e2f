import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { Conflict, InvalidInput, NotFound, type DomainError } from '../../errors.js';
import { formatPhone } from '../../i18n/format.js';
import { readForm } from '../../web/form.js';
import { checkFormToken } from '../../web/secret-link.js';
import {
  latestCheck,
  proposeByLink,
  recordCheckSchema,
  recordToCheck,
  type RecordToCheck,
} from '../institutions/record-check.service.js';
import type { AnswerView } from './answers.repository.js';
import { openInvitation } from './links.service.js';
import { confirmRecord } from './record.service.js';
import { recordCheckOf } from './situation.js';

/** A record as the fields of its form hold it; what was proposed and is not decided stands in place of it. */
function formValues({ record }: RecordToCheck, proposed: Record<string, unknown> = {}) {
  const { newLeader, ...changes } = proposed;
  const { services, phone, ...facts } = { ...record, ...changes };
  const [mainService, ...otherServices] = (services as string[] | null) ?? [];
  return {
    ...facts,
    ...(newLeader !== undefined && { leaderName: newLeader, newLeader: 'on' }),
    ...{ mainService, otherServices, phone: phone && formatPhone(String(phone)) },
  };
}

/** The institution looks through its own record: right as it is, or what should be mended. */
export function recordLinkPages(deps: AppDeps) {
  const { db, clock, links } = deps;

  /** @throws NotFound where records are not checked, or no longer and nothing came of it */
  async function openCheck(req: Request): Promise<{ view: AnswerView; check: 'open' | 'told' }> {
    const view = await openInvitation(deps, req);
    const check = recordCheckOf(view, clock.now());
    if (!check) throw new NotFound('answer.unknown_link');
    return { view, check };
  }

  async function show(req: Request, res: Response, problem?: DomainError): Promise<void> {
    const { view, check } = await openCheck(req);
    const shown = await recordToCheck(db, view.institutionId);
    const latest = await latestCheck(db, view.id);
    const address = `/u/${String(req.params.token)}`;
    const isMistake = problem instanceof InvalidInput;
    const stored = formValues(shown);
    const proposed = formValues(shown, latest?.state === 'open' ? latest.changes : {});
    res.page(
      'answers/record',
      {
        layout: 'link',
        title: req.t(check === 'open' ? 'record.title' : 'record.title_told'),
        ...{ view, check, address, latest, problem },
        ...shown,
        saved: stored,
        serviceName: (code: string) => {
          const found = shown.services.find((one) => one.code === code);
          return (req.language === 'en' ? found?.nameEn : found?.nameId) ?? code;
        },
        formToken: links.formToken(address),
        values: isMistake ? (req.body as Record<string, unknown>) : { note: latest?.note, ...proposed },
        errors: isMistake ? problem.fields : {},
      },
      problem?.status ?? 200,
    );
  }

  async function act(
    req: Request,
    res: Response,
    outcome: string,
    work: (view: AnswerView) => Promise<void>,
  ) {
    const { view, check } = await openCheck(req);
    const address = `/u/${String(req.params.token)}`;
    checkFormToken(deps, req, address);
    try {
      if (check !== 'open') throw new Conflict('record.closed');
      await work(view);
      res.redirect(303, `${address}?done=${outcome}`);
    } catch (error) {
      if (!(error instanceof InvalidInput) && !(error instanceof Conflict)) throw error;
      await show(req, res, error);
    }
  }

  return {
    show: (req: Request, res: Response) => show(req, res),

    propose: (req: Request, res: Response) =>
      act(req, res, 'record_proposed', (view) => {
        const by = { invitationId: view.id, institutionId: view.institutionId, now: clock.now() };
        return proposeByLink(db, by, readForm(recordCheckSchema, req.body));
      }),

    confirm: (req: Request, res: Response) =>
      act(req, res, 'record_confirmed', (view) => confirmRecord(deps, view)),
  };
}
