import sharp from 'sharp';

/** A small file can unfold to gigabytes: a phone's photo has 12 to 200 million pixels. */
const mostPixels = 220_000_000;
const longestSide = 2560;
const thumbnailSide = 480;

export interface CleanPicture {
  /** JPEG, upright, at most 2560 px, without place, camera or any other data about it. */
  picture: Buffer;
  /** JPEG of at most 480 px. */
  thumbnail: Buffer;
  width: number;
  height: number;
}

/**
 * A photo drawn anew, so that nothing but the picture is kept.
 * @returns undefined when it cannot be read as one
 */
export async function cleanPicture(source: string | Buffer): Promise<CleanPicture | undefined> {
  const draw = (side: number, quality: number) =>
    sharp(source, { limitInputPixels: mostPixels })
      .rotate()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality, mozjpeg: false });
  try {
    const { data, info } = await draw(longestSide, 82).toBuffer({ resolveWithObject: true });
    const thumbnail = await draw(thumbnailSide, 75).toBuffer();
    return { picture: data, thumbnail, width: info.width, height: info.height };
  } catch {
    // sharp has no error class of its own; whatever it says, the picture is what cannot be read.
    return undefined;
  }
}
