import { createServer, type Server } from 'node:http';
import { createApp } from './app.js';
import { startClockWork } from './clock-work.js';
import { StartupError, type Config } from './config.js';
import { fillDemo, type DemoSummary } from './database/demo/fill.js';
import { prepareSetup } from './features/accounts/setup.service.js';
import { openRuntime, type Runtime } from './runtime.js';

export interface RunningServer {
  runtime: Runtime;
  /** Where people on this machine find it; the public address where one is set. */
  url: string;
  /** Opens the first-run page while the database has no users. */
  setupCode: string | undefined;
  /** With the whole address of one LKS's answer page, while there is one. */
  demo: (DemoSummary & { answerLink: string | undefined }) | undefined;
  stop(): Promise<void>;
}

/** How many ports after the wanted one the demo tries. */
const demoPorts = 20;

/** 200 MB over a line of half a megabit take an hour; Node's five minutes would cut every slow upload. */
const longestRequestMs = 60 * 60_000;

/**
 * Starts the program: database, schema, demo data if wanted, HTTP, clock.
 * @throws StartupError with one line that names what is wrong
 */
export async function startServer(config: Config): Promise<RunningServer> {
  const runtime = await openRuntime(config);
  try {
    const demo = config.demo ? await fillDemo(runtime.deps) : undefined;
    const server = createServer({ requestTimeout: longestRequestMs }, createApp(runtime.deps));
    const port = await listen(server, config, config.demo ? demoPorts : 0);
    // Only after the port is ours: a start that fails must not void the code of a running process.
    const setupCode = await prepareSetup(runtime.deps);
    const stopClock = startClockWork(runtime.deps);
    const stop = async () => {
      await Promise.all([closeServer(server), stopClock()]);
      await runtime.close();
    };
    const url = config.baseUrl ?? `http://localhost:${port}`;
    const answerLink = demo?.answerPath && `${url}${demo.answerPath}`;
    return { runtime, url, setupCode, demo: demo && { ...demo, answerLink }, stop };
  } catch (error) {
    await runtime.close();
    throw error;
  }
}

/** Listens on the configured port, or on one of the `further` ones after it. */
async function listen(server: Server, { host, port }: Config, further: number): Promise<number> {
  try {
    return await listenOn(server, host, port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' && further > 0)
      return listen(server, { host, port: port + 1 } as Config, further - 1);
    throw explain(error as NodeJS.ErrnoException, host, port);
  }
}

function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function explain({ code }: NodeJS.ErrnoException, host: string, port: number): Error {
  if (code === 'EADDRINUSE') return new StartupError(`Port ${port} is taken: set PORT to a free one`);
  if (code === 'EACCES')
    return new StartupError(`Port ${port} may not be used by this user: set PORT above 1023`);
  return new StartupError(`Cannot listen on ${host}:${port} (${code ?? 'unknown'}): set HOST and PORT`);
}

/** Lets running requests finish; whoever still hangs after ten seconds is cut. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection that was busy at first becomes idle with its answer, and would be kept alive.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const cut = setTimeout(() => server.closeAllConnections(), 10_000);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(cut);
      resolve();
    });
  });
}
