import type { Request, Response } from 'express';
import type { AppDeps } from '../../app.js';
import { NotFound } from '../../errors.js';
import { baseUrl } from '../../web/base-url.js';
import { idFrom, officeActor } from '../../web/routes.js';
import { sendStoredFile } from '../../web/send-file.js';
import { officePaper, officePaperFor, type WantedPaper } from './letter-files.service.js';
import { idsOf, letterActor } from './letter.pages.js';
import { fileOf } from './letters.repository.js';
import { readLetter } from './writing.service.js';

/** The papers of a letter, for the office: to read, to print, to sign, to edit in Word. */
export function letterPaperPages(deps: AppDeps) {
  const actOn = letterActor(deps);

  const paper =
    (wanted: WantedPaper, name: string) =>
    (req: Request, res: Response): Promise<void> =>
      actOn(req, res, async () => {
        const base = baseUrl(req, deps.config);
        const content = await officePaper(deps, officeActor(req), idsOf(req), { wanted, base });
        res
          .type(wanted === 'docx' ? 'docx' : 'pdf')
          .attachment(name)
          .send(content);
      });

  const own =
    (which: 'letter' | 'sheet', name: string) =>
    async (req: Request, res: Response): Promise<void> => {
      const wish = { invitationId: idFrom(req, 'invitationId'), which, base: baseUrl(req, deps.config) };
      const content = await officePaperFor(deps, officeActor(req), idsOf(req), wish);
      // By its number: what people write stays out of headers, which proxies keep in their logs.
      res.type('pdf').attachment(`${name} ${wish.invitationId}.pdf`).send(content);
    };

  return {
    letter: paper('letter', 'Surat undangan.pdf'),
    toSign: paper('to_sign', 'Surat undangan untuk ditandatangani.pdf'),
    all: paper('all', 'Surat undangan semua LKS.pdf'),
    sheets: paper('sheets', 'Lembar konfirmasi semua LKS.pdf'),
    word: paper('docx', 'Surat undangan.docx'),
    own: own('letter', 'Surat undangan'),
    sheet: own('sheet', 'Lembar konfirmasi'),

    async signed(req: Request, res: Response): Promise<void> {
      const { letter } = await readLetter(deps, officeActor(req), idsOf(req));
      if (letter.signedFileId === null) throw new NotFound();
      const { sha256, mediaType } = await fileOf(deps.db, letter.signedFileId);
      await sendStoredFile(deps, req, res, {
        sha256,
        mediaType,
        attachment: 'Surat undangan bertanda tangan.pdf',
      });
    },
  };
}
