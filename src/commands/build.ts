// Builds what is served to browsers into public/ and the program into dist/. Takes about a second.
import * as esbuild from 'esbuild';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { cp, glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { iconNames } from '../client/icons.js';
import { projectRoot } from '../paths.js';

const client = join(projectRoot, 'src/client');
const modules = join(projectRoot, 'node_modules');
const draft = join(projectRoot, `public.${process.pid}`);
const target = join(projectRoot, 'public');

/** Keeps the drawing of an icon and drops what CSS sets for all of them. */
async function readIcons(): Promise<Record<string, string>> {
  const entries = await Promise.all(
    iconNames.map(async (name) => {
      const svg = await readFile(join(modules, '@tabler/icons/icons/outline', `${name}.svg`), 'utf8');
      const shape = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)?.[1] ?? '';
      const visible = shape.replace(/<path stroke="none"[^>]*>/, '');
      return [name, visible.replace(/\s+/g, ' ').trim()] as const;
    }),
  );
  return Object.fromEntries(entries);
}

/** The WebAssembly that reads QR codes, the very version that the detector was built for; named by its content. */
async function copyReader(): Promise<string> {
  const detector = createRequire(join(modules, 'barcode-detector/package.json'));
  const content = await readFile(detector.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const name = `zxing_reader-${createHash('sha256').update(content).digest('hex').slice(0, 8)}.wasm`;
  await writeFile(join(draft, 'assets', name), content);
  return name;
}

async function buildAssets(): Promise<void> {
  await mkdir(join(draft, 'assets'), { recursive: true });
  const behaviours = await Array.fromAsync(
    glob('*.ts', { cwd: client, exclude: (name) => name === 'icons.ts' }),
  );
  const result = await esbuild.build({
    entryPoints: [
      join(client, 'styles/staff.css'),
      join(client, 'styles/link.css'),
      ...behaviours.filter((name) => name !== 'icons.ts').map((name) => join(client, name)),
    ],
    outdir: join(draft, 'assets'),
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2020', 'chrome80', 'safari14'],
    // Safari 14.0 fails at destructuring in one odd case only (a default that names another parameter): not ours.
    supported: { destructuring: true },
    loader: { '.woff2': 'file' },
    metafile: true,
    logLevel: 'error',
  });
  const files: Record<string, string> = {};
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    const entry = output.entryPoint && basename(output.entryPoint).replace(/\.ts$/, '.js');
    if (entry) files[entry] = basename(path);
    else if (path.endsWith('.woff2')) files['font.woff2'] = basename(path);
  }
  files['zxing_reader.wasm'] = await copyReader();
  const icons = await readIcons();
  const symbols = Object.entries(icons).map(
    ([name, shape]) => `<symbol id="${name}" viewBox="0 0 24 24">${shape}</symbol>`,
  );
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
  files['icons.svg'] = `icons-${createHash('sha256').update(sprite).digest('hex').slice(0, 8)}.svg`;
  await writeFile(join(draft, 'assets', files['icons.svg']), sprite);
  await cp(join(client, 'favicon.svg'), join(draft, 'favicon.svg'));
  await writeFile(join(draft, 'manifest.json'), JSON.stringify({ files, icons }));
  await rm(target, { recursive: true, force: true });
  await rename(draft, target);
}

async function buildProgram(): Promise<void> {
  const sources = await Array.fromAsync(
    glob(['src/**/*.ts', 'migrations/*.ts', 'ormconfig.ts'], {
      cwd: projectRoot,
      exclude: (name) => name.startsWith('src/client') && !name.endsWith('icons.ts') && name.includes('.'),
    }),
  );
  const out = join(projectRoot, 'dist');
  await rm(out, { recursive: true, force: true });
  await esbuild.build({
    absWorkingDir: projectRoot,
    entryPoints: sources.filter((name) => !name.endsWith('.d.ts')),
    outdir: out,
    outbase: projectRoot,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    tsconfigRaw: {
      compilerOptions: { experimentalDecorators: true, target: 'ES2022', useDefineForClassFields: false },
    },
    logLevel: 'error',
  });
}

const only = process.argv[2];
if (only !== 'program') await buildAssets();
if (only !== 'assets') await buildProgram();
