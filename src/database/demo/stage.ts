import type { DataSource } from 'typeorm';
import type { Clock } from '../../clock.js';
import type { Deps } from '../../deps.js';
import { instantOf, localParts } from '../../i18n/zones.js';
import type { Tx } from '../data-source.js';
import { Dice } from './dice.js';

const minute = 60_000;

/** The time of what is told: moved by the story, which so is written by the very services that people use. */
export class DemoClock implements Clock {
  constructor(private at: Date) {}

  now = (): Date => new Date(this.at);

  moveTo(at: Date): void {
    this.at = at;
  }

  /** Moves on by minutes; what would fall into the night happens the next morning. */
  pass(minutes: number, zone: string): void {
    const later = new Date(this.at.getTime() + minutes * minute);
    const { date, time } = localParts(later, zone);
    const isNight = time < '06:30' || time > '21:00';
    this.at = isNight ? nextMorning(later, date, zone) : later;
  }
}

function nextMorning(at: Date, date: string, zone: string): Date {
  const morning = instantOf(date, '06:45', zone);
  return morning > at ? morning : new Date(morning.getTime() + 24 * 60 * minute);
}

/** Everything that the parts of the demo are made with. */
export interface Stage {
  tx: Tx;
  deps: Deps & { clock: DemoClock };
  clock: DemoClock;
  dice: Dice;
  /** When the demo is filled: dates of the present are counted from here. */
  today: Date;
}

/**
 * Services get the transaction of the whole demo in place of the database: theirs become savepoints within it,
 * and a kill midway leaves nothing.
 */
export function setStage(deps: Deps, tx: Tx): Stage {
  const today = deps.clock.now();
  const clock = new DemoClock(today);
  return {
    tx,
    clock,
    today,
    dice: new Dice(),
    deps: { ...deps, clock, db: tx as unknown as DataSource },
  };
}
