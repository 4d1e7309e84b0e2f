import { describe, expect, test } from '@jest/globals';
import type { Line, MinutesContent } from '../../src/features/minutes/content.js';
import { printMinutes } from '../../src/features/minutes/minutes.documents.js';
import type { FileStore } from '../../src/storage/file-store.js';
import { emptyContent } from '../factories/minutes.js';
import { readPdf } from '../support/pdf.js';

const noFiles = { has: () => false } as unknown as FileStore;
const look = { sha256: undefined, specimen: undefined, at: new Date('2026-03-21T01:00:00Z') };

/** The texts of the pages. */
async function read(content: Partial<MinutesContent>): Promise<string[]> {
  const head = { ...emptyContent.head, chairName: 'Budi Ketua', recorderName: 'Siti Notulis' };
  const pages = await readPdf(await printMinutes(noFiles, { ...emptyContent, head, ...content }, look));
  return pages.map(({ text }) => text);
}

const line = (text: string): Line => ({ kind: 'discussion', text, person: '', origin: '', responses: [] });

describe('the paper of minutes', () => {
  test('names the evaluation as one part of the discussion, beside the others', async () => {
    const promise = { problem: '', title: 'Janji lama', owner: 'LKSA', involved: '', dueOn: null };
    const [page = ''] = await read({
      evaluation: [{ ...promise, word: 'Belum', evidence: 0, carried: 1, recorded: [] }],
      sections: [{ title: 'Permasalahan LKS', lines: [line('Zonasi sekolah')] }],
    });
    const lines = page.split('\n').map((one) => one.trim());
    const at = ['2. Pembahasan', 'Evaluasi RTL sebelumnya', 'Permasalahan LKS'].map((one) =>
      lines.indexOf(one),
    );
    expect(at).not.toContain(-1);
    expect(at).toEqual([...at].sort((a, b) => a - b));
  });

  test('never leaves the signatures alone on a page, also where nothing was decided', async () => {
    const alone: number[] = [];
    let pages = 0;
    for (let count = 14; count < 34; count += 1) {
      const lines = Array.from({ length: count }, (_, n) => line(`Pembahasan nomor ${n + 1}`));
      const paper = await read({ sections: [{ title: 'Permasalahan', lines }] });
      pages = Math.max(pages, paper.length);
      if (!/Keputusan[\s\S]*Notulis/.test(paper.at(-1) ?? '')) alone.push(count);
    }
    expect({ pages, alone }).toEqual({ pages: 2, alone: [] });
  }, 60_000);
});
