import { morph } from './morph.js';

/**
 * Parts of a page that keep themselves fresh: `data-live`, each with an id and perhaps its seconds. The page is read anew in the
 * background, which does not count as activity, and what differs in those parts is put right.
 */
const parts = [...document.querySelectorAll<HTMLElement>('[data-live]')];
/** Between two rounds; a part that is watched more closely says so. */
const seconds = Number(parts.find((part) => part.dataset.live)?.dataset.live ?? 5);
let timer: number | undefined;

function say(problem: 'ended' | 'lost' | undefined): void {
  for (const name of ['ended', 'lost'] as const) {
    const notice = document.querySelector<HTMLElement>(`[data-live-${name}]`);
    if (notice) notice.hidden = name !== problem;
  }
}

/** @returns whether every part still exists on the page as it is now */
function renew(page: Document): boolean {
  return parts.every((part) => {
    const fresh = page.getElementById(part.id);
    if (fresh) morph(part, fresh);
    return fresh !== null;
  });
}

/** @returns whether to go on */
async function refresh(): Promise<boolean> {
  const headers = { Accept: 'text/html', 'X-Background': 'refresh' };
  const response = await fetch(location.href, { headers }).catch(() => undefined);
  if (response?.status === 401) {
    say('ended');
    return false;
  }
  const text = response?.ok ? await response.text().catch(() => undefined) : undefined;
  say(text === undefined ? 'lost' : undefined);
  if (text === undefined || renew(new DOMParser().parseFromString(text, 'text/html'))) return true;
  // What was watched is over, such as an import that is done: the page is another one now.
  location.reload();
  return false;
}

async function round(): Promise<void> {
  timer = undefined;
  if (document.hidden || (await refresh())) plan();
}

function plan(): void {
  // Nobody looks at a hidden page; it catches up when it is shown again.
  if (!document.hidden) timer = window.setTimeout(() => void round(), seconds * 1000);
}

if (parts.length > 0) {
  plan();
  document.addEventListener('visibilitychange', () => {
    window.clearTimeout(timer);
    timer = undefined;
    if (!document.hidden) void round();
  });
}
