import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/paths.js';

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
const about = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
};

test('every setting is explained in docs/operations.md, and no other', () => {
  const known = [...read('src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map((match) => match[1]);
  const rows = read('docs/operations.md')
    .split('\n')
    .filter((line) => /^\| `[A-Z]/.test(line));
  const explained = rows.flatMap((row) => row.split('|')[1]?.match(/[A-Z][A-Z_]+/g) ?? []);
  expect(explained.sort()).toEqual(known.sort());
});

test('every npm script that a document names exists', () => {
  const named = ['README.md', 'docs/operations.md'].flatMap((path) =>
    [...read(path).matchAll(/npm run (?:--silent )?([a-z:]+)/g)].map((match) => match[1] ?? ''),
  );
  expect(named.filter((name) => !(name in about.scripts))).toEqual([]);
});

// With NODE_ENV=production in the environment, `npm ci` leaves out what only developers need.
test.each(['build', 'backup', 'restore'])('npm run %s works without the packages of developers', (name) => {
  const [tool = ''] = about.scripts[name]?.split(' ') ?? [];
  expect(about.dependencies).toHaveProperty([tool]);
});
