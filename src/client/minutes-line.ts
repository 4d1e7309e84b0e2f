import { ask, tell } from './minutes-conflict.js';
import { sameWords, type KeptLine, type Keeper, type Words } from './minutes-keep.js';
import type { Answer, Sender, Theirs, Trouble } from './minutes-send.js';

/** What a line needs of the page around it. */
export interface Room {
  keeper: Keeper;
  sender: Sender;
  texts: DOMStringMap;
  trouble(what: Trouble | 'not_kept' | undefined): void;
  lineOf(clientId: string): Line | undefined;
  /** Asks the server how things stand now. */
  follow(): Promise<void>;
  /** Takes a line from the page because its writer wants it so. */
  discard(line: Line): void;
}

const pauseMs = 800;

const field = (root: ParentNode, name: string) =>
  root.querySelector<HTMLInputElement | HTMLTextAreaElement>(`form.line__form [name="${name}"]`);

/** One line of the minutes: keeps what is typed, saves it after a short pause, one save at a time. */
export class Line {
  readonly clientId: string;
  readonly text: HTMLTextAreaElement;
  /** What the server has, as far as this page knows. */
  private confirmed: Words;
  private sent: Words | null = null;
  private timer = 0;
  private saving: Promise<void> | undefined;
  private conflict: HTMLElement | undefined;
  /** Its issue was taken out, and comes back with it. */
  private bringsIssue = false;

  constructor(
    readonly element: HTMLElement,
    private readonly room: Room,
  ) {
    this.clientId = this.value('clientId');
    this.text = element.querySelector('textarea') as HTMLTextAreaElement;
    this.confirmed = this.version === 0 ? { text: '', person: '', origin: '' } : this.words();
    element.querySelector<HTMLElement>('[data-save]')?.setAttribute('hidden', '');
    element.addEventListener('input', (event) => {
      if ((event.target as Element).closest('form.line__form')) this.typed();
    });
    element.querySelector('form.line__form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.save();
    });
    this.grow();
  }

  get kind(): string {
    return this.value('kind');
  }
  get version(): number {
    return Number(this.value('version'));
  }
  get parent(): string {
    return this.value('parent');
  }
  /** Client id of the line above it; the first response stands below its issue. */
  private get after(): string {
    const isResponse = this.kind === 'response';
    const first = isResponse ? this.element : this.element.closest('[data-group]');
    const above = first?.previousElementSibling;
    return (
      above?.querySelector<HTMLInputElement>('input[name=clientId]')?.value ?? (isResponse ? this.parent : '')
    );
  }
  get id(): string {
    return this.element.dataset.id ?? '';
  }

  /** The server has given a new line its number: its ways on lead somewhere from now on. */
  number(id: number): void {
    if (this.id) return;
    this.element.dataset.id = String(id);
    const more = this.element.querySelector<HTMLElement>('[data-more]');
    if (!more) return;
    more.hidden = false;
    for (const name of ['href', 'action'])
      for (const part of more.querySelectorAll(`[${name}]`)) {
        const address = part.getAttribute(name) ?? '';
        part.setAttribute(name, address.replace(/(blocks\/|block=)0/, `$1${id}`));
      }
  }

  value(name: string): string {
    return field(this.element, name)?.value ?? '';
  }

  set(name: string, value: string): void {
    const found = field(this.element, name);
    if (found) found.value = value;
  }

  words(): Words {
    return { text: this.value('text'), person: this.value('person'), origin: this.value('origin') };
  }

  isDirty(): boolean {
    return !sameWords(this.words(), this.confirmed);
  }

  isBusy(): boolean {
    return this.isDirty() || this.saving !== undefined || this.conflict !== undefined;
  }

  /** Boxes grow with their text where CSS cannot do it yet. */
  grow(): void {
    if (CSS.supports('field-sizing', 'content')) return;
    this.text.rows = Math.max(2, this.text.value.split('\n').length, Math.ceil(this.text.value.length / 90));
  }

  private typed(): void {
    this.grow();
    this.keep();
    this.say(this.isDirty() ? 'unsaved' : 'saved');
    clearTimeout(this.timer);
    if (!this.conflict) this.timer = window.setTimeout(() => void this.save(), pauseMs);
  }

  private keep(): void {
    const { clientId, version, kind, parent, sent } = this;
    if (!this.isDirty() && !sent) return this.room.keeper.drop(clientId);
    const section = this.element.closest<HTMLElement>('[data-section]')?.dataset.section ?? 'other';
    const place = { agendaItemId: this.value('agendaItemId'), parent, after: this.after, section };
    this.room.keeper.put({ clientId, kind, version, sent, ...place, ...this.words() });
    if (!this.room.keeper.works) this.room.trouble('not_kept');
  }

  /** Takes up what this browser kept; the version it was written upon decides whether it is a conflict. */
  bringBack(kept: KeptLine): void {
    for (const name of ['text', 'person', 'origin'] as const) this.set(name, kept[name]);
    if (!this.isDirty()) return this.room.keeper.drop(this.clientId);
    this.set('version', String(kept.version));
    this.sent = kept.sent;
    this.say('broughtBack');
    this.grow();
    void this.save();
  }

  /** Somebody else has written here, and this person has not: show it. */
  follow(theirs: Theirs): void {
    if (theirs.version <= this.version || this.isBusy()) return;
    const form = this.element.querySelector('form.line__form');
    // Text does not change below a cursor; only what is the same is taken for seen.
    const isHere = form?.contains(document.activeElement);
    if (isHere && !sameWords(theirs, this.confirmed)) return;
    this.accept(theirs);
    if (!isHere) this.show(theirs);
  }

  /** Somebody else has taken out the line that this person stands in: it stays, and says by whom, while that is so. */
  tellRemoved(theirs: Theirs): void {
    const told = this.element.querySelector('[data-removed-note]');
    if (!theirs.removed || this.conflict) told?.remove();
    else if (!told) this.element.append(tell('removed', theirs));
  }

  private show(theirs: Theirs): void {
    for (const name of ['text', 'person', 'origin'] as const) this.set(name, theirs[name]);
    this.confirmed = this.words();
    this.grow();
    this.say('saved', `${theirs.time}, ${theirs.author}`);
  }

  private accept({ version }: { version: number }): void {
    for (const input of this.element.querySelectorAll<HTMLInputElement>('input[name=version]'))
      input.value = String(version);
  }

  /** Saves until nothing is left to save; a new issue goes before its responses. */
  save(): Promise<void> {
    clearTimeout(this.timer);
    this.saving ??= this.saveAll().finally(() => (this.saving = undefined));
    return this.saving;
  }

  private async saveAll(): Promise<void> {
    const parent = this.parent ? this.room.lineOf(this.parent) : undefined;
    if (parent && parent.version === 0) await parent.save();
    while (this.isDirty() && !this.conflict) {
      const sent = this.words();
      // After an answer that was lost, the server may have what was sent before: that is no other writer's.
      const before = this.sent;
      this.sent = sent;
      this.keep();
      this.say('saving');
      const answer = await this.room.sender.save(this.fields(sent));
      if (!this.take(answer, sent, before)) return;
    }
  }

  private fields(words: Words): Record<string, string> {
    const { clientId, kind, parent, after } = this;
    const place = { agendaItemId: this.value('agendaItemId'), parent, after };
    const fields = { clientId, kind, version: String(this.version), ...place, ...words };
    return this.bringsIssue ? { ...fields, withIssue: '1' } : fields;
  }

  /** @returns whether to go on */
  private take(answer: Answer, sent: Words, before: Words | null): boolean {
    switch (answer.kind) {
      case 'saved':
        this.room.trouble(undefined);
        this.number(answer.id);
        this.accept(answer);
        // A line that begins or ceases to say something may be what was missing.
        if (!this.confirmed.text.trim() !== !sent.text.trim() || this.bringsIssue) void this.room.follow();
        this.bringsIssue = false;
        this.confirmed = sent;
        this.sent = null;
        this.keep();
        this.say('saved', answer.time);
        return true;
      case 'conflict':
        this.room.trouble(undefined);
        if (!answer.theirs.removed && before && sameWords(answer.theirs, before)) {
          this.accept(answer.theirs);
          this.confirmed = before;
          this.sent = null;
          return true;
        }
        this.ask(ask('conflict', answer.theirs, (use) => this.resolve(answer.theirs, use)));
        return false;
      case 'issue_removed':
        this.room.trouble(undefined);
        this.ask(ask('issue-removed', answer.issue, (use) => this.resolveIssue(use)));
        return false;
      case 'refused':
        this.say('unsaved', answer.message);
        return false;
      case 'away':
        this.say('unsaved');
        this.room.trouble(answer.why);
        return false;
    }
  }

  private ask(panel: HTMLElement): void {
    this.conflict = panel;
    this.element.querySelector('[data-removed-note]')?.remove();
    this.element.append(panel);
    this.say('unsaved');
  }

  private settle(): void {
    this.conflict?.remove();
    this.conflict = undefined;
    this.sent = null;
  }

  private drop(): void {
    this.room.keeper.drop(this.clientId);
    this.room.discard(this);
  }

  private resolveIssue(use: string): void {
    this.settle();
    if (use === 'theirs') return this.drop();
    this.bringsIssue = true;
    void this.save();
    this.text.focus();
  }

  private resolve(theirs: Theirs, use: string): void {
    this.settle();
    this.accept(theirs);
    // A line that was removed comes back when its text is saved again.
    this.confirmed = theirs.removed ? { text: '\0', person: '', origin: '' } : theirs;
    if (use === 'both') this.set('text', [theirs.text, this.text.value].filter(Boolean).join('\n'));
    if (use === 'theirs' && theirs.removed) return this.drop();
    if (use === 'theirs') this.show(theirs);
    this.grow();
    this.keep();
    void this.save();
    this.text.focus();
  }

  private say(what: 'saved' | 'saving' | 'unsaved' | 'broughtBack', rest = ''): void {
    const status = this.element.querySelector<HTMLElement>('[data-status]');
    const word = this.room.texts[`text${what.charAt(0).toUpperCase()}${what.slice(1)}`] ?? '';
    if (status) status.textContent = [word, rest].filter(Boolean).join(what === 'unsaved' ? ': ' : ' ');
    this.element.dataset.saved = what;
  }
}
