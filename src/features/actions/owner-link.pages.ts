import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { Conflict, InvalidInput, NotFound, type DomainError } from '../../errors.js';
import { localParts } from '../../i18n/zones.js';
import { sendEvidence } from '../../web/send-file.js';
import { readForm } from '../../web/form.js';
import { idFrom } from '../../web/routes.js';
import { checkFormToken, openSecretLink } from '../../web/secret-link.js';
import { uploadedFiles } from '../../web/uploads.js';
import { allows } from './action.machine.js';
import { reportSchema } from './actions.schema.js';
import { findEvidence, judgeEvidence } from './evidence.js';
import { findOwnerView, owedBy, ownsAction, type OwnerView } from './owner-link.service.js';
import { reportByOwner } from './reporting.js';

const outcomes = ['note', 'start', 'hand_in'] as const;

/** A form that came back: at which follow-up, what is wrong, and what was typed. */
interface Mistake {
  id: number;
  problem: DomainError;
  values: Record<string, unknown>;
}

const open = (deps: AppDeps, req: Request): Promise<OwnerView> =>
  openSecretLink(deps, req, 'owner', (id) => findOwnerView(deps.db, id));

/** The page of an owner without an account: everything it owes this office, no session, no script needed. */
export function ownerLinkPages(deps: AppDeps) {
  const { db, clock, links, files } = deps;

  async function show(req: Request, res: Response, owner: OwnerView, mistake?: Mistake): Promise<void> {
    const address = `/t/${String(req.params.token)}`;
    const owed = await owedBy(db, owner);
    const promises = owed.promises.map((promise) => ({
      ...promise,
      clientId: randomUUID(),
      may: outcomes.filter((act) => act === 'note' || allows(act, promise.state, 'link')),
    }));
    res.page(
      'actions/owner-link',
      {
        layout: 'link',
        title: req.t('action.link_title'),
        // What the layout shows at the top of every page behind a link.
        view: { office: { ...owner.office, hasLogo: false } },
        owner,
        promises,
        older: owed.older,
        address,
        formToken: links.formToken(address),
        today: localParts(clock.now(), owner.office.zone).date,
        outcome: outcomes.find((act) => act === req.query.done),
        mistake,
      },
      mistake?.problem.status ?? 200,
    );
  }

  /** Whoever has no such link sends no file either: asked before anything is read. */
  const mustOpen: RequestHandler = async (req, _res, next) => {
    await open(deps, req);
    next();
  };

  async function report(req: Request, res: Response): Promise<void> {
    const owner = await open(deps, req);
    const address = `/t/${String(req.params.token)}`;
    checkFormToken(deps, req, address);
    const id = idFrom(req);
    if (!(await ownsAction(db, owner, id))) throw new NotFound();
    try {
      const said = readForm(reportSchema, req.body);
      await reportByOwner(deps, owner, id, said, await judgeEvidence(files, uploadedFiles(req)[0]));
      res.redirect(303, `${address}?done=${said.act}#rtl-${id}`);
    } catch (error) {
      if (!(error instanceof InvalidInput) && !(error instanceof Conflict)) throw error;
      await show(req, res, owner, { id, problem: error, values: req.body as Record<string, unknown> });
    }
  }

  async function file(req: Request, res: Response): Promise<void> {
    const owner = await open(deps, req);
    const id = idFrom(req);
    if (!(await ownsAction(db, owner, id))) throw new NotFound();
    const found = await findEvidence(db, { actionId: id, noteId: idFrom(req, 'noteId') });
    if (!found) throw new NotFound();
    await sendEvidence(deps, req, res, found);
  }

  return {
    show: async (req: Request, res: Response) => show(req, res, await open(deps, req)),
    mustOpen,
    report,
    file,
  };
}
