import type { KeptLine } from './minutes-keep.js';
import type { Line } from './minutes-line.js';
import type { ListedLine } from './minutes-send.js';
import type { Sheet } from './minutes-sheet.js';

const sectionOf = ({ kind, agendaItemId }: ListedLine) =>
  kind === 'opening' ? 'opening' : String(agendaItemId ?? 'other');

/** Brings the page to what others have written since; never over what somebody is writing here. */
export function follow(sheet: Sheet, lines: ListedLine[]): void {
  const last = new Map<string, string>();
  // A response finds its place once its issue stands there.
  for (const theirs of [...lines.filter(({ parent }) => !parent), ...lines.filter(({ parent }) => parent)]) {
    const section = sectionOf(theirs);
    const line = sheet.lineOf(theirs.clientId);
    if (line) followLine(sheet, line, theirs);
    else if (!theirs.removed) show(sheet, theirs, last.get(section) ?? '');
    if (!theirs.parent && sheet.lineOf(theirs.clientId)) last.set(section, theirs.clientId);
  }
}

function followLine(sheet: Sheet, line: Line, theirs: ListedLine): void {
  // Asked before this page saved it once more.
  if (theirs.version < line.version) return;
  if (theirs.removed && !sheet.isHeld(line)) return sheet.remove(line);
  line.tellRemoved(theirs);
  if (theirs.removed) return;
  const isOther = line.kind !== theirs.kind && theirs.version > line.version;
  if (!isOther) line.follow(theirs);
  else if (sheet.canRedraw(line)) sheet.redraw(line, theirs.kind, line.version).follow(theirs);
}

function show(sheet: Sheet, theirs: ListedLine, after: string): Line | undefined {
  const { clientId, kind, parent } = theirs;
  const line = sheet.place({ clientId, kind, parent: parent ?? '', after, section: sectionOf(theirs) });
  line?.number(theirs.id);
  line?.follow(theirs);
  return line;
}

/**
 * A response that this browser kept, and whose issue is not on the page: somebody has taken the issue out, so it is
 * shown again and says so; or it is no issue any more, so that what was typed stands behind it.
 * @returns whether it has found a place
 */
export function house(sheet: Sheet, kept: KeptLine, lines: ListedLine[]): boolean {
  const issue = lines.find(({ clientId }) => clientId === kept.parent);
  if (issue?.removed && !sheet.lineOf(issue.clientId)) show(sheet, issue, '')?.tellRemoved(issue);
  const behind = { ...kept, kind: 'discussion', parent: '', after: kept.parent };
  const line = sheet.place(kept) ?? sheet.place(behind);
  line?.bringBack(kept);
  return line !== undefined;
}
