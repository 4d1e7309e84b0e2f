import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { NotFound } from '../../errors.js';
import { baseUrl } from '../../web/base-url.js';
import { sendStoredFile } from '../../web/send-file.js';
import { letterFileFor } from '../letters/letters.service.js';
import { openInvitation } from './links.service.js';
import { hasInvitationLetter, situationOf } from './situation.js';

/** The letter of invitation behind the secret of the page, and the sheet that goes with it. */
export function invitationLetterPages(deps: AppDeps) {
  const send =
    (which: 'letter' | 'sheet', attachment: string) =>
    async (req: Request, res: Response): Promise<void> => {
      const view = await openInvitation(deps, req);
      if (!hasInvitationLetter(view, situationOf(view, deps.clock.now())))
        throw new NotFound('answer.unknown_link');
      const file = await letterFileFor(deps, view.id, which, baseUrl(req, deps.config));
      if ('content' in file) return void res.type('pdf').attachment(attachment).send(file.content);
      const { sha256, contentType: mediaType } = file;
      await sendStoredFile(deps, req, res, { sha256, mediaType, attachment });
    };
  return {
    letter: send('letter', 'Surat undangan.pdf'),
    sheet: send('sheet', 'Lembar konfirmasi.pdf'),
  };
}
