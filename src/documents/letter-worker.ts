// Runs in a thread of its own, one letter after the other.
import { parentPort } from 'node:worker_threads';
import type { LetterPaper } from './letter-paper.js';
import { lettersPdf } from './letter-pdf.js';

export interface PrintOrder {
  id: number;
  papers: [LetterPaper, ...LetterPaper[]];
}

export type PrintAnswer = { id: number } & ({ pdf: Uint8Array } | { problem: string });

/** Bytes come through as such, without what makes them a Buffer. */
const revived = (paper: LetterPaper): LetterPaper => ({
  ...paper,
  head: { ...paper.head, logo: paper.head.logo && Buffer.from(paper.head.logo) },
});

async function print({ id, papers: [first, ...others] }: PrintOrder): Promise<PrintAnswer> {
  try {
    return { id, pdf: await lettersPdf([revived(first), ...others.map(revived)]) };
  } catch (error) {
    return { id, problem: (error as Error).message };
  }
}

let last = Promise.resolve();
parentPort?.on('message', (order: PrintOrder) => {
  last = last.then(async () => parentPort?.postMessage(await print(order)));
});
