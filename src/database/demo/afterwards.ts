import type { OfficeActor } from '../../features/accounts/permissions.js';
import { agreeAt, playPromises } from './follow-ups.js';
import { followUps } from './follow-ups.data.js';
import type { Reception } from './inviting.js';
import { finishMinutes, writeMinutes } from './minutes.js';
import { toldMinutes } from './minutes.data.js';

/** What an event leaves behind: minutes with what was agreed in them, their approval, and what became of it all. */
export async function playAfterwards(
  reception: Reception,
  leader: OfficeActor,
  { office, firstDay }: { office: string; firstDay: string },
): Promise<void> {
  const key = `${firstDay} ${office}`;
  const told = toldMinutes[key];
  if (told) await writeMinutes(reception, told);
  const steps = await agreeAt(reception, followUps[key] ?? {});
  if (told) await finishMinutes(reception, leader, told.until);
  await playPromises(reception.stage, reception.actor, steps);
}
