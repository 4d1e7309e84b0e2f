/** The camera of the scanning page: turned on by a tap, it hands over each code that is held before it. */
interface Reader {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

const lookMs = 150;
/** A code that stays before the camera is recorded once. */
const sameCodeMs = 4000;

type State = 'off' | 'loading' | 'on';
type Trouble = 'refused' | 'readerless';

export class Camera {
  private stream: MediaStream | undefined;
  private reader: Reader | undefined;
  private readonly video: HTMLVideoElement;
  private readonly button: HTMLButtonElement;

  constructor(
    private readonly page: HTMLElement,
    private readonly onCode: (code: string) => void,
  ) {
    this.video = page.querySelector('video') as HTMLVideoElement;
    this.button = this.part('data-camera-on') as HTMLButtonElement;
    this.button.addEventListener('click', () => void this.turnOn());
    this.part('data-camera-off').addEventListener('click', () => this.turnOff());
    this.part('data-camera-part').hidden = false;
  }

  private part(name: string): HTMLElement {
    return this.page.querySelector(`[${name}]`) as HTMLElement;
  }

  private show(state: State, trouble?: Trouble): void {
    this.part('data-picture').hidden = state === 'off';
    this.part('data-loading').hidden = state !== 'loading';
    this.part('data-point').hidden = state !== 'on';
    this.part('data-camera-off').hidden = state === 'off';
    this.button.hidden = state !== 'off';
    this.button.disabled = false;
    this.part('data-camera-refused').hidden = trouble !== 'refused';
    this.part('data-camera-readerless').hidden = trouble !== 'readerless';
  }

  private async turnOn(): Promise<void> {
    this.show('off');
    // A second tap would open a second camera, which nothing turns off again.
    this.button.disabled = true;
    const stream = await this.open();
    if (!stream) return this.show('off', 'refused');
    this.stream = stream;
    this.show('loading');
    const reader = await this.load();
    // Turned off while the reader was on its way.
    if (this.stream !== stream) return;
    if (!reader) return this.turnOff('readerless');
    this.show('on');
    await this.look(reader, stream);
  }

  /** Undefined when it is refused, taken by another program, or not there at all: the field does the same. */
  private async open(): Promise<MediaStream | undefined> {
    let stream: MediaStream | undefined;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      this.video.srcObject = stream;
      await this.video.play();
      return stream;
    } catch {
      release(stream);
      return undefined;
    }
  }

  /** Undefined when the reader cannot come: the network is down, or something blocks scripts or WebAssembly. */
  private async load(): Promise<Reader | undefined> {
    try {
      const { makeReader } = (await import(this.page.dataset.reader ?? '')) as {
        makeReader(wasm: string): Promise<Reader>;
      };
      this.reader ??= await makeReader(this.page.dataset.wasm ?? '');
    } catch {
      // Said on the page by whoever asked.
    }
    return this.reader;
  }

  private async look(reader: Reader, stream: MediaStream): Promise<void> {
    let last = { code: '', at: 0 };
    while (this.stream === stream) {
      const [found] = await reader.detect(this.video).catch(() => []);
      const now = Date.now();
      if (found) {
        const isNew = found.rawValue !== last.code || now - last.at > sameCodeMs;
        last = { code: found.rawValue, at: now };
        if (isNew) this.onCode(found.rawValue);
      }
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
  }

  private turnOff(trouble?: Trouble): void {
    release(this.stream);
    this.stream = undefined;
    this.video.srcObject = null;
    this.show('off', trouble);
  }
}

function release(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
