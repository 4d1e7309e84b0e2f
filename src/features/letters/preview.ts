import type { Deps } from '../../deps.js';
import { isIndented } from '../../documents/letter-paper.js';
import type { LetterContent } from './content.js';
import { letterPaper, type Printing } from './papers.js';

/** A letter as the office looks at it: the first institution's own where each gets one, without a code. */
export const shownPaper = (content: LetterContent, printing: Printing) =>
  letterPaper(content, printing, content.mode === 'each' ? content.recipients[0] : undefined);

/** What `letters/preview` shows; the logo is fetched by the browser. */
export const previewOf = (content: LetterContent, { config, clock }: Pick<Deps, 'config' | 'clock'>) => ({
  paper: shownPaper(content, { logo: undefined, isDemo: config.demo, isDraft: false, at: clock.now() }),
  isIndented,
  hasLogo: content.letterhead.logo !== null,
  recipients: content.recipients.length,
});
