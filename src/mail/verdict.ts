/** Why a mail did not go out. */
export type MailFailure =
  /** For good. `address`: it is the address that the server does not know or take (RFC 3463). */
  | { kind: 'refused'; address: boolean; words: string }
  /** This mail, for now. */
  | { kind: 'later'; words: string }
  /** The server takes nothing from us, whoever it is for: the name, the sender, the connection. */
  | { kind: 'server'; words: string };

/** What nodemailer throws. */
interface SmtpError {
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
  message: string;
  name: string;
}

const longestWords = 400;

/** The server's own words on one line. Without addresses: words are kept for longer than addresses may be. */
export const wordsOf = (response: string): string =>
  response
    .replace(/\s+/g, ' ')
    .replace(/[^\s<>"']+@[^\s<>"',;]+/g, '…')
    .trim()
    .slice(0, longestWords);

/**
 * X.7.X is about policy, not about the address (RFC 3463 §3.8): a server that will not relay for us says so. Where it
 * gives no such code its words must do: taken for a word about the address, they would mark everybody's.
 */
const isPolicy = (words: string) =>
  /\b5\.7\.\d+\b/.test(words) ||
  (!/\b5\.\d+\.\d+\b/.test(words) &&
    /relay|spam|black ?list|block ?list|policy|authenti|rate limit/i.test(words));
/** X.1.X is about the address, whenever it is said. */
const isAboutAddress = (words: string) => /\b5\.1\.\d+\b/.test(words);

/**
 * What a failure means. Only what the server says about a recipient speaks against the address; what it says to our
 * name, our sender or while we connect never does.
 */
export function judge(error: unknown): MailFailure | { kind: 'connection'; words: string } {
  const { code, command, responseCode, response, message, name } = error as SmtpError;
  const words = wordsOf(response ?? message);
  if (code === 'EAUTH' || responseCode === 530 || responseCode === 535) return { kind: 'server', words };
  if (code === 'EENVELOPE' || code === 'EMESSAGE') {
    if (responseCode === undefined) return { kind: 'refused', address: code === 'EENVELOPE', words };
    if (responseCode < 500) return { kind: 'later', words };
    if (command === 'MAIL FROM') return { kind: 'server', words };
    const address = command === 'RCPT TO' ? !isPolicy(words) : isAboutAddress(words);
    return { kind: 'refused', address, words };
  }
  if (name === 'AbortError' || name === 'TimeoutError') return { kind: 'later', words };
  return { kind: 'connection', words };
}
