import { connect } from 'node:net';

export interface Reply {
  status: number;
  /** `?done=…` of the address that it leads to; empty where it leads nowhere. */
  done: string;
}

/** Reads one answer from the front of what has arrived; undefined while it is not whole. */
function takeReply(arrived: string): { reply: Reply; rest: string } | undefined {
  const end = arrived.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = arrived.slice(0, end);
  const length = Number(/^content-length: (\d+)/im.exec(head)?.[1]);
  if (Number.isNaN(length)) throw new Error(`an answer without its length: ${head}`);
  const whole = end + 4 + length;
  if (arrived.length < whole) return undefined;
  const done = /^location: \S*[?]done=(\w+)/im.exec(head)?.[1] ?? '';
  return { reply: { status: Number(head.slice(9, 12)), done }, rest: arrived.slice(whole) };
}

/**
 * Sends each request once, over connections that are kept: the next goes out when the one before is answered. Bare
 * sockets, since a client that works hard would take the processor from what is measured.
 * @param urls of the servers; the connections go to them in turn
 */
export async function rush(
  urls: string[],
  requests: string[],
  connections: number,
): Promise<{ seconds: number; replies: Reply[] }> {
  const replies: Reply[] = [];
  let next = 0;
  const phone = (url: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname);
      let [asked, arrived] = [-1, ''];
      const ask = () => {
        asked = next;
        next += 1;
        const request = requests[asked];
        if (request === undefined) socket.end(resolve);
        else socket.write(request);
      };
      // One byte, one character: lengths are counted in bytes.
      socket.setEncoding('latin1').setNoDelay(true);
      socket.on('connect', ask).on('error', reject);
      socket.on('data', (chunk) => {
        arrived += chunk.toString();
        const taken = takeReply(arrived);
        if (!taken) return;
        replies[asked] = taken.reply;
        arrived = taken.rest;
        ask();
      });
      socket.on('close', () => {
        if (asked < requests.length) reject(new Error(`${url} hung up`));
      });
    });
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, (_, n) => phone(urls[n % urls.length] ?? '')));
  return { seconds: (performance.now() - started) / 1000, replies };
}
