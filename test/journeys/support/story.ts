import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { phone } from '../../support/browser.js';
import {
  confirmDone,
  download,
  expectApprovedPaper,
  openAction,
  ownerLink,
  reportDone,
  talk,
  upload,
} from './afterwards.js';
import { openLink } from './delegate.js';
import { inspect } from './inspect.js';
import type { House, Meeting } from './meeting.js';
import { approveMinutes, publishMinutes, submitMinutes } from './writing.js';

/** A meeting as its roles go through it; pictures bear its name. */
export interface Story {
  name: string;
  house: House;
  meeting: Meeting;
  secretary: Page;
}

export const look = ({ name }: Story, page: Page, what: string): Promise<void> =>
  inspect(page, `${name}-${what}`);

/** The secretary uploads a talk; a delegate gets the very same file on a phone without script. */
export async function handOut(story: Story, title: string, delegate: string): Promise<void> {
  const { house, meeting, secretary } = story;
  const slides = await talk(title);
  await upload(secretary, meeting.materials, `${title}.pdf`, slides);
  await look(story, secretary, 'materials');
  const page = await openLink(house.journey, (await meeting.link(delegate)).path);
  expect((await download(page, title)).equals(slides)).toBe(true);
}

/** The leader reads and approves on a phone, the secretary publishes, and a delegate reads the very paper. */
export async function approveAndPublish(story: Story, leaderName: string, delegate: string): Promise<Page> {
  const { house, meeting, secretary } = story;
  await submitMinutes(secretary, meeting.minutes);
  const leader = await house.enter('leader', leaderName);
  await look(story, leader, 'home-leader');
  await leader.goto(meeting.minutes);
  const station = await leader.locator('.path [aria-current]').boundingBox();
  expect(station && station.x + station.width).toBeLessThanOrEqual(390);
  await look(story, leader, 'approval');
  await approveMinutes(leader);
  await publishMinutes(secretary, meeting.minutes);
  await look(story, secretary, 'published');
  const reader = await house.journey.open(phone);
  await reader.goto((await meeting.link(delegate)).path);
  await expectApprovedPaper(reader, secretary, `${meeting.minutes}/editions/1`);
  await look(story, reader, 'delegate');
  return leader;
}

/** Whoever owes a follow-up hands it in an hour later, on a phone without script. */
export async function handIn(
  story: Story,
  title: string,
  news: { text: string; url?: string },
): Promise<void> {
  const { journey } = story.house;
  const link = await ownerLink(story.secretary, title);
  journey.clock.forward(1);
  await look(story, story.secretary, 'owner');
  await reportDone(await openLink(journey, link), link, news);
  const seen = await journey.open(phone);
  await seen.goto(link);
  expect(await seen.getByText('perlu dikerjakan').count()).toBe(0);
  await look(story, seen, 'owner-link');
}

/** The leader looks at what was handed in, and confirms it. */
export async function confirmByLeader(story: Story, leader: Page, title: string): Promise<void> {
  await openAction(leader, title);
  await look(story, leader, 'action');
  await confirmDone(leader);
}
