import type { Response } from 'express';
import type { AppDeps } from '../../app.js';

/** Sends a PDF: bytes just printed, or a file of the store by its SHA-256. */
export function sendPaper(
  { files }: Pick<AppDeps, 'files'>,
  res: Response,
  paper: Buffer | string,
  name: string,
): void {
  res.set('Cache-Control', 'private, no-store').type('pdf');
  res.set('Content-Disposition', `inline; filename="${name}.pdf"`);
  if (typeof paper === 'string')
    res.sendFile(files.pathOf(paper), { dotfiles: 'allow', lastModified: false });
  else res.send(paper);
}
