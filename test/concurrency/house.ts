import { join } from 'node:path';
import { Phone } from './phone.js';
import { projectRoot } from '../../src/paths.js';
import { makeHost, type Host } from '../factories/scenes.js';
import { startProgram, type Run } from '../operations/processes.js';
import { startTestApp, type TestApp } from '../support/app.js';

/** Two processes of the built program on one database, and an office whose data the test makes itself. */
export interface House extends Host {
  app: TestApp;
  urls: [string, string];
  pids: [number, number];
  /** An institution's phone, served by the first or second process. */
  phone(invitationId: number, process: number): Phone;
  close(): Promise<void>;
}

export interface HouseGiven {
  /** Tables whose row lock both processes leave out: the negative control. */
  leftOut?: string[];
  /** Nothing is one transaction: the other negative control. */
  withoutTransactions?: boolean;
  clockSeconds?: number;
}

export function startProcess(
  app: TestApp,
  { leftOut = [], withoutTransactions = false, clockSeconds = 3600 }: HouseGiven = {},
): Run {
  const preload = join(projectRoot, 'test/concurrency/leave-out-locks.ts');
  return startProgram('src/main.js', [], {
    env: {
      ...app.settings,
      PORT: '0',
      CLOCK_SECONDS: String(clockSeconds),
      LEAVE_OUT_LOCKS: leftOut.join(),
      LEAVE_OUT_TRANSACTIONS: String(withoutTransactions),
      NODE_NO_WARNINGS: '1',
    },
    nodeArgs: leftOut.length > 0 || withoutTransactions ? ['--import', preload] : [],
  });
}

export async function addressOf(run: Run): Promise<string> {
  await run.says('Rembuk: http');
  const port = /Rembuk: http:\/\/localhost:(\d+)/.exec(run.output())?.[1] ?? '';
  return `http://127.0.0.1:${port}`;
}

export async function openHouse(given: HouseGiven = {}): Promise<House> {
  const app = await startTestApp();
  app.clock.set(new Date().toISOString());
  const runs = [startProcess(app, given), startProcess(app, given)] as const;
  const urls: [string, string] = [await addressOf(runs[0]), await addressOf(runs[1])];
  return {
    app,
    ...(await makeHost(app.deps)),
    urls,
    pids: [runs[0].pid, runs[1].pid],
    phone: (invitationId, process) =>
      new Phone(urls[process % 2] ?? '', `/u/${app.deps.links.token('invitation', invitationId, 1)}`),
    close: async () => {
      for (const run of runs) run.child.kill('SIGKILL');
      await Promise.all(runs.map((run) => run.ended));
      await app.close();
    },
  };
}
