import type { Colleague } from './colleagues.repository.js';

/**
 * Whoever hands over the link to set a password could use it. So an administrator may make one only for people
 * who reach nothing beyond this office; for all others the installation's administrator does.
 */
export const mayHandLinkTo = (colleague: Colleague): boolean =>
  colleague.otherOffices === 0 && !colleague.isInstallationAdmin;
