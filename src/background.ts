import type { Logger } from 'pino';
import { withoutValues } from './errors.js';

/** Work that goes on after its request was answered. What must not be lost is also taken up by the clock. */
export class Background {
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly log: Logger) {}

  /** @returns settles with the work, and never rejects: what goes wrong is in the log */
  start(name: string, work: Promise<unknown>): Promise<void> {
    const run = work
      .then(() => undefined)
      .catch((error: unknown) => this.log.error({ job: name, err: withoutValues(error) }, 'job failed'))
      .finally(() => this.running.delete(run));
    this.running.add(run);
    return run;
  }

  /** Waits for all that runs: the database must not be closed beneath it. */
  async finished(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }
}
