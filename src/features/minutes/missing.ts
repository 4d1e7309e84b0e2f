import type { BlockRow } from './blocks.repository.js';
import type { MinutesContent } from './content.js';

/** What minutes lack before they can be handed to the leader; keys of texts. */
function lacking(chairName: string, saysSomething: boolean): string[] {
  const missing: string[] = [];
  if (chairName === '') missing.push('minutes.missing.chair');
  if (!saysSomething) missing.push('minutes.missing.lines');
  return missing;
}

export const missingForSubmission = ({ head, sections, decisions }: MinutesContent): string[] =>
  lacking(head.chairName, sections.length + decisions.length > 0);

/** The same of minutes that are being written, from what changes meanwhile: their chair and their lines. */
export const missingNow = (chairName: string, lines: BlockRow[]): string[] =>
  lacking(
    chairName,
    lines.some(
      ({ kind, parentId, text, removedAt }) =>
        kind !== 'opening' && parentId === null && text !== '' && removedAt === null,
    ),
  );
