import { readFile } from 'node:fs/promises';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { printPdf } from '../../../src/documents/pdf.js';
import { press } from './organizer.js';

/** A talk as somebody brings it on a stick. */
export const talk = (title: string): Promise<Buffer> =>
  printPdf({ title, content: [title], footer: () => '', at: new Date('2022-01-03T02:00:00Z') });

export async function upload(page: Page, materials: string, name: string, content: Buffer): Promise<void> {
  await page.goto(materials);
  await page.setInputFiles('#upload-files', { name, mimeType: 'application/pdf', buffer: content });
  await press(page, 'Unggah');
  await page
    .getByRole('link', { name: name.replace('.pdf', '') })
    .first()
    .waitFor();
}

/** What the phone gets when its owner taps the material. */
export async function download(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name }).first().click(),
  ]);
  return readFile(await file.path());
}

interface Promised {
  title: string;
  /** As the form asks: whose kind, and its name. */
  owner: { kind: 'LKS' | 'Pihak luar'; name: string };
  dueOn: string;
  proposedBy?: string;
}

async function fillPromise(page: Page, { title, owner, dueOn, proposedBy }: Promised): Promise<void> {
  await page.getByLabel('Rencana tindak lanjut').fill(title);
  await page.getByLabel(owner.kind, { exact: true }).check();
  await page.getByLabel(owner.kind === 'LKS' ? 'Nama LKS' : 'Nama pihak luar').fill(owner.name);
  await page.getByLabel('Target').fill(dueOn);
  if (proposedBy) await page.getByLabel('Diusulkan oleh').fill(proposedBy);
}

/** Makes a follow-up of a line of the minutes with the keys that the editor names. */
export async function promiseFrom(
  page: Page,
  minutes: string,
  line: string,
  promised: Promised,
): Promise<void> {
  await page.goto(minutes);
  await page.locator('[data-line]', { hasText: line }).last().locator('textarea').focus();
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/actions\/new\?block=\d+$/);
  await fillPromise(page, promised);
  await press(page, 'Simpan');
  await page.getByRole('link', { name: promised.title }).first().waitFor();
}

export async function openAction(page: Page, title: string): Promise<void> {
  await page.goto('/actions?state=all');
  await page.getByRole('link', { name: title }).first().click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** The link that the secretary sends to whoever owes the follow-up. */
export async function ownerLink(page: Page, title: string): Promise<string> {
  await openAction(page, title);
  await page.getByRole('link', { name: 'Tautan penanggung jawab' }).click();
  const link = await page.locator('[data-copy]').first().getAttribute('data-copy');
  return new URL(link ?? '').pathname;
}

/** The owner says on their page that the work is done. */
export async function reportDone(
  page: Page,
  link: string,
  { text, url = '' }: { text: string; url?: string },
): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Apa kabarnya?').first().fill(text);
  await page.locator('input[name=url]').first().fill(url);
  await press(page, 'Sudah selesai');
  await page.getByText('Instansi akan memeriksanya').waitFor();
}

/** Confirms the follow-up whose page is open. */
export async function confirmDone(page: Page): Promise<void> {
  await press(page, 'Nyatakan selesai');
  await page.getByText('Tindak lanjut ini selesai.').waitFor();
}

/** The paper behind the delegate's button is, byte by byte, the one that was approved. */
export async function expectApprovedPaper(delegate: Page, secretary: Page, edition: string): Promise<void> {
  const address = await delegate.getByRole('link', { name: 'Notula (PDF)' }).getAttribute('href');
  const [read, approved] = await Promise.all([
    delegate.request.get(address ?? ''),
    secretary.request.get(`${edition}/notula.pdf`),
  ]);
  expect([read.status(), read.headers()['content-type']]).toEqual([200, 'application/pdf']);
  expect((await read.body()).equals(await approved.body())).toBe(true);
}
