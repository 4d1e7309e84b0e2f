import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../src/paths.js';
import { texts } from '../src/texts.js';

const files = globSync(['src/**/*.ts', 'views/**/*.ejs'], { cwd: projectRoot }).filter(
  (file) => !file.endsWith('.texts.ts'),
);
const sources = files.map((file) => ({ file, source: readFileSync(join(projectRoot, file), 'utf8') }));
const keys = Object.keys(texts);

/** Where a whole key stands: `t('…')`, `res.flash('…')`, and what errors say. */
const literal =
  /\bt\(\s*'([\w.]+)'\s*[,)]|\.flash\('([\w.]+)'|InvalidInput\.at\(\s*[^,()]*,\s*'([\w.]+)'|new Conflict\('([\w.]+)'/g;

test('every key that a page or an error names has its text', () => {
  const missing = sources.flatMap(({ file, source }) =>
    [...source.matchAll(literal)]
      .map((match) => match.slice(1).find(Boolean) ?? '')
      .filter((key) => !(key in texts))
      .map((key) => `${file}: ${key}`),
  );
  expect(missing).toEqual([]);
});

/** Keys that are put together: `account.role_${role}_hint`, or 'event.state.' + state. */
function composed(source: string): RegExp[] {
  const templates = [...source.matchAll(/`([a-z]+[._][\w.]*\$\{[^`]*)`/g)].map((match) => match[1] ?? '');
  const sums = [...source.matchAll(/'([a-z]+[._][\w.]*)'\s*\+/g)].map((match) => `${match[1]}\${rest}`);
  return [...templates, ...sums].map((template) => {
    const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replace(/\./g, '\\.'));
    return new RegExp(`^${parts.join('[\\w.]+')}$`);
  });
}

test('no text stands in a table for nobody', () => {
  const all = sources.map(({ source }) => source).join('\n');
  const patterns = composed(all);
  const unused = keys.filter(
    (key) => !all.includes(`'${key}'`) && !patterns.some((pattern) => pattern.test(key)),
  );
  expect(unused).toEqual([]);
});

test('a key stands in one table only, so that none silently takes the place of another', () => {
  const tables = globSync('src/**/*.texts.ts', { cwd: projectRoot });
  const written = tables.flatMap((file) =>
    [...readFileSync(join(projectRoot, file), 'utf8').matchAll(/^ {2}'([\w.]+)':/gm)].map(
      (match) => match[1],
    ),
  );
  expect(written.length).toBeGreaterThan(500);
  expect(written.filter((key, place) => written.indexOf(key) !== place)).toEqual([]);
});

test('Indonesian and English name the same things to fill in', () => {
  const filled = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();
  const differing = Object.entries(texts as Record<string, readonly string[]>).filter(
    ([, [indonesian = '', ...others]]) =>
      others.some((other) => filled(other).join() !== filled(indonesian).join()),
  );
  expect(differing.map(([key]) => key)).toEqual([]);
});
