import { fileTypeFromFile } from 'file-type';
import { open } from 'node:fs/promises';

/** What people hand out and hand in. The content decides; the name is only what it is called. */
const accepted: Record<string, readonly string[]> = {
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.openxmlformats-officedocument.presentationml.slideshow': ['ppsx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  // What Word, Excel and PowerPoint wrote until 2007: one container, so here the name tells them apart.
  'application/x-cfb': ['doc', 'xls', 'ppt'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'video/mp4': ['mp4', 'm4v'],
  'video/webm': ['webm'],
  'audio/mpeg': ['mp3'],
  'audio/mp4': ['m4a'],
  'audio/x-m4a': ['m4a'],
  'application/zip': ['zip'],
};
const pictures = new Set(['image/jpeg', 'image/png', 'image/webp']);

export interface Judged {
  mediaType: string;
  /** The extension that the content deserves, whatever the file was called. */
  extension: string;
}

const extensionOf = (name: string) => /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/**
 * What a file is by its content.
 * @param name as it was called; used only where the content leaves a choice
 * @returns undefined when it is nothing that is accepted here
 */
export async function judgeFile(path: string, name: string): Promise<Judged | undefined> {
  const called = extensionOf(name);
  const found = await fileTypeFromFile(path);
  if (!found) return (await isPlainText(path)) ? plainKind(called) : undefined;
  const extensions = accepted[found.mime];
  if (!extensions) return undefined;
  const extension = extensions.includes(called) ? called : extensions[0];
  // A container whose name says nothing known may hold anything, a program too.
  if (found.mime === 'application/x-cfb' && !extensions.includes(called)) return undefined;
  return extension === undefined ? undefined : { mediaType: found.mime, extension };
}

/** The same, for photos only. */
export async function judgePicture(path: string): Promise<Judged | undefined> {
  const judged = await judgeFile(path, '');
  return judged && pictures.has(judged.mediaType) ? judged : undefined;
}

const plainKind = (called: string): Judged =>
  called === 'csv'
    ? { mediaType: 'text/csv', extension: 'csv' }
    : { mediaType: 'text/plain', extension: 'txt' };

/** UTF-8 without control characters in its first 64 KiB. */
async function isPlainText(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    if (bytesRead === 0) return false;
    const text = new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead), {
      stream: true,
    });
    // eslint-disable-next-line no-control-regex -- these are what tells a text from anything else
    return !/[\u0000-\u0008\u000e-\u001f]/.test(text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  } finally {
    await handle.close();
  }
}

/** Names that Windows keeps for devices, whatever follows them. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** A text as part of a path: no separators, no control or direction characters, at most 120 letters. */
export function safeName(text: string, otherwise = 'berkas'): string {
  const clean = text
    .normalize('NFC')
    .replace(/[\\/]/g, '-')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const base = [...clean].slice(0, 120).join('').trimEnd();
  return devices.test(base) ? `_${base}` : base || otherwise;
}

/**
 * A name that is safe in a folder, a ZIP and a header: no path, no control or direction characters, no more than
 * 120 letters, and the extension that the content deserves.
 */
export function safeFileName(name: string, extension: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return `${safeName(last.replace(/\.[a-z0-9]{1,8}$/i, ''))}.${extension}`;
}
