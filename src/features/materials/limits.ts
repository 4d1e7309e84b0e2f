import type { FilesLimits } from '../../web/uploads.js';

/**
 * Slides with pictures seldom pass 100 MB, a recorded talk does: 200 MB hold half an hour of it, and still come through
 * an office's line within an hour. Twenty are a day's materials; 500 MB in all keep one upload from filling the disk.
 */
export const materialLimits: FilesLimits = { files: 20, fileSize: 200_000_000, total: 500_000_000 };

/** The largest photos of phones (200 million pixels) have 60 MB; what is kept of them is below 2 MB. */
export const photoLimits: FilesLimits = { files: 20, fileSize: 60_000_000, total: 500_000_000 };
