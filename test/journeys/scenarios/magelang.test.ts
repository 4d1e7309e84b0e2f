import { beforeAll, expect, test } from '@jest/globals';
import { describeJourney } from '../../support/browser.js';
import { promiseFrom } from '../support/afterwards.js';
import { correct, figures, guestIn, openPerson, speakerIn, tapIn, typeCode } from '../support/door.js';
import { goToTime, makeMeeting, openHouse } from '../support/meeting.js';
import { approveAndPublish, confirmByLeader, handIn, handOut, look, type Story } from '../support/story.js';
import { beginMinutes, typeLine, typeResponse } from '../support/writing.js';

const host = 'Panti Asuhan Mayu Dharma Putra';
/** Eleven institutions, two people from each. */
const coming = Array.from({ length: 11 }, (_, n) => ({
  name: n === 0 ? host : `LKSA Magelang ${n + 1}`,
  leader: `Pengurus ${'ABCDEFGHIJK'[n]}`,
  second: `Pendamping ${'ABCDEFGHIJK'[n]}`,
}));
const people = coming.flatMap(({ leader, second }) => [leader, second]);
const statutes = 'Menyusun anggaran dasar LKKS Kota Magelang';
const day = '2020-02-13';

describeJourney('the meeting of Magelang in the hall of an LKS', (journey) => {
  let story: Story;

  beforeAll(async () => {
    const house = await openHouse(journey(), {
      name: 'Dinas Sosial Kota Magelang',
      shortName: 'Dinsos Magelang',
      regionCode: '33.71',
      zone: 'Asia/Jakarta',
    });
    const meeting = await makeMeeting(house, {
      title: 'Penguatan Kelembagaan LKKS Kota Magelang',
      label: 'Penguatan kelembagaan LKKS',
      days: [day],
      place: `Aula ${host}`,
      coming,
      seats: 22,
      agenda: ['Pengalaman LKKS Kabupaten Temanggung', 'Program MONCER SERIUS'],
      chair: { name: 'Wulandari', position: 'Penyuluh Sosial Muda' },
    });
    story = { name: 'magelang', house, meeting, secretary: await house.enter('secretary', 'Rina Notulis') };
  }, 60_000);

  test('22 people come from 11 institutions: two counts, and speakers beside them', async () => {
    const { meeting, secretary } = story;
    const [session = ''] = meeting.sessions;
    await tapIn(secretary, meeting.list, people.slice(1));
    const { code } = await meeting.link('Pengurus A');
    await typeCode(secretary, session, code, 'Pengurus A');
    await speakerIn(secretary, session, 'Wulandari');
    await guestIn(secretary, session, 'Narasumber Temanggung', 'LKKS Kabupaten Temanggung');
    expect(await figures(secretary, meeting.list)).toBe('22 dari 22 orang hadir, mewakili 11 LKS');
    await look(story, secretary, 'list');
    await openPerson(secretary, meeting.list, 'Pendamping K');
    await correct(secretary, 'Tidak hadir', 'Salah ketuk');
    expect(await figures(secretary, meeting.list)).toBe('21 dari 22 orang hadir, mewakili 11 LKS');
    await openPerson(secretary, meeting.list, 'Pendamping K');
    await correct(secretary, 'Hadir', 'Ternyata duduk di belakang');
    await handOut(story, 'Pengalaman LKKS Temanggung', 'Pengurus A');
  }, 60_000);

  test('what was asked and answered leads to a promise, approval and a paper for those who came', async () => {
    const { meeting, secretary } = story;
    await goToTime(journey(), day, '04:30');
    await beginMinutes(secretary, meeting.minutes);
    await typeLine(secretary, /Temanggung$/, {
      kind: 'issue',
      text: 'LKKS Kota Magelang belum mempunyai anggaran dasar.',
      person: 'Pengurus A',
      origin: host,
    });
    await typeResponse(
      secretary,
      /Temanggung$/,
      'LKKS Kabupaten Temanggung bersedia membagikan contohnya.',
      'Narasumber Temanggung',
    );
    await typeLine(secretary, /MONCER SERIUS$/, { kind: 'decision', text: statutes });
    await look(story, secretary, 'editor');
    await promiseFrom(secretary, meeting.minutes, statutes, {
      title: statutes,
      owner: { kind: 'Pihak luar', name: 'LKKS Kota Magelang' },
      dueOn: '2020-04-30',
    });
    await look(story, secretary, 'actions');
    const leader = await approveAndPublish(story, 'Kepala Dinas Magelang', 'Pengurus A');
    await handIn(story, statutes, { text: 'Anggaran dasar sudah disahkan.' });
    await confirmByLeader(story, leader, statutes);
  }, 90_000);
});
