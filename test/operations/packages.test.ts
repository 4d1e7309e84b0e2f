import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/paths.js';

interface LockedPackage {
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
  resolved?: string;
}

const lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
const allowed = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
]);
// Zlib asks no more than MIT does; pako is the port of that very library.
allowed.add('MPL-2.0').add('OFL-1.1').add('Zlib');
// MIT without even the duty to name it.
allowed.add('MIT-0');

/** Their licence stands in a file beside the code, and not in what npm writes down. */
const read = new Map([
  ['busboy', 'MIT'],
  ['streamsearch', 'MIT'],
  ['png-js', 'MIT'],
]);
/** libvips under the LGPL, a library of its own beside sharp (Apache-2.0), which may be exchanged. */
const isLibvips = (path: string) => /node_modules\/@img\/sharp-(libvips-|wasm32|win32-)/.test(path);

/** "(MIT AND Zlib)" asks for both, "(MIT OR CC0-1.0)" leaves the choice. */
const permits = (license: string) =>
  license
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => allowed.has(part)));

test('everything that runs in production has a licence that permits it', () => {
  const doubtful = packages
    .filter(([path, { dev, devOptional }]) => !dev && !devOptional && !isLibvips(path))
    .map(([path, { license }]) => [path, license ?? read.get(path.replace('node_modules/', ''))] as const)
    .filter(([, license]) => !permits(license ?? ''));
  expect(doubtful).toEqual([]);
});

test('the lock file names no registry, so that any mirror serves', () => {
  expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});
