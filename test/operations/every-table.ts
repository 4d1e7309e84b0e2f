/** At least one row in every table, with what copies get wrong: backslashes, tabs, nulls, arrays, JSON, times. */
export const fillEveryTable = String.raw`
INSERT INTO region VALUES ('63', 'Kalimantan Selatan', 'Asia/Makassar'), ('63.71', 'Kota Banjarmasin', 'Asia/Makassar')
  ON CONFLICT DO NOTHING;
INSERT INTO stored_file (sha256, size, media_type) VALUES (repeat('ab', 32), 9007199254740993, 'image/png');
INSERT INTO office (id, name, short_name, region_code, zone, letterhead_lines, logo_file_id, created_at) VALUES
  (11, E'Dinas "Sosial"\tdan\nlain \\N \\ ''kutip''', 'ꦲꦏ꧀ 🏛️', '63', 'Asia/Makassar',
   ARRAY['PEMERINTAH, PROVINSI', E'baris "dua" \\ {x}', '', NULL], 1, '2022-08-23 01:00:00.123456+00'),
  (13, '\N', '\.', '63.71', 'Asia/Makassar', '{}', NULL, 'infinity');
INSERT INTO signatory (office_id, name, position) VALUES (11, 'Contoh', 'Kepala Dinas');
INSERT INTO app_user (id, email, name, password_hash) VALUES (21, 'a@contoh.id', 'Á', NULL), (22, 'b@contoh.id', 'B', '$argon2id$');
DELETE FROM app_user WHERE id = 22;
SELECT setval('app_user_id_seq', 22);
INSERT INTO membership (office_id, user_id, roles) VALUES (11, 21, '{administrator,leader}');
INSERT INTO access_link (purpose, token_hash, user_id, expires_at) VALUES ('reset', repeat('c', 64), 21, now());
INSERT INTO session VALUES ('s', '{"a":  "\u0041\\n", "userId": 21}', now());
INSERT INTO failed_attempt VALUES ('k', 3, 9223372036854775807);
INSERT INTO setup_code (code_hash) VALUES (repeat('d', 64));
INSERT INTO audit_entry (office_id, user_id, way, action, subject_type, fields, detail) VALUES
  (11, 21, 'office', 'x', 'office', '{name,"a b"}', '{"n": 1.10, "t": "tab\t\"\\", "l": [null, "é"]}');
INSERT INTO institution (id, name, name_normalised, search_text, region_code, latitude, deed_date, managing_office_id, pendamping_id)
  VALUES (31, 'LKSA', 'lksa', 'lksa', '63.71', -3.316694, '2001-02-03', 11, 21);
INSERT INTO institution_service VALUES (31, 'anak', 1), (31, 'lainnya', 2);
INSERT INTO accreditation (institution_id, grade) VALUES (31, 'A');
INSERT INTO representative (id, institution_id, name, phone, is_leader) VALUES (41, 31, 'Siti', '+6281234567890', true);
INSERT INTO institution_proposal (institution_id, office_id, user_id, kind, changes) VALUES (31, 13, 21, 'change', '{"name": "x"}');
INSERT INTO search_word VALUES ('ekstra') ON CONFLICT DO NOTHING;
INSERT INTO event_series (id, office_id, name) VALUES (51, 11, 'Seri');
INSERT INTO event (id, office_id, series_id, kind, title, zone) VALUES (61, 11, 51, 'rakor', 'Rakor', 'Asia/Makassar');
INSERT INTO event (id, office_id, kind, title, zone, cloned_from_id) VALUES (60, 11, 'rakor', 'Salinan', 'Asia/Makassar', 61);
INSERT INTO event_day (id, event_id, date) VALUES (71, 61, '2022-08-23');
INSERT INTO event_session (id, day_id, starts_at) VALUES (81, 71, '2022-08-23 09:00+08');
INSERT INTO speaker (id, event_id, name, role) VALUES (91, 61, 'Narasumber', 'speaker');
INSERT INTO agenda_item (session_id, starts_at, title, speaker_id) VALUES (81, '2022-08-23 09:00+08', 'Pembukaan', 91);
INSERT INTO event_quota (event_id, seats) VALUES (61, 2);
INSERT INTO quota_stratum (id, event_id, key, seats, position) VALUES (101, 61, 'umum', 2, 1);
INSERT INTO invitation (id, event_id, institution_id, state, stratum_id, region_key, service_key) VALUES
  (111, 61, 31, 'accepted', 101, '63.71', 'anak');
INSERT INTO delegate (id, event_id, invitation_id, name, representative_id) VALUES (121, 61, 111, 'Siti', 41);
INSERT INTO seat (event_id, stratum_id, number, state, invitation_id, delegate_id) VALUES
  (61, 101, 1, 'taken', 111, 121), (61, 101, 2, 'free', NULL, NULL);
INSERT INTO invitation_change (invitation_id, event_id, at, verb, from_state, to_state, way) VALUES
  (111, 61, now(), 'accept', 'open', 'accepted', 'link');
INSERT INTO message (office_id, event_id, invitation_id, purpose, dedupe_key) VALUES (11, 61, 111, 'invite', 'k');
INSERT INTO reminder_rule VALUES (61, 'day', true, 2, '08:30');
INSERT INTO dropped_day VALUES (70, 61, '2022-08-22 09:00+08', NULL, 2, now());
INSERT INTO refused_address VALUES (repeat('a', 64), now(), '550 5.1.1 no such user');
UPDATE installation SET uid = '00000000-0000-4000-8000-000000000001';
INSERT INTO mail_settings (host, port, security, password_sealed, from_address) VALUES ('smtp.contoh.id', 587, 'starttls', 'c2VhbGVk', 'rembuk@contoh.id');
INSERT INTO import_batch (id, office_id, user_id, file_name, columns, data_from) VALUES
  (131, 11, 21, 'data "LKS".xlsx', '["nama", null]', 3);
INSERT INTO import_row (batch_id, number, cells, outcome, institution_id) VALUES
  (131, 1, ARRAY[E'LKSA\t"A"', NULL, '{}'], 'same', 31);
INSERT INTO agenda_item (id, session_id, starts_at, title) VALUES (171, 81, '2022-08-23 10:00+08', 'Pembahasan');
INSERT INTO guest (id, event_id, name, client_id) VALUES (141, 61, 'Tamu', '018f0000-0000-7000-8000-000000000001');
INSERT INTO scan_link (id, event_id, label, created_by) VALUES (151, 61, 'Pintu "utara"', 21);
INSERT INTO attendance_mark (id, client_id, event_id, session_id, delegate_id, kind, device_at, happened_at,
    recorded_at, way, user_id)
  VALUES (161, '018f0000-0000-7000-8000-000000000002', 61, 81, 121, 'in', now(), now(), now(), 'list', 21);
INSERT INTO attendance (event_id, session_id, delegate_id, state, arrived_at, last_mark_id) VALUES
  (61, 81, 121, 'present', now(), 161);
INSERT INTO material (id, event_id, agenda_item_id, title) VALUES (181, 61, 171, E'Paparan\t1');
INSERT INTO material_version (material_id, number, stored_file_id, file_name) VALUES (181, 1, 1, 'paparan.pdf');
INSERT INTO material_download (material_id, invitation_id, last_at) VALUES (181, 111, now());
INSERT INTO photo (event_id, picture_file_id, thumbnail_file_id, width, height) VALUES (61, 1, 1, 1600, 1200);
INSERT INTO minutes (event_id) VALUES (61);
INSERT INTO minutes_block (id, event_id, client_id, kind, text, position) VALUES
  (191, 61, '018f0000-0000-7000-8000-000000000003', 'issue', E'Zonasi\nsekolah', 1.5);
INSERT INTO minutes_block_version (block_id, version, kind, text, person, at) VALUES (191, 1, 'issue', 'Zonasi', '', now());
INSERT INTO issue (id, office_id, event_id, block_id) VALUES (201, 11, 61, 191);
INSERT INTO issue_response (issue_id, text, user_id, at) VALUES (201, 'Disampaikan', 21, now());
INSERT INTO handover_entry (event_id, institution_id, document) VALUES (61, 31, 'Sertifikat akreditasi');
INSERT INTO programme_review (event_id, programme) VALUES (61, 'Pendampingan');
INSERT INTO indicator (id, event_id, name, total) VALUES (211, 61, 'Anak yatim', 1225);
INSERT INTO indicator_part VALUES (211, 1, 'di luar panti', 969), (211, 2, 'di dalam panti', 256);
INSERT INTO minutes_edition (id, event_id, number, content, sha256, pdf_file_id, approved_by, approved_at) VALUES
  (221, 61, 1, '{"a":"\u00e9"}', repeat('e', 64), 1, 21, now());
INSERT INTO minutes_publication VALUES (221, 21, now());
UPDATE minutes SET state = 'published' WHERE event_id = 61;
INSERT INTO action_owner (id, office_id, kind, institution_id) VALUES (231, 11, 'institution', 31);
INSERT INTO action_item (id, office_id, event_id, title, owner_id, due_on) VALUES (241, 11, 61, 'Mengurus izin', 231, '2022-12-01');
INSERT INTO action_change (action_id, verb, from_state, to_state, way, at) VALUES (241, 'start', 'open', 'in_progress', 'link', now());
INSERT INTO action_note (action_id, client_id, text, way, at) VALUES
  (241, '018f0000-0000-7000-8000-000000000004', 'Sudah', 'link', now());
INSERT INTO action_carry (action_id, event_id, at) VALUES (241, 60, now());
INSERT INTO assignment_letter (invitation_id, stored_file_id, file_name, handed_in_at) VALUES (111, 1, 'surat tugas.pdf', now());
INSERT INTO institution_proposal (institution_id, way, invitation_id, kind, changes, before) VALUES
  (31, 'link', 111, 'change', '{"permitNumber": "1"}', '{"permitNumber": ""}');
INSERT INTO letter_settings (office_id, settings) VALUES (11, '{"font": "sans"}');
INSERT INTO invitation_letter (id, event_id, state, mode, letter_date, issued_at, content, signed_file_id) VALUES
  (261, 61, 'issued', 'list', '2022-08-01', now(), '{"format": 1}', 1);
INSERT INTO letter_number (office_id, year, serial, number, letter_id, given_at) VALUES
  (11, 2022, 123, '005/123/Dinsos/VIII/2022', 261, now());
INSERT INTO import_run (batch_id, lease_until, total) VALUES (131, now(), 12);
INSERT INTO selection_plan (event_id, settings) VALUES (61, '{"seed": "K7Q2M9"}');
INSERT INTO selection_run (id, event_id, number, settings, seed_changes, as_of, strata, comparison, unfilled, sha256,
    decided_by, decided_at)
  VALUES (251, 61, 1, '{"seed": "K7Q2M9"}', 0, '2022-08-01', '[]', '[]', 0, repeat('a', 64), 21, now());
INSERT INTO selection_entry VALUES (251, 31, 'chosen', 'umum', 1, '{"name": "LKSA \u00e9"}');
INSERT INTO selection_change (run_id, institution_id, from_outcome, to_outcome, reason, user_id, at) VALUES
  (251, 31, 'chosen', 'reserve', 'Pindah', 21, now());
INSERT INTO seat_move (event_id, from_key, to_key, seats, way, at) VALUES (61, 'napza', 'anak', 1, 'clock', now());
INSERT INTO message_template (office_id, purpose, text) VALUES (11, 'thanks', E'Terima kasih \\\\ {lks}\n*😀*');
INSERT INTO message_round (id, office_id, event_id, purpose, answer, client_id, created_by, created_at) VALUES
  (261, 11, 61, 'thanks', 'attended', '018f0000-0000-7000-8000-000000000005', 21, now());
INSERT INTO message (office_id, event_id, invitation_id, purpose, dedupe_key, round_id, skipped_at) VALUES
  (11, 61, 111, 'thanks', 'round:261:111', 261, now());
INSERT INTO wrong_number (office_id, institution_id, fingerprint, marked_at, marked_by) VALUES
  (11, 31, repeat('b', 64), now(), 21);
INSERT INTO phone_call (invitation_id, event_id, at, user_id, outcome, text) VALUES
  (111, 61, now(), 21, 'other', E'Ditelepon\t"lagi"');
`;
