import { KeptList, type QueuedMark } from './mark-store.js';

/** Of a mark that nobody waited for any more: what the door would have said. */
interface LateResult {
  clientId: string;
  action: string;
  /** Whose session it was sent in; a helper has none. Others who use this device are not told. */
  owner: string;
  deviceAt: number;
  code: string;
  /** Empty for a helper, whose page shows nobody but who was just scanned. */
  name: string;
  why: string;
}

/** What is typed is short; of a QR's address, which opens somebody's page, the end is enough to tell it from others. */
const shortCode = (code: string) => (code.length > 20 ? `…${code.slice(-6)}` : code);

/** Marks that came to nothing after their person had gone on: each stands there until somebody has read it. */
export class LateResults {
  private readonly results = new KeptList<LateResult>('rembuk-late-results');

  constructor(
    private readonly notice: HTMLElement,
    private readonly scope: string,
    private readonly owner: string,
  ) {
    this.show();
  }

  add({ clientId, action, deviceAt, fields }: QueuedMark, why: string, name: string): void {
    const { owner } = this;
    const code = shortCode(fields.code ?? '');
    this.results.add({ clientId, action, owner, deviceAt, code, name: owner && name, why });
    this.show();
  }

  private show(): void {
    const mine = this.results
      .all()
      .filter(({ action, owner }) => action.startsWith(this.scope) && owner === this.owner);
    this.notice.hidden = mine.length === 0;
    this.notice.querySelector('[data-late-list]')?.replaceChildren(...mine.map((one) => this.draw(one)));
  }

  private draw({ clientId, deviceAt, code, name, why }: LateResult): Node {
    const template = this.notice.querySelector<HTMLTemplateElement>('template');
    const item = template?.content.firstElementChild?.cloneNode(true) as HTMLElement;
    const part = (name: string) => item.querySelector(`[data-late-${name}]`) as HTMLElement;
    const time = new Date(deviceAt).toLocaleString(document.documentElement.lang, {
      ...({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const),
    });
    const whom = [name, code].filter(Boolean).join(' ');
    part('whom').textContent = whom;
    part('time').textContent = time;
    part('why').textContent = why;
    const button = part('drop');
    button.setAttribute('aria-label', [button.textContent.trim(), whom, time].filter(Boolean).join(' '));
    button.addEventListener('click', () => {
      this.results.drop(clientId);
      this.show();
    });
    return item;
  }
}
