import { MarkQueue, withoutAnswer } from './mark-queue.js';

/** The list of the door: one tap records without loading the page anew, and waits here while there is no network. */
const notice = document.querySelector<HTMLElement>('[data-unsent]');
const door = document.querySelector<HTMLElement>('[data-door]');

if (notice && door && document.querySelector('form[data-mark]')) {
  const queue = new MarkQueue(notice);
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
    const { clientId } = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const answer = await queue.add(new URL(form.action).pathname, { kind: 'in' }, clientId);
    const said = answer.page?.querySelector('[data-answer] > .door');
    door.replaceChildren(said ?? withoutAnswer(queue, answer));
    const line = answer.page?.querySelector('[data-line] > tr');
    if (line) {
      form.closest('tr')?.replaceWith(line);
      document.querySelector<HTMLElement>(`#${line.id} a`)?.focus();
    } else if (answer.state === 'kept' || answer.state === 'refused') keepWord(form);
    else if (button) button.disabled = false;
  });
}
