import type { Deps } from './deps.js';
import { withoutValues } from './errors.js';
import { advanceEvents } from './features/events/publication.service.js';
import { settleDue } from './features/invitations/settle.js';

/** Work that becomes due by itself. It must be safe in several processes at once and after a kill midway. */
export interface Job {
  name: string;
  run(deps: Deps): Promise<unknown>;
}

export const jobs: Job[] = [
  { name: 'events.advance', run: advanceEvents },
  { name: 'invitations.settle', run: settleDue },
];

/**
 * Runs the jobs one after another, every `config.clockMs`, counted from the end of a round: a slow round is
 * never overtaken by the next. A job that fails is logged and tried again in the next round.
 * @returns stops it, and waits for the job that runs
 */
export function startClockWork(deps: Deps, list: Job[] = jobs): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();
  const isStopped = () => stopped;

  async function runAll(): Promise<void> {
    for (const job of list) {
      if (isStopped()) return;
      try {
        await job.run(deps);
      } catch (error) {
        deps.log.error({ job: job.name, err: withoutValues(error) }, 'job failed');
      }
    }
    if (!isStopped()) timer = setTimeout(tick, deps.config.clockMs);
  }
  const tick = () => {
    round = runAll();
  };

  tick();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await round;
  };
}
