import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../paths.js';

export const fontsFolder = join(projectRoot, 'node_modules/@expo-google-fonts');

/** Where in a font file a table begins (OpenType, "Table Directory"). */
function tableAt(font: Buffer, tag: string): number {
  for (let at = 12; at < 12 + font.readUInt16BE(4) * 16; at += 16)
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8);
  throw new Error(`the font has no table ${tag}`);
}

/** The characters that a font draws, from its table `cmap`: of format 4, as all fonts for plain texts have. */
function charactersOf(path: string): ReadonlySet<number> {
  const font = readFileSync(path);
  const cmap = tableAt(font, 'cmap');
  const found = new Set<number>();
  for (let record = cmap + 4; record < cmap + 4 + font.readUInt16BE(cmap + 2) * 8; record += 8) {
    const table = cmap + font.readUInt32BE(record + 4);
    if (font.readUInt16BE(table) !== 4) continue;
    const segments = font.readUInt16BE(table + 6);
    for (let at = table + 14; at < table + 14 + segments; at += 2)
      for (let one = font.readUInt16BE(at + segments + 2); one <= font.readUInt16BE(at); one += 1)
        if (one !== 0xffff) found.add(one);
  }
  return found;
}

/** Line ends, spaces and marks of direction, which no font need draw. */
const invisible = /[\s\u00ad\u200b-\u200f\u2060]/u;
/** Makes one emoji of several. */
const joiner = '\u200d';
const onlyAscii = /^[\0-\x7f]*$/;

let known: ReadonlySet<number> | undefined;
/** What our fonts draw: all of their cuts hold the same, but for a mark of Tinos that nobody types. */
const drawn = (): ReadonlySet<number> =>
  (known ??= charactersOf(join(fontsFolder, 'arimo/400Regular/Arimo_400Regular.ttf')));

/** What of a text no font of ours draws, each once: emoji, Chinese, Javanese letters. */
export function notDrawn(text: string): string[] {
  if (onlyAscii.test(text)) return [];
  return [...new Set(text)].filter((one) => !drawn().has(one.codePointAt(0) ?? 0) && !invisible.test(one));
}

/** A text without what would come out as boxes; no hole of two spaces stays behind. */
export function drawable(text: string): string {
  const missing = new Set(notDrawn(text));
  if (missing.size === 0) return text;
  return [...text]
    .filter((one) => !missing.has(one) && one !== joiner)
    .join('')
    .replace(/ {2,}/g, ' ');
}
