import type { KeptLine } from './minutes-keep.js';
import { Line, type Room } from './minutes-line.js';

type Place = Pick<KeptLine, 'clientId' | 'kind' | 'parent' | 'after' | 'section'>;

/** The lines on the page of the minutes: finds, draws and places them, and takes them out. */
export class Sheet {
  private readonly known = new Map<string, Line>();

  constructor(
    private readonly root: HTMLElement,
    private readonly room: Room,
  ) {
    for (const element of root.querySelectorAll<HTMLElement>('[data-line]')) this.adopt(element);
  }

  get lines(): Line[] {
    return [...this.known.values()];
  }

  lineOf(clientId: string): Line | undefined {
    return this.known.get(clientId);
  }

  /** The line around an element, or the first one in it. */
  lineIn(element: Element): Line | undefined {
    const found =
      element.closest<HTMLElement>('[data-line]') ?? element.querySelector<HTMLElement>('[data-line]');
    return found ? this.known.get(found.id.replace('line-', '')) : undefined;
  }

  lastIn(section: string): string {
    const groups = this.root.querySelectorAll(`[data-section="${section}"] [data-group]`);
    const last = groups[groups.length - 1];
    return (last && this.lineIn(last)?.clientId) ?? '';
  }

  private adopt(element: HTMLElement): Line {
    const line = new Line(element, this.room);
    this.known.set(line.clientId, line);
    return line;
  }

  private template(name: string): HTMLElement {
    const found = this.root.querySelector<HTMLTemplateElement>(`[data-template="${name}"]`);
    return found?.content.firstElementChild?.cloneNode(true) as HTMLElement;
  }

  /** A line as an element of its kind, with its own ids. */
  private draw(kind: string, clientId: string, fields: Record<string, string>): HTMLElement {
    const element = this.template(kind);
    element.id = `line-${clientId}`;
    for (const part of element.querySelectorAll<HTMLElement>('[id], [for]')) {
      if (part.id) part.id = part.id.replace('NEW', clientId);
      const label = part as HTMLLabelElement;
      if (label.htmlFor) label.htmlFor = label.htmlFor.replace('NEW', clientId);
    }
    for (const [name, value] of Object.entries({ clientId, ...fields })) {
      const input = element.querySelector<HTMLInputElement>(`form.line__form [name="${name}"]`);
      if (input) input.value = value;
    }
    return element;
  }

  /** Puts a line behind another one of its section, or at its end; a response below its issue. */
  place(line: Place): Line | undefined {
    const parent = line.parent ? this.known.get(line.parent) : undefined;
    const home = parent?.element ?? this.root.querySelector<HTMLElement>(`[data-section="${line.section}"]`);
    const section =
      home?.closest<HTMLElement>('[data-section]') ??
      this.root.querySelector<HTMLElement>('[data-section=other]');
    const agendaItemId = section?.dataset.agenda ?? '';
    const element = this.draw(line.kind, line.clientId, { agendaItemId, parent: line.parent, version: '0' });
    if (line.kind === 'response') {
      const below = parent?.element.closest('[data-group]')?.querySelector('[data-responses]');
      below?.append(element);
      return below ? this.adopt(element) : undefined;
    }
    const group = document.createElement('div');
    group.className = 'line-group';
    group.dataset.group = '';
    group.append(element);
    if (line.kind === 'issue') this.dress(group);
    const above = this.known.get(line.after)?.element.closest('[data-group]');
    if (above) above.after(group);
    else section?.querySelector('[data-lines]')?.append(group);
    return this.adopt(element);
  }

  /** An issue has room for its responses. */
  private dress(group: HTMLElement): void {
    const below = document.createElement('div');
    below.className = 'line-responses';
    below.dataset.responses = '';
    group.append(below, this.template('add-response'));
  }

  /** Draws a line anew as another kind. Who stands in it goes on writing where they were. */
  redraw(line: Line, kind: string, version: number): Line {
    const fields = { ...line.words(), agendaItemId: line.value('agendaItemId'), version: String(version) };
    const element = this.draw(kind, line.clientId, fields);
    const group = line.element.closest<HTMLElement>('[data-group]');
    const bringFocus = focusWithin(line.element);
    this.forget(line);
    line.element.replaceWith(element);
    for (const part of group?.querySelectorAll('[data-responses], [data-add-response]') ?? []) part.remove();
    if (kind === 'issue' && group) this.dress(group);
    const drawn = this.adopt(element);
    if (line.id) drawn.number(Number(line.id));
    bringFocus(element);
    return drawn;
  }

  /** What goes with a line: the responses of an issue stand in its group. */
  private shell(line: Line): HTMLElement {
    const group = line.element.closest<HTMLElement>('[data-group]');
    return line.kind === 'response' || !group ? line.element : group;
  }

  private within(line: Line): Line[] {
    const shell = this.shell(line);
    return this.lines.filter(({ element }) => shell.contains(element));
  }

  private forget(line: Line): void {
    for (const { clientId } of this.within(line)) this.known.delete(clientId);
  }

  remove(line: Line): void {
    this.forget(line);
    this.shell(line).remove();
  }

  private isBusy(line: Line): boolean {
    return this.within(line).some((one) => one.isBusy());
  }

  /** Somebody writes or stands in a line, or in a response below it: it must not be taken from them. */
  isHeld(line: Line): boolean {
    return this.isBusy(line) || this.shell(line).contains(document.activeElement);
  }

  /** Nothing is being written in it, and nobody stands in what would go with its kind. */
  canRedraw(line: Line): boolean {
    return !this.isBusy(line) && (!this.isHeld(line) || line.element.contains(document.activeElement));
  }
}

/** Remembers where in an element somebody writes. @returns puts them into the same place of another one */
function focusWithin(element: HTMLElement): (drawn: HTMLElement) => void {
  const active = document.activeElement;
  const isField = active instanceof HTMLTextAreaElement || active instanceof HTMLInputElement;
  if (!isField || !element.contains(active)) return () => undefined;
  const { name, selectionStart, selectionEnd } = active;
  return (drawn) => {
    const fields = [...drawn.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>('textarea, input')];
    const field = fields.find((one) => one.name === name) ?? drawn.querySelector('textarea');
    field?.focus();
    field?.setSelectionRange(selectionStart, selectionEnd);
  };
}
