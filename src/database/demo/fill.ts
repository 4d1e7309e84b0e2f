import type { DataSource } from 'typeorm';
import type { Deps } from '../../deps.js';
import { hasUsers } from '../../features/accounts/setup.service.js';
import { inTransaction } from '../data-source.js';
import { playComing } from './coming.js';
import { afterKalsel, beforeKalsel } from './elsewhere.data.js';
import { playAll } from './elsewhere.js';
import { playKalsel2022 } from './kalsel-2022.js';
import { playOwedToday } from './follow-ups.js';
import { settleLetters } from './letters.js';
import { playMaterials } from './materials.js';
import { officeOf, openOffices } from './offices.js';
import { demoPassword } from './offices.data.js';
import { playPresent } from './present.js';
import { handInLetters, shareOnePhone } from './records.js';
import { fillRegistry } from './registry.js';
import { playSelected } from './selected.js';
import { setStage, type Stage } from './stage.js';

export interface DemoSignIn {
  name: string;
  /** Roles as in the memberships, `organizer`; several with commas; `installation` for who opens offices. */
  role: string;
  /** Short names; empty for who belongs to none. */
  office: string;
  email: string;
  password: string;
}

/** What a newcomer needs to look around: printed when the demo starts. */
export interface DemoSummary {
  signIns: DemoSignIn[];
  /** One institution's page to answer its invitation, below the address of the program. */
  answerPath: string | undefined;
}

/** Two processes that start at once: the second waits, and finds what the first has filled. */
const fillLock = `SELECT pg_advisory_xact_lock(hashtext('demo'))`;

/**
 * Fills an empty database with the demo's offices, registry and events, once: all of it, or nothing when it is
 * interrupted. What is in a database already is left as it is.
 */
export async function fillDemo(deps: Deps): Promise<DemoSummary> {
  await inTransaction(deps.db, async (tx) => {
    await tx.query(fillLock);
    if (!(await hasUsers(tx))) await play(setStage(deps, tx));
  });
  return { signIns: await findSignIns(deps.db), answerPath: await findAnswerPath(deps) };
}

async function play(stage: Stage): Promise<void> {
  const offices = await openOffices(stage);
  await settleLetters(stage, offices);
  await fillRegistry(stage, offices);
  const dinas = officeOf(offices, 'kalsel');
  const kalsel = dinas.actor;
  await playAll(stage, offices, beforeKalsel);
  await playKalsel2022(stage, dinas);
  await playAll(stage, offices, afterKalsel);
  const coming = { stage, actor: kalsel, eventId: await playComing(stage, dinas) };
  await playSelected(stage, dinas);
  await playOwedToday(stage, kalsel);
  await playPresent(stage, kalsel);
  await playMaterials(stage, offices);
  await handInLetters(coming);
  await shareOnePhone(coming);
}

/** The people of the demo who are still there; in an office's own database there are none. */
async function findSignIns(db: DataSource): Promise<DemoSignIn[]> {
  const rows = (await db.query(
    `SELECT u.email, u.name,
       CASE WHEN u.is_installation_admin THEN 'installation' ELSE array_to_string(min(m.roles), ', ') END AS role,
       coalesce(string_agg(o.short_name, ', ' ORDER BY m.id), '') AS office
     FROM app_user u LEFT JOIN membership m ON m.user_id = u.id LEFT JOIN office o ON o.id = m.office_id
     WHERE u.email LIKE '%.example' AND u.deactivated_at IS NULL GROUP BY u.id ORDER BY u.id`,
  )) as Omit<DemoSignIn, 'password'>[];
  return rows.map((row) => ({ ...row, password: demoPassword }));
}

/** An institution that has not answered yet, and whose representative is known: two taps accept. */
async function findAnswerPath({ db, links, clock }: Deps): Promise<string | undefined> {
  const [open] = (await db.query(
    `SELECT i.id, i.token_version AS version FROM invitation i JOIN event e ON e.id = i.event_id
     WHERE i.state = 'open' AND e.state = 'published' AND e.answer_by > $1 AND i.visits = 0 AND EXISTS (
       SELECT 1 FROM representative r
       WHERE r.institution_id = i.institution_id AND r.ended_at IS NULL AND r.phone IS NOT NULL)
     ORDER BY i.service_key = 'anak' DESC, i.id LIMIT 1`,
    [clock.now()],
  )) as { id: number; version: number }[];
  return open && `/u/${links.token('invitation', open.id, open.version)}`;
}
