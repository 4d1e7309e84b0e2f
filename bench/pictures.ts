// npm run pictures -- --out DIR [--only WORD]
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { runCommand } from '../src/command.js';
import { StartupError } from '../src/config.js';
import { projectRoot } from '../src/paths.js';
import { findBrowser, launchBrowser, screens, signIn } from '../test/support/chromium.js';
import { pictures, type PictureOf, type Stage } from './pictures/pages.js';
import { startStage, type RunningStage } from './pictures/stages.js';
import { temporaryFolder } from './server.js';

const schemes = ['light', 'dark'] as const;

interface Look {
  stage: Stage;
  as: string;
  label: string;
  options: BrowserContextOptions;
}

/** One sign-in serves all pages of a role on one screen. */
async function takeOfRole(
  browser: Browser,
  running: RunningStage,
  look: Look,
  wanted: PictureOf[],
  out: string,
) {
  const person = running.signIns.find(({ role, office }) => [role, `${role} ${office}`].includes(look.as));
  if (look.as !== 'visitor' && !person) return leaveOut(wanted, look, 'the demo has no such sign-in');
  const context = await browser.newContext({ baseURL: running.url, locale: 'id-ID', ...look.options });
  const page = await context.newPage();
  try {
    if (person) await signIn(page, person.email, person.password);
    for (const picture of wanted) {
      const file = join(
        out,
        `${picture.name}--${look.as.replace(/\W+/g, '-')}--${look.stage}--${look.label}.png`,
      );
      await take(page, running, picture, file).catch((error: unknown) =>
        leaveOut([picture], look, (error as Error).message.split('\n')[0] ?? ''),
      );
    }
  } finally {
    await context.close();
  }
}

async function take(
  page: Page,
  { answerLink }: RunningStage,
  { path }: PictureOf,
  file: string,
): Promise<void> {
  if (path === '{answer}' && !answerLink) throw new Error('the demo has no answer link');
  const address = typeof path === 'function' ? await path(page) : path.replace('{answer}', answerLink ?? '');
  if (address) await page.goto(address, { waitUntil: 'load' });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  const [width, height] = await page.evaluate<[number, number]>(
    '[document.documentElement.clientWidth, document.documentElement.scrollHeight]',
  );
  // Of a list of hundreds the beginning is enough, and longer pictures fail.
  const clip = { x: 0, y: 0, width, height: Math.min(height, 6000) };
  await page.screenshot({ path: file, fullPage: true, clip });
}

function leaveOut(list: PictureOf[], { as, stage, label }: Look, why: string): void {
  for (const { name } of list) process.stdout.write(`left out ${name} (${as}, ${stage}, ${label}): ${why}\n`);
}

async function takeStage(browser: Browser, stage: Stage, wanted: PictureOf[], folder: string, out: string) {
  const running = await startStage(stage, folder);
  try {
    for (const as of new Set(wanted.map((picture) => picture.as)))
      for (const [screen, options] of Object.entries(screens))
        for (const colorScheme of schemes) {
          const look = { stage, as, label: `${screen}-${colorScheme}`, options: { ...options, colorScheme } };
          await takeOfRole(
            browser,
            running,
            look,
            wanted.filter((picture) => picture.as === as),
            out,
          );
        }
  } finally {
    await running.stop();
  }
}

await runCommand(async () => {
  const { values } = parseArgs({ options: { out: { type: 'string' }, only: { type: 'string' } } });
  if (!values.out) throw new StartupError('Say where to: npm run pictures -- --out DIR [--only WORD]');
  if (!findBrowser())
    throw new StartupError('No Chromium found: install it (Debian: chromium), or set CHROMIUM_PATH');
  const out = resolve(values.out);
  await mkdir(out, { recursive: true });
  const tsx = join(projectRoot, 'node_modules/tsx/dist/cli.mjs');
  execFileSync(process.execPath, [tsx, 'src/commands/build.ts', 'assets'], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  const folder = await temporaryFolder();
  const browser = await launchBrowser();
  try {
    for (const stage of ['new', 'empty', 'demo'] as const) {
      const named = (name: string) => name.includes(values.only ?? '');
      const wanted = pictures.filter(({ name, stages }) => stages.includes(stage) && named(name));
      if (wanted.length > 0) await takeStage(browser, stage, wanted, folder.path, out);
    }
  } finally {
    await browser.close();
    await folder.remove();
  }
  process.stdout.write(`${out}\n`);
});
