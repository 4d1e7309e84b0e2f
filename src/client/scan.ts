import { MarkQueue, withoutAnswer } from './mark-queue.js';

/** The scanning page: the camera reads codes one after another; typed ones go the same way. */
interface Reader {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

const lookMs = 150;
/** A code that stays before the camera is recorded once. */
const sameCodeMs = 4000;
const recentCount = 6;

const root = document.querySelector<HTMLElement>('[data-scan]');
if (root) start(root);

function start(page: HTMLElement): void {
  const part = (name: string) => page.querySelector(`[${name}]`) as HTMLElement;
  const queue = new MarkQueue(part('data-unsent'));
  const form = part('data-code-form') as HTMLFormElement;
  const door = part('data-door');
  const recent = part('data-recent');
  const video = page.querySelector('video') as HTMLVideoElement;

  async function record(code: string): Promise<void> {
    const { kind = 'in', session = '' } = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const answer = await queue.add(page.dataset.action ?? '', { code, kind, session });
    const said = answer.page?.querySelector<HTMLElement>('[data-answer]');
    const tone = said?.dataset.answer ?? (answer.state === 'gone' ? 'no' : 'wait');
    door.replaceChildren(...(said ? said.children : [withoutAnswer(queue, answer)]));
    // Old iPhones have no such thing.
    if ('vibrate' in navigator) navigator.vibrate(tone === 'ok' ? 80 : [80, 60, 80, 60, 80]);
    if (said?.dataset.say && tone !== 'no') remember(said.dataset.say);
  }

  function remember(text: string): void {
    const line = document.createElement('li');
    line.textContent = text;
    recent.prepend(line);
    while (recent.children.length > recentCount) recent.lastElementChild?.remove();
    part('data-recent-part').hidden = false;
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const field = form.elements.namedItem('code') as HTMLInputElement;
    const code = field.value.trim();
    if (code === '') return;
    field.value = '';
    await record(code);
    field.focus();
  });

  let stream: MediaStream | undefined;
  const show = (isOn: boolean) => {
    part('data-picture').hidden = !isOn;
    part('data-point').hidden = !isOn;
    part('data-camera-off').hidden = !isOn;
    part('data-camera-on').hidden = isOn;
  };

  async function look(reader: Reader): Promise<void> {
    let last = { code: '', at: 0 };
    while (stream) {
      const [found] = await reader.detect(video).catch(() => []);
      const now = Date.now();
      if (found) {
        const isNew = found.rawValue !== last.code || now - last.at > sameCodeMs;
        last = { code: found.rawValue, at: now };
        if (isNew) await record(found.rawValue);
      }
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
  }

  async function turnOn(): Promise<void> {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch {
      // Refused, taken by another program, or no camera at all: the field below does the same.
      part('data-camera-refused').hidden = false;
      return;
    }
    part('data-camera-refused').hidden = true;
    video.srcObject = stream;
    await video.play();
    show(true);
    const { makeReader } = (await import(page.dataset.reader ?? '')) as { makeReader(wasm: string): Reader };
    await look(makeReader(page.dataset.wasm ?? ''));
  }

  function turnOff(): void {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    show(false);
  }

  part('data-camera-part').hidden = false;
  part('data-camera-on').addEventListener('click', () => void turnOn());
  part('data-camera-off').addEventListener('click', turnOff);
}
