import type { Request } from 'express';
import type { Config } from '../config.js';

/** The public address of this program, without a trailing slash: the setting, else how the visitor reached it. */
export const baseUrl = (req: Request, config: Config): string =>
  config.baseUrl ?? `${req.protocol}://${req.get('host') ?? 'localhost'}`;
