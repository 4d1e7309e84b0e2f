import { morph } from './morph.js';

/**
 * Forms with a preview: `data-preview` names the part of the page that shows what they give. While one types, the form
 * is sent as its preview button would send it, and that part is put right. Nothing is kept by that.
 */
const pauseMs = 400;

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-preview]')) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void refresh(form), pauseMs);
  };
  form.addEventListener('input', later);
}

async function refresh(form: HTMLFormElement): Promise<void> {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value);
  const sent = fields.toString();
  fields.append('act', 'preview');
  const response = await fetch(form.action, { method: 'POST', body: fields }).catch(() => undefined);
  // 422 is an answer too: its page says that the preview could not follow.
  if (!response || (!response.ok && response.status !== 422) || response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const part = document.getElementById(form.dataset.preview ?? '');
  const fresh = page.getElementById(form.dataset.preview ?? '');
  const now = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') now.append(name, value);
  // Typed on meanwhile: the next answer is the one that counts.
  if (part && fresh && now.toString() === sent) morph(part, fresh);
}
