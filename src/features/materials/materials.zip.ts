import type { EventEmitter } from 'node:events';
import { ZipFile } from 'yazl';
import type { FileStore } from '../../storage/file-store.js';
import { safeName } from '../../storage/judge.js';
import type { Translate } from '../../i18n/translate.js';
import { downloadName } from './handing-out.js';
import type { MaterialRow } from './materials.repository.js';

export interface Zip {
  stream: NodeJS.ReadableStream;
  /** In bytes. */
  size: number;
  /** Ids of the materials whose content is in it. */
  materialIds: number[];
  /** SHA-256 of those whose file is gone. */
  lost: string[];
  /** Lets go of the file that is being read, when nobody wants the rest. */
  destroy(): void;
}

/** The same name twice in a folder gets a number, also where only the case of letters differs. */
function uniquely(taken: Set<string>, name: string): string {
  const [, base = name, extension = ''] = /^(.*?)(\.[a-z0-9]{1,8})?$/s.exec(name) ?? [];
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${base} (${number})${extension}`;
    if (taken.has(candidate.toLowerCase())) continue;
    taken.add(candidate.toLowerCase());
    return candidate;
  }
}

/** A folder for each agenda item, numbered as they follow each other; what belongs to the whole event lies beside. */
function folders(materials: readonly MaterialRow[]): Map<number | null, string> {
  const items = new Map(materials.map(({ agendaItemId, agenda }) => [agendaItemId, agenda]));
  const named = [...items].filter(([id]) => id !== null);
  return new Map(
    named.map(([id, title], index) => [
      id,
      `${String(index + 1).padStart(2, '0')} ${safeName(title ?? '')}/`,
    ]),
  );
}

function textOf(rows: readonly string[]): Buffer {
  return Buffer.from(rows.map((row) => `${row}\r\n`).join(''));
}

/**
 * All of these in one ZIP, put together while it is sent: nothing of it is ever in memory or on the disk as a whole.
 * Nothing is compressed, so that its size is known beforehand; slides and PDFs are compressed already. Links stand in a
 * text file, and so do files that are gone.
 */
export function zipMaterials(
  files: FileStore,
  materials: readonly MaterialRow[],
  t: Translate,
): Promise<Zip> {
  const zip = new ZipFile();
  breakOffWithError(zip);
  const taken = new Set<string>();
  const folderOf = folders(materials);
  const materialIds: number[] = [];
  const gone: MaterialRow[] = [];
  let open: ReturnType<FileStore['read']> | undefined;
  for (const row of materials) {
    const { sha256, size, fileName } = row;
    if (sha256 === null || size === null || fileName === null) continue;
    if (!files.has(sha256)) {
      gone.push(row);
      continue;
    }
    const path = `${folderOf.get(row.agendaItemId) ?? ''}${downloadName(row.title, fileName)}`;
    zip.addReadStreamLazy(uniquely(taken, path), { size, compress: false, mtime: row.createdAt }, (give) =>
      give(null, (open = files.read(sha256))),
    );
    materialIds.push(row.id);
  }
  const links = materials.filter(({ url }) => url !== '').map(({ title, url }) => `${title}: ${url}`);
  const addText = (key: string, rows: string[]) =>
    rows.length > 0 && zip.addBuffer(textOf(rows), uniquely(taken, `${t(key)}.txt`), { compress: false });
  addText('material.zip_links', links);
  addText(
    'material.zip_lost',
    gone.map(({ title }) => title),
  );
  const lost = gone.flatMap(({ sha256 }) => sha256 ?? []);
  return new Promise((resolve) => {
    end(zip, (size) =>
      resolve({ size, stream: zip.outputStream, materialIds, lost, destroy: () => open?.destroy() }),
    );
  });
}

/**
 * A content that is shorter or longer than its row says, or cannot be read, breaks off this download: the error that
 * nobody listens to would end the program. Its types do not know that it emits one.
 */
function breakOffWithError(zip: ZipFile): void {
  const output = zip.outputStream as NodeJS.ReadableStream & { destroy(error: Error): void };
  (zip as unknown as EventEmitter).on('error', (error: Error) => output.destroy(error));
}

/** Its types do not know that the size is told. */
function end(zip: ZipFile, told: (size: number) => void): void {
  const { end: finish } = zip as unknown as { end(options: object, told: (size: number) => void): void };
  finish.call(zip, {}, told);
}
