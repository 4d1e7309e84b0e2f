import type { DataSource } from 'typeorm';
import type { Tx } from '../../database/data-source.js';
import type { OfficeActor } from '../accounts/permissions.js';
import type { Event } from './event.entity.js';
import { stepsOf, type EventStep } from './event-steps.js';
import { countsOf, findEvent } from './events.repository.js';

/** The head and the path that stand above every page of an event. */
export interface EventFrame {
  event: Event;
  steps: EventStep[];
}

/**
 * An event of the actor's office.
 * @throws NotFound for an event of another office, or none
 */
export const findEventFor = (tx: Tx, actor: OfficeActor, id: number): Promise<Event> =>
  findEvent(tx, actor, id);

/**
 * What `views/events/frame.ejs` needs: the event, and its stations with what is done and missing.
 * @throws NotFound for an event of another office, or none
 */
export async function eventFrame(db: DataSource, actor: OfficeActor, eventId: number): Promise<EventFrame> {
  const event = await findEvent(db.manager, actor, eventId);
  const counts = await countsOf(db.manager, eventId);
  return { event, steps: stepsOf(event, counts) };
}
