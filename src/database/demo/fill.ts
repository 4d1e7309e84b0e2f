import type { Deps } from '../../deps.js';
import { hasUsers } from '../../features/accounts/setup.service.js';

/** What a newcomer needs to look around: printed when the demo starts. */
export interface DemoSummary {
  signIns: { name: string; role: string; email: string; password: string }[];
  /** One institution's address to answer its invitation. */
  answerLink?: string;
}

/**
 * Fills an empty database with the demo's offices, registry and events, once. What is in a database already is
 * left as it is.
 */
export async function fillDemo({ db, log }: Deps): Promise<DemoSummary> {
  if (!(await hasUsers(db))) log.warn('the demo brings no content yet: set up an office with the code');
  return { signIns: [] };
}
