import type { LinkKeys } from '../../src/links/tokens.js';

const agent =
  'Mozilla/5.0 (Linux; Android 11; RMX3231) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile';

function post(path: string, fields: Record<string, string>): string {
  const body = new URLSearchParams(fields).toString();
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: x',
    `User-Agent: ${agent}`,
    'Sec-Fetch-Site: same-origin',
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${body.length}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

export interface Wish {
  seats: number;
  shortage?: 'take_rest' | 'wait_for_all';
}

const toPage = (links: LinkKeys, id: number, fields: Record<string, string>): string => {
  const address = `/u/${links.token('invitation', id, 1)}`;
  return post(`${address}/answer`, { _csrf: links.formToken(address), ...fields });
};

/** "We come", as the form of the answer page sends it. */
export const realAnswer = (links: LinkKeys, id: number, { seats, shortage }: Wish): string =>
  toPage(links, id, { answer: 'accept', seats: String(seats), ...(shortage && { shortage }) });

export const withdrawal = (links: LinkKeys, id: number): string => toPage(links, id, { answer: 'decline' });

/** The same to the yardstick, which plans its statements each time, or keeps their plans. */
export const bareAnswer = (how: 'plain' | 'prepared', id: number): string =>
  post(`/${how}/${id}`, { answer: 'accept', seats: '1' });
