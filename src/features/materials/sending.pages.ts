import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import type { AppDeps } from '../../app.js';
import { NotFound, withoutValues } from '../../errors.js';
import { safeName } from '../../storage/judge.js';
import { attachmentHeader, isBegunDownload, sendStoredFile } from '../../web/send-file.js';
import { isPerson, visitorOf } from '../../web/visits.js';
import { downloadName, noteDownloads, type Reader } from './handing-out.js';
import type { MaterialRow } from './materials.repository.js';
import { zipMaterials } from './materials.zip.js';

/** What sending a content needs to know of it. */
export type Content = { title: string } & Record<'sha256' | 'mediaType' | 'fileName', string | null>;

/** Sends contents of materials: to staff, and to readers of links, whose downloads are counted. */
export function materialSending(deps: AppDeps) {
  /** After the answer: who downloads must not wait for the count, nor lose the file over it. */
  function count(reader: Reader, ids: number[]): void {
    void deps.background.start(
      'materials.count',
      noteDownloads(deps.db.manager, reader, ids, deps.clock.now()),
    );
  }

  /** @throws NotFound for a link, which has no content */
  async function sendContent(req: Request, res: Response, content: Content, version?: number): Promise<void> {
    const { title, sha256, mediaType, fileName } = content;
    if (sha256 === null || mediaType === null || fileName === null) throw new NotFound();
    const attachment = downloadName(title, fileName, version);
    await sendStoredFile(deps, req, res, { sha256, mediaType, attachment });
  }

  async function sendCounted(
    req: Request,
    res: Response,
    material: MaterialRow,
    reader: Reader,
  ): Promise<void> {
    await sendContent(req, res, material);
    if (isBegunDownload(req, res) && isPerson(visitorOf(req))) count(reader, [material.id]);
  }

  /** @throws NotFound when there is nothing to put into it */
  async function sendZip(
    req: Request,
    res: Response,
    name: string,
    materials: MaterialRow[],
    reader?: Reader,
  ): Promise<void> {
    if (!materials.some(({ sha256 }) => sha256 !== null)) throw new NotFound();
    const zip = await zipMaterials(deps.files, materials, req.t);
    if (zip.lost.length > 0)
      deps.log.error({ requestId: req.id, sha256: zip.lost }, 'stored files are missing in a ZIP');
    res
      .set('Content-Disposition', attachmentHeader(`${safeName(name)}.zip`))
      .set('Content-Length', String(zip.size));
    res.type('application/zip');
    if (req.method === 'HEAD') return void res.end();
    try {
      await pipeline(zip.stream, res);
    } catch (error) {
      // The sender went away, which is theirs to do; whatever else broke off cannot be told in a ZIP that has begun.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE')
        deps.log.error({ requestId: req.id, err: withoutValues(error) }, 'download broke off');
      return void res.destroy();
    } finally {
      zip.destroy();
    }
    if (reader && isPerson(visitorOf(req))) count(reader, zip.materialIds);
  }

  return { sendContent, sendCounted, sendZip };
}
