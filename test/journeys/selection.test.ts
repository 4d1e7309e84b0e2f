import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { makePast } from '../factories/attendance.js';
import { makeInstitution } from '../factories/institutions.js';
import { factoryPassword, makeOffice, makeUser } from '../factories/people.js';
import { describeJourney, desktop, phone, signIn } from '../support/browser.js';
import { accept, openLink, title } from './support/delegate.js';
import { inspect } from './support/inspect.js';
import { draftEvent, linkOf, press, publish, setAnswerBy } from './support/organizer.js';

describeJourney('from eight institutions to three places, and why', (journey) => {
  let organizer: Page;
  let event: string;
  let leaderEmail: string;

  beforeAll(async () => {
    const { db } = journey();
    const office = await makeOffice(db, { shortName: 'Dinsos Kalsel' });
    const user = await makeUser(db, office, ['organizer']);
    leaderEmail = (await makeUser(db, office, ['leader'])).email;
    // They came one after the other, so that their order is known: who came longest ago is in greatest need.
    for (let n = 1; n <= 6; n += 1) {
      const leader = { name: `Ketua ${n}`, phone: `+6281200000${n}00` };
      const id = await makeInstitution(db, office, { name: `Panti Asuhan Ke-${n}`, leader });
      await makePast(db, office, user.id, id, { day: `202${n - 1}-05-20` });
    }
    for (const name of ['Rumah Difabel Satu', 'Rumah Difabel Dua'])
      await makeInstitution(db, office, { name, services: ['disabilitas'] });
    organizer = await journey().open(desktop);
    await signIn(organizer, user.email, factoryPassword);
  }, 60_000);

  test('the organizer sets the number, looks at the reasons, and tries another number', async () => {
    event = await draftEvent(organizer, { title: 'Bimtek Manajemen Kasus', firstDay: '2026-03-20' });
    await setAnswerBy(organizer, event, '2026-03-13');
    await organizer.goto(`${event}/quota`);
    await organizer.getByRole('link', { name: 'Pemilihan adil' }).click();
    await organizer.locator('[name=number]').fill('3');
    await press(organizer, 'Simpan dan lihat hasilnya');
    await organizer.getByText('3 dari 8 LKS terpilih').first().waitFor();
    await organizer.getByText('terakhir ikut bimtek 20 Mei 2020').first().waitFor();
    await organizer.locator('[name=count]').fill('4');
    await press(organizer, 'Coba');
    await organizer.getByText('1 LKS ikut terpilih').waitFor();
    await inspect(organizer, 'selection-what-if');
  }, 60_000);

  test('says who must be invited, and why', async () => {
    await organizer.goto(`${event}/selection?q=Ke-6`);
    await organizer.getByRole('link', { name: /Tetapkan sendiri/ }).click();
    await organizer.locator('#must-reason').fill('Tuan rumah kegiatan');
    await inspect(organizer, 'selection-must');
    await press(organizer, 'Harus diundang');
    await organizer.goto(`${event}/selection?show=chosen`);
    await organizer.getByText('harus diundang: Tuan rumah kegiatan', { exact: true }).waitFor();
  }, 60_000);

  test('decides, and the leader reads the result on a phone', async () => {
    await organizer.locator('#decision summary').click();
    await organizer.locator('#decision details').getByRole('button').click();
    await organizer.waitForURL(/\/selection\/runs\/\d+$/);
    await organizer.getByText('Pemilihan ditetapkan.').waitFor();
    await inspect(organizer, 'selection-run');
    const leader = await journey().open(phone);
    await signIn(leader, leaderEmail, factoryPassword);
    await leader.goto(organizer.url());
    await leader.getByText('3 dari 8 LKS terpilih').first().waitFor();
    expect(await leader.getByRole('link', { name: /^Ubah/ }).count()).toBe(0);
    await inspect(leader, 'selection-run-leader');
    await leader.goto(`${event}/selection/simulation`);
    await inspect(leader, 'selection-simulation');
  }, 60_000);

  test('one who was chosen cannot come, and the next reserve is asked, and comes', async () => {
    await publish(organizer, event);
    const chosen = await openLink(journey(), await linkOf(organizer, event, 'Panti Asuhan Ke-1'));
    expect(await title(chosen)).toBe('1 kursi ditawarkan');
    await press(chosen, 'Berhalangan');
    const next = await openLink(journey(), await linkOf(organizer, event, 'Panti Asuhan Ke-2'));
    expect(await title(next)).toBe('1 kursi ditawarkan');
    await accept(next);
    expect(await title(next)).toBe('Anda tercatat akan hadir: 1 orang');
    await organizer.goto(`${event}/invitations/queue`);
    await organizer.getByText('Panti Asuhan Ke-3').waitFor();
    await inspect(organizer, 'queue');
  }, 60_000);
});
