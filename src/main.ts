import { runCommand, runUntilSignal } from './command.js';
import { readConfig } from './config.js';
import { startServer, type RunningServer } from './server.js';

/** What the console shows once everything runs. */
function announcement({ url, setupCode, demo }: RunningServer): string {
  const lines = [`Rembuk: ${url}`];
  for (const { role, name, email, password } of demo?.signIns ?? [])
    lines.push(`  ${role}: ${email} / ${password} (${name})`);
  if (demo?.answerPath) lines.push(`  An LKS answers its invitation: ${url}${demo.answerPath}`);
  if (setupCode) lines.push(`First run: open ${url}/setup and enter the code ${setupCode}`);
  return `\n${lines.join('\n')}\n\n`;
}

await runCommand(() =>
  runUntilSignal(
    () => startServer(readConfig()),
    (running) => process.stdout.write(announcement(running)),
  ),
);
