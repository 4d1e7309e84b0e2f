import type { Response } from 'express';
import { DomainError } from '../errors.js';
import type { FileStore } from '../storage/file-store.js';
import { writeTable, type TableSheet } from '../spreadsheets/write-table.js';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Sends a sheet as a file to keep; `name` without its ending. */
export async function sendSheet(res: Response, sheet: TableSheet, name: string): Promise<void> {
  const content = await writeTable(sheet);
  res.type(xlsx).attachment(`${name}.xlsx`).send(content);
}

export interface SentFile {
  sha256: string;
  mediaType: string;
  fileName: string;
}

/**
 * Sends a stored file with Range and ETag. Only a photo is shown in the page: whatever else people hand in is a
 * file to keep, so that nothing in it acts in our name.
 * @throws DomainError 410 where the file is missing in the store, which its row does not know
 */
export function sendStored(
  res: Response,
  files: FileStore,
  { sha256, mediaType, fileName }: SentFile,
): Promise<void> {
  if (!files.has(sha256)) throw new DomainError(410, 'error.file_missing');
  if (mediaType !== 'image/jpeg') res.attachment(fileName);
  res.type(mediaType).set('ETag', `"${sha256}"`);
  res.set('Content-Security-Policy', "default-src 'none'; sandbox");
  const path = `${sha256.slice(0, 2)}/${sha256}`;
  return new Promise((resolve, reject) => {
    const options = {
      root: files.root,
      cacheControl: false,
      headers: { 'Cache-Control': 'private, no-cache' },
    };
    res.sendFile(path, options, (error?: Error) => {
      // The visitor hung up: nobody is left to be told.
      if (error && !res.headersSent) reject(error);
      else resolve();
    });
  });
}
