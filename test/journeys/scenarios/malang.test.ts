import { beforeAll, expect, test } from '@jest/globals';
import { makeInstitution } from '../../factories/institutions.js';
import { describeJourney } from '../../support/browser.js';
import { promiseFrom } from '../support/afterwards.js';
import { figures, guestIn, tapIn, typeCode, walkIn } from '../support/door.js';
import { goToTime, makeMeeting, openHouse } from '../support/meeting.js';
import { approveAndPublish, confirmByLeader, handIn, handOut, look, type Story } from '../support/story.js';
import { addRow, beginMinutes, typeLine } from '../support/writing.js';

const leaders = ['Sri Wahyuni', 'Bambang Irawan', 'Dewi Lestari', 'Agus Salim'];
const names = ['LKSA Kasih Bunda', 'IPWL Bina Harapan', 'LKSLU Pangesti', 'LKSD Bhakti Luhur'];
const unregistered = 'LKS Jalan Terang';
const permit = 'Mengurus izin operasional di DPMPTSP Provinsi dengan rekomendasi dinas';
const day = '2021-03-25';

describeJourney('the training in Malang at which certificates are handed over', (journey) => {
  let story: Story;

  beforeAll(async () => {
    const house = await openHouse(journey(), {
      name: 'Dinas Sosial P3AP2KB Kota Malang',
      shortName: 'Dinsos Malang',
      regionCode: '35.73',
      zone: 'Asia/Jakarta',
    });
    const meeting = await makeMeeting(house, {
      title: 'Bimbingan Teknis Peningkatan Kemampuan SDM Pengurus LKS',
      kind: 'bimtek',
      days: [day],
      place: 'The 101 Malang OJ Hotel, Klojen',
      coming: leaders.map((leader, n) => ({ name: names[n] ?? '', leader })),
      seats: 6,
      agenda: ['Penyerahan sertifikat akreditasi', 'Izin operasional LKS'],
      chair: { name: 'Penny Indriani', position: 'Kepala Dinas' },
    });
    const { regionCode } = house.office;
    await makeInstitution(journey().db, house.office, { name: unregistered, regionCode });
    story = { name: 'malang', house, meeting, secretary: await house.enter('secretary', 'Rina Notulis') };
  }, 60_000);

  test('an LKS that is not registered yet comes within the quota, and the mayor as a guest', async () => {
    const { meeting, secretary } = story;
    const [session = ''] = meeting.sessions;
    await tapIn(secretary, meeting.list, leaders.slice(1));
    const { code } = await meeting.link('Sri Wahyuni');
    await typeCode(secretary, session, code, 'Sri Wahyuni');
    await walkIn(secretary, session, { institution: unregistered, name: 'Yusuf Hadi' });
    await guestIn(secretary, session, 'Sutiaji', 'Wali Kota Malang');
    expect(await figures(secretary, meeting.list)).toBe('5 dari 5 orang hadir, mewakili 5 LKS');
    await look(story, secretary, 'list');
    await handOut(story, 'Izin operasional LKS', 'Dewi Lestari');
  }, 60_000);

  test('the certificates that were handed over stand in the minutes as a list', async () => {
    const { meeting, secretary } = story;
    await goToTime(journey(), day, '04:30');
    await beginMinutes(secretary, meeting.minutes);
    await typeLine(secretary, 'Kata pembukaan', {
      kind: 'opening',
      text: 'Wali kota membuka kegiatan dan menyerahkan sertifikat akreditasi.',
      person: 'Sutiaji, Wali Kota Malang',
    });
    await typeLine(secretary, /Izin operasional LKS$/, { kind: 'discussion', text: permit });
    await secretary.goto(`${meeting.minutes}/lists`);
    for (const [n, receiver] of leaders.slice(0, 2).entries())
      await addRow(secretary, 'Tambah penerima', {
        LKS: names[n] ?? '',
        Dokumen: 'Sertifikat akreditasi',
        Nomor: `${n + 1}/AKR/2021`,
        'Diterima oleh': receiver,
      });
    const listed = await secretary.locator('#handovers .lines > li > p').allInnerTexts();
    expect(listed).toEqual([
      expect.stringContaining('Sertifikat akreditasi · 1/AKR/2021 · Sri Wahyuni'),
      expect.stringContaining('Sertifikat akreditasi · 2/AKR/2021 · Bambang Irawan'),
    ]);
    await look(story, secretary, 'lists');
  }, 60_000);

  test('the LKS without a permit promises to get one, says so by its link, and the leader confirms', async () => {
    const { meeting, secretary } = story;
    await promiseFrom(secretary, meeting.minutes, permit, {
      title: permit,
      owner: { kind: 'LKS', name: unregistered },
      dueOn: '2021-06-30',
    });
    const leader = await approveAndPublish(story, 'Penny Indriani', 'Sri Wahyuni');
    await secretary.goto(`${meeting.minutes}/editions/1`);
    expect(await secretary.getByRole('table', { name: 'Penyerahan dokumen' }).innerText()).toContain(
      'Bambang Irawan',
    );
    await look(story, secretary, 'edition');
    await handIn(story, permit, { text: 'Izin operasional sudah terbit.' });
    await confirmByLeader(story, leader, permit);
  }, 90_000);
});
