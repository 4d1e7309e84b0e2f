import type { Request } from 'express';
import type { Config } from '../config.js';

/** Where people reach this program: the setting, or the address that this request came to. No trailing slash. */
export const publicAddress = (req: Request, config: Config): string =>
  config.baseUrl ?? `${req.protocol}://${req.get('host') ?? 'localhost'}`;
