import { lettering } from './delivery/letters.js';
import { mailing } from './delivery/mail.js';
import type { BenchPart } from './harness.js';

/** How fast invitations leave. */
export const delivery: BenchPart = {
  name: 'delivery',
  measure: async () => [...(await lettering()), ...(await mailing())],
};
