import type { Request } from 'express';

/** Who asks for a link page, as far as it can be seen. */
interface Visitor {
  method: string;
  userAgent: string;
  /** Fetched ahead by a browser, before anybody looks. */
  prefetch: boolean;
}

/**
 * Programs that fetch an address to show a preview or to scan it; a person is behind none of them. Browsers inside apps
 * name the app too ("Telegram-Android", "FBAN", "GSA"): they are people, so apps are matched by what only their
 * fetchers say. What a scanner of mails hides behind an ordinary browser's name cannot be told from a person: visits
 * are an estimate.
 */
const machines = new RegExp(
  [
    // They say so themselves: Googlebot, TelegramBot, Slackbot, BingPreview … Cubot is a phone.
    ...['(?<!cu)bot(?![a-z])', 'crawl', 'spider', 'preview', 'scan', 'safelinks', 'lighthouse'],
    ...['facebookexternalhit', 'meta-external', 'whatsapp/', 'viber/', 'slack-imgproxy', 'embedly'],
    ...['google-', 'googleother', 'googleimageproxy', 'google favicon', 'ms-office', 'microsoft office'],
    ...['barracuda', 'proofpoint', 'mimecast', 'urldefense'],
    // Libraries, and the fetchers that phones lend to their apps.
    ...[
      'curl',
      'wget',
      'python',
      'java/',
      'go-http',
      'okhttp',
      'dalvik/',
      'cfnetwork',
      'axios',
      'node-fetch',
    ],
    ...['undici', 'httpclient', 'libwww', 'ruby', 'php/', 'headless'],
  ].join('|'),
  'i',
);

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
  prefetch: ['purpose', 'sec-purpose', 'x-purpose', 'x-moz'].some((name) =>
    /^(prefetch|preview|prerender)/i.test(req.get(name) ?? ''),
  ),
});
