import { Readable } from 'node:stream';
import type { Request, RequestHandler } from 'express';
import multer, { MulterError, type StorageEngine } from 'multer';
import { DomainError, InvalidInput } from '../errors.js';
import type { Draft, FileStore } from '../storage/file-store.js';

/** A file of a form: streamed to disk, judged by nobody yet, gone with the response unless it was kept. */
export interface UploadedFile extends Draft {
  /** As the sender called it; make it safe before using it. */
  name: string;
}

type Incoming = Express.Multer.File & { draft?: Draft };

const tooLarge = (total: number) =>
  new DomainError(413, 'error.upload_too_large', { maximum: megabytes(total) });

/**
 * Streams each file into the store as a draft and takes its SHA-256 on the way.
 * @param total bytes of all files of one form; it need not have said how long it is
 */
function intoStore(files: FileStore, total: number): StorageEngine {
  const received = new WeakMap<Request, number>();
  async function* counted(req: Request, content: Readable): AsyncGenerator<Buffer> {
    // Not destroyed: whoever reads the form would take that for a form that broke off.
    for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      const sum = (received.get(req) ?? 0) + chunk.length;
      if (sum > total) throw tooLarge(total);
      received.set(req, sum);
      yield chunk;
    }
  }
  return {
    _handleFile(req, file, done) {
      files.receive(Readable.from(counted(req, file.stream))).then(
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

/** At most so many files, each of at most so many bytes, and so many in all. */
export interface FilesLimits {
  files: number;
  fileSize: number;
  /** Of the whole form. */
  total: number;
}

const megabytes = (bytes: number) => Math.floor(bytes / 1_000_000);

/** What is wrong with the files themselves, so that the form can come back and say so. */
function tooMuch(error: unknown, field: string, limits: FilesLimits): InvalidInput | undefined {
  if (!(error instanceof MulterError)) return undefined;
  const { filename = '' } = error as MulterError & { filename?: string };
  if (error.code === 'LIMIT_FILE_SIZE')
    return InvalidInput.at(field, 'error.file_named_larger_than', {
      name: filename,
      maximum: megabytes(limits.fileSize),
    });
  const isOneMore =
    error.code === 'LIMIT_FILE_COUNT' || (error.code === 'LIMIT_UNEXPECTED_FILE' && error.field === field);
  return isOneMore ? InvalidInput.at(field, 'error.too_many_files', { maximum: limits.files }) : undefined;
}

/**
 * Reads a multipart form with files. A file that is too large, or one too many, ends the reading; the handler is told
 * when it asks for the files. Whatever follows in the form is lost: the files come last there.
 * @param field the name of the file field
 */
export function filesUpload(files: FileStore, field: string, limits: FilesLimits): RequestHandler {
  const read = multer({
    storage: intoStore(files, limits.total),
    limits: {
      files: limits.files,
      fileSize: limits.fileSize,
      fields: 200,
      fieldSize: 200_000,
      parts: limits.files + 200,
    },
    // Browsers send names as UTF-8 without saying so.
    defParamCharset: 'utf8',
  } as multer.Options).array(field, limits.files);
  return (req, res, next) => {
    // What says that it is too much is not read at all; a gigabyte would take its time.
    if (Number(req.get('content-length')) > limits.total) return next(tooLarge(limits.total));
    // Whatever the handler did not keep is thrown away, also when the sender hangs up.
    res.once('close', () => {
      for (const draft of draftsOf(req)) void files.discard(draft);
    });
    read(req, res, (error: unknown) => {
      const problem = tooMuch(error, field, limits);
      if (problem) req.uploadProblem = problem;
      next(problem ? undefined : error);
    });
  };
}

const draftsOf = (req: Request): UploadedFile[] =>
  ((req.files ?? []) as Incoming[]).flatMap(({ draft, originalname }) =>
    draft ? [{ ...draft, name: originalname }] : [],
  );

/**
 * The files of this request, in the order of the form; empty ones are left out.
 * @throws InvalidInput at their field when one was too large (naming it) or when they were too many
 */
export function uploadedFiles(req: Request): UploadedFile[] {
  if (req.uploadProblem) throw req.uploadProblem;
  return draftsOf(req).filter(({ size }) => size > 0);
}

/** Names of the files that were left out because nothing is in them; whoever chose them is told. */
export const emptyFiles = (req: Request): string[] =>
  draftsOf(req).flatMap(({ size, name }) => (size === 0 ? [name] : []));

/** How much of what a form with one small file may be. */
export type SmallFormLimits = NonNullable<multer.Options['limits']> & { fileSize: number };

/**
 * Reads a form with one small file into memory. One that is too large is left out, and the handler is told when it
 * asks for it; whatever follows in the form is lost: the file comes last there.
 * @param field name of the file's field
 */
export function fileUpload(field: string, limits: SmallFormLimits): RequestHandler {
  const read = multer({ storage: multer.memoryStorage(), limits: { ...limits, files: 1 } }).single(field);
  return (req, res, next) =>
    void read(req, res, (error: unknown) => {
      if (!(error instanceof MulterError) || error.code !== 'LIMIT_FILE_SIZE') return next(error);
      const maximum = megabytes(limits.fileSize);
      req.uploadProblem = InvalidInput.at(field, 'error.file_larger_than', { maximum });
      next();
    });
}

/**
 * The file of a form that `fileUpload` read, if one was sent.
 * @throws InvalidInput at its field when it is larger than the form takes, naming the limit in MB
 */
export function uploadedFile(req: Request): Express.Multer.File | undefined {
  if (req.uploadProblem) throw req.uploadProblem;
  return req.file;
}
