import { MarkQueue, type Answer } from './mark-queue.js';
import type { QueuedMark } from './mark-store.js';

/**
 * What the door says of the person before it. An answer that comes when the next one stands there does not take
 * their place: it is heard, and kept for reading when it was no good one.
 */
export class Door {
  readonly queue: MarkQueue;
  private shown = '';
  private readonly icons: Record<'sending' | 'wait' | 'no', Element | null>;

  /** @param hear is told of every answer of the server, in time or late */
  constructor(
    private readonly place: HTMLElement,
    page: ParentNode,
    private readonly hear: (answer: Answer) => void,
  ) {
    const part = (name: string) => page.querySelector<HTMLElement>(`[${name}]`) as HTMLElement;
    const [clock, cross] = ['data-unsent', 'data-late'].map((name) => part(name).querySelector('.icon'));
    this.icons = { sending: clock ?? null, wait: clock ?? null, no: cross ?? null };
    this.queue = new MarkQueue(part('data-unsent'), part('data-late'), (mark, answer) => {
      if (this.isShowing(mark)) this.show(answer);
      hear(answer);
    });
  }

  isShowing({ clientId }: QueuedMark): boolean {
    return clientId === this.shown;
  }

  async record(mark: QueuedMark): Promise<Answer> {
    this.shown = mark.clientId;
    this.place.replaceChildren(this.box('sending', this.queue.word('sending')));
    const answer = await this.queue.add(mark);
    if (!this.isShowing(mark)) this.queue.late(mark, answer);
    else {
      this.show(answer);
      if (answer.state === 'answered') this.hear(answer);
    }
    return answer;
  }

  private show(answer: Answer): void {
    const said = answer.page?.querySelector('[data-answer]');
    this.place.replaceChildren(...(said ? said.children : [this.withoutAnswer(answer)]));
  }

  /** What stands there when the server has said nothing. */
  private withoutAnswer(answer: Answer): HTMLElement {
    const { queue } = this;
    if (answer.state === 'gone') return this.box('no', queue.why(answer));
    if (!queue.isKeeping) return this.box('no', queue.word('unkept'), queue.word('unkeptText'));
    const text = queue.word(answer.state === 'refused' ? 'keptRefused' : 'keptText');
    return this.box('wait', queue.word('kept'), text);
  }

  private box(tone: 'sending' | 'wait' | 'no', what: string, told = ''): HTMLElement {
    const box = document.createElement('div');
    box.className = `door door--${tone}`;
    const line = document.createElement('p');
    line.className = 'door__what';
    line.append(this.icons[tone]?.cloneNode(true) ?? '', ` ${what}`);
    box.append(line);
    if (told) box.append(Object.assign(document.createElement('p'), { textContent: told }));
    return box;
  }
}
