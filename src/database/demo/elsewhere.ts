import { instantOf } from '../../i18n/zones.js';
import { playAfterwards } from './afterwards.js';
import { attend } from './attending.js';
import type { PastEvent } from './elsewhere.data.js';
import { answers, choose, holdEvent, institutionIds, publishAndSend, sendQueued } from './inviting.js';
import { officeOf, type Offices } from './offices.js';
import { planEvent } from './planning.js';
import { checkRecords, inviteUnlisted } from './records.js';
import type { Stage } from './stage.js';

/** Plays a past event from its plan to its last day, with all LKS of the office invited. */
async function playPast(stage: Stage, offices: Offices, past: PastEvent): Promise<void> {
  const { clock, dice } = stage;
  const { actor, leader } = officeOf(offices, past.office);
  const { zone } = actor.office;
  clock.moveTo(instantOf(past.published, '08:30', zone));
  const eventId = await planEvent(stage, actor, past.plan);
  const reception = { stage, actor, eventId };
  const listed = await institutionIds(stage, actor);
  await choose(reception, past.unlisted ? listed.slice(1) : listed);
  if (past.unlisted) await inviteUnlisted(reception, past.unlisted.name, past.unlisted.regionCode);
  const left = dice.shuffled(await publishAndSend(reception));
  const { two, one, decline } = past.replies;
  const replies = [
    ...left.splice(0, two).map(({ id }) => [id, { seats: 2 }] as const),
    ...left.splice(0, one).map(({ id }) => [id, { seats: 1 }] as const),
    ...left.splice(0, decline).map(({ id }) => [id, 'decline'] as const),
  ];
  for (const [id, says] of dice.shuffled(replies)) {
    clock.pass(dice.between(10, 100), zone);
    await answers(reception, id, says);
  }
  if (past.plan.recordCheck) await checkRecords(reception);
  await sendQueued(reception);
  await holdEvent(reception, (until) => attend(reception, past.presence, until));
  await playAfterwards(reception, leader, { office: past.office, firstDay: past.plan.event.firstDay });
}

export async function playAll(stage: Stage, offices: Offices, events: readonly PastEvent[]): Promise<void> {
  for (const past of events) await playPast(stage, offices, past);
}
