import type { Deps } from './deps.js';
import { withoutValues } from './errors.js';
import { eraseGuestData } from './features/attendance/retention.js';
import { resumeDeferred } from './features/actions/actions.service.js';
import { eraseOwnerPhones } from './features/actions/retention.js';
import { eraseLetters } from './features/assignment-letters/retention.js';
import { advanceEvents } from './features/events/publication.service.js';
import { takeUpImports } from './features/institutions/imports.running.js';
import { dropOldPreviews } from './features/institutions/imports.service.js';
import { eraseRepresentatives } from './features/institutions/retention.js';
import { eraseCallNotes, erasePersonalData } from './features/invitations/retention.js';
import { eraseMessageAddresses } from './features/messages/retention.js';
import { settleDue } from './features/invitations/settle.js';
import { dropOldMarks } from './features/whatsapp/numbers.js';
import { queueDueReminders } from './features/reminders/reminders.service.js';
import { dropForgottenFiles } from './storage/stored-files.js';

/** Work that becomes due by itself. It must be safe in several processes at once and after a kill midway. */
export interface Job {
  name: string;
  /** Not more often than this in one process; every round when left out. */
  everyMs?: number;
  run(deps: Deps): Promise<unknown>;
}

export const jobs: Job[] = [
  { name: 'events.advance', run: advanceEvents },
  { name: 'invitations.settle', run: settleDue },
  // After the two above: who is late, or whose event is over, needs no reminder.
  { name: 'reminders.queue', run: queueDueReminders },
  { name: 'actions.resume', run: resumeDeferred },
  { name: 'imports.take_up', run: takeUpImports },
  { name: 'imports.drop', run: dropOldPreviews, everyMs: 3_600_000 },
  { name: 'files.drop_drafts', run: dropStaleDrafts, everyMs: 3_600_000 },
  { name: 'persons.erase', run: erasePersonalData, everyMs: 3_600_000 },
  { name: 'calls.erase', run: eraseCallNotes, everyMs: 3_600_000 },
  { name: 'letters.erase', run: eraseLetters, everyMs: 3_600_000 },
  { name: 'guests.erase', run: eraseGuestData, everyMs: 3_600_000 },
  { name: 'representatives.erase', run: eraseRepresentatives, everyMs: 3_600_000 },
  { name: 'owners.erase', run: eraseOwnerPhones, everyMs: 3_600_000 },
  { name: 'messages.erase', run: eraseMessageAddresses, everyMs: 3_600_000 },
  { name: 'wrong_numbers.drop', run: dropOldMarks, everyMs: 3_600_000 },
  // Last: it also sweeps up after those above.
  { name: 'files.drop_forgotten', run: dropForgotten, everyMs: 3_600_000 },
];

/** Uploads that a killed process left behind: none that still goes on is a day old. */
function dropStaleDrafts({ files }: Deps): Promise<number> {
  return files.dropStaleDrafts(new Date(Date.now() - 24 * 3_600_000));
}

/** Contents that nothing refers to any longer: whoever removed the last row was killed before the file went. */
function dropForgotten({ db, files }: Deps): Promise<number> {
  return dropForgottenFiles(db, files);
}

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
  const lastRun = new Map<Job, number>();

  async function runAll(): Promise<void> {
    for (const job of list) {
      if (isStopped()) return;
      const started = performance.now();
      if (started - (lastRun.get(job) ?? -Infinity) < (job.everyMs ?? 0)) continue;
      lastRun.set(job, started);
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
