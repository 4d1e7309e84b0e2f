import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startTestApp, type TestApp } from './app.js';
import { findBrowser, launchBrowser, phone } from './chromium.js';

export { desktop, phone, screens, signIn } from './chromium.js';

/** What a journey gets: the real program on a database of its own, listening, and a browser before it. */
export interface Journey extends TestApp {
  url: string;
  /** A new visitor; `javaScriptEnabled: false` for one whose scripts are off. */
  open(options?: BrowserContextOptions): Promise<Page>;
}

/**
 * A journey through the pages in a real browser. Where none is installed it is skipped and says why; in CI that
 * is a failure.
 * @param given `args`: what the browser is started with
 */
export function describeJourney(
  name: string,
  steps: (journey: () => Journey) => void,
  { args = [] }: { args?: string[] } = {},
): void {
  if (!findBrowser()) {
    const why = `journey "${name}": no Chromium found (set CHROMIUM_PATH)`;
    if (process.env.CI === 'true')
      test(name, () => {
        throw new Error(why);
      });
    else {
      process.stdout.write(`Skipped ${why}\n`);
      test.skip(name, () => undefined);
    }
    return;
  }
  describe(name, () => {
    let started: Journey & { close(): Promise<void> };
    beforeAll(async () => {
      started = await startJourney(args);
    }, 60_000);
    afterAll(() => started.close());
    steps(() => started);
  });
}

async function startJourney(args: string[]): Promise<Journey & { close(): Promise<void> }> {
  const app = await startTestApp();
  const browser = await launchBrowser(args);
  const server = createServer(app.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    ...app,
    url,
    async open(options = phone) {
      const context = await browser.newContext({ baseURL: url, locale: 'id-ID', ...options });
      context.setDefaultTimeout(10_000);
      return context.newPage();
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await app.close();
    },
  };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  help: string;
  nodes: { target: unknown; html: string }[];
}

interface Axe {
  run(options: { runOnly?: string[] }): Promise<{ violations: Violation[] }>;
}

/**
 * No rule of WCAG 2.2 A and AA, nor a best practice, is broken on the page. Evaluated past its CSP.
 * @param rules only these, by their names in axe
 */
export async function expectNoViolations(page: Page, rules?: string[]): Promise<void> {
  if (!(await page.evaluate<boolean>(`'axe' in globalThis`))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    return (await axe.run(runOnly ? { runOnly } : {})).violations;
  }, rules);
  const told = violations.map(
    ({ id, help, nodes }) => `${id}: ${help} — ${nodes.map((node) => node.html).join(' | ')}`,
  );
  expect({ page: page.url(), violations: told }).toEqual({ page: page.url(), violations: [] });
}

/** Nothing sticks out sideways: a phone must not have to scroll across. */
export async function expectNoSideScroll(page: Page): Promise<void> {
  const [wide, seen] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  expect({ page: page.url(), wide }).toEqual({ page: page.url(), wide: Math.min(wide, seen) });
}
