// Marks of the door on their way to the server: kept on this device until it has answered, so that a weak network
// loses nobody. Sending one twice is harmless: each carries an id of its own.

import { LateResults } from './mark-late.js';
import { KeptList, type QueuedMark } from './mark-store.js';

export interface Answer {
  /** `kept`: no network; `refused`: the server wants a fresh page; `gone`: it will never take this one. */
  state: 'answered' | 'kept' | 'refused' | 'gone';
  page?: Document;
  status?: number;
}

const retryMs = 10_000;
/** Nobody waits longer at a door: the mark is kept, and sent again. */
const patienceMs = 8000;

async function post(mark: QueuedMark, token: string): Promise<[Response, string] | undefined> {
  const times = { deviceAt: String(mark.deviceAt), sentAt: String(Date.now()) };
  const body = new URLSearchParams({ ...mark.fields, ...times, clientId: mark.clientId, _csrf: token });
  const headers = { Accept: 'text/html', 'X-Part': '1' };
  const { signal, abort } = patience();
  try {
    const response = await fetch(mark.action, { method: 'POST', body, headers, signal });
    return [response, await response.text()];
  } catch {
    return undefined;
  } finally {
    clearTimeout(abort);
  }
}

function patience() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: setTimeout(() => controller.abort(), patienceMs) };
}

async function send(mark: QueuedMark, token: string): Promise<Answer> {
  const [response, text] = (await post(mark, token)) ?? [];
  if (!response || response.status >= 500 || response.status === 429) return { state: 'kept' };
  const page = new DOMParser().parseFromString(text ?? '', 'text/html');
  if (response.ok && page.querySelector('[data-answer]')) return { state: 'answered', page };
  // Signed out, or the form is too old: the mark is good, the page is not.
  if (response.redirected || response.status === 403 || response.ok) return { state: 'refused' };
  return { state: 'gone', page, status: response.status };
}

export const isRecorded = ({ page }: Answer): boolean => Boolean(page?.querySelector('[data-recorded]'));

const saidBy = ({ page }: Answer, place: string) => page?.querySelector(place)?.textContent.trim() ?? '';

/** The marks of one page's reach (`data-scope`), and the notices of those not yet sent and of those sent in vain. */
export class MarkQueue {
  private readonly marks = new KeptList<QueuedMark>('rembuk-marks');
  private readonly results: LateResults;
  private readonly onTheirWay = new Set<string>();
  private timer: number | undefined;
  private isSending = false;

  /** @param hear is told of answers that came late */
  constructor(
    private readonly notice: HTMLElement,
    late: HTMLElement,
    private readonly hear: (mark: QueuedMark, answer: Answer) => void,
  ) {
    this.results = new LateResults(late, this.word('scope'), this.word('owner'));
    notice.querySelector('[data-send]')?.addEventListener('click', () => void this.flush());
    addEventListener('online', () => void this.flush());
    this.show();
    if (this.waiting().length > 0) void this.flush();
  }

  word(name: string): string {
    return this.notice.dataset[name] ?? '';
  }

  isWaiting(action: string): boolean {
    return this.waiting().some((mark) => mark.action === action);
  }

  /** Whether what waits outlives the page. */
  get isKeeping(): boolean {
    return !this.marks.isAtRisk;
  }

  /** Keeps a mark, then sends it. */
  async add(mark: QueuedMark): Promise<Answer> {
    this.marks.add(mark);
    return this.try(mark);
  }

  /** An answer that nobody waited for any more: what is not in the book is shown until somebody has read it. */
  late(mark: QueuedMark, answer: Answer): void {
    if (answer.state !== 'answered' && answer.state !== 'gone') return;
    if (!isRecorded(answer)) this.results.add(mark, this.why(answer), saidBy(answer, '.door__name'));
    this.hear(mark, answer);
  }

  /** Why a mark is not in the book, in the server's words as far as it had any. */
  why(answer: Answer): string {
    const said = saidBy(answer, '[data-answer] .door__what, .field__error');
    return said || this.word(answer.status === 404 ? 'gone' : 'changed');
  }

  private waiting(): QueuedMark[] {
    return this.marks.all().filter(({ action }) => action.startsWith(this.word('scope')));
  }

  private async try(mark: QueuedMark): Promise<Answer> {
    this.onTheirWay.add(mark.clientId);
    const answer = await send(mark, this.word('token'));
    this.onTheirWay.delete(mark.clientId);
    if (answer.state === 'answered' || answer.state === 'gone') this.marks.drop(mark.clientId);
    else this.later();
    this.show();
    return answer;
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), retryMs);
  }

  private async flush(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    for (const mark of this.waiting()) {
      if (this.onTheirWay.has(mark.clientId)) continue;
      const answer = await this.try(mark);
      this.late(mark, answer);
      if (answer.state === 'kept' || answer.state === 'refused') break;
    }
    this.isSending = false;
  }

  private show(): void {
    const count = this.waiting().length;
    const part = (name: string) => this.notice.querySelector<HTMLElement>(`[${name}]`) as HTMLElement;
    this.notice.hidden = count === 0;
    part('data-count').textContent = String(count);
    part('data-kept-note').hidden = !this.isKeeping;
    part('data-unkept-note').hidden = this.isKeeping;
  }
}
