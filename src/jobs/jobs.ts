import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { withoutValues } from '../errors.js';

/** Work that is woken: by the queue every minute, or at once by `wake`. It must be safe in several processes. */
export interface JobKind {
  name: string;
  /** @param signal aborted when the program stops: what is under way is finished, nothing new begun */
  run(signal: AbortSignal): Promise<unknown>;
}

/** How long a job may take before the queue takes it for dead, in seconds; jobs end well before. */
const longestSeconds = 900;

/** How long those who cannot wait for the next minute gather before a job is woken for all of them. */
const gatherMs = 1000;

/** How long stopping waits for a job that is under way. */
const stopMs = 30_000;

/**
 * The queue (pg-boss, in a schema of its own of the same database). It only wakes and schedules: what is to be done
 * stands in the tables, so that a lost job or a restored database loses nothing (docs/decisions/065). Until it is
 * started nothing is created, and `wake` does nothing.
 */
export class Jobs {
  private boss: PgBoss | undefined;
  private readonly stopping = new AbortController();
  /** Jobs that will be woken within a second. */
  private readonly soon = new Set<string>();
  /** Jobs under way in this process. */
  private readonly running = new Set<Promise<unknown>>();

  constructor(
    private readonly url: string,
    private readonly log: Logger,
  ) {}

  /**
   * @param works false: this process wakes others, and does no job itself
   * @throws Error when the schema cannot be made
   */
  async start(kinds: JobKind[], works: boolean): Promise<void> {
    const boss = new PgBoss({
      connectionString: this.url,
      application_name: 'rembuk jobs',
      max: 2,
      supervise: works,
      schedule: works,
      useListenNotify: works,
    });
    boss.on('error', (error) => this.log.error({ err: withoutValues(error) }, 'queue failed'));
    await boss.start();
    this.boss = boss;
    for (const kind of kinds) await this.prepare(boss, kind, works);
  }

  /** Lets a process do the job now; one that waits already is enough for all who ask. */
  wake(name: string): void {
    if (!this.boss || this.stopping.signal.aborted) return;
    void this.boss
      .send(name)
      .catch((error: unknown) => this.log.error({ job: name, err: withoutValues(error) }, 'waking failed'));
  }

  /**
   * The same within a second, once for all who ask meanwhile and on nobody's way: for what many people cause at once.
   * @param isOfUse asked then; without it nothing is woken
   */
  wakeSoon(name: string, isOfUse: () => Promise<boolean>): void {
    if (!this.boss || this.soon.has(name)) return;
    this.soon.add(name);
    const wake = async () => {
      this.soon.delete(name);
      if (!this.stopping.signal.aborted && (await isOfUse())) this.wake(name);
    };
    setTimeout(() => {
      wake().catch((error: unknown) =>
        this.log.error({ job: name, err: withoutValues(error) }, 'waking failed'),
      );
    }, gatherMs).unref();
  }

  /** Ends what is under way in order, and closes the queue. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
    await this.boss?.stop({ graceful: true, timeout: stopMs });
  }

  private async prepare(boss: PgBoss, { name, run }: JobKind, works: boolean): Promise<void> {
    // `short`: any number at work, one in each process, and never more than one waiting.
    await boss.createQueue(name, {
      policy: 'short',
      retryLimit: 0,
      expireInSeconds: longestSeconds,
      retentionSeconds: 3600,
      deleteAfterSeconds: 3600,
      notify: true,
    });
    if (!works) return;
    await boss.work(name, { pollingIntervalSeconds: 10 }, ([job]) => {
      const signals = [this.stopping.signal, ...(job ? [job.signal] : [])];
      const work = this.runOnce(name, () => run(AbortSignal.any(signals)));
      this.running.add(work);
      return work.finally(() => this.running.delete(work));
    });
    await boss.schedule(name, '* * * * *');
    this.wake(name);
  }

  /** What goes wrong is in the log; the next minute tries again. */
  private async runOnce(name: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.error({ job: name, err: withoutValues(error) }, 'job failed');
    }
  }
}
