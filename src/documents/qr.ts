import { create } from 'qrcode';
import sharp from 'sharp';

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

/** Pixels of a module: large enough that no reader of PDF blurs it. */
const modulePixels = 8;

/** The same as PNG of two colours, for papers: a hundred of them are drawn faster than one path in a PDF. */
export function qrPng(text: string): Promise<Buffer> {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const side = modules.size + 8;
  const pixels = Buffer.alloc(side * side, 255);
  for (let y = 0; y < modules.size; y += 1)
    for (let x = 0; x < modules.size; x += 1) if (modules.get(y, x)) pixels[(y + 4) * side + x + 4] = 0;
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .resize(side * modulePixels, side * modulePixels, { kernel: 'nearest' })
    .png({ palette: true, colours: 2, compressionLevel: 9 })
    .toBuffer();
}
