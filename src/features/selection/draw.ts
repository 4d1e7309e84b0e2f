import { createHash } from 'node:crypto';

/**
 * What an institution has drawn: the SHA-256 of "seed:number", in hexadecimal; the smallest comes first. Whoever
 * has the seed and the number of the institution can compute it again with any tool
 * (`printf '%s' 'K7Q2M9:135' | sha256sum`).
 */
export const drawOf = (seed: string, name: string | number): string =>
  createHash('sha256').update(`${seed}:${name}`).digest('hex');

/** A draw as a number from 0 up to 1, for what needs chances instead of an order. */
export const chanceOf = (seed: string, name: string | number): number =>
  parseInt(drawOf(seed, name).slice(0, 12), 16) / 2 ** 48;
