import type { Request } from 'express';

/** Programs that fetch an address to show a preview or to scan it; a person is behind none of them. */
const machines =
  /bot|crawl|spider|preview|facebookexternalhit|whatsapp\/|telegram|slack|skype|scan|safelinks|curl|wget|python|java\/|go-http|headlesschrome|okhttp/i;

/** Repeated looks within this time are one visit, and cost no write. */
const sameVisitMs = 10 * 60_000;

/** Does this request look like a person who comes to the page? */
export function isVisit(req: Request, lastVisitAt: Date | null, now: Date): boolean {
  if (req.method !== 'GET' || machines.test(req.get('user-agent') ?? 'bot')) return false;
  if (req.get('purpose') === 'prefetch' || req.get('sec-purpose')?.startsWith('prefetch')) return false;
  return lastVisitAt === null || now.getTime() - lastVisitAt.getTime() > sameVisitMs;
}
