import { stat } from 'node:fs/promises';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import send from 'send';
import { DomainError, withoutValues } from '../errors.js';
import type { FileStore } from '../storage/file-store.js';
import { sendPieces } from './send-pieces.js';

/** A stored content as it is handed to a visitor. */
export interface SentFile {
  sha256: string;
  mediaType: string;
  /** As it is called on the disk of whoever saves it; shown inside the page when left out. */
  attachment?: string;
  /** Unless told otherwise it is asked for again each time, and answered with 304 when nothing changed. */
  cacheControl?: string;
}

/**
 * `attachment` with a name for everybody: plain ASCII for old programs, the whole in UTF-8 for all others (RFC 6266
 * §4.3, RFC 8187). `res.attachment` would put é into the plain one, which those very programs cannot read.
 */
export function attachmentHeader(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}

/** A suffix longer than the whole is the whole (RFC 9110 §14.1.2); `send` would refuse it. */
async function mendSuffix(req: Request, path: string): Promise<void> {
  const suffix = /^bytes=-(\d+)$/.exec(req.headers.range ?? '')?.[1];
  if (suffix === undefined) return;
  const found = await stat(path).catch(() => undefined);
  if (found && Number(suffix) > found.size) req.headers.range = 'bytes=0-';
}

const describing = ['Content-Disposition', 'Content-Type', 'Content-Length', 'ETag', 'Accept-Ranges'];

/** What an error page says is no file: its headers must not make the browser save it, nor strip its looks. */
function takeBack(res: Response, policy: string): void {
  res.set('Content-Security-Policy', policy);
  for (const name of describing) res.removeHeader(name);
}

type SendError = Error & { status?: number; code?: string };

/** What `send` judges and says beforehand is its own; the bytes themselves go piece by piece. */
function sendIt(req: Request, res: Response, root: string, path: string): Promise<SendError | undefined> {
  return new Promise((resolve) => {
    const sending = send(req, path, {
      root,
      dotfiles: 'deny',
      index: false,
      etag: false,
      lastModified: false,
    });
    sending.once('error', resolve);
    sending.stream = (file, range) => {
      sendPieces(res, file, range as { start: number; end: number }).then(() => resolve(undefined), resolve);
    };
    // Answers without content, and those whose reader went away before it began.
    for (const end of ['finish', 'close']) res.once(end, () => resolve(undefined));
    sending.pipe(res);
  });
}

/**
 * Streams a stored content. `send` beneath knows ranges, `If-Range`, `If-None-Match` and HEAD (RFC 9110 §13, §14); the
 * SHA-256 is the entity tag. Resolves when all is sent, or nobody listens any longer.
 * @throws DomainError 410 when the row is there but its file is not, and logs it
 */
export async function sendStoredFile(
  { files, log }: { files: FileStore; log: Logger },
  req: Request,
  res: Response,
  file: SentFile,
): Promise<void> {
  if (file.attachment !== undefined) res.set('Content-Disposition', attachmentHeader(file.attachment));
  res.set('Cache-Control', file.cacheControl ?? 'private, no-cache');
  res.type(file.mediaType).set('ETag', `"${file.sha256}"`);
  const policy = String(res.getHeader('Content-Security-Policy'));
  // Whatever people hand in does nothing in our name, also where a browser shows it.
  res.set('Content-Security-Policy', "default-src 'none'; sandbox");
  await mendSuffix(req, files.pathOf(file.sha256));
  const error = await sendIt(req, res, files.root, `${file.sha256.slice(0, 2)}/${file.sha256}`);
  // Begun, and then broken off: the sender went away, or the disk did. There is nobody to tell but the log.
  if (!error || res.headersSent) {
    if (error && error.code !== 'ECONNABORTED')
      log.error({ requestId: req.id, err: withoutValues(error) }, 'download broke off');
    return;
  }
  takeBack(res, policy);
  res.set('Cache-Control', 'private, no-store');
  // The range or the precondition cannot be met: said by the status, and by Content-Range.
  if (error.status === 416 || error.status === 412) return void res.status(error.status).end();
  log.error({ requestId: req.id, sha256: file.sha256, err: withoutValues(error) }, 'stored file is missing');
  throw new DomainError(410, 'error.file_gone');
}

/** Whether this answer began a download: the whole, or a range from the first byte; what goes on from there is not. */
export function isBegunDownload(req: Request, res: Response): boolean {
  if (req.method !== 'GET' || !res.headersSent) return false;
  if (res.statusCode === 200) return true;
  return res.statusCode === 206 && /^bytes 0-/.test(String(res.getHeader('Content-Range')));
}

/** What somebody handed in as proof: a photo is shown in the page, all else is a file to keep. @throws as above */
export const sendEvidence = (
  deps: { files: FileStore; log: Logger },
  req: Request,
  res: Response,
  { sha256, mediaType, fileName }: { sha256: string; mediaType: string; fileName: string },
): Promise<void> =>
  sendStoredFile(deps, req, res, {
    sha256,
    mediaType,
    ...(mediaType !== 'image/jpeg' && { attachment: fileName }),
  });
