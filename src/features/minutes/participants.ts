import { cameWords } from '../attendance/came.js';
import type { MinutesContent } from './content.js';

/** How many took part, as a text with its values. The first format did not tell delegates from guests. */
export const countedIn = ({ participants }: MinutesContent) =>
  'guests' in participants
    ? cameWords(participants)
    : {
        key: 'minutes.participants',
        values: { people: participants.people, count: participants.institutions },
      };
