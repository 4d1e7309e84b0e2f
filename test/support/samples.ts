import type { DataSource } from 'typeorm';
import type { Office } from '../../src/features/offices/office.entity.js';
import { samples } from '../permissions.samples.js';

/**
 * The path of a route with ids of fresh records of the office in it.
 * @throws Error naming the id that nobody has told how to make
 */
export async function pathWithSamples(db: DataSource, office: Office, path: string): Promise<string> {
  const above: number[] = [];
  const pattern: string[] = [];
  const parts: string[] = [];
  for (const part of path.split('/').slice(1)) {
    pattern.push(part);
    if (part.startsWith(':')) {
      const key = `/${pattern.join('/')}`;
      const sample = samples[key];
      if (!sample)
        throw new Error(
          `How is a record for "${key}" made? Add it to samples in test/permissions.samples.ts`,
        );
      above.push(await sample(db, office, above));
    }
    parts.push(part.startsWith(':') ? String(above.at(-1)) : part);
  }
  return `/${parts.join('/')}`;
}
