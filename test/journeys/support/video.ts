import { writeFile } from 'node:fs/promises';
import { create } from 'qrcode';

const [width, height] = [640, 480];
const [dark, light, grey] = [16, 235, 128];

/** Brightness of each point of a picture with the code in its middle, on paper that fills the rest. */
function pictureOf(text: string): Buffer {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const scale = Math.floor((height * 0.8) / modules.size);
  const [left, top] = [width, height].map((side) => Math.floor((side - modules.size * scale) / 2)) as [
    number,
    number,
  ];
  const picture = Buffer.alloc(width * height, light);
  for (let y = 0; y < modules.size * scale; y += 1)
    for (let x = 0; x < modules.size * scale; x += 1)
      if (modules.get(Math.floor(y / scale), Math.floor(x / scale)))
        picture[(top + y) * width + left + x] = dark;
  return picture;
}

/** A short film of codes, one after another, as Chromium takes it for a camera (YUV4MPEG2, 4:2:0). */
export async function filmCodes(path: string, texts: string[], framesEach = 10): Promise<void> {
  const colours = Buffer.alloc((width * height) / 2, grey);
  const frames = texts.flatMap((text) => {
    const frame = Buffer.concat([Buffer.from('FRAME\n'), pictureOf(text), colours]);
    return Array.from({ length: framesEach }, () => frame);
  });
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F5:1 Ip A1:1 C420\n`);
  await writeFile(path, Buffer.concat([head, ...frames]));
}
