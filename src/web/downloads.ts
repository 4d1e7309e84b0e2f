import type { Response } from 'express';
import { writeTable, type TableSheet } from '../spreadsheets/write-table.js';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Sends a sheet as a file to keep; `name` without its ending. */
export async function sendSheet(
  res: Response,
  sheet: TableSheet | TableSheet[],
  name: string,
): Promise<void> {
  const content = await writeTable(sheet);
  res.type(xlsx).attachment(`${name}.xlsx`).send(content);
}
