import { Worker } from 'node:worker_threads';
import type { LetterPaper } from './letter-paper.js';
import type { PrintAnswer, PrintOrder } from './letter-worker.js';

/**
 * What printing throws away is collected early: left to itself, the memory of a server would grow by hundreds of
 * megabytes with every hundred letters. All letters of the largest event in one file need less than that.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 768 };
/** Kept for the next letter; then its memory goes back. */
const idleMs = 30_000;

const isTypeScript = import.meta.url.endsWith('.ts');
const workerFile = new URL(`./letter-worker${isTypeScript ? '.ts' : '.js'}`, import.meta.url);

interface Waiting {
  resolve(pdf: Buffer): void;
  reject(error: Error): void;
}

/** The thread that prints, while there is something to print and a little longer. It alone never keeps a process alive. */
class Printer {
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;
  private lastId = 0;

  /** Not printed yet. */
  get orders(): number {
    return this.waiting.size;
  }

  print(papers: PrintOrder['papers']): Promise<Buffer> {
    clearTimeout(this.idle);
    const worker = (this.worker ??= this.open());
    worker.ref();
    return new Promise((resolve, reject) => {
      this.lastId += 1;
      this.waiting.set(this.lastId, { resolve, reject });
      worker.postMessage({ id: this.lastId, papers } satisfies PrintOrder);
    });
  }

  private open(): Worker {
    const execArgv = isTypeScript ? ['--import', 'tsx'] : [];
    const worker = new Worker(workerFile, { resourceLimits, execArgv });
    worker.on('message', (answer: PrintAnswer) => this.receive(worker, answer));
    worker.on('error', (error: Error) => this.fail(worker, error));
    worker.on('exit', () => this.fail(worker, new Error('printing stopped')));
    return worker;
  }

  private receive(worker: Worker, answer: PrintAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('pdf' in answer) waiting?.resolve(Buffer.from(answer.pdf));
    else waiting?.reject(new Error(answer.problem));
    if (this.waiting.size > 0) return;
    worker.unref();
    this.idle = setTimeout(() => {
      this.worker = undefined;
      void worker.terminate();
    }, idleMs).unref();
  }

  /** Whoever waits is told; the next letter opens a new thread. */
  private fail(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

/** Two, since machines have two cores or more: letters to many are printed in half the time. */
const printers = [new Printer(), new Printer()] as const;
const idlest = (): Printer => (printers[0].orders <= printers[1].orders ? printers[0] : printers[1]);

/** Prints one letter on A4, with its annex. @returns the bytes of the PDF */
export const printLetter = (paper: LetterPaper): Promise<Buffer> => idlest().print([paper]);

/**
 * Prints letters into one file, each with pages of its own: what is put into a printer at once.
 * @param papers of one look: fonts, margins and title are those of the first
 * @throws RangeError when there is none
 */
export async function printLetters([first, ...others]: LetterPaper[]): Promise<Buffer> {
  if (!first) throw new RangeError('no letter to print');
  return idlest().print([first, ...others]);
}
