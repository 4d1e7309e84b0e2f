import { expect, test } from '@jest/globals';
import {
  allows,
  transitions,
  type Verb,
  type Way,
} from '../../src/features/invitations/invitation.machine.js';
import { invitationStates } from '../../src/features/invitations/invitation.entity.js';

type Row = [from: string, verb: Verb, to: string, by: string, told: string];

/** The table of answers of rules.md, written down a second time: from it alone is judged what the program allows. */
const table: Row[] = [
  ['draft', 'publish', 'open', 'office', 'invitation'],
  ['draft reserve waiting', 'offer', 'offered', 'link office clock', 'offer'],
  ['accepted', 'offer_more', 'accepted', 'link office clock', 'offer'],
  ['open offered declined lapsed accepted', 'accept', 'accepted', 'link office', ''],
  ['open declined lapsed', 'wait', 'waiting', 'link office', ''],
  ['waiting accepted', 'promote', 'accepted', 'link office clock', 'promotion'],
  ['open offered waiting accepted reconfirm', 'decline', 'declined', 'link office', ''],
  ['accepted', 'give_back', 'accepted', 'link office', ''],
  // Not a row of rules.md, but its rule 5: who stands at the door is let in by the office, whatever was answered.
  [
    'reserve draft open offered waiting accepted reconfirm declined lapsed',
    'walk_in',
    'accepted',
    'office',
    '',
  ],
  ['accepted', 'stop_waiting', 'accepted', 'link office clock', ''],
  ['accepted', 'void_offer', 'accepted', 'clock', 'offer_ended'],
  ['open waiting', 'lapse', 'lapsed', 'clock', ''],
  ['offered reconfirm', 'lapse_held', 'lapsed', 'clock', 'offer_ended'],
  ['accepted reconfirm', 'ask_again', 'reconfirm', 'office', 'day_changed'],
  ['reconfirm', 'confirm', 'accepted', 'link office', ''],
  [
    'reserve draft open offered waiting accepted reconfirm declined lapsed',
    'revoke',
    'revoked',
    'office',
    'revocation',
  ],
];

test('the table has a row for every verb of the program, and no other', () => {
  expect(table.map(([, verb]) => verb).sort()).toEqual(Object.keys(transitions).sort());
});

test.each(table)('from %s, %s leads to %s, by %s, and tells: %s', (from, verb, to, by, told) => {
  const ways: Way[] = ['link', 'office', 'clock'];
  const allowed = invitationStates.flatMap((state) =>
    ways.filter((way) => allows(verb, state, way)).map((way) => `${state} by ${way}`),
  );
  const wanted = invitationStates.flatMap((state) =>
    ways
      .filter((way) => from.split(' ').includes(state) && by.split(' ').includes(way))
      .map((way) => `${state} by ${way}`),
  );
  expect(allowed).toEqual(wanted);
  const row: { to: string; message?: string } = transitions[verb];
  expect([row.to, row.message ?? '']).toEqual([to, told]);
});

test('nothing leads out of a revoked invitation', () => {
  const verbs = Object.keys(transitions) as Verb[];
  const ways: Way[] = ['link', 'office', 'clock'];
  expect(verbs.filter((verb) => ways.some((way) => allows(verb, 'revoked', way)))).toEqual([]);
});
