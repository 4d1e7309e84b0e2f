import { createHmac, createSecretKey, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';

/**
 * What an address token opens; its letter stands in the address: an institution's answer (`/u/…`), a delegate's
 * own page (`/d/…`), the promises of one owner (`/t/…`), a helper's scanning (`/s/…`), a public material (`/m/…`),
 * the calendar of an office (`/c/o/….ics`) or of an institution (`/c/i/….ics`).
 */
export type LinkPurpose =
  'invitation' | 'delegate' | 'owner' | 'scan' | 'material' | 'officeFeed' | 'institutionFeed';

const macBytes = 18;
/** PostgreSQL's integer ends here; four bytes that anybody can write into a token go on. */
const largestId = 2_147_483_647;

const purposeByte: Record<LinkPurpose, number> = {
  invitation: 1,
  delegate: 2,
  owner: 3,
  scan: 4,
  material: 5,
  officeFeed: 6,
  institutionFeed: 7,
};

/** No 0/O, 1/I/L, U/V or 5/S: read from paper by tired eyes. 27 letters, so ten of them carry 47 bits. */
export const codeAlphabet = '234679ABCDEFGHJKMNPQRTVWXYZ';
export const codeLength = 10;
/** Typed at the door by somebody who has the list of the event before them: six letters tell 135 people apart. */
export const doorCodeLength = 6;

/**
 * Address tokens and short codes (rules.md 23 and 24): HMAC over purpose, id and version under a key that is
 * not in the database. Nothing is stored, so a letter, a reminder and a WhatsApp text print the same address,
 * and a new version revokes it.
 */
export class LinkKeys {
  private readonly tokenKey: KeyObject;
  private readonly codeKey: KeyObject;
  private readonly formKey: KeyObject;
  private readonly accessKey: KeyObject;
  private readonly messageKey: KeyObject;
  /** Seals what has to be kept and read again, such as the password of the mail server (./sealing.ts). */
  readonly sealingKey: KeyObject;
  readonly sessionSecret: string;

  constructor(
    masterKey: string,
    private readonly keyId = 1,
  ) {
    const derive = (use: string) =>
      createSecretKey(
        Buffer.from(hkdfSync('sha256', Buffer.from(masterKey, 'hex'), '', `rembuk ${use}`, 32)),
      );
    this.tokenKey = derive('link token');
    this.codeKey = derive('short code');
    this.formKey = derive('form token');
    this.accessKey = derive('access link');
    this.messageKey = derive('message id');
    this.sealingKey = derive('sealed setting');
    this.sessionSecret = derive('session cookie').export().toString('hex');
  }

  /** 32 characters: key id, purpose, id, and 144 bits that only the key can make (rules.md 23: at least 128). */
  token(purpose: LinkPurpose, id: number, version: number): string {
    const head = this.head(purpose, id);
    return Buffer.concat([head, this.mac(head, version)]).toString('base64url');
  }

  /** The id that a token claims, or undefined when it is no token of this purpose. Check `matches` next. */
  claimedId(purpose: LinkPurpose, token: string): number | undefined {
    if (!/^[A-Za-z0-9_-]{32}$/.test(token)) return undefined;
    const bytes = Buffer.from(token, 'base64url');
    if (bytes[0] !== this.keyId || bytes[1] !== purposeByte[purpose]) return undefined;
    const id = bytes.readUInt32BE(2);
    return id <= largestId ? id : undefined;
  }

  /** Compared in constant time, so that nobody can guess a token byte by byte. */
  matches(purpose: LinkPurpose, id: number, version: number, token: string): boolean {
    const expected = Buffer.from(this.token(purpose, id, version));
    const given = Buffer.from(token);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }

  /** The ten characters on paper for an invitation, without their dash. */
  code(invitationId: number, version: number): string {
    return this.letters(`${invitationId}|${version}`, codeLength);
  }

  /** The six characters under a delegate's QR: for the door only, where the session is open and staff is looking. */
  doorCode(delegateId: number, version: number): string {
    return this.letters(`door|${delegateId}|${version}`, doorCodeLength);
  }

  /** What is stored to find a code again; useless to a reader of the database. */
  codeHash(code: string): string {
    return createHmac('sha256', this.codeKey).update(`hash|${code}`).digest('hex');
  }

  /** 43 characters for the link by which somebody sets a password: made anew when it is mailed, never stored. */
  accessToken(linkId: number): string {
    return createHmac('sha256', this.accessKey).update(String(linkId)).digest('base64url');
  }

  /** What makes the Message-ID of a message ours alone: two installations number their messages alike. */
  messageTag(messageId: number): string {
    return createHmac('sha256', this.messageKey).update(String(messageId)).digest('hex').slice(0, 20);
  }

  /** The hidden field of forms on pages that open no session. */
  formToken(page: string): string {
    return createHmac('sha256', this.formKey).update(page).digest('base64url');
  }

  formTokenMatches(page: string, given: unknown): boolean {
    const expected = Buffer.from(this.formToken(page));
    const bytes = Buffer.from(typeof given === 'string' ? given : '');
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  }

  private letters(of: string, length: number): string {
    let number = createHmac('sha256', this.codeKey).update(of).digest().readBigUInt64BE();
    let letters = '';
    for (let i = 0; i < length; i += 1) {
      letters += codeAlphabet.charAt(Number(number % 27n));
      number /= 27n;
    }
    return letters;
  }

  private head(purpose: LinkPurpose, id: number): Buffer {
    const head = Buffer.alloc(6);
    head[0] = this.keyId;
    head[1] = purposeByte[purpose];
    head.writeUInt32BE(id, 2);
    return head;
  }

  private mac(head: Buffer, version: number): Buffer {
    return createHmac('sha256', this.tokenKey)
      .update(head)
      .update(`|${version}`)
      .digest()
      .subarray(0, macBytes);
  }
}

/** What someone typed from paper: spaces, dashes and small letters do not matter. */
export function normaliseCode(typed: string, length = codeLength): string | undefined {
  const code = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return code.length === length && Array.from(code).every((letter) => codeAlphabet.includes(letter))
    ? code
    : undefined;
}

/** "ABCDE-FGHJK", "ABC-DEF" */
export const spellCode = (code: string) => `${code.slice(0, code.length / 2)}-${code.slice(code.length / 2)}`;
