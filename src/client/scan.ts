import { Door } from './mark-door.js';
import { isRecorded, type Answer } from './mark-queue.js';
import { newId } from './new-id.js';
import { Camera } from './scan-camera.js';

/** The scanning page: the camera reads codes one after another; typed ones go the same way. */
const recentCount = 6;

const root = document.querySelector<HTMLElement>('[data-scan]');
if (root) start(root);

function start(page: HTMLElement): void {
  const part = (name: string) => page.querySelector(`[${name}]`) as HTMLElement;
  const form = part('data-code-form') as HTMLFormElement;
  const recent = part('data-recent');
  const door = new Door(part('data-door'), page, remember);

  async function record(code: string): Promise<void> {
    const { kind = 'in', session = '' } = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const action = page.dataset.action ?? '';
    const mark = { clientId: newId(), action, deviceAt: Date.now(), fields: { code, kind, session } };
    const { page: answer } = await door.record(mark);
    const isGood = answer?.querySelector('[data-answer=ok]');
    // Old iPhones have no such thing. What came late is felt by nobody: the next person stands there.
    if ('vibrate' in navigator && door.isShowing(mark)) navigator.vibrate(isGood ? 80 : [80, 60, 80, 60, 80]);
  }

  function remember(answer: Answer): void {
    const said = answer.page?.querySelector<HTMLElement>('[data-answer]')?.dataset.say;
    if (!said || !isRecorded(answer)) return;
    const line = document.createElement('li');
    line.textContent = said;
    recent.prepend(line);
    while (recent.children.length > recentCount) recent.lastElementChild?.remove();
    part('data-recent-part').hidden = false;
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const field = form.elements.namedItem('code') as HTMLInputElement;
    const code = field.value.trim();
    if (code === '') return;
    field.value = '';
    field.focus();
    void record(code);
  });

  new Camera(page, (code) => void record(code));
}
