/**
 * Which LKS are ticked while somebody chooses, over pages and filters: all that the filter finds but a few, or a few.
 * It stands in the address, so that it can be gone back to and no GET changes anything.
 */
export interface Ticks {
  ticked: 'all' | 'none';
  /** Those that are otherwise: taken out of all, or picked out of none. */
  except: number[];
}

/** A page of the choice as it was sent: what it showed, what of that is ticked, and what stood before. */
export interface SentTicks extends Ticks {
  shown: number[];
  institutions: number[];
}

/** Short enough for an address: "2s.2t.3a". */
export const writeIds = (ids: number[]): string => ids.map((id) => id.toString(36)).join('.');

/** What is no id is left out. */
export const readIds = (text: string): number[] => [
  ...new Set(
    text
      .split('.')
      .filter((one) => /^[0-9a-z]{1,6}$/.test(one))
      .map((one) => Number.parseInt(one, 36))
      .filter((id) => id > 0 && id <= 2_147_483_647),
  ),
];

/** What is ticked once a page was sent; what other pages said stays. */
export function ticksAfter({ ticked, except, shown, institutions }: SentTicks): Ticks {
  const onPage = new Set(shown);
  const chosen = new Set(institutions);
  const isOtherwise = (id: number) => chosen.has(id) === (ticked === 'none');
  return { ticked, except: [...except.filter((id) => !onPage.has(id)), ...shown.filter(isOtherwise)] };
}

/** What stands ticked, of those that a filter finds and, where they were picked one by one, beyond it. */
export function tickedOf({ ticked, except }: Ticks, found: number[]): number[] {
  if (ticked === 'none') return except;
  const out = new Set(except);
  return found.filter((id) => !out.has(id));
}
