import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Tx } from '../../database/data-source.js';
import { projectRoot } from '../../paths.js';
import type { Region } from './region.entity.js';

const makassar = new Set(['51', '52', '53', '63', '64', '65', '71', '72', '73', '74', '75', '76']);

/** Zone by province code: WIT for Maluku and Papua, WITA for the middle, WIB for the rest (domain.md). */
function zoneOf(code: string): string {
  const province = code.slice(0, 2);
  if (province === '81' || province === '82' || province >= '91') return 'Asia/Jayapura';
  return makassar.has(province) ? 'Asia/Makassar' : 'Asia/Jakarta';
}

/** Names and codes of the package hold no quotes or line breaks, so a split is enough. */
async function readRows(file: string, nameColumn: number): Promise<[code: string, name: string][]> {
  const path = join(projectRoot, 'node_modules/idn-area-data/data', file);
  const lines = (await readFile(path, 'utf8')).trim().split(/\r?\n/).slice(1);
  return lines.map((line) => {
    const cells = line.split(',');
    return [cells[0] ?? '', cells[nameColumn] ?? ''];
  });
}

/** Fills the list of regions from idn-area-data (names MIT code, ODbL data) when it is not there yet. */
export async function syncRegions(db: DataSource): Promise<void> {
  const [{ count }] = (await db.query('SELECT count(*)::int AS count FROM region')) as [{ count: number }];
  if (count > 0) return;
  const rows = [...(await readRows('provinces.csv', 1)), ...(await readRows('regencies.csv', 2))];
  await db.query(
    `INSERT INTO region (code, name, zone) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
     ON CONFLICT (code) DO NOTHING`,
    [rows.map(([code]) => code), rows.map(([, name]) => name), rows.map(([code]) => zoneOf(code))],
  );
}

export async function findRegion(db: DataSource | Tx, code: string): Promise<Region | undefined> {
  const [row] = (await db.query('SELECT code, name, zone FROM region WHERE code = $1', [code])) as Region[];
  return row;
}

/** A province with its kabupaten and kota, for a grouped choice. */
export interface RegionGroup {
  code: string;
  name: string;
  regions: { code: string; name: string }[];
}

/** All provinces in the order of their codes, each with what lies in it. */
export async function listRegionGroups(db: DataSource): Promise<RegionGroup[]> {
  const rows = (await db.query('SELECT code, name FROM region ORDER BY code')) as {
    code: string;
    name: string;
  }[];
  const groups = new Map<string, RegionGroup>();
  for (const { code, name } of rows)
    if (code.length === 2) groups.set(code, { code, name, regions: [] });
    else groups.get(code.slice(0, 2))?.regions.push({ code, name });
  return [...groups.values()];
}
