import type { Page } from 'playwright-core';
import { press } from './organizer.js';

const saysYes = (page: Page, name: string) => page.locator('.door--ok', { hasText: name }).first().waitFor();

/** One tap in the list for each. */
export async function tapIn(page: Page, list: string, names: string[]): Promise<void> {
  await page.goto(list);
  for (const name of names) {
    await page.getByRole('button', { name: `Catat hadir: ${name}`, exact: true }).click();
    await saysYes(page, name);
  }
}

export async function typeCode(page: Page, session: string, code: string, name: string): Promise<void> {
  await page.goto(`${session}/scan`);
  await page.getByLabel('Kode pintu').fill(code);
  await press(page, 'Catat');
  await saysYes(page, name);
}

/** Somebody of an institution who is on no list; `reason` when no seat is left. */
export async function walkIn(
  page: Page,
  session: string,
  { institution, name, reason }: { institution: string; name: string; reason?: string },
): Promise<void> {
  await page.goto(`${session}/walk-in`);
  await page.getByLabel('Nama LKS').fill(institution);
  await press(page, 'Cari');
  await page.getByRole('link', { name: `Pilih: ${institution}` }).click();
  await page.getByLabel('Nama', { exact: true }).fill(name);
  if (reason) await page.getByLabel('Alasan kursi tambahan').fill(reason);
  await press(page, 'Catat hadir');
  await page.getByText(`${name}, ${institution}`).first().waitFor();
}

/** Somebody who represents no institution. */
export async function guestIn(page: Page, session: string, name: string, origin: string): Promise<void> {
  await page.goto(`${session}/walk-in`);
  await page.getByLabel('Asal instansi atau lembaga').fill(origin);
  await page.getByLabel('Nama', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Catat hadir', exact: true }).click();
  await page.getByText(`${name}, ${origin}`).first().waitFor();
}

/** Somebody whom the plan names as a speaker, or as the chair. */
export async function speakerIn(page: Page, session: string, name: string): Promise<void> {
  await page.goto(`${session}/walk-in`);
  await press(page, `Catat hadir: ${name}`);
  await page
    .getByText(new RegExp(`${name}.*: Hadir`))
    .first()
    .waitFor();
}

/** "Nama menyusul" has come: the name is given, and they are in. */
export async function nameAtDoor(page: Page, list: string, institution: string, name: string): Promise<void> {
  await page.goto(list);
  await page.getByRole('link', { name: `Isi nama: ${institution}` }).click();
  await page.getByLabel('Nama', { exact: true }).fill(name);
  await press(page, 'Simpan nama dan catat hadir');
  await page.getByText(name).first().waitFor();
}

/** Opens somebody in the list. */
export async function openPerson(page: Page, list: string, name: string): Promise<void> {
  await page.goto(list);
  await page.getByRole('link', { name }).first().click();
  await page.getByRole('heading', { name: 'Riwayat di sesi ini' }).waitFor();
}

/** Corrects what was recorded of the person whose page is open. */
export async function correct(page: Page, to: string, reason: string): Promise<void> {
  await page.locator('summary', { hasText: 'Perbaiki catatan' }).click();
  await page.getByLabel('Yang benar').selectOption({ label: to });
  await page.getByLabel('Alasan').fill(reason);
  await press(page, 'Perbaiki catatan');
  await page.getByText(`Diperbaiki menjadi: ${to}`).waitFor();
}

/** The line of figures above the list. */
export async function figures(page: Page, list: string): Promise<string> {
  await page.goto(list);
  return page.locator('#kehadiran-angka p').first().innerText();
}
