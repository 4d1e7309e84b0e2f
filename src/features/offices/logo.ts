import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { InvalidInput } from '../../errors.js';

export const largestLogoBytes = 2 * 1024 * 1024;
const longestSide = 512;
/** A small file can unfold to gigabytes: no logo needs more than this. */
const mostPixels = 40_000_000;

/**
 * A logo made safe: judged by its content, whatever it is called, and drawn anew as PNG of at most 512 px, so
 * that nothing but the picture is kept.
 * @throws InvalidInput when it is no PNG or JPEG, or cannot be read
 */
export async function redrawLogo(content: Buffer): Promise<Buffer> {
  const kind = await fileTypeFromBuffer(content);
  if (kind?.mime !== 'image/png' && kind?.mime !== 'image/jpeg')
    throw InvalidInput.at('logo', 'office.logo_kind');
  try {
    return await sharp(content, { limitInputPixels: mostPixels })
      .rotate()
      .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
      .png()
      .toBuffer();
  } catch {
    // sharp has no error class of its own; whatever it says, the picture is what cannot be read.
    throw InvalidInput.at('logo', 'office.logo_unreadable');
  }
}
