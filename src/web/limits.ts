import type { Request } from 'express';
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { poolOf } from '../database/data-source.js';
import { DomainError } from '../errors.js';

/** What is tried too often from one place, or at one account. */
export type AttemptKind = 'link' | 'code' | 'sign_in' | 'access_link' | 'forgotten' | 'setup' | 'door';

const bounds: Record<AttemptKind, { points: number; duration: number }> = {
  link: { points: 60, duration: 600 },
  code: { points: 20, duration: 600 },
  // A code misheard at the door is common; thirty in ten minutes is guessing.
  door: { points: 30, duration: 600 },
  sign_in: { points: 10, duration: 900 },
  access_link: { points: 20, duration: 600 },
  // Every request counts here: each may send a mail.
  forgotten: { points: 5, duration: 3600 },
  setup: { points: 10, duration: 600 },
};

/**
 * Counts failures only (rules.md 25): mobile carriers put thousands of phones behind one address, and an
 * address that never fails is never slowed down. The counts are in PostgreSQL, for all processes.
 */
export class AttemptLimits {
  private readonly limiters: Record<AttemptKind, RateLimiterPostgres>;

  constructor(db: DataSource) {
    const make = (kind: AttemptKind) =>
      new RateLimiterPostgres({
        storeClient: poolOf(db),
        storeType: 'pool',
        tableName: 'failed_attempt',
        tableCreated: true,
        keyPrefix: kind,
        ...bounds[kind],
      });
    const kinds = Object.keys(bounds) as AttemptKind[];
    this.limiters = Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as typeof this.limiters;
  }

  /** @throws DomainError 429 when `who` has failed too often; ask before comparing what they sent */
  async check(kind: AttemptKind, who: string): Promise<void> {
    const state = await this.limiters[kind].get(who);
    if (state && state.consumedPoints >= bounds[kind].points) throw tooMany(state);
  }

  /**
   * Counts an attempt before it is judged, so that guesses sent at once do not all pass the same check; whoever
   * was right is forgiven.
   * @throws DomainError 429 when `who` has failed too often
   */
  async attempt(kind: AttemptKind, who: string): Promise<{ forgive(): Promise<void> }> {
    const state = await this.limiters[kind].penalty(who, 1);
    if (state.consumedPoints > bounds[kind].points) throw tooMany(state);
    return {
      forgive: async () => {
        await this.limiters[kind].reward(who, 1);
      },
    };
  }

  async failed(kind: AttemptKind, who: string): Promise<void> {
    await this.limiters[kind].penalty(who, 1);
  }

  async forget(kind: AttemptKind, who: string): Promise<void> {
    await this.limiters[kind].delete(who);
  }
}

const tooMany = (state: RateLimiterRes) =>
  new DomainError(429, 'error.too_many_attempts', {
    count: Math.max(1, Math.ceil(state.msBeforeNext / 60_000)),
  });

export const addressOf = (req: Pick<Request, 'ip'>): string => req.ip ?? 'unknown';
