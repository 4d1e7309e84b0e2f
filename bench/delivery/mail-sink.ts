// A mail server in a process of its own that takes everything and keeps nothing: SMTP_PORT, and PORT to say that it is
// ready.
import { createServer } from 'node:http';
import { SMTPServer } from 'smtp-server';

const sink = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onData(stream, _session, done) {
    stream.resume();
    stream.on('end', () => done());
  },
});
sink.on('error', () => undefined);
sink.listen(Number(process.env.SMTP_PORT), '127.0.0.1', () => {
  createServer((_req, res) => res.writeHead(204).end()).listen(Number(process.env.PORT), '127.0.0.1');
});
