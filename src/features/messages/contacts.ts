/** SQL over an invitation's institution `l`: where it can be reached. The leader first, then the institution itself. */

/** Whether an e-mail address was refused for good. */
export const isRefused = (address: string) =>
  `EXISTS (SELECT 1 FROM refused_address f WHERE f.fingerprint = encode(sha256(lower(${address})::bytea), 'hex'))`;

/** E.164, or null. */
export const phoneOf = `
  coalesce((SELECT p.phone FROM representative p WHERE p.institution_id = l.id AND p.ended_at IS NULL
    AND p.phone IS NOT NULL ORDER BY p.is_leader DESC, p.sort, p.id LIMIT 1), l.phone)`;

/** An e-mail address that has not been refused, or null. */
export const emailOf = `
  coalesce((SELECT p.email FROM representative p WHERE p.institution_id = l.id AND p.ended_at IS NULL
    AND p.email IS NOT NULL AND NOT ${isRefused('p.email')} ORDER BY p.is_leader DESC, p.sort, p.id LIMIT 1),
    CASE WHEN ${isRefused('l.email')} THEN NULL ELSE l.email END)`;

/** SQL over an invitation `i`: when its institution was last told something, by hand or by e-mail; null while never. */
export const toldAt = `greatest(i.sent_at, (SELECT max(told.sent_at) FROM message told
  WHERE told.invitation_id = i.id AND told.delegate_id IS NULL AND told.state = 'sent'))`;
