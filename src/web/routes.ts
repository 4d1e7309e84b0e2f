import type { Request, RequestHandler, Response } from 'express';
import type { OfficeActor, Permission } from '../features/accounts/permissions.js';

/** Who may call a route. Nothing is reachable without one of these (deny by default). */
export type Access =
  | { kind: 'open' }
  | { kind: 'signedIn' }
  | { kind: 'installation' }
  | { kind: 'may'; permission: Permission };

export const open: Access = { kind: 'open' };
export const signedIn: Access = { kind: 'signedIn' };
export const installation: Access = { kind: 'installation' };
export const can = (permission: Permission): Access => ({ kind: 'may', permission });

export type Handler = (req: Request, res: Response) => void | Promise<void>;

export interface Route {
  method: 'get' | 'post';
  path: string;
  access: Access;
  handler: Handler;
  /** Reads a multipart form; runs after the access check and before the CSRF check. */
  upload?: RequestHandler;
}

export const get = (path: string, access: Access, handler: Handler): Route => ({
  method: 'get',
  path,
  access,
  handler,
});

export const post = (path: string, access: Access, handler: Handler, upload?: RequestHandler): Route => ({
  method: 'post',
  path,
  access,
  handler,
  ...(upload && { upload }),
});

/** The signed-in person with their office; only for routes guarded by `can(…)`. */
export function officeActor(req: Request): OfficeActor {
  if (!req.actor?.office) throw new Error(`${req.path} is not guarded by a permission`);
  return req.actor as OfficeActor;
}

/** A number from the path. Anything else is an address that does not exist. */
export function idFrom(req: Request, name = 'id'): number {
  const text = req.params[name];
  return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0;
}
