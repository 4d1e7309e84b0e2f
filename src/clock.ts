/** The time, so that tests can move it. Deadlines are judged by it only after the lock is held. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
