import { beforeAll, expect, test } from '@jest/globals';
import { describeJourney } from '../../support/browser.js';
import { promiseFrom } from '../support/afterwards.js';
import { figures, nameAtDoor, tapIn, typeCode } from '../support/door.js';
import { goToTime, makeMeeting, openHouse } from '../support/meeting.js';
import { approveAndPublish, confirmByLeader, handIn, handOut, look, type Story } from '../support/story.js';
import { addRow, beginMinutes, typeLine } from '../support/writing.js';

const leaders = ['Suparno', 'Endang Lestari', 'Muh. Yusuf'];
const names = ['LKSA Pamardi Siwi', 'LKSA Yaa Bunayya', 'LKSA Santa Maria'];
const branding = 'Menayangkan video profil LKS di media sosial';
const orphans = {
  Indikator: 'Anak yatim tanggungan pemerintah',
  Sumber: 'DISSOSP3APPKB',
  Tahun: '2023',
  Jumlah: '1225',
  'Rincian 1': 'di luar panti',
  'Jumlah rincian 1': '969',
  'Rincian 2': 'di dalam panti',
};
const day = '2024-12-04';

describeJourney('the end of the year in Klaten', (journey) => {
  let story: Story;

  beforeAll(async () => {
    const house = await openHouse(journey(), {
      name: 'LKKS Kabupaten Klaten',
      shortName: 'LKKS Klaten',
      regionCode: '33.10',
      zone: 'Asia/Jakarta',
    });
    const meeting = await makeMeeting(house, {
      title: 'Rapat Koordinasi Akhir Tahun LKKS Kabupaten Klaten',
      kind: 'rakor',
      days: [day],
      place: 'RM Kopi Story, Kampung Kaloran, Kelurahan Gayamprit, Kecamatan Klaten Selatan',
      coming: leaders.map((leader, n) => ({ name: names[n] ?? '', leader, people: n === 2 ? 2 : 1 })),
      seats: 5,
      agenda: ['Evaluasi program tahun 2024', 'Pertanggungjawaban anggaran'],
      chair: { name: 'Ketua LKKS Klaten', position: 'Ketua LKKS' },
    });
    story = { name: 'klaten', house, meeting, secretary: await house.enter('secretary', 'Rina Notulis') };
  }, 60_000);

  test('three LKS come, one of them with a name that followed', async () => {
    const { meeting, secretary } = story;
    await tapIn(secretary, meeting.list, leaders.slice(1));
    const { code } = await meeting.link('Suparno');
    await typeCode(secretary, meeting.sessions[0] ?? '', code, 'Suparno');
    await nameAtDoor(secretary, meeting.list, 'LKSA Santa Maria', 'Agnes Widya');
    expect(await figures(secretary, meeting.list)).toBe('4 dari 4 orang hadir, mewakili 3 LKS');
    await look(story, secretary, 'list');
    await handOut(story, 'Evaluasi program', 'Suparno');
  }, 60_000);

  test('programmes are reviewed, and figures whose parts do not add up are refused with the difference', async () => {
    const { meeting, secretary } = story;
    await goToTime(journey(), day, '04:30');
    await beginMinutes(secretary, meeting.minutes);
    await secretary.goto(`${meeting.minutes}/lists`);
    for (const [programme, result] of [
      ['Kerja sama dengan UIN Sunan Kalijaga Yogyakarta', 'Anak asuh LKSA didampingi mahasiswa'],
      ['Branding LKS lewat pelatihan konten kreator', 'Setiap LKS mempunyai akun'],
    ])
      await addRow(secretary, 'Tambah program', { Program: programme ?? '', Hasil: result ?? '' });
    await addRow(secretary, 'Tambah indikator', { ...orphans, 'Jumlah rincian 2': '265' });
    await secretary.getByText('Rincian berjumlah 1.234: lebih 9 (selisih 9).').first().waitFor();
    await look(story, secretary, 'lists-refused');
    await addRow(secretary, 'Tambah indikator', { 'Jumlah rincian 2': '256' });
    await addRow(secretary, 'Tambah indikator', {
      Indikator: 'Panti asuhan',
      Jumlah: '14',
      'Rincian 1': 'terakreditasi',
      'Jumlah rincian 1': '8',
      'Rincian 2': 'belum terakreditasi',
      'Jumlah rincian 2': '6',
    });
    expect(await secretary.locator('#indicators .lines > li > p .strong').allInnerTexts()).toEqual([
      'Anak yatim tanggungan pemerintah: 1.225',
      'Panti asuhan: 14',
    ]);
    await look(story, secretary, 'lists');
  }, 60_000);

  test('an LKS hands in the address of what it published, after the leader approved the minutes', async () => {
    const { meeting, secretary } = story;
    await secretary.goto(meeting.minutes);
    await typeLine(secretary, /Evaluasi program tahun 2024$/, { kind: 'decision', text: branding });
    await typeLine(secretary, /Pertanggungjawaban anggaran$/, {
      kind: 'discussion',
      text: 'Anggaran dari pemerintah kabupaten dipertanggungjawabkan.',
      person: 'Ketua LKKS Klaten',
    });
    await look(story, secretary, 'editor');
    await promiseFrom(secretary, meeting.minutes, branding, {
      title: branding,
      owner: { kind: 'LKS', name: 'LKSA Pamardi Siwi' },
      dueOn: '2025-01-31',
    });
    await look(story, secretary, 'actions');
    const leader = await approveAndPublish(story, 'Ketua LKKS Klaten', 'Suparno');
    const url = 'https://video.example/pamardi-siwi';
    await handIn(story, branding, { text: 'Video sudah tayang.', url });
    await confirmByLeader(story, leader, branding);
    expect(await leader.locator(`a[href="${url}"]`).count()).toBe(1);
  }, 90_000);
});
