import { giveNumber } from '../../features/letters/numbers.service.js';
import {
  approveLetter,
  beginLetter,
  issueLetter,
  submitLetter,
} from '../../features/letters/writing.service.js';
import { composeLetter, letterHash } from '../../features/letters/compose.js';
import { findEventFor } from '../../features/events/events.service.js';
import { findLetter } from '../../features/letters/letters.repository.js';
import { defaultSettings } from '../../features/letters/letters.schema.js';
import { ownSettings, saveSettings } from '../../features/letters/settings.service.js';
import { localParts } from '../../i18n/zones.js';
import { demoOffices } from './offices.data.js';
import type { Offices, StagedOffice } from './offices.js';
import type { Stage } from './stage.js';

/** Where each office writes its letters; the one in Banjarmasin wants them approved. */
export async function settleLetters(stage: Stage, offices: Offices): Promise<void> {
  for (const { key, city } of demoOffices) {
    const actor = offices[key]?.actor;
    if (!actor) continue;
    const { version } = await ownSettings(stage.tx, actor);
    await saveSettings(stage.deps, actor, {
      ...defaultSettings,
      place: city,
      requiresApproval: key === 'kalsel',
      copies: key === 'kalsel' ? 'Gubernur Kalimantan Selatan, sebagai laporan' : '',
      version,
    });
  }
}

interface ToldLetter {
  eventId: number;
  /** As the registry gave it; the next one when left out. */
  serial?: number;
}

/** The letter of an event: begun, approved by the leader, numbered and issued, all on the day that the story is at. */
export async function sendLetter(
  stage: Stage,
  { actor, leader }: Pick<StagedOffice, 'actor' | 'leader'>,
  { eventId, serial }: ToldLetter,
): Promise<void> {
  const { deps, clock, tx } = stage;
  const letterId = await beginLetter(deps, actor, eventId);
  const ids = { eventId, letterId };
  clock.pass(20, actor.office.zone);
  if ((await ownSettings(stage.tx, actor)).requiresApproval) {
    await submitLetter(deps, actor, ids);
    clock.pass(45, actor.office.zone);
    const event = await findEventFor(tx, leader, eventId);
    const letter = await findLetter(tx, eventId, letterId);
    const read = await composeLetter(tx, leader, event, letter, clock.now());
    await approveLetter(deps, leader, ids, letterHash(read));
  }
  clock.pass(30, actor.office.zone);
  const { date } = localParts(clock.now(), actor.office.zone);
  await giveNumber(deps, actor, ids, { date, serial: serial ?? null, suffix: '', number: '' });
  await issueLetter(deps, actor, ids);
}
