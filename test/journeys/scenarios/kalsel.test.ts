import { beforeAll, expect, test } from '@jest/globals';
import { makeInstitution } from '../../factories/institutions.js';
import { describeJourney, phone } from '../../support/browser.js';
import { promiseFrom } from '../support/afterwards.js';
import { figures, speakerIn, tapIn, typeCode, walkIn } from '../support/door.js';
import { goToTime, makeMeeting, openHouse } from '../support/meeting.js';
import { approveAndPublish, confirmByLeader, handIn, handOut, look, type Story } from '../support/story.js';
import { beginMinutes, typeLine } from '../support/writing.js';

const days = ['2022-08-23', '2022-08-24', '2022-08-25'];
const leaders = ['Norhayati', 'Hasanuddin', 'Rusmini', 'Supriadi', 'Kartini', 'Ahmad Fauzi'];
const coming = leaders.map((leader, n) => ({ name: `LKSA Banua ${n + 1}`, leader }));
const unreached = 'Mengundang LKS yang belum pernah terjangkau pada kegiatan tahun depan';

describeJourney('the three days of training in Banjarmasin', (journey) => {
  let story: Story;

  beforeAll(async () => {
    const house = await openHouse(journey(), {
      name: 'Dinas Sosial Provinsi Kalimantan Selatan',
      shortName: 'Dinsos Kalsel',
      regionCode: '63',
      zone: 'Asia/Makassar',
    });
    const meeting = await makeMeeting(house, {
      title: 'Bimbingan Teknis Lembaga Kesejahteraan Sosial se-Kalimantan Selatan',
      kind: 'bimtek',
      days,
      place: 'Banjarmasin',
      coming,
      seats: 6,
      agenda: ['Penanganan PPKS secara langsung dan menyeluruh'],
      chair: { name: 'Siti Rahmah', position: 'Kepala Dinas Sosial' },
    });
    await makeInstitution(journey().db, house.office, {
      name: 'LKSA Tidak Diundang',
      regionCode: house.office.regionCode,
    });
    story = { name: 'kalsel', house, meeting, secretary: await house.enter('secretary', 'Rina Notulis') };
  }, 60_000);

  test('on the first day all come, and the head of the office as a guest', async () => {
    const { meeting, secretary } = story;
    await tapIn(secretary, meeting.list, leaders);
    await speakerIn(secretary, meeting.sessions[0] ?? '', 'Siti Rahmah');
    expect(await figures(secretary, meeting.list)).toBe('6 dari 6 orang hadir, mewakili 6 LKS');
    await look(story, secretary, 'list');
  }, 60_000);

  test('on the second day codes are typed, and an LKS comes that nobody invited', async () => {
    const { house, meeting, secretary } = story;
    await goToTime(house.journey, days[1] ?? '', '01:40');
    for (const name of leaders.slice(0, 2)) {
      const { code } = await meeting.link(name);
      await typeCode(secretary, meeting.sessions[1] ?? '', code, name);
    }
    await look(story, secretary, 'scan-late');
    await walkIn(secretary, meeting.sessions[1] ?? '', {
      institution: 'LKSA Tidak Diundang',
      name: 'Datang Sendiri',
      reason: 'mewakili kabupaten yang belum terjangkau',
    });
    expect(await figures(secretary, meeting.list)).toBe('3 dari 7 orang hadir, mewakili 3 LKS');
  }, 60_000);

  test('on the third day all seven are there, and a delegate sees three days of their own', async () => {
    const { house, meeting, secretary } = story;
    await goToTime(house.journey, days[2] ?? '', '00:50');
    await tapIn(secretary, meeting.list, [...leaders, 'Datang Sendiri']);
    expect(await figures(secretary, meeting.list)).toBe('7 dari 7 orang hadir, mewakili 7 LKS');
    const delegate = await house.journey.open(phone);
    await delegate.goto((await meeting.link('Norhayati')).path);
    expect(await delegate.locator('.own-attendance li').allInnerTexts()).toEqual([
      expect.stringContaining('Hadir 08.45'),
      expect.stringContaining('Hadir 09.40'),
      expect.stringContaining('Hadir 08.50'),
    ]);
    await look(story, delegate, 'own-attendance');
    await handOut(story, 'Penanganan PPKS', 'Norhayati');
  }, 60_000);

  test('both speeches stand in minutes that the leader approves and a delegate reads', async () => {
    const { meeting, secretary } = story;
    await beginMinutes(secretary, meeting.minutes);
    await typeLine(secretary, 'Kata pembukaan', {
      kind: 'opening',
      text: 'LKS bekerja berdasarkan UU 11/2009, PP 39/2012, dan Permensos 184/2011.',
      person: 'Siti Rahmah, Kepala Dinas',
    });
    await typeLine(secretary, 'Kata pembukaan', {
      kind: 'opening',
      text: 'PPKS ditangani secara langsung dan menyeluruh.',
      person: 'Kepala bidang pemberdayaan sosial',
    });
    await typeLine(secretary, /PPKS/, {
      kind: 'discussion',
      text: 'Hanya 30 dari 135 LKS yang dapat diundang tahun ini.',
    });
    await typeLine(secretary, /PPKS/, { kind: 'decision', text: unreached });
    await look(story, secretary, 'editor');
    await promiseFrom(secretary, meeting.minutes, unreached, {
      title: unreached,
      owner: { kind: 'LKS', name: 'LKSA Banua 1' },
      dueOn: '2023-03-31',
    });
    await look(story, secretary, 'actions');
    const leader = await approveAndPublish(story, 'Siti Rahmah', 'Norhayati');
    await handIn(story, unreached, { text: 'Daftar LKS yang belum terjangkau sudah disusun.' });
    await confirmByLeader(story, leader, unreached);
  }, 90_000);
});
