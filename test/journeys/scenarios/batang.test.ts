import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeJourney, phone } from '../../support/browser.js';
import {
  download,
  expectApprovedPaper,
  openAction,
  ownerLink,
  promiseFrom,
  reportDone,
  talk,
  upload,
} from '../support/afterwards.js';
import { openLink } from '../support/delegate.js';
import { correct, figures, nameAtDoor, openPerson, tapIn, typeCode, walkIn } from '../support/door.js';
import { inspect } from '../support/inspect.js';
import { goToTime, makeMeeting, openHouse, type House, type Meeting } from '../support/meeting.js';
import { press } from '../support/organizer.js';
import {
  approveMinutes,
  beginMinutes,
  publishMinutes,
  submitMinutes,
  typeLine,
  typeResponse,
} from '../support/writing.js';

const day = '2022-10-20';
const bahagia = 'LKSA Bahagia Darul Hikmah, Limpung';
const recreation = 'Rekreasi bersama anak asuh LKSA';
const accreditation = 'Mengajukan akreditasi bagi LKS yang memenuhi standar';
const permanent = {
  title: 'Rapat Koordinasi Penguatan Kelembagaan Kesejahteraan Sosial',
  kind: 'rakor',
} as const;
const place = 'Aula Dinas Sosial Kabupaten Batang';
const chair = { name: 'Joko Tetuko', position: 'Kepala Dinas Sosial' };
const coming = [
  { name: bahagia, leader: 'Ahmad Muzaki', people: 2 as const },
  ...Array.from({ length: 14 }, (_, n) => ({
    name: `LKSA Batang ${n + 1}`,
    leader: `Ketua Batang ${n + 1}`,
  })),
];

describeJourney('the coordination meeting of Batang', (journey) => {
  let house: House;
  let meeting: Meeting;
  let secretary: Page;
  let seriesId: number;
  const look = (page: Page, name: string) => inspect(page, `batang-${name}`);

  beforeAll(async () => {
    house = await openHouse(journey(), {
      name: 'Dinas Sosial Kabupaten Batang',
      shortName: 'Dinsos Batang',
      regionCode: '33.25',
      zone: 'Asia/Jakarta',
    });
    [{ id: seriesId }] = await journey().db.query(
      `INSERT INTO event_series (office_id, name) VALUES ($1, 'Rakor LKS') RETURNING id`,
      [house.office.id],
    );
    const agenda = ['Enam standar akreditasi', 'Permasalahan LKS'];
    meeting = await makeMeeting(house, {
      ...permanent,
      place,
      chair,
      coming,
      agenda,
      seriesId,
      days: [day],
      seats: 16,
    });
    secretary = await house.enter('secretary', 'Rina Notulis');
  }, 60_000);

  test('seventeen people come: from the list, by code, with a name that followed, and one more', async () => {
    const {
      list,
      sessions: [session = ''],
    } = meeting;
    await tapIn(
      secretary,
      list,
      coming.slice(1).map(({ leader }) => leader),
    );
    const { code } = await meeting.link('Ahmad Muzaki');
    await typeCode(secretary, session, code, 'Ahmad Muzaki');
    await look(secretary, 'scan');
    await nameAtDoor(secretary, list, bahagia, 'Nur Khasanah');
    await walkIn(secretary, session, {
      institution: 'LKSA Batang 14',
      name: 'Utusan Kedua',
      reason: 'membawa data anak asuh',
    });
    expect(await figures(secretary, list)).toBe('17 dari 17 orang hadir, dari 15 LKS');
    await look(secretary, 'list');
    await openPerson(secretary, list, 'Ketua Batang 14');
    await correct(secretary, 'Tidak hadir', 'Yang datang utusannya');
    await correct(secretary, 'Hadir', 'Datang kemudian');
    await look(secretary, 'person');
  }, 60_000);
  test('what was shown is there for those who came', async () => {
    const slides = await talk('Enam standar akreditasi');
    await upload(secretary, meeting.materials, 'Enam standar akreditasi.pdf', slides);
    await look(secretary, 'materials');
    const delegate = await openLink(journey(), (await meeting.link('Ahmad Muzaki')).path);
    expect((await download(delegate, 'Enam standar akreditasi')).equals(slides)).toBe(true);
  }, 60_000);

  test('the secretary types issue, response and decision, and makes promises of lines', async () => {
    const { minutes } = meeting;
    await goToTime(journey(), day, '03:30');
    await beginMinutes(secretary, minutes);
    await typeLine(secretary, 'Kata pembukaan', {
      kind: 'opening',
      text: 'Sambutan kepala dinas.',
      person: 'Joko Tetuko',
    });
    await typeLine(secretary, /Permasalahan LKS$/, {
      kind: 'issue',
      text: 'Anak asuh tidak diterima di sekolah negeri terdekat karena zonasi mengikuti kartu keluarga.',
      person: 'Ahmad Muzaki',
      origin: bahagia,
    });
    await typeResponse(
      secretary,
      /Permasalahan LKS$/,
      'Kebijakan nasional; dinas menyampaikannya kepada instansi terkait.',
      'Subkoordinator pelayanan rehabilitasi sosial',
    );
    await typeLine(secretary, /Permasalahan LKS$/, { kind: 'decision', text: recreation });
    await typeLine(secretary, /akreditasi$/, { kind: 'discussion', text: accreditation });
    await look(secretary, 'editor');
    await promiseFrom(secretary, minutes, recreation, {
      title: recreation,
      owner: { kind: 'Pihak luar', name: 'LKKS Kabupaten Batang' },
      dueOn: '2022-12-20',
      proposedBy: 'LKKS Kabupaten Batang',
    });
    await promiseFrom(secretary, minutes, accreditation, {
      title: accreditation,
      owner: { kind: 'LKS', name: bahagia },
      dueOn: '2023-06-30',
    });
    await look(secretary, 'actions');
    await submitMinutes(secretary, minutes);
  }, 60_000);

  test('the leader approves on a phone, and a delegate reads the very paper by their link', async () => {
    const { minutes } = meeting;
    const leader = await house.enter('leader', 'Joko Tetuko');
    await look(leader, 'home-leader');
    await leader.goto(minutes);
    await look(leader, 'approval');
    await approveMinutes(leader);
    await publishMinutes(secretary, minutes);
    await look(secretary, 'published');
    const delegate = await journey().open(phone);
    await delegate.goto((await meeting.link('Ahmad Muzaki')).path);
    await expectApprovedPaper(delegate, secretary, `${minutes}/editions/1`);
    await look(delegate, 'delegate');
  }, 60_000);

  test('who owes the recreation hands it in on a phone without script', async () => {
    const link = await ownerLink(secretary, recreation);
    await look(secretary, 'owner');
    const owner = await openLink(journey(), link);
    await reportDone(owner, link, 'Rekreasi ke Pantai Sigandu sudah terlaksana.');
    const seen = await journey().open(phone);
    await seen.goto(link);
    await look(seen, 'owner-link');
  }, 60_000);

  test('the meeting of the next year asks about both, and what is said there stands at the follow-up', async () => {
    const next = '2023-10-19';
    const later = await makeMeeting(house, {
      ...permanent,
      place,
      chair,
      seriesId,
      days: [next],
      seats: 4,
      coming: [{ name: 'LKSA Batang Baru', leader: 'Ketua Baru' }],
    });
    const page = await house.enter('secretary', 'Dwi Notulis');
    await tapIn(page, later.list, ['Ketua Baru']);
    await beginMinutes(page, later.minutes);
    const asked = page.getByRole('table', { name: 'Evaluasi RTL sebelumnya' });
    expect(await asked.innerText()).toContain(recreation);
    expect(await asked.innerText()).toContain(accreditation);
    await page.getByRole('link', { name: 'Catat hasil evaluasi' }).click();
    const card = page.locator('article', { hasText: accreditation });
    await card.locator('summary', { hasText: 'Catat hasilnya' }).click();
    await look(page, 'evaluation');
    await card.getByLabel('Apa yang disampaikan?').fill('Berkas sudah dikirim, menunggu asesor.');
    await card.getByLabel('Sekarang').selectOption('start');
    await press(page, 'Simpan');
    await page.getByText('Hasil evaluasi dicatat.').waitFor();
    await openAction(page, accreditation);
    await page.getByText('Berkas sudah dikirim, menunggu asesor.').first().waitFor();
    await page.getByText(`pada ${permanent.title}`).first().waitFor();
    await look(page, 'action');
  }, 60_000);
});
