import type { Request, RequestHandler } from 'express';
import multer from 'multer';
import { InvalidInput } from '../errors.js';

/** How much of what a form with a file may be. */
export type UploadLimits = NonNullable<multer.Options['limits']> & { fileSize: number };

/**
 * Reads a form with one file into memory. A file that is too large is left out and noted, so that the form can come
 * back and say so; whatever follows it in the form is lost: the file comes last there.
 * @param field name of the file's field
 */
export function fileUpload(field: string, limits: UploadLimits): RequestHandler {
  const read = multer({ storage: multer.memoryStorage(), limits: { ...limits, files: 1 } }).single(field);
  return (req, res, next) =>
    void read(req, res, (error: unknown) => {
      const isTooLarge = error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE';
      if (isTooLarge) req.tooLargeFile = { field, maximum: limits.fileSize };
      next(isTooLarge ? undefined : error);
    });
}

/**
 * The file of a form that `fileUpload` read, if one was sent.
 * @throws InvalidInput at its field when it is larger than the form takes, naming the limit in MB
 */
export function uploadedFile(req: Request): Express.Multer.File | undefined {
  if (!req.tooLargeFile) return req.file;
  const { field, maximum } = req.tooLargeFile;
  throw InvalidInput.at(field, 'error.file_larger_than', { maximum: Math.floor(maximum / 1_000_000) });
}
