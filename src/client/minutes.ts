import { follow, house } from './minutes-follow.js';
import { Keeper, type KeptLine } from './minutes-keep.js';
import type { Line, Room } from './minutes-line.js';
import { Sender, type Trouble } from './minutes-send.js';
import { Sheet } from './minutes-sheet.js';
import { newId } from './new-id.js';

/** The editor of the minutes: lines save themselves, Enter makes the next one, and nothing typed is lost. */
const retrySeconds = 5;
const followSeconds = 10;

const changeable = ['discussion', 'issue', 'decision'];
/** Typed at the beginning of a line, before a space. */
const prefixes: Record<string, string> = {
  '-': 'discussion',
  '?': 'issue',
  '!': 'decision',
  '>': 'response',
};

class Editor implements Room {
  readonly keeper: Keeper;
  readonly sender: Sender;
  readonly texts: DOMStringMap;
  private readonly sheet: Sheet;
  /** Kept by this browser, and without a place on the page as it came. */
  private homeless: KeptLine[] = [];

  constructor(private readonly root: HTMLElement) {
    const { user = '', event = '', address = '', csrf = '' } = root.dataset;
    this.texts = root.dataset;
    this.keeper = new Keeper(user, event);
    this.sender = new Sender(address, user, csrf);
    for (const part of root.querySelectorAll<HTMLElement>('[data-with-script], [data-add-response]'))
      part.hidden = false;
    for (const part of root.querySelectorAll<HTMLElement>('[data-without-script]')) part.hidden = true;
    this.sheet = new Sheet(root, this);
    root.addEventListener('keydown', (pressed) => this.press(pressed));
    root.addEventListener('input', (typed) => this.spotPrefix(typed.target as HTMLElement));
    root.addEventListener('click', (click) => this.click(click));
    window.addEventListener('online', () => this.saveAll());
    document.addEventListener('visibilitychange', () => this.saveAll());
    setInterval(() => this.saveAll(), retrySeconds * 1000);
    setInterval(() => void this.follow(), followSeconds * 1000);
    this.bringBack();
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-flush]'))
      form.addEventListener('submit', (event) => this.flushBefore(form, event));
  }

  lineOf(clientId: string): Line | undefined {
    return this.sheet.lineOf(clientId);
  }

  trouble(what: Trouble | 'not_kept' | undefined): void {
    const notice = this.root.querySelector<HTMLElement>('[data-trouble]');
    const text = notice?.querySelector<HTMLElement>('[data-trouble-text]');
    const signIn = notice?.querySelector<HTMLElement>('[data-sign-in]');
    if (!notice || !text || !signIn) return;
    const names = {
      offline: 'textOffline',
      signed_out: 'textSignedOut',
      other_user: 'textOtherUser',
      not_kept: 'textNotKept',
    };
    const said = what ? (this.texts[names[what]] ?? '') : '';
    // Said once: a screen reader need not hear it at every try.
    if (text.textContent !== said) text.textContent = said;
    notice.hidden = what === undefined;
    signIn.hidden = what !== 'signed_out' && what !== 'other_user';
  }

  private saveAll(): void {
    for (const line of this.sheet.lines) if (line.isDirty()) void line.save();
  }

  /** Nothing is handed in while a line is still on its way. */
  private flushBefore(form: HTMLFormElement, event: Event): void {
    const busy = this.sheet.lines.filter((line) => line.isBusy());
    if (busy.length === 0) return;
    event.preventDefault();
    void Promise.all(busy.map((line) => line.save())).then(() => {
      const left = busy.find((line) => line.isBusy());
      if (left) left.text.focus();
      else form.submit();
    });
  }

  private bringBack(): void {
    for (const kept of this.keeper
      .all()
      .sort((a, b) => Number(Boolean(a.parent)) - Number(Boolean(b.parent)))) {
      const line = this.lineOf(kept.clientId) ?? this.sheet.place(kept);
      if (line) line.bringBack(kept);
      else this.homeless.push(kept);
    }
    if (this.homeless.length > 0) void this.follow();
  }

  private add(kind: string, where: { section: string; after?: string; parent?: string }): void {
    const { section, after = '', parent = '' } = where;
    this.sheet.place({ clientId: newId(), kind, parent, after, section })?.text.focus();
  }

  private sectionOf(element: Element): string {
    return element.closest<HTMLElement>('[data-section]')?.dataset.section ?? 'other';
  }

  private click(event: Event): void {
    const target = event.target as HTMLElement;
    const kind = target.closest<HTMLElement>('[data-add]')?.dataset.add;
    const section = this.sectionOf(target);
    if (kind) return this.add(kind, { section, after: this.sheet.lastIn(section) });
    const group = target.closest('[data-add-response]') && target.closest('[data-group]');
    const issue = group && this.sheet.lineIn(group);
    if (issue) this.add('response', { section, parent: issue.clientId });
  }

  private press(event: KeyboardEvent): void {
    const line = this.sheet.lineIn(event.target as Element);
    if (!line || event.isComposing) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === 's') this.stop(event, () => void line.save());
    else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown'))
      this.stop(event, () => this.move(line, event.key === 'ArrowUp' ? -1 : 1));
    else if (event.target !== line.text) return;
    else if (event.key === 'Enter' && command) this.stop(event, () => void this.toAction(line));
    else if (
      event.key === 'Enter' &&
      !event.shiftKey &&
      !event.altKey &&
      isAtEnd(line.text) &&
      line.text.value.trim()
    )
      this.stop(event, () => this.next(line));
    else if (event.key === 'Backspace' && line.text.value === '' && line.version === 0 && !line.isBusy())
      this.stop(event, () => this.discard(line));
  }

  private stop(event: Event, act: () => void): void {
    event.preventDefault();
    act();
  }

  private next(line: Line): void {
    void line.save();
    const { kind, parent, clientId, element } = line;
    this.add(kind, { section: this.sectionOf(element), parent, after: clientId });
  }

  private boxes(): HTMLTextAreaElement[] {
    return [...this.root.querySelectorAll<HTMLTextAreaElement>('[data-line] textarea')];
  }

  private move(line: Line, by: number): void {
    const boxes = this.boxes();
    boxes[boxes.indexOf(line.text) + by]?.focus();
  }

  /** The writer's own doing: they go on in the line above. */
  discard(line: Line): void {
    this.move(line, -1);
    this.sheet.remove(line);
  }

  private async toAction(line: Line): Promise<void> {
    await line.save();
    if (!line.isBusy() && line.id)
      location.assign(`/events/${this.root.dataset.event ?? ''}/actions/new?block=${line.id}`);
  }

  /** "? " at the beginning of a line makes it an issue, and so on. */
  private spotPrefix(target: HTMLElement): void {
    const line = target instanceof HTMLTextAreaElement ? this.sheet.lineIn(target) : undefined;
    const [found, sign = ''] = /^([-?!>]) /.exec(line?.text.value ?? '') ?? [];
    const kind = prefixes[sign];
    if (!line || !found || !kind || line.text.selectionStart !== found.length) return;
    if (kind === line.kind || !changeable.includes(line.kind)) return;
    line.text.value = line.text.value.slice(found.length);
    if (kind === 'response') this.answer(line);
    else void this.change(line, kind);
  }

  private answer(line: Line): void {
    const group = line.element.closest('[data-group]');
    const above = group?.previousElementSibling ? this.sheet.lineIn(group.previousElementSibling) : undefined;
    const issue = line.kind === 'issue' ? line : above;
    if (issue?.kind !== 'issue') return;
    if (issue !== line && line.version === 0) this.discard(line);
    this.add('response', { section: this.sectionOf(issue.element), parent: issue.clientId });
  }

  /** Draws a line anew as another kind; one that is saved first changes on the server. */
  private async change(line: Line, kind: string): Promise<void> {
    await line.save();
    if (line.version > 0 && (line.isBusy() || !(await this.sender.changeKind(line.id, kind, line.version))))
      return;
    const drawn = this.sheet.redraw(line, kind, line.version === 0 ? 0 : line.version + 1);
    if (drawn.isDirty()) void drawn.save();
  }

  async follow(): Promise<void> {
    if (document.hidden) return;
    const now = await this.sender.list();
    if (!now) return;
    showMissing(now.missing);
    follow(this.sheet, now.lines);
    this.homeless = this.homeless.filter((kept) => !house(this.sheet, kept, now.lines));
  }
}

/** What stands in the way of submitting, as it is now: a colleague may have named the chair. */
function showMissing(words: string[]): void {
  const place = document.querySelector<HTMLElement>('[data-missing]');
  const list = place?.querySelector('ul');
  if (!place || !list) return;
  place.hidden = words.length === 0;
  // Drawn anew only when it differs: a screen reader says what changes.
  if ([...list.children].map((item) => item.textContent).join('\n') === words.join('\n')) return;
  list.replaceChildren(
    ...words.map((word) => Object.assign(document.createElement('li'), { textContent: word })),
  );
}

const isAtEnd = (box: HTMLTextAreaElement) =>
  box.selectionStart === box.value.length && box.selectionEnd === box.value.length;

/** On the page of closed minutes: what this person typed and the server never had. */
function showKept(panel: HTMLElement): void {
  const { user = '', event = '' } = panel.dataset;
  const keeper = new Keeper(user, event);
  const kept = keeper.all();
  panel.hidden = kept.length === 0;
  for (const { text, person, origin } of kept) {
    const item = document.createElement('li');
    item.className = 'pre-line';
    item.textContent = [[person, origin].filter(Boolean).join(' – '), text].filter(Boolean).join(': ');
    panel.querySelector('[data-kept-list]')?.append(item);
  }
  panel.querySelector('[data-kept-discard]')?.addEventListener('click', () => {
    for (const { clientId } of kept) keeper.drop(clientId);
    panel.hidden = true;
  });
}

const root = document.querySelector<HTMLElement>('[data-minutes]');
if (root) new Editor(root);
const panel = document.querySelector<HTMLElement>('[data-minutes-kept]');
if (panel) showKept(panel);
