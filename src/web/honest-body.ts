import type { RequestHandler } from 'express';

/**
 * Names like `toString` would hide what every object can do, so that the first page that writes the value falls
 * over it; multer's nested objects have no such methods at all. No form of ours sends either.
 */
function isHonest(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isHonest);
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.entries(value).every(([name, inner]) => !(name in Object.prototype) && isHonest(inner));
}

/** Refuses a form that no page of ours can have sent, before anybody reads it (400). */
export const honestBody: RequestHandler = (req, _res, next) => {
  // The body of a multipart form has no prototype itself, whatever is in it.
  const fields = { ...(req.body as object | undefined) };
  next(isHonest(fields) ? undefined : Object.assign(new Error('strange form'), { status: 400 }));
};
