import type { Deps } from '../../deps.js';
import { notDrawn } from '../../documents/glyphs.js';
import { isIndented } from '../../documents/letter-paper.js';
import type { LetterContent } from './content.js';
import { letterPaper, type Printing } from './papers.js';

/** A letter as the office looks at it: the first institution's own where each gets one, without a code. */
export const shownPaper = (content: LetterContent, printing: Printing) =>
  letterPaper(content, printing, content.mode === 'each' ? content.recipients[0] : undefined);

/** What `letters/preview` shows; the logo is fetched by the browser. */
export function previewOf(content: LetterContent, { config, clock }: Pick<Deps, 'config' | 'clock'>) {
  const printing = { logo: undefined, isDemo: config.demo, isDraft: false, at: clock.now() };
  const paper = shownPaper(content, printing);
  return {
    paper,
    isIndented,
    notPrinted: notDrawn(JSON.stringify([paper.head, paper.blocks, paper.annex])),
    hasLogo: content.letterhead.logo !== null,
    recipients: content.recipients.length,
  };
}
