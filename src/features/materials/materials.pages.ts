import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { baseUrl, isOnlyHere } from '../../web/base-url.js';
import { actOrShow, type FormMistake, type FormState } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { uploadedFiles } from '../../web/uploads.js';
import { eventFrame } from '../events/events.service.js';
import { addFiles, addLink, addVersion } from './arriving.js';
import { sizeOf } from './handing-out.js';
import { materialLimits } from './limits.js';
import { kindOf, visibilities } from './material-words.js';
import { linkMaterialSchema, linkSchema, materialSchema, placeSchema } from './materials.schema.js';
import {
  archiveMaterial,
  changeMaterial,
  contentFor,
  materialFor,
  materialsFor,
  renewPublicLink,
} from './materials.service.js';
import { photosOf } from './photos.service.js';
import { materialSending } from './sending.pages.js';
import { answerUpload } from './upload.pages.js';

/** What every page about materials needs to speak of them. */
const words = { kindOf, visibilities, limits: materialLimits };

/** The materials of an event, and one of them with its versions and downloads. */
export function materialPages(deps: AppDeps) {
  const { db, links } = deps;
  const { sendContent, sendZip } = materialSending(deps);

  const listAddress = (req: Request) => `/events/${idFrom(req)}/materials`;
  const address = (req: Request) => `${listAddress(req)}/${idFrom(req, 'materialId')}`;
  const publicLink = (req: Request, { id, tokenVersion }: { id: number; tokenVersion: number }) =>
    `${baseUrl(req, deps.config)}/m/${links.token('material', id, tokenVersion)}`;

  async function list(req: Request, res: Response, mistake?: FormMistake, status = 200): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    const found = await materialsFor(deps, actor, frame.event.id);
    const photos = await photosOf(db.manager, frame.event.id);
    res.page(
      'materials/list',
      {
        title: frame.event.title,
        ...frame,
        ...found,
        ...words,
        size: sizeOf(found.materials),
        photos: photos.length,
        publicLink: (material: (typeof found.materials)[number]) => publicLink(req, material),
        errors: mistake?.errors ?? {},
        mistake,
      },
      status,
    );
  }

  async function show(
    req: Request,
    res: Response,
    { form, ...state }: Partial<FormMistake> = {},
    status = 200,
  ): Promise<void> {
    const actor = officeActor(req);
    const frame = await eventFrame(deps, actor, idFrom(req));
    const shown = await materialFor(deps, actor, frame.event.id, idFrom(req, 'materialId'));
    const isUpload = form === 'version';
    res.page(
      'materials/material',
      {
        title: shown.material.title,
        ...frame,
        ...shown,
        ...words,
        address: address(req),
        publicLink: publicLink(req, shown.material),
        onlyHere: isOnlyHere(baseUrl(req, deps.config)),
        isLost: (sha256: string) => !deps.files.has(sha256),
        mistake: isUpload ? { form, ...state } : undefined,
        errors: state.errors ?? {},
        values: isUpload ? {} : (state.values ?? {}),
      },
      status,
    );
  }

  const done = (res: Response, to: string, flash: string) => {
    res.flash(flash);
    res.redirect(303, to);
  };

  return {
    list: (req: Request, res: Response) => list(req, res),
    show: (req: Request, res: Response) => show(req, res),

    addFiles: (req: Request, res: Response) =>
      answerUpload(
        req,
        res,
        async () => {
          const place = readForm(placeSchema, req.body);
          const count = await addFiles(deps, officeActor(req), idFrom(req), place, uploadedFiles(req));
          return { to: listAddress(req), flash: 'material.added', values: { count } };
        },
        (state, status) => list(req, res, { ...state, form: 'upload' }, status),
      ),

    addLink: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          await addLink(deps, officeActor(req), idFrom(req), readForm(linkSchema, req.body));
          done(res, listAddress(req), 'material.link_added');
        },
        (state: FormState) => list(req, res, { ...state, form: 'link' }, 422),
      ),

    change: (req: Request, res: Response) =>
      actOrShow(
        req,
        async () => {
          const actor = officeActor(req);
          const [eventId, id] = [idFrom(req), idFrom(req, 'materialId')];
          const { material } = await materialFor(deps, actor, eventId, id);
          const form = readForm(material.url === '' ? materialSchema : linkMaterialSchema, req.body);
          await changeMaterial(deps, actor, eventId, id, form);
          done(res, address(req), 'common.saved');
        },
        (state) => show(req, res, state, 422),
      ),

    addVersion: (req: Request, res: Response) =>
      answerUpload(
        req,
        res,
        async () => {
          const files = uploadedFiles(req);
          const [eventId, id] = [idFrom(req), idFrom(req, 'materialId')];
          const number = await addVersion(deps, officeActor(req), eventId, id, files);
          return { to: address(req), flash: 'material.version_added', values: { number } };
        },
        (state, status) => show(req, res, { ...state, form: 'version' }, status),
      ),

    async archive(req: Request, res: Response): Promise<void> {
      await archiveMaterial(deps, officeActor(req), idFrom(req), idFrom(req, 'materialId'), true);
      done(res, listAddress(req), 'material.archived');
    },

    async restore(req: Request, res: Response): Promise<void> {
      await archiveMaterial(deps, officeActor(req), idFrom(req), idFrom(req, 'materialId'), false);
      done(res, address(req), 'material.restored');
    },

    async renewLink(req: Request, res: Response): Promise<void> {
      await renewPublicLink(deps, officeActor(req), idFrom(req), idFrom(req, 'materialId'));
      done(res, address(req), 'material.link_renewed');
    },

    async file(req: Request, res: Response): Promise<void> {
      const ids = [idFrom(req), idFrom(req, 'materialId')] as const;
      await sendContent(req, res, await contentFor(deps, officeActor(req), ...ids));
    },

    async versionFile(req: Request, res: Response): Promise<void> {
      const number = idFrom(req, 'number');
      const ids = [idFrom(req), idFrom(req, 'materialId')] as const;
      await sendContent(req, res, await contentFor(deps, officeActor(req), ...ids, number), number);
    },

    async all(req: Request, res: Response): Promise<void> {
      const { event } = await eventFrame(deps, officeActor(req), idFrom(req));
      const { materials } = await materialsFor(deps, officeActor(req), event.id);
      if (sizeOf(materials) > 0) await sendZip(req, res, event.title, materials);
      else res.redirect(303, listAddress(req));
    },
  };
}
