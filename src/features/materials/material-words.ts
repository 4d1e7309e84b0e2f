/** Who may see a material by their link; staff sees all. Each one is a text `material.to_<word>`. */
export const visibilities = ['invited', 'accepted', 'from_day', 'attended', 'public'] as const;
export type Visibility = (typeof visibilities)[number];

/** What a person calls a kind of file, and its icon: `material.kind_<word>`. */
const kinds: [RegExp, kind: string, icon: string][] = [
  [/^application\/pdf$/, 'pdf', 'file-text'],
  [/presentation|slideshow/, 'slides', 'presentation'],
  [/spreadsheet|^text\/csv$/, 'sheet', 'file-spreadsheet'],
  [/^image\//, 'picture', 'photo'],
  [/^video\//, 'video', 'video'],
  [/^audio\//, 'audio', 'volume'],
  [/zip$/, 'archive', 'file-zip'],
  [/./, 'document', 'file-text'],
];

export interface Kind {
  kind: string;
  icon: string;
}

/** @param mediaType null for a link */
export function kindOf(mediaType: string | null): Kind {
  if (mediaType === null) return { kind: 'link', icon: 'link' };
  const [, kind = 'document', icon = 'file-text'] = kinds.find(([pattern]) => pattern.test(mediaType)) ?? [];
  return { kind, icon };
}
