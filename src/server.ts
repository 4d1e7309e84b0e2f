import { createServer, type Server } from 'node:http';
import { createApp } from './app.js';
import { startClockWork } from './clock-work.js';
import { StartupError, type Config } from './config.js';
import { fillDemo, type DemoSummary } from './database/demo/fill.js';
import type { Deps } from './deps.js';
import { prepareSetup } from './features/accounts/setup.service.js';
import { deliverDue } from './features/messages/delivery.js';
import { mailJob } from './features/messages/outbox.js';
import type { JobKind } from './jobs/jobs.js';
import { mails } from './mails.js';
import { openRuntime, type Runtime } from './runtime.js';

export interface RunningServer {
  runtime: Runtime;
  /** Where people on this machine find it; the public address where one is set. Undefined for a worker: it has no pages. */
  url: string | undefined;
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
 * Starts the program: database, schema, demo data if wanted, and as the role says HTTP, or clock and jobs, or both.
 * @throws StartupError with one line that names what is wrong
 */
export async function startServer(config: Config): Promise<RunningServer> {
  const runtime = await openRuntime(config);
  try {
    const demo = config.demo ? await fillDemo(runtime.deps) : undefined;
    const pages = config.role === 'worker' ? undefined : await servePages(runtime.deps);
    const stopWork = await startWork(runtime.deps);
    const stop = async () => {
      await Promise.all([pages?.stop(), stopWork()]);
      await runtime.close();
    };
    const answerLink = pages && demo?.answerPath && `${pages.url}${demo.answerPath}`;
    return {
      runtime,
      url: pages?.url,
      setupCode: pages?.setupCode,
      demo: demo && { ...demo, answerLink },
      stop,
    };
  } catch (error) {
    await runtime.close();
    throw error;
  }
}

async function servePages(deps: Deps) {
  const { config } = deps;
  const server = createServer({ requestTimeout: longestRequestMs }, createApp(deps));
  const port = await listen(server, config, config.demo ? demoPorts : 0);
  // Only after the port is ours: a start that fails must not void the code of a running process.
  const setupCode = await prepareSetup(deps);
  return { url: config.baseUrl ?? `http://localhost:${port}`, setupCode, stop: () => closeServer(server) };
}

/** What is done without a request. Who only serves pages still wakes the others. @returns stops it in order */
async function startWork(deps: Deps): Promise<() => Promise<unknown>> {
  const works = deps.config.role !== 'web';
  await startJobs(deps, works);
  const stopClock = works ? startClockWork(deps) : () => Promise.resolve();
  return () => Promise.all([stopClock(), deps.jobs.stop()]);
}

/** @throws StartupError when the queue's schema cannot be made */
async function startJobs(deps: Deps, works: boolean): Promise<void> {
  const mail: JobKind = {
    name: mailJob,
    run: async (signal) => {
      if (await deliverDue(deps, mails, { signal })) deps.jobs.wake(mailJob);
    },
  };
  try {
    await deps.jobs.start([mail], works);
  } catch (error) {
    throw new StartupError(`The queue of jobs cannot be set up: ${(error as Error).message}`);
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
