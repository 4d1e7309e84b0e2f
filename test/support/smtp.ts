import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** What the server says to a recipient, or does while it should listen. */
export type Mood =
  | 'take'
  /** "451": not now. */
  | 'later'
  /** "550 5.1.1": there is no such person. */
  | 'unknown'
  /** "550 5.7.1": we take nothing from you for anybody. */
  | 'policy'
  /** "554 5.6.0" after the text: this mail, not this person. */
  | 'content'
  /** Says nothing any more once the text begins. */
  | 'stall'
  /** Hangs up in the middle of the text. */
  | 'drop';

export interface Received {
  messageId: string;
  to: string;
  raw: string;
}

export interface Sink {
  port: number;
  received: Received[];
  /** How many connections were open at once, at most. */
  peak(): number;
  /** By recipient; whoever is not told takes all. */
  moods: Map<string, Mood>;
  /** How long a mail takes, in milliseconds. */
  slowness: number;
  parsed(index?: number): Promise<ParsedMail>;
  close(): Promise<void>;
}

const refusal = (words: string, responseCode: number) => Object.assign(new Error(words), { responseCode });

/** A real mail server of its own. @param given such as `authOptional: false` with `onAuth` */
export async function openSink(given: SMTPServerOptions = {}): Promise<Sink> {
  const received: Received[] = [];
  const moods = new Map<string, Mood>();
  let [open, most] = [0, 0];
  const sink = { slowness: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onConnect(_session, done) {
      most = Math.max(most, (open += 1));
      done();
    },
    onClose() {
      open -= 1;
    },
    onRcptTo({ address }, _session, done) {
      const mood = moods.get(address);
      if (mood === 'later') return done(refusal('4.2.0 busy, try later', 451));
      if (mood === 'unknown') return done(refusal(`5.1.1 <${address}> no such person here`, 550));
      if (mood === 'policy') return done(refusal('5.7.1 relaying denied', 550));
      done();
    },
    onData(stream, session, done) {
      const to = session.envelope.rcptTo[0]?.address ?? '';
      const mood = moods.get(to);
      const parts: Buffer[] = [];
      if (mood === 'drop') {
        // The socket itself: the protocol has no word for it.
        const { connections } = server as unknown as { connections: Set<{ _socket: { destroy(): void } }> };
        for (const connection of connections)
          if ((connection as unknown as { session: { id: string } }).session.id === session.id)
            connection._socket.destroy();
        return;
      }
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (mood === 'stall') return;
        if (mood === 'content') return done(refusal('5.6.0 we do not like what it says', 554));
        const raw = Buffer.concat(parts).toString('utf8');
        received.push({ messageId: /^Message-ID: (.+)$/im.exec(raw)?.[1]?.trim() ?? '', to, raw });
        if (sink.slowness === 0) return done(null, 'queued as 4711');
        void delay(sink.slowness).then(() => done(null, 'queued as 4711'));
      });
    },
    ...given,
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as { port: number };
  return Object.assign(sink, {
    ...{ port, received, moods },
    peak: () => most,
    parsed: (index = 0) => simpleParser(received[index]!.raw),
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  });
}
