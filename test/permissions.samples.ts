import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Office } from '../src/features/offices/office.entity.js';
import { keepInStore, makeAction, makeOwner } from './factories/actions.js';
import { makeEvent } from './factories/events.js';
import { makeInstitution } from './factories/institutions.js';
import { emptyContent } from './factories/minutes.js';
import { makeUser, nextSerial } from './factories/people.js';
import { makeRun } from './factories/selections.js';

/** Makes a record of an office; `above` are the ids that stand before this one in the path. */
export type Sample = (db: DataSource, office: Office, above: number[]) => Promise<number>;

/** Inserts a row and returns its id. */
async function row(db: DataSource, sql: string, values: unknown[]): Promise<number> {
  const [made] = (await db.query(`${sql} RETURNING id`, values)) as [{ id: number }];
  return made.id;
}

const invitation: Sample = async (db, office, [eventId]) => {
  const institution = await makeInstitution(db, office);
  const stratum = await row(
    db,
    `INSERT INTO quota_stratum (event_id, key, position, seats) VALUES ($1, 'umum', 0, 1)
     ON CONFLICT (event_id, key) DO UPDATE SET seats = quota_stratum.seats`,
    [eventId],
  );
  return row(
    db,
    `INSERT INTO invitation (event_id, institution_id, state, stratum_id, region_key, service_key)
     VALUES ($1, $2, 'open', $3, '63.71', 'anak')`,
    [eventId, institution, stratum],
  );
};

const aSession = '/events/:id/attendance/sessions/:sessionId';

/** The event's own session. */
const sessionOf: Sample = async (db, _office, [eventId]) => {
  const [session] = (await db.query(
    `SELECT x.id FROM event_session x JOIN event_day y ON y.id = x.day_id WHERE y.event_id = $1`,
    [eventId],
  )) as [{ id: number }];
  return session.id;
};

/** Minutes of the event, begun, as far as a record in them needs some. */
const minutes = (db: DataSource, eventId: number | undefined): Promise<unknown> =>
  db.query(`INSERT INTO minutes (event_id, chair_name) VALUES ($1, 'Ketua Uji') ON CONFLICT DO NOTHING`, [
    eventId,
  ]);

const line = async (db: DataSource, eventId: number | undefined, kind: string): Promise<number> => {
  await minutes(db, eventId);
  return row(
    db,
    `INSERT INTO minutes_block (event_id, client_id, kind, text) VALUES ($1, gen_random_uuid(), $2, 'Baris uji')`,
    [eventId, kind],
  );
};

const edition: Sample = async (db, office, [eventId]) => {
  await minutes(db, eventId);
  const file = await row(
    db,
    `INSERT INTO stored_file (sha256, size, media_type) VALUES (repeat('0', 64), 1, 'application/pdf')
     ON CONFLICT (sha256) DO UPDATE SET size = 1`,
    [],
  );
  await db.query(
    `INSERT INTO minutes_edition (event_id, number, content, sha256, pdf_file_id, approved_by, approved_at)
     VALUES ($1, 1, $2, repeat('0', 64), $3, $4, now()) ON CONFLICT DO NOTHING`,
    [eventId, JSON.stringify(emptyContent), file, (await makeUser(db, office, ['leader'])).id],
  );
  return 1;
};

/** A row whose content is nowhere: what it stands for is told to be gone (410), which is neither found nor refused. */
const storedFile = (db: DataSource): Promise<number> =>
  row(db, `INSERT INTO stored_file (sha256, size, media_type) VALUES ($1, 1, 'text/plain')`, [
    randomBytes(32).toString('hex'),
  ]);

async function material(db: DataSource, eventId: number | undefined): Promise<number> {
  const id = await row(db, `INSERT INTO material (event_id, title) VALUES ($1, 'Paparan Uji')`, [eventId]);
  await row(
    db,
    `INSERT INTO material_version (material_id, number, stored_file_id, file_name) VALUES ($1, 1, $2, 'a.txt')`,
    [id, await storedFile(db)],
  );
  return id;
}

/**
 * How to make the record that an id in a path stands for, by the path up to that id. Made anew for each route,
 * so that a route may use its record up.
 */
export const samples: Record<string, Sample> = {
  '/settings/signatories/:id': (db, office) =>
    row(db, `INSERT INTO signatory (office_id, name, position, sort) VALUES ($1, $2, 'Kepala Dinas', 1)`, [
      office.id,
      `Pejabat Uji ${nextSerial()}`,
    ]),
  '/settings/colleagues/:id': async (db, office) => (await makeUser(db, office, ['secretary'])).id,

  '/settings/outbox/:messageId': async (db, office) => {
    const eventId = await samples['/events/:id']!(db, office, []);
    const invitationId = await invitation(db, office, [eventId]);
    await db.query(
      `UPDATE institution SET email = 'panti@contoh.id' WHERE id = (SELECT institution_id FROM invitation WHERE id = $1)`,
      [invitationId],
    );
    return row(
      db,
      `INSERT INTO message (office_id, event_id, invitation_id, purpose, channel, dedupe_key)
       VALUES ($1, $2, $3, 'invitation', 'email', 'sample:' || gen_random_uuid())`,
      [office.id, eventId, invitationId],
    );
  },

  '/institutions/:id': (db, office) => makeInstitution(db, office),
  '/institutions/import/:batch': async (db, office) =>
    row(
      db,
      `INSERT INTO import_batch (office_id, user_id, file_name, columns, data_from)
       VALUES ($1, $2, 'daftar.xlsx', '[]', 2)`,
      [office.id, (await makeUser(db, office)).id],
    ),
  '/institutions/:id/representatives/:person': (db, _office, [id]) =>
    row(db, `INSERT INTO representative (institution_id, name) VALUES ($1, 'Pengurus Uji')`, [id]),
  '/institutions/:id/accreditations/:accreditation': (db, _office, [id]) =>
    row(db, `INSERT INTO accreditation (institution_id, grade) VALUES ($1, 'B')`, [id]),
  '/institutions/:id/proposals/:proposal': async (db, office, [id]) =>
    row(
      db,
      `INSERT INTO institution_proposal (institution_id, office_id, user_id, kind) VALUES ($1, $2, $3, 'change')`,
      [id, office.id, (await makeUser(db, office)).id],
    ),

  '/institutions/:id/checks/:check': async (db, office, [id]) => {
    const event = await samples['/events/:id']!(db, office, []);
    const [stratum] = (await db.query('SELECT id FROM quota_stratum WHERE event_id = $1', [event])) as [
      { id: number },
    ];
    const invitationId = await row(
      db,
      `INSERT INTO invitation (event_id, institution_id, state, stratum_id, region_key, service_key)
       VALUES ($1, $2, 'accepted', $3, '63.71', 'anak')`,
      [event, id, stratum.id],
    );
    return row(
      db,
      `INSERT INTO institution_proposal (institution_id, way, invitation_id, kind, changes, before)
       VALUES ($1, 'link', $2, 'change', $3, $4)`,
      [
        ...[id, invitationId],
        JSON.stringify({ phone: '+628123456789', permitNumber: '460/7', services: ['anak', 'napza'] }),
        JSON.stringify({ phone: null, permitNumber: '', services: ['anak'] }),
      ],
    );
  },

  '/events/:id': async (db, office) => {
    const id = await makeEvent(db, office);
    await row(db, `INSERT INTO quota_stratum (event_id, key, position, seats) VALUES ($1, 'umum', 0, 0)`, [
      id,
    ]);
    return id;
  },
  '/events/:id/quota/reserved/:seatId': (db, _office, [id]) =>
    row(db, `INSERT INTO seat (event_id, number, pool, reserved_for) VALUES ($1, 1, 'reserved', 'speaker')`, [
      id,
    ]),
  '/events/:id/selection/musts/:institutionId': (db, office) => makeInstitution(db, office),
  '/events/:id/selection/runs/:runId': async (db, office, [id]) =>
    makeRun(db, Number(id), (await makeUser(db, office)).id, await makeInstitution(db, office)),
  '/events/:id/materials/:materialId': (db, _office, [id]) => material(db, id),
  '/events/:id/materials/:materialId/versions/:number': () => Promise.resolve(1),
  '/events/:id/photos/:photoId': async (db, _office, [id]) => {
    const [picture, thumbnail] = [await storedFile(db), await storedFile(db)];
    return row(
      db,
      `INSERT INTO photo (event_id, picture_file_id, thumbnail_file_id, width, height) VALUES ($1, $2, $3, 4, 3)`,
      [id, picture, thumbnail],
    );
  },
  '/events/:id/invitations/:invitationId': invitation,
  '/events/:id/invitations/whatsapp/:messageId': async (db, office, above) =>
    row(
      db,
      `INSERT INTO message (office_id, event_id, invitation_id, purpose, dedupe_key)
       VALUES ($1, $2, $3, 'invitation', $4)`,
      [office.id, above[0], await invitation(db, office, above), randomBytes(8).toString('hex')],
    ),
  '/events/:id/invitations/:invitationId/letters/:letterId': async (db, _office, [, invitationId]) =>
    row(
      db,
      `INSERT INTO assignment_letter (invitation_id, stored_file_id, file_name, handed_in_at)
       VALUES ($1, $2, 'surat.pdf', now())`,
      [invitationId, await storedFile(db)],
    ),
  '/events/:id/attendance/scan-links/:linkId': async (db, office, [eventId]) =>
    row(db, `INSERT INTO scan_link (event_id, label, created_by) VALUES ($1, 'Pintu', $2)`, [
      eventId,
      (await makeUser(db, office)).id,
    ]),
  [aSession]: sessionOf,
  [`${aSession}/delegates/:delegateId`]: async (db, office, above) => {
    const invitationId = await invitation(db, office, above);
    return row(db, `INSERT INTO delegate (event_id, invitation_id, name) VALUES ($1, $2, 'Utusan Uji')`, [
      above[0],
      invitationId,
    ]);
  },
  [`${aSession}/guests/:guestId`]: (db, _office, [eventId]) =>
    row(db, `INSERT INTO guest (event_id, name) VALUES ($1, 'Tamu Uji')`, [eventId]),
  [`${aSession}/walk-in/:institutionId`]: (db, office) => makeInstitution(db, office),
  [`${aSession}/speakers/:speakerId`]: (db, _office, [eventId]) =>
    row(db, `INSERT INTO speaker (event_id, name, role) VALUES ($1, 'Narasumber Uji', 'speaker')`, [eventId]),
  '/events/:id/invitations/:invitationId/delegates/:delegateId': (db, _office, [eventId, invitationId]) =>
    row(db, `INSERT INTO delegate (event_id, invitation_id, name) VALUES ($1, $2, 'Utusan Uji')`, [
      eventId,
      invitationId,
    ]),

  '/settings/numbers/:id': (db, office) =>
    row(
      db,
      `INSERT INTO letter_number (office_id, year, serial, number, reason, noted, given_at)
       SELECT $1, 2020, coalesce(max(serial), 0) + 1, coalesce(max(serial), 0) + 1, 'Batal', true, now()
       FROM letter_number WHERE office_id = $1 AND year = 2020`,
      [office.id],
    ),
  '/events/:id/letters/:letterId': async (db, office, above) => {
    await invitation(db, office, above);
    return row(
      db,
      `INSERT INTO invitation_letter (event_id, mode, subject, addressee, signed_file_id)
       VALUES ($1, 'each', 'Undangan', 'Yth. Pimpinan {lks}', $2)`,
      [above[0], await storedFile(db)],
    );
  },
  '/events/:id/letters/:letterId/invitations/:invitationId': invitation,

  '/events/:id/minutes/blocks/:blockId': (db, _office, [eventId]) => line(db, eventId, 'discussion'),
  '/events/:id/minutes/editions/:number': edition,
  '/events/:id/minutes/handovers/:rowId': async (db, office, [eventId]) => {
    await minutes(db, eventId);
    return row(
      db,
      `INSERT INTO handover_entry (event_id, institution_id, document) VALUES ($1, $2, 'Sertifikat')`,
      [eventId, await makeInstitution(db, office)],
    );
  },
  '/events/:id/minutes/reviews/:rowId': async (db, _office, [eventId]) => {
    await minutes(db, eventId);
    return row(db, `INSERT INTO programme_review (event_id, programme) VALUES ($1, 'Program uji')`, [
      eventId,
    ]);
  },
  '/events/:id/minutes/indicators/:rowId': async (db, _office, [eventId]) => {
    await minutes(db, eventId);
    return row(db, `INSERT INTO indicator (event_id, name, total) VALUES ($1, 'Indikator uji', 3)`, [
      eventId,
    ]);
  },
  '/issues/:id': async (db, office) => {
    const eventId = await makeEvent(db, office);
    return row(db, `INSERT INTO issue (office_id, event_id, block_id) VALUES ($1, $2, $3)`, [
      office.id,
      eventId,
      await line(db, eventId, 'issue'),
    ]);
  },
  '/actions/owners/:ownerId': (db, office) => makeOwner(db, office, { kind: 'unit', name: 'Bidang Uji' }),
  '/actions/:id': (db, office) => makeAction(db, office),
  '/actions/:id/notes/:noteId': async (db, _office, [id]) => {
    const file = await keepInStore(db);
    return row(
      db,
      `INSERT INTO action_note (action_id, client_id, text, stored_file_id, thumbnail_file_id, file_name, way, at)
       VALUES ($1, gen_random_uuid(), 'Kabar uji', $2, $2, 'bukti.jpg', 'link', now())`,
      [id, file],
    );
  },
  '/events/:id/actions/:actionId': async (db, office, [eventId]) => {
    const seriesId = await row(db, `INSERT INTO event_series (office_id, name) VALUES ($1, $2)`, [
      office.id,
      `Seri Uji ${nextSerial()}`,
    ]);
    await db.query('UPDATE event SET series_id = $2 WHERE id = $1', [eventId, seriesId]);
    const earlier = await makeEvent(db, office, { days: ['2025-03-20'], state: 'finished' });
    await db.query('UPDATE event SET series_id = $2 WHERE id = $1', [earlier, seriesId]);
    return makeAction(db, office, { eventId: earlier });
  },
};
