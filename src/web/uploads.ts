import type { Request, RequestHandler } from 'express';
import multer, { type StorageEngine } from 'multer';
import type { Draft, FileStore } from '../storage/file-store.js';

/** A file of a form: streamed to disk, judged by nobody yet, gone with the response unless it was kept. */
export interface UploadedFile extends Draft {
  /** As the sender called it; make it safe before using it. */
  name: string;
}

type Incoming = Express.Multer.File & { draft?: Draft };

/** Streams each file into the store as a draft and takes its SHA-256 on the way. */
function intoStore(files: FileStore): StorageEngine {
  return {
    _handleFile(_req, file, done) {
      files.receive(file.stream).then(
        (draft) => done(null, { draft, path: draft.path, size: draft.size } as Partial<Express.Multer.File>),
        (error: unknown) => done(error),
      );
    },
    _removeFile(_req, file, done) {
      const { draft } = file as Incoming;
      if (!draft) return done(null);
      files.discard(draft).then(() => done(null), done);
    },
  };
}

/**
 * Reads a multipart form with files.
 * @param field the name of the file field
 * @param limits at most so many files, each of at most so many bytes
 */
export function filesUpload(
  files: FileStore,
  field: string,
  limits: { files: number; fileSize: number },
): RequestHandler {
  const read = multer({
    storage: intoStore(files),
    limits: { ...limits, fields: 200, fieldSize: 200_000, parts: limits.files + 200 },
    // Browsers send names as UTF-8 without saying so.
    defParamCharset: 'utf8',
  } as multer.Options).array(field, limits.files);
  return (req, res, next) => {
    // Whatever the handler did not keep is thrown away, also when the sender hangs up.
    res.once('close', () => {
      for (const draft of uploadedFiles(req)) void files.discard(draft);
    });
    read(req, res, next);
  };
}

/** The files of this request, in the order of the form; empty fields of files are left out. */
export const uploadedFiles = (req: Request): UploadedFile[] =>
  ((req.files ?? []) as Incoming[]).flatMap(({ draft, originalname }) =>
    draft && draft.size > 0 ? [{ ...draft, name: originalname }] : [],
  );
