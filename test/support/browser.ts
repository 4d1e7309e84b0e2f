import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { startTestApp, type TestApp } from './app.js';

/** Where Chromium lies on Debian, elsewhere on Linux, and on a Mac. */
const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export const findBrowser = (): string | undefined => places.find((path) => path && existsSync(path));

/** @throws when the machine has no browser: `findBrowser` tells beforehand */
export async function launchBrowser(args: string[] = []): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chromium found: install it, or set CHROMIUM_PATH');
  // Chromium's sandbox does not work for root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...sandbox, ...args] });
}

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
export const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const screens = { phone, desktop };

/** What a journey gets: the real program on a database of its own, listening, and a browser before it. */
export interface Journey extends TestApp {
  url: string;
  /** A new visitor; `javaScriptEnabled: false` for one whose scripts are off. */
  open(options?: BrowserContextOptions): Promise<Page>;
}

/**
 * A journey through the pages in a real browser. Where none is installed it is skipped and says why; in CI that
 * is a failure.
 */
export function describeJourney(name: string, steps: (journey: () => Journey) => void): void {
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
      started = await startJourney();
    }, 60_000);
    afterAll(() => started.close());
    steps(() => started);
  });
}

async function startJourney(): Promise<Journey & { close(): Promise<void> }> {
  const app = await startTestApp();
  const browser = await launchBrowser();
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

/** No rule of WCAG 2.2 A and AA, nor a best practice, is broken on the page. Evaluated past its CSP. */
export async function expectNoViolations(page: Page): Promise<void> {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations;
  });
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
  expect(wide).toBeLessThanOrEqual(seen);
}

/** Signs in through the form, as a person would. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/session');
  await page.fill('input[name=email]', email);
  await page.fill('input[name=password]', password);
  await Promise.all([
    page.waitForURL((url) => url.pathname !== '/session'),
    page.click('main form[action="/session"] button'),
  ]);
}
