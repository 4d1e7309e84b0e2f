/**
 * Writes what comes while a statement runs together with the next one: a handful of commits then cost one. Whoever
 * adds something goes on only after it is written.
 */
export class Gathering<T> {
  private waiting: T[] = [];
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  constructor(private readonly write: (some: T[]) => Promise<void>) {}

  /** @returns settles as the statement does that wrote it */
  add(one: T): Promise<void> {
    this.waiting.push(one);
    this.next ??= this.running.then(() => {
      const some = this.waiting;
      this.waiting = [];
      this.next = undefined;
      const writing = this.write(some);
      // The one that follows waits for this one, however it ends.
      this.running = writing.catch(() => undefined);
      return writing;
    });
    return this.next;
  }
}
