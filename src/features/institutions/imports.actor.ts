import type { ActingOffice } from '../accounts/permissions.js';

/** An office as far as the registry asks: what it manages, and where it lies. */
export type RegistryOffice = Pick<ActingOffice, 'id' | 'regionCode'>;

/** Who confirmed an import, and for which office: all that is known when another process takes it up. */
export interface ImportActor {
  userId: number;
  office: RegistryOffice;
}
