import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

const [nonceBytes, tagBytes] = [12, 16];

/** Encrypts a short secret that must be read again (AES-256-GCM): nonce, tag and cipher text, base64. */
export function seal(key: KeyObject, secret: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** The secret again, or undefined when it was sealed under another key or has been touched. */
export function unseal(key: KeyObject, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    // What GCM throws when the tag does not fit says no more than that.
    return undefined;
  }
}
