/**
 * Whether message `m` to invitation `i` of event `e` has been overtaken by what the institution, or the event, did
 * meanwhile: nobody is reminded of an answer that is there, or invited to what is over.
 */
export const isMoot = `(
  (m.purpose = 'reminder_answer' AND i.state NOT IN ('open', 'offered', 'reconfirm'))
  OR (m.purpose = 'reminder_day' AND i.state NOT IN ('accepted', 'reconfirm'))
  OR (m.purpose = 'invitation' AND i.state IN ('declined', 'lapsed', 'revoked'))
  OR (m.purpose IN ('invitation', 'offer', 'promotion', 'changed', 'day_changed', 'reminder_answer', 'reminder_day')
    AND (e.state IN ('finished', 'cancelled') OR i.state = 'revoked')))`;
