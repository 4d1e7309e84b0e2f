import { runCommand, runUntilSignal } from './command.js';
import { readConfig } from './config.js';
import { startServer, type RunningServer } from './server.js';

/** Texts below one another, each column as wide as its longest. */
function columns(rows: string[][]): string[] {
  const width = (place: number) => Math.max(...rows.map((row) => row[place]?.length ?? 0));
  return rows.map((row) => `  ${row.map((cell, place) => cell.padEnd(width(place))).join('   ')}`.trimEnd());
}

function demoLines({ signIns, answerLink }: NonNullable<RunningServer['demo']>): string[] {
  const lines = signIns.length > 0 ? ['', 'Sign in at the demo (nobody in it is real):'] : [];
  lines.push(...columns(signIns.map(({ email, password, office, role }) => [email, password, office, role])));
  if (answerLink) lines.push('', 'One LKS answers its invitation, best on a phone:', `  ${answerLink}`);
  return lines;
}

/** What the console shows once everything runs. */
function announcement({ url, setupCode, demo }: RunningServer): string {
  const lines = [`Rembuk: ${url ?? 'worker, without pages'}`];
  if (demo) lines.push(...demoLines(demo));
  if (demo) lines.push('', 'Ctrl+C stops it.');
  if (setupCode && url) lines.push(`First run: open ${url}/setup and enter the code ${setupCode}`);
  return `\n${lines.join('\n')}\n\n`;
}

await runCommand(() =>
  runUntilSignal(
    () => startServer(readConfig()),
    (running) => process.stdout.write(announcement(running)),
  ),
);
