import { knowsOfEvent } from './contacts.js';

/** What is of use until an event is over, and what still is afterwards; that something is off is told in any case. */
const before = `('invitation', 'offer', 'offer_ended', 'promotion', 'confirmation', 'changed', 'day_changed',
  'reminder_answer', 'reminder_day')`;
const afterwards = `('materials', 'thanks', 'follow_up')`;

/**
 * Whether message `m` to invitation `i` of event `e` has been overtaken by what the institution, or the event, did
 * meanwhile: nobody is reminded of an answer that is there, or invited to what is over, and nobody who was told of nothing is told that it
 * was taken back.
 */
export const isMoot = `(
  (m.purpose = 'reminder_answer' AND i.state NOT IN ('open', 'offered', 'reconfirm'))
  OR (m.purpose = 'reminder_day' AND i.state NOT IN ('accepted', 'reconfirm'))
  OR (m.purpose = 'invitation' AND i.state IN ('declined', 'lapsed', 'revoked'))
  OR (m.purpose = 'revocation' AND m.delegate_id IS NULL AND NOT ${knowsOfEvent})
  OR (m.purpose IN ${before} AND e.state = 'finished')
  OR ((m.purpose IN ${before} OR m.purpose IN ${afterwards}) AND (e.state = 'cancelled' OR i.state = 'revoked')))`;
