// The yardstick of `delivery`: nothing but nodemailer over its pool, with the very messages. A process of its own:
// PORT, SMTP_PORT, CONNECTIONS, and the file MAILS. Each POST sends them all and answers with the milliseconds.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import nodemailer from 'nodemailer';

const { PORT, SMTP_PORT, CONNECTIONS, MAILS = '' } = process.env;
/** Files were written down as JSON writes bytes. */
const revive = (_name: string, value: { type?: string; data?: number[] } | null) =>
  value?.type === 'Buffer' && value.data ? Buffer.from(value.data) : value;
const mails = JSON.parse(readFileSync(MAILS, 'utf8'), revive) as object[];

async function sendAll(): Promise<number> {
  const transport = nodemailer.createTransport({
    pool: true,
    host: '127.0.0.1',
    port: Number(SMTP_PORT),
    ignoreTLS: true,
    maxConnections: Number(CONNECTIONS),
  });
  const start = performance.now();
  await Promise.all(mails.map((mail) => transport.sendMail(mail)));
  const ms = performance.now() - start;
  transport.close();
  return ms;
}

createServer((req, res) => {
  if (req.method !== 'POST') return void res.writeHead(204).end();
  void sendAll().then((ms) => res.end(String(ms)));
}).listen(Number(PORT), '127.0.0.1');
