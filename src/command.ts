import { StartupError } from './config.js';

/** Runs a command; what a person can mend is told in one line, without a stack. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const text =
      error instanceof StartupError ? `rembuk: ${error.message}` : String((error as Error).stack ?? error);
    process.stderr.write(`${text}\n`);
    process.exit(1);
  }
}

/**
 * Runs until SIGTERM or SIGINT, then stops in order. A signal that comes during the start waits for its end, so
 * that no database server is left behind. Further signals are ignored: npm and the terminal both send one.
 */
export async function runUntilSignal<T extends { stop(): Promise<void> }>(
  start: () => Promise<T>,
  started: (running: T) => void,
): Promise<void> {
  const signal = new Promise<void>((resolve) => {
    process.on('SIGTERM', () => resolve());
    process.on('SIGINT', () => resolve());
  });
  const running = await start();
  started(running);
  await signal;
  await running.stop();
  process.exit(0);
}
