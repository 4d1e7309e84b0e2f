import { beforeAll, expect, test } from '@jest/globals';
import { describeJourney } from '../../support/browser.js';
import { openAction, promiseFrom } from '../support/afterwards.js';
import { correct, figures, nameAtDoor, openPerson, tapIn, typeCode, walkIn } from '../support/door.js';
import { goToTime, makeMeeting, openHouse } from '../support/meeting.js';
import { press } from '../support/organizer.js';
import { approveAndPublish, handIn, handOut, look, type Story } from '../support/story.js';
import { beginMinutes, typeLine, typeResponse } from '../support/writing.js';

const day = '2022-10-20';
const bahagia = 'LKSA Bahagia Darul Hikmah, Limpung';
const recreation = 'Rekreasi bersama anak asuh LKSA';
const accreditation = 'Mengajukan akreditasi bagi LKS yang memenuhi standar';
const permanent = {
  title: 'Rapat Koordinasi Penguatan Kelembagaan Kesejahteraan Sosial',
  kind: 'rakor',
  place: 'Aula Dinas Sosial Kabupaten Batang',
  chair: { name: 'Joko Tetuko', position: 'Kepala Dinas Sosial' },
} as const;
const coming = [
  { name: bahagia, leader: 'Ahmad Muzaki', people: 2 as const },
  ...Array.from({ length: 14 }, (_, n) => ({
    name: `LKSA Batang ${n + 1}`,
    leader: `Ketua Batang ${n + 1}`,
  })),
];

describeJourney('the coordination meeting of Batang', (journey) => {
  let story: Story;
  let seriesId: number;

  beforeAll(async () => {
    const house = await openHouse(journey(), {
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
    const meeting = await makeMeeting(house, {
      ...permanent,
      coming,
      agenda,
      seriesId,
      days: [day],
      seats: 16,
    });
    story = { name: 'batang', house, meeting, secretary: await house.enter('secretary', 'Rina Notulis') };
  }, 60_000);

  test('seventeen people come: from the list, by code, with a name that followed, and one more', async () => {
    const { meeting, secretary } = story;
    const { list, sessions } = meeting;
    const [session = ''] = sessions;
    await tapIn(
      secretary,
      list,
      coming.slice(1).map(({ leader }) => leader),
    );
    const { code } = await meeting.link('Ahmad Muzaki');
    await typeCode(secretary, session, code, 'Ahmad Muzaki');
    await look(story, secretary, 'scan');
    await nameAtDoor(secretary, list, bahagia, 'Nur Khasanah');
    await walkIn(secretary, session, {
      institution: 'LKSA Batang 14',
      name: 'Utusan Kedua',
      reason: 'membawa data anak asuh',
    });
    expect(await figures(secretary, list)).toBe('17 dari 17 orang hadir, mewakili 15 LKS');
    expect(await secretary.locator('.path').innerText()).toContain('16 dari 16 kursi terisi');
    await look(story, secretary, 'list');
    await openPerson(secretary, list, 'Ketua Batang 14');
    await correct(secretary, 'Tidak hadir', 'Yang datang utusannya');
    await correct(secretary, 'Hadir', 'Datang kemudian');
    await look(story, secretary, 'person');
  }, 60_000);

  test('what was shown is there for those who came', async () => {
    await handOut(story, 'Enam standar akreditasi', 'Ahmad Muzaki');
  }, 60_000);

  test('the secretary types issue, response and decision, and makes promises of lines', async () => {
    const { secretary, meeting } = story;
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
    await look(story, secretary, 'editor');
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
    await look(story, secretary, 'actions');
  }, 60_000);

  test('the leader approves on a phone, and a delegate reads the very paper by their link', async () => {
    await approveAndPublish(story, 'Joko Tetuko', 'Ahmad Muzaki');
  }, 60_000);

  test('who owes the recreation hands it in on a phone without script', async () => {
    await handIn(story, recreation, { text: 'Rekreasi ke Pantai Sigandu sudah terlaksana.' });
  }, 60_000);

  test('the meeting of the next year asks about both, and what is said there stands at the follow-up', async () => {
    const next = '2023-10-19';
    const later = await makeMeeting(story.house, {
      ...permanent,
      seriesId,
      days: [next],
      seats: 4,
      coming: [{ name: 'LKSA Batang Baru', leader: 'Ketua Baru' }],
    });
    const page = await story.house.enter('secretary', 'Dwi Notulis');
    await tapIn(page, later.list, ['Ketua Baru']);
    await beginMinutes(page, later.minutes);
    const asked = page.getByRole('table', { name: 'Evaluasi RTL sebelumnya' });
    expect(await asked.innerText()).toContain(recreation);
    expect(await asked.innerText()).toContain(accreditation);
    await page.getByRole('link', { name: 'Catat hasil evaluasi' }).click();
    const card = page.locator('article', { hasText: accreditation });
    await card.locator('summary', { hasText: 'Catat hasilnya' }).click();
    await look(story, page, 'evaluation');
    await card.getByLabel('Apa yang disampaikan?').fill('Berkas sudah dikirim, menunggu asesor.');
    await card.getByLabel('Sekarang').selectOption('start');
    await press(page, 'Simpan');
    await page.getByText('Hasil evaluasi dicatat.').waitFor();
    await openAction(page, accreditation);
    await page.getByText('Berkas sudah dikirim, menunggu asesor.').first().waitFor();
    await page.getByText(`pada ${permanent.title}`).first().waitFor();
    await look(story, page, 'action');
  }, 60_000);
});
