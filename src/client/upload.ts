/**
 * Forms with files (`data-upload`): sent in the background, so that the page can show how far they are and stop them.
 * Without a script the browser sends them as any form.
 */
interface Parts {
  state: HTMLElement;
  bar: HTMLProgressElement;
  text: HTMLElement;
  problem: HTMLElement;
  button: HTMLButtonElement;
  stop: HTMLButtonElement;
}

function partsOf(form: HTMLFormElement): Parts | undefined {
  const state = form.querySelector<HTMLElement>('[data-upload-state]');
  const bar = form.querySelector('progress');
  const text = form.querySelector<HTMLElement>('[data-upload-text]');
  const problem = form.querySelector<HTMLElement>('[data-upload-problem]');
  const button = form.querySelector<HTMLButtonElement>('button:not([type=button])');
  const stop = form.querySelector<HTMLButtonElement>('[data-upload-stop]');
  if (!state || !bar || !text || !problem || !button || !stop) return undefined;
  return { state, bar, text, problem, button, stop };
}

/** Ends an upload with what went wrong, or with nothing to say. */
function tell(parts: Parts, words: string): void {
  parts.problem.textContent = words;
  parts.problem.hidden = words === '';
  parts.state.hidden = true;
  parts.button.disabled = false;
}

/** Said before a file sets out on an hour's way; the server looks again. */
function tooLarge(form: HTMLFormElement): string {
  const limit = Number(form.dataset.maxBytes);
  const inputs = [...form.querySelectorAll<HTMLInputElement>('input[type=file]')];
  const large = inputs.flatMap((input) => [...(input.files ?? [])]).find((file) => file.size > limit);
  return large ? `${large.name} ${form.dataset.tooLarge ?? ''}` : '';
}

function showProgress(form: HTMLFormElement, parts: Parts, event: ProgressEvent): void {
  const percent = Math.floor((event.loaded / event.total) * 100);
  parts.bar.value = percent;
  const isSent = event.loaded === event.total;
  const words = isSent ? form.dataset.keeping : form.dataset.sending;
  parts.text.textContent = isSent ? (words ?? '') : `${words ?? ''} ${percent}%`;
}

interface Answer {
  /** Where to go, or what went wrong. */
  to?: string;
  error?: string;
}

function answerOf(request: XMLHttpRequest): Answer {
  try {
    return JSON.parse(request.responseText) as Answer;
  } catch {
    return {};
  }
}

function goOn(form: HTMLFormElement, parts: Parts, answer: Answer): void {
  if (answer.to !== undefined) location.assign(answer.to);
  // Signed out meanwhile: the form sent plainly leads to the sign-in.
  else if (answer.error === undefined) form.submit();
  else tell(parts, answer.error);
}

function send(form: HTMLFormElement, parts: Parts): void {
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.setRequestHeader('Accept', 'application/json');
  request.upload.addEventListener('progress', (event) => showProgress(form, parts, event));
  request.addEventListener('load', () => goOn(form, parts, answerOf(request)));
  request.addEventListener('error', () => tell(parts, form.dataset.lost ?? ''));
  request.addEventListener('abort', () => tell(parts, ''));
  parts.stop.onclick = () => request.abort();
  request.send(new FormData(form));
  tell(parts, '');
  parts.state.hidden = false;
  parts.bar.value = 0;
  parts.button.disabled = true;
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-upload]')) {
  const parts = partsOf(form);
  if (parts)
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const problem = tooLarge(form);
      if (problem) tell(parts, problem);
      else send(form, parts);
    });
}
