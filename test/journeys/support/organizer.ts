import type { Page } from 'playwright-core';

export const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name }).first().click();

/** What the first form of an event asks for. */
interface Planned {
  title: string;
  firstDay: string;
}

/** Reads a file into the registry, past the preview, and confirms it. */
export async function importList(page: Page, content: Buffer, before: (name: string) => Promise<void>) {
  await page.goto('/institutions/import');
  await before('import');
  await page.setInputFiles('input[type=file]', { name: 'data-lks.xlsx', mimeType: '', buffer: content });
  await press(page, 'Baca berkas');
  await page.waitForURL(/\/import\/\d+$/);
  await before('import-preview');
  await press(page, 'Simpan ke daftar LKS');
  await page.getByRole('heading', { name: 'Impor selesai' }).waitFor();
  await before('import-done');
}

/** @returns the address of the draft */
export async function draftEvent(page: Page, planned: Planned): Promise<string> {
  await page.goto('/events/new');
  await page.getByLabel('Jenis', { exact: true }).selectOption('bimtek');
  await page.getByLabel('Judul kegiatan').fill(planned.title);
  await page.getByLabel('Hari pertama').fill(planned.firstDay);
  await page.getByLabel('Mulai pukul').fill('09:00');
  await page.getByLabel('Selesai pukul').fill('15:00');
  await page.getByLabel('Nama tempat').fill('Aula Dinas Sosial Provinsi Kalimantan Selatan');
  await press(page, 'Buat kegiatan');
  await page.waitForURL(/\/events\/\d+\/plan/);
  return new URL(page.url()).pathname.replace('/plan', '');
}

export async function setAnswerBy(page: Page, event: string, date: string): Promise<void> {
  await page.goto(`${event}/plan/deadlines`);
  await page.locator('[name=answerByDate]').fill(date);
  await press(page, 'Simpan');
  await page.waitForURL(/\/plan(#.*)?$/);
}

/** Seats shared by main service as the program suggests it. */
export async function setSeats(
  page: Page,
  event: string,
  seats: number,
  seatsPerInstitution: number,
): Promise<void> {
  await page.goto(`${event}/quota`);
  await page.locator('[name=seats]').fill(String(seats));
  await page.locator('[name=seatsPerInstitution]').fill(String(seatsPerInstitution));
  await page.locator('[name=dimension]').selectOption('service');
  await press(page, 'Pakai pembagian ini');
  await press(page, 'Usulkan pembagian');
  await page.locator('select[name="strata[0][key]"]').waitFor();
  await press(page, 'Simpan');
  await page.getByText(`Tersimpan: ${seats} kursi.`).waitFor();
}

export async function chooseAll(page: Page, event: string): Promise<void> {
  await page.goto(`${event}/invitations/choose`);
  await press(page, 'Tambahkan yang ditandai');
  await page.waitForURL(/\/invitations(\?.*)?$/);
}

export async function publish(page: Page, event: string): Promise<void> {
  await page.goto(event);
  await page.locator('summary', { hasText: 'Terbitkan' }).click();
  await press(page, 'Ya, terbitkan');
  await page.getByText('Kegiatan sudah terbit').waitFor();
}

/** The address that the organizer hands to an institution. */
export async function linkOf(page: Page, event: string, institution: string): Promise<string> {
  await page.goto(`${event}/invitations?q=${encodeURIComponent(institution)}`);
  const link = await page
    .locator(`button[data-copy][aria-label$="${institution}"]`)
    .getAttribute('data-copy');
  return new URL(link ?? '').pathname;
}

/** The organizer's page of one invitation. */
export async function openInvitation(page: Page, event: string, institution: string): Promise<void> {
  await page.goto(`${event}/invitations?q=${encodeURIComponent(institution)}`);
  await page.getByRole('link', { name: institution }).first().click();
  await page.waitForURL(/\/invitations\/\d+$/);
}
