/** Below this, text in a colour on white is hard to read (WCAG 2.2, 1.4.3). */
export const readableContrast = 4.5;

/** One channel, 0 to 255, made linear (WCAG 2.2, "relative luminance"). */
function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** Contrast of `#rrggbb` with white, from 1 (white) to 21 (black). */
export function contrastOnWhite(colour: string): number {
  const channel = (at: number) => linear(parseInt(colour.slice(at, at + 2), 16));
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return 1.05 / (luminance + 0.05);
}
