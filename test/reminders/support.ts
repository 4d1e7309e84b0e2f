import { markSent } from '../../src/features/invitations/invitations.repository.js';
import { queueDueReminders } from '../../src/features/reminders/reminders.service.js';
import type { InstitutionGiven } from '../factories/institutions.js';
import { dayFromNow, type Scene, type SceneGiven } from '../factories/scenes.js';
import { instantOf } from '../../src/i18n/zones.js';
import { openCounter, type Counter } from '../invitations/support.js';

export const zone = 'Asia/Makassar';
/** Days from now on which the events of these tests have their answer-by (23.59) and begin (09.00). */
export const [answerByDay, firstDay] = [20, 30];

export interface Told {
  invitation: number;
  delegate: number | null;
  purpose: string;
  channel: string;
  state: string;
  detail: { changes?: unknown[] };
}

/** An office whose clock the test moves, and what its institutions are told. */
export interface Watch extends Counter {
  /** An announced event of which all that are invited were told. */
  told(given?: Partial<SceneGiven>): Promise<Scene>;
  /** Moves the clock to an hour of the event's zone, so many days from now. */
  at(day: number, hour: string): void;
  /** What the clock does about reminders. @returns how many are reminded */
  remind(): Promise<number>;
  /** What was written about an event, by these purposes; cancelled messages are left out. */
  messages(eventId: number, ...purposes: string[]): Promise<Told[]>;
  send(...invitations: number[]): Promise<void>;
}

export const people = (count: number, given: InstitutionGiven = {}): InstitutionGiven[] =>
  Array.from({ length: count }, () => given);

export async function openWatch(): Promise<Watch> {
  const counter = await openCounter();
  const { app, host } = counter;
  const watch: Watch = {
    ...counter,
    async told(given = {}) {
      const scene = await counter.scene({ quota: { seats: 10 }, institutions: people(3), ...given });
      await app.db.query('UPDATE event SET published_at = $2 WHERE id = $1', [
        scene.eventId,
        app.clock.now(),
      ]);
      await watch.send(...scene.invitations);
      return scene;
    },
    at: (day, hour) => app.clock.set(instantOf(dayFromNow(day), hour, zone).toISOString()),
    remind: () => queueDueReminders(app.deps),
    messages: (eventId, ...purposes) =>
      app.db.query(
        `SELECT invitation_id AS invitation, delegate_id AS delegate, purpose, channel, state, detail FROM message
         WHERE event_id = $1 AND purpose = ANY ($2) AND state <> 'cancelled' ORDER BY invitation_id, delegate_id, id`,
        [eventId, purposes],
      ),
    async send(...invitations) {
      for (const id of invitations) await markSent(app.db, id, host.actor.userId, app.clock.now());
    },
  };
  return watch;
}
