import type { Theirs } from './minutes-send.js';

/** What a template of the page says about somebody else's change: who, when, and what stands there now. */
export function tell(template: 'conflict' | 'issue-removed' | 'removed', theirs: Theirs): HTMLElement {
  const found = document.querySelector<HTMLTemplateElement>(`[data-template=${template}]`);
  const panel = found?.content.firstElementChild?.cloneNode(true) as HTMLElement;
  const who = panel.querySelector<HTMLElement>('[data-who]');
  const words = (theirs.removed ? who?.dataset.removed : who?.dataset.who) ?? '';
  if (who) who.textContent = words.replace('{name}', theirs.author).replace('{time}', theirs.time);
  const shown = [theirs.person, theirs.origin].filter(Boolean).join(' – ');
  const text = panel.querySelector('[data-theirs]');
  if (text) text.textContent = shown ? `${shown}\n${theirs.text}` : theirs.text;
  return panel;
}

/** The same with a choice: both texts stand there until the person has made it. */
export function ask(
  template: 'conflict' | 'issue-removed',
  theirs: Theirs,
  choose: (use: string) => void,
): HTMLElement {
  const panel = tell(template, theirs);
  panel.addEventListener('click', (event) => {
    const use = (event.target as HTMLElement).closest<HTMLElement>('[data-use]')?.dataset.use;
    if (use) choose(use);
  });
  return panel;
}
