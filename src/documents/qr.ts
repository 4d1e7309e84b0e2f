import { create, toBuffer } from 'qrcode';

/**
 * A QR code as SVG of one path, dark on white whatever the page's colours are: scanners want the contrast.
 * @param text usually an address
 */
export function qrSvg(text: string): string {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  let path = '';
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (!modules.get(y, x)) continue;
      const from = x;
      while (x + 1 < size && modules.get(y, x + 1)) x += 1;
      path += `M${from} ${y}h${x - from + 1}v1H${from}z`;
    }
  }
  // Four modules of quiet zone, as ISO/IEC 18004 asks for.
  const side = size + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M-4-4h${side}v${side}H-4z"/><path d="${path}"/></svg>`;
}

/** The same as PNG, for programs that draw no paths. */
export const qrPng = (text: string): Promise<Buffer> =>
  toBuffer(text, { errorCorrectionLevel: 'M', margin: 4, scale: 6 });
