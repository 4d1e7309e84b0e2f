import { may, type OfficeActor } from '../accounts/permissions.js';

/** What a delegate needs (access, food) is for those who prepare the event (rules.md, personal data). */
export const maySeeNeeds = (actor: OfficeActor): boolean => may(actor, 'needs.read');
