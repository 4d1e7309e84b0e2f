// npm run bench -- [PART …] [--long] [--json FILE]
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../src/command.js';
import { StartupError } from '../src/config.js';
import { projectRoot } from '../src/paths.js';
import { answerPage } from './answer-page.js';
import { coldStart } from './cold-start.js';
import { day } from './day.js';
import { delivery } from './delivery.js';
import { growth } from './growth.js';
import { meetsGoal, type BenchPart, type Measurement } from './harness.js';
import { importing } from './import.js';
import { minutes } from './minutes.js';
import { seats } from './seats.js';

/** A new part is a file beside this one and a name in this list. */
const parts: BenchPart[] = [answerPage, importing, coldStart, growth, day, minutes, seats, delivery];

function wanted(names: string[]): BenchPart[] {
  const unknown = names.find((name) => !parts.some((part) => part.name === name));
  if (unknown)
    throw new StartupError(`No part ${unknown}; there are ${parts.map(({ name }) => name).join(', ')}`);
  return names.length === 0 ? parts : parts.filter(({ name }) => names.includes(name));
}

function goalText({ goal }: Measurement): string {
  if (!goal) return '';
  return 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
}

function row(measurement: Measurement): string {
  const { name, value, unit } = measurement;
  const state = measurement.goal ? (meetsGoal(measurement) ? 'met' : 'MISSED') : '';
  const number = value.toLocaleString('en', { maximumFractionDigits: 3 });
  return `${name.padEnd(30)} ${number.padStart(12)} ${unit.padEnd(6)} ${goalText(measurement).padEnd(10)} ${state}`.trimEnd();
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, long: { type: 'boolean', default: false } },
  });
  const chosen = wanted(positionals);
  const tsx = join(projectRoot, 'node_modules/tsx/dist/cli.mjs');
  execFileSync(process.execPath, [tsx, 'src/commands/build.ts'], { cwd: projectRoot, stdio: 'inherit' });
  const results: Measurement[] = [];
  for (const part of chosen) {
    for (const measurement of await part.measure({ long: values.long })) {
      results.push(measurement);
      process.stdout.write(`${row(measurement)}\n`);
    }
  }
  if (values.json) {
    const lines = results.map((result) => ({ ...result, goal: goalText(result) || null }));
    await writeFile(values.json, `${JSON.stringify(lines, null, 2)}\n`);
  }
  if (!results.every(meetsGoal)) process.exitCode = 1;
});
