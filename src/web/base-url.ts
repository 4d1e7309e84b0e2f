import type { Request } from 'express';
import type { Config } from '../config.js';

/** The public address of this program, without a trailing slash: the setting, else how the visitor reached it. */
export const baseUrl = (req: Request, config: Config): string =>
  config.baseUrl ?? `${req.protocol}://${req.get('host') ?? 'localhost'}`;

/** Whether an address opens on this very machine only: a link with it is of no use to anybody else. */
export const isOnlyHere = (address: string): boolean =>
  /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)(:|\/|$)/i.test(address);
