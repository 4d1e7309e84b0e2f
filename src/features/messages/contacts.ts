/**
 * SQL over an invitation `i` and its institution `l`: where the inviting office can reach it. The leader first, then
 * the institution itself.
 */

/** What is kept of an address or a number that is of no use, in place of it. */
export const fingerprintOf = (contact: string) => `encode(sha256(lower(${contact})::bytea), 'hex')`;

/** Whether an e-mail address was refused for good. */
export const isRefused = (address: string) =>
  `EXISTS (SELECT 1 FROM refused_address f WHERE f.fingerprint = ${fingerprintOf(address)})`;

/** Whether the inviting office found out that a number is not this institution's. */
const isWrong = (phone: string) =>
  `EXISTS (SELECT 1 FROM wrong_number w JOIN event v ON v.office_id = w.office_id
    WHERE v.id = i.event_id AND w.institution_id = l.id AND w.fingerprint = ${fingerprintOf(phone)})`;

/** E.164 of a number that is not known to be wrong, or null. */
export const phoneOf = `
  coalesce((SELECT p.phone FROM representative p WHERE p.institution_id = l.id AND p.ended_at IS NULL
    AND p.phone IS NOT NULL AND NOT ${isWrong('p.phone')} ORDER BY p.is_leader DESC, p.sort, p.id LIMIT 1),
    CASE WHEN ${isWrong('l.phone')} THEN NULL ELSE l.phone END)`;

/** An e-mail address that has not been refused, or null. */
export const emailOf = `
  coalesce((SELECT p.email FROM representative p WHERE p.institution_id = l.id AND p.ended_at IS NULL
    AND p.email IS NOT NULL AND NOT ${isRefused('p.email')} ORDER BY p.is_leader DESC, p.sort, p.id LIMIT 1),
    CASE WHEN ${isRefused('l.email')} THEN NULL ELSE l.email END)`;

/** SQL over an invitation `i`: when its institution was last told something, by hand or by e-mail; null while never. */
export const toldAt = `greatest(i.sent_at, (SELECT max(told.sent_at) FROM message told
  WHERE told.invitation_id = i.id AND told.delegate_id IS NULL AND told.state = 'sent'))`;

/**
 * Whether the institution of invitation `i` knows of the event: it was told, has answered or has looked. Whoever does
 * not learns how things stand now from the invitation that still waits to be sent.
 */
export const knowsOfEvent = `(i.sent_at IS NOT NULL OR i.answered_at IS NOT NULL OR i.first_visit_at IS NOT NULL OR EXISTS (
  SELECT 1 FROM message told WHERE told.invitation_id = i.id AND told.delegate_id IS NULL AND told.state IN ('sent', 'sending')))`;
