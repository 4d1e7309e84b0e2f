import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartupError } from './config.js';

const isFolder = async (path: string) => (await stat(path).catch(() => undefined))?.isDirectory() ?? false;

/**
 * Makes a folder with all above it. Node's own way (`recursive`) never ends where a folder that is there says that it
 * is not when something is made in it, as `/proc` does.
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  const above = dirname(path);
  if (above !== path && !(await stat(above).catch(() => undefined))) await makeFolder(above);
  await mkdir(path).catch(async (error: unknown) => {
    // Another process was faster.
    if (!(await isFolder(path))) throw error;
  });
}

/** @throws StartupError naming folder and setting */
export async function ensureWritable(folder: string, setting: string): Promise<void> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartupError(
      `The folder ${folder} cannot be written (${code ?? 'unknown'}): set ${setting} to one that can`,
    );
  }
}
