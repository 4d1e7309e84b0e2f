import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { actOrShow, type FormMistake } from '../../web/form-page.js';
import { readForm } from '../../web/form.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { sendStoredFile } from '../../web/send-file.js';
import { uploadedFiles } from '../../web/uploads.js';
import { eventFrame } from '../events/events.service.js';
import { photoLimits } from './limits.js';
import { photoSchema } from './materials.schema.js';
import { addPhotos, changePhoto, photoFor, photosOf, removePhoto } from './photos.service.js';
import { sizeOf } from './handing-out.js';
import { answerUpload } from './upload.pages.js';

/** A picture never changes under its address: another one has another id. */
const yearLong = 'private, max-age=31536000, immutable';

/** The photos of an event: for the office alone, which puts them into minutes and reports. */
export function photoPages(deps: AppDeps) {
  const { db } = deps;
  const address = (req: Request) => `/events/${idFrom(req)}/photos`;

  async function list(req: Request, res: Response, mistake?: FormMistake, status = 200): Promise<void> {
    const frame = await eventFrame(deps, officeActor(req), idFrom(req));
    const photos = await photosOf(db.manager, frame.event.id);
    res.page(
      'materials/photos',
      {
        title: req.t('photo.title'),
        ...frame,
        photos,
        size: sizeOf(photos),
        limits: photoLimits,
        address: address(req),
        errors: mistake?.errors ?? {},
        mistake,
      },
      status,
    );
  }

  const send = (which: 'sha256' | 'thumbnailSha256') => async (req: Request, res: Response) => {
    const photo = await photoFor(deps, officeActor(req), idFrom(req), idFrom(req, 'photoId'));
    await sendStoredFile(deps, req, res, {
      sha256: photo[which],
      mediaType: 'image/jpeg',
      cacheControl: yearLong,
    });
  };

  return {
    list: (req: Request, res: Response) => list(req, res),
    picture: send('sha256'),
    thumbnail: send('thumbnailSha256'),

    add: (req: Request, res: Response) =>
      answerUpload(
        req,
        res,
        async () => {
          const files = uploadedFiles(req);
          const count = await addPhotos(deps, officeActor(req), idFrom(req), files);
          const flash = count === files.length ? 'photo.added' : 'photo.added_some';
          return { to: address(req), flash, values: { count, known: files.length - count } };
        },
        (state, status) => list(req, res, { ...state, form: 'photos' }, status),
      ),

    change: (req: Request, res: Response) => {
      const id = idFrom(req, 'photoId');
      return actOrShow(
        req,
        async () => {
          await changePhoto(deps, officeActor(req), idFrom(req), id, readForm(photoSchema, req.body));
          res.flash('common.saved');
          res.redirect(303, `${address(req)}#foto-${id}`);
        },
        async (state) => {
          await photoFor(deps, officeActor(req), idFrom(req), id);
          await list(req, res, { ...state, form: `photo${id}` }, 422);
        },
      );
    },

    async remove(req: Request, res: Response): Promise<void> {
      await removePhoto(deps, officeActor(req), idFrom(req), idFrom(req, 'photoId'));
      res.flash('photo.removed');
      res.redirect(303, address(req));
    },
  };
}
