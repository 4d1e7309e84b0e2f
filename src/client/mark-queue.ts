// Marks of the door on their way to the server: kept on this device until it has answered, so that a weak network
// loses nobody. Sending one twice is harmless: each carries an id of its own.

import { newId } from './new-id.js';

interface QueuedMark {
  clientId: string;
  action: string;
  /** By this device's clock; the server subtracts, so that a wrong clock does no harm. */
  deviceAt: number;
  fields: Record<string, string>;
}

export interface Answer {
  /** `kept`: no network; `refused`: the server wants a fresh page; `gone`: it will never take this one. */
  state: 'answered' | 'kept' | 'refused' | 'gone';
  page?: Document;
}

const storeName = 'rembuk-marks';
const retryMs = 10_000;

const read = (): QueuedMark[] => {
  try {
    return JSON.parse(localStorage.getItem(storeName) ?? '[]') as QueuedMark[];
  } catch {
    // Nothing of ours: somebody else has written under this name.
    return [];
  }
};
const write = (marks: QueuedMark[]) => localStorage.setItem(storeName, JSON.stringify(marks));

async function send(mark: QueuedMark, token: string): Promise<Answer> {
  const times = { deviceAt: String(mark.deviceAt), sentAt: String(Date.now()) };
  const body = new URLSearchParams({ ...mark.fields, ...times, clientId: mark.clientId, _csrf: token });
  const response = await fetch(mark.action, {
    method: 'POST',
    body,
    headers: { Accept: 'text/html', 'X-Part': '1' },
  }).catch(() => undefined);
  if (!response || response.status >= 500 || response.status === 429) return { state: 'kept' };
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (response.ok && page.querySelector('[data-answer]')) return { state: 'answered', page };
  // Signed out, or the form is too old: the mark is good, the page is not.
  if (response.redirected || response.status === 403 || response.ok) return { state: 'refused' };
  return { state: 'gone' };
}

/** The marks of one page's reach (`data-scope`), and the notice that counts those not yet sent. */
export class MarkQueue {
  private timer: number | undefined;
  private isSending = false;

  constructor(private readonly notice: HTMLElement) {
    notice.querySelector('[data-send]')?.addEventListener('click', () => void this.flush());
    addEventListener('online', () => void this.flush());
    this.show();
    if (this.waiting().length > 0) void this.flush();
  }

  word(name: string): string {
    return this.notice.dataset[name] ?? '';
  }

  icon(): Node {
    return this.notice.querySelector('.icon')?.cloneNode(true) ?? document.createTextNode('');
  }

  isWaiting(action: string): boolean {
    return this.waiting().some((mark) => mark.action === action);
  }

  /** Keeps a mark, then sends it. */
  async add(action: string, fields: Record<string, string>, clientId = newId()): Promise<Answer> {
    const mark = { clientId, action, deviceAt: Date.now(), fields };
    write([...read(), mark]);
    const answer = await send(mark, this.word('token'));
    this.settle(mark, answer);
    return answer;
  }

  private waiting(): QueuedMark[] {
    return read().filter(({ action }) => action.startsWith(this.word('scope')));
  }

  private settle(mark: QueuedMark, { state }: Answer): void {
    if (state === 'answered' || state === 'gone')
      write(read().filter(({ clientId }) => clientId !== mark.clientId));
    else this.later();
    this.show();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), retryMs);
  }

  private async flush(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    for (const mark of this.waiting()) {
      const answer = await send(mark, this.word('token'));
      this.settle(mark, answer);
      if (answer.state === 'kept' || answer.state === 'refused') break;
    }
    this.isSending = false;
  }

  private show(): void {
    const count = this.waiting().length;
    this.notice.hidden = count === 0;
    const place = this.notice.querySelector('[data-count]');
    if (place) place.textContent = String(count);
  }
}

/** What stands at the door when there is no answer of the server. */
export function withoutAnswer(queue: MarkQueue, { state }: Answer): HTMLElement {
  const box = document.createElement('div');
  box.className = `door door--${state === 'gone' ? 'no' : 'wait'}`;
  const line = (className: string, text: string) => {
    const paragraph = document.createElement('p');
    paragraph.className = className;
    paragraph.textContent = text;
    box.append(paragraph);
  };
  line('door__what', queue.word(state === 'gone' ? 'changed' : 'kept'));
  box.firstElementChild?.prepend(queue.icon(), ' ');
  if (state !== 'gone') {
    line('', queue.word(state === 'refused' ? 'keptRefused' : 'keptText'));
  }
  return box;
}
