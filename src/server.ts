import { createServer, type Server } from 'node:http';
import { createApp } from './app.js';
import { StartupError, type Config } from './config.js';
import { openRuntime, type Runtime } from './runtime.js';

export interface RunningServer {
  runtime: Runtime;
  /** Where it listens, for people on this machine. */
  url: string;
  stop(): Promise<void>;
}

function listen(server: Server, { host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') return new StartupError(`Port ${port} is taken: set PORT to a free one`);
  if (error.code === 'EACCES')
    return new StartupError(`Port ${port} may not be used by this user: set PORT above 1023`);
  return new StartupError(`Cannot listen on ${host}:${port} (${error.code})`);
}

/**
 * Starts the program: database, schema, HTTP.
 * @throws StartupError with one line that names what is wrong
 */
export async function startServer(config: Config): Promise<RunningServer> {
  const runtime = await openRuntime(config);
  const server = createServer(createApp(runtime.deps));
  try {
    const port = await listen(server, config);
    const stop = async () => {
      await closeServer(server);
      await runtime.close();
    };
    return { runtime, url: config.baseUrl ?? `http://localhost:${port}`, stop };
  } catch (error) {
    await runtime.close();
    throw error;
  }
}

/** Lets running requests finish; whoever still hangs after ten seconds is cut. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), 10_000);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Runs until a signal comes, then stops in order. */
export function stopOnSignal(running: RunningServer): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Runs a command; what a person can mend is told in one line, without a stack. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const text =
      error instanceof StartupError ? `rembuk: ${error.message}` : String((error as Error).stack ?? error);
    process.stderr.write(`${text}\n`);
    process.exit(1);
  }
}
