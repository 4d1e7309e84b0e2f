import type { Request } from 'express';

/** Who asks for a link page, as far as it can be seen. */
interface Visitor {
  method: string;
  userAgent: string;
  /** Fetched ahead by a browser, before anybody looks. */
  prefetch: boolean;
}

/** Programs that fetch an address to show a preview or to scan it; a person is behind none of them. */
const machines =
  /bot|crawl|spider|preview|facebookexternalhit|whatsapp\/|telegram|slack|skype|scan|safelinks|curl|wget|python|java\/|go-http|headlesschrome|okhttp/i;

/** Repeated looks within this time are one visit, and cost no write. */
const sameVisitMs = 10 * 60_000;

/** Does this request look like a person who wants to see what is there? */
export function isPerson({ method, prefetch, userAgent }: Visitor): boolean {
  return method === 'GET' && !prefetch && userAgent !== '' && !machines.test(userAgent);
}

/** Does this request look like a person who comes to the page? */
export function isVisit(visitor: Visitor, lastVisitAt: Date | null, now: Date): boolean {
  if (!isPerson(visitor)) return false;
  return lastVisitAt === null || now.getTime() - lastVisitAt.getTime() > sameVisitMs;
}

/** What a request tells of who asks. */
export const visitorOf = (req: Request): Visitor => ({
  method: req.method,
  userAgent: req.get('user-agent') ?? '',
  prefetch: req.get('purpose') === 'prefetch' || (req.get('sec-purpose') ?? '').startsWith('prefetch'),
});
