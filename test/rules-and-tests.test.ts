import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { projectRoot } from '../src/paths.js';

test('every test that docs/rules-and-tests.md names is there', async () => {
  const page = await readFile(join(projectRoot, 'docs/rules-and-tests.md'), 'utf8');
  const named = [...page.matchAll(/`([\w./-]+\.test\.ts)` › (.*?)(?=<br>| *\|)/g)];
  expect(named.length).toBeGreaterThan(80);
  const missing: string[] = [];
  for (const [, file = '', name = ''] of named) {
    const source = await readFile(join(projectRoot, 'test', file), 'utf8');
    if (!source.includes(name)) missing.push(`${file} › ${name}`);
  }
  expect(missing).toEqual([]);
});
