/** Who came. Only delegates are people of institutions: guests, speakers and officials are counted apart (rules.md 1). */
export interface Came {
  delegates: number;
  institutions: number;
  guests: number;
}

/** "17 delegasi dari 12 LKS, serta 4 tamu dan narasumber", as a text with its values; what nobody is, is not said. */
export function cameWords({ delegates, institutions: count, guests }: Came) {
  const who = guests === 0 ? '' : delegates === 0 ? '_guests' : '_both';
  return { key: `attendance.came${who}`, values: { delegates, count, guests } };
}
