import { Door } from './mark-door.js';
import type { Answer } from './mark-queue.js';

/** The list of the door: one tap records without loading the page anew, and waits here while there is no network. */
const place = document.querySelector<HTMLElement>('[data-door]');

/** The line of the list as it is now. */
function renewLine({ page }: Answer): void {
  const line = page?.querySelector('[data-line] > tr');
  if (line) document.getElementById(line.id)?.replaceWith(line);
}

if (place && document.querySelector('form[data-mark]')) {
  const door = new Door(place, document, renewLine);
  const { queue } = door;
  const keepWord = (form: HTMLFormElement) => {
    const word = document.createElement('span');
    word.className = 'badge badge--wait';
    word.textContent = queue.word('keptWord');
    form.replaceChildren(word);
  };
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-mark]'))
    if (queue.isWaiting(new URL(form.action).pathname)) keepWord(form);

  document.addEventListener('submit', async (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>('form[data-mark]');
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector('button');
    if (button?.disabled) return;
    if (button) button.disabled = true;
    const { clientId = '' } = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const row = form.closest('tr')?.id ?? '';
    const action = new URL(form.action).pathname;
    const { state } = await door.record({ clientId, action, deviceAt: Date.now(), fields: { kind: 'in' } });
    if (state === 'kept' || state === 'refused') keepWord(form);
    else if (button) button.disabled = false;
    // A button that is gone, or cannot be pressed, has lost the focus to nothing.
    if (document.activeElement === document.body) document.querySelector<HTMLElement>(`#${row} a`)?.focus();
  });
}
