import { readConfig } from './config.js';
import { runCommand, startServer, stopOnSignal } from './server.js';

await runCommand(async () => {
  const running = await startServer(readConfig());
  stopOnSignal(running);
  process.stdout.write(`Rembuk: ${running.url}\n`);
});
