import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../paths.js';

interface Manifest {
  files: Record<string, string>;
  icons: Record<string, string>;
}

/** Built files by their plain name (`staff.css` → `/assets/staff-3f2a91.css`), and icons for pages that inline them. */
export interface Assets {
  url(name: string): string;
  /** An icon from the sprite; always beside a word, so hidden from screen readers. */
  icon(name: string): string;
  /** The same drawn inside the page: for pages that must not load one more file. */
  inlineIcon(name: string): string;
}

export const assetsFolder = join(projectRoot, 'public');

export function loadAssets(): Assets {
  const file = join(assetsFolder, 'manifest.json');
  if (!existsSync(file)) throw new Error('public/ is not built: run `npm run build`');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  const url = (name: string) => {
    const built = manifest.files[name];
    if (!built) throw new Error(`No asset ${name}`);
    return `/assets/${built}`;
  };
  const known = (name: string) => {
    const shape = manifest.icons[name];
    if (shape === undefined) throw new Error(`No icon ${name}: add it to src/client/icons.ts`);
    return shape;
  };
  return {
    url,
    icon: (name) => {
      known(name);
      return `<svg class="icon" aria-hidden="true"><use href="${url('icons.svg')}#${name}"></use></svg>`;
    },
    inlineIcon: (name) => `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${known(name)}</svg>`,
  };
}
