import { expect, test } from '@jest/globals';
import {
  may,
  permissions,
  roles,
  type Actor,
  type Permission,
  type Role,
} from '../../src/features/accounts/permissions.js';

/** The table of roles of rules.md, written down a second time: what is built so far. */
const table: Record<Permission, Role[]> = {
  'office.settings': ['administrator'],
  'office.colleagues': ['administrator'],
  'registry.edit': ['administrator', 'organizer'],
  'event.edit': ['administrator', 'organizer'],
  'quota.edit': ['administrator', 'organizer'],
  'invitation.edit': ['administrator', 'organizer'],
  'message.manage': ['administrator', 'organizer'],
  'answer.record': ['administrator', 'organizer', 'secretary'],
  'attendance.record': ['administrator', 'organizer', 'secretary'],
  'material.edit': ['administrator', 'organizer', 'secretary'],
  'letter.approve': ['leader'],
  'minutes.write': ['administrator', 'organizer', 'secretary'],
  'minutes.approve': ['leader'],
  'minutes.publish': ['administrator', 'organizer', 'secretary', 'leader'],
  'action.write': ['administrator', 'organizer', 'secretary'],
  'action.verify': ['administrator', 'organizer', 'leader'],
  'action.drop': ['leader'],
  'needs.read': ['administrator', 'organizer'],
  'persons.export': ['administrator', 'organizer', 'secretary'],
  'audit.read': ['administrator', 'leader'],
  'settings.read': ['administrator', 'organizer', 'leader'],
  'office.read': ['administrator', 'organizer', 'secretary', 'leader'],
};
const names = Object.keys(permissions) as Permission[];

const actor = (given: readonly Role[], isInstallationAdmin = false): Actor =>
  ({ isInstallationAdmin, office: { id: 1, roles: given } }) as unknown as Actor;

test.each(names)('%s is for exactly the roles of the table', (permission) => {
  expect(roles.filter((role) => may(actor([role]), permission))).toEqual(
    roles.filter((role) => table[permission].includes(role)),
  );
});

test('several roles add up, none of them gives nothing, and an installation administrator has none by that', () => {
  expect(may(actor(['secretary', 'leader']), 'answer.record')).toBe(true);
  expect(may(actor(['secretary', 'leader']), 'audit.read')).toBe(true);
  const nobody = [actor([]), actor([], true), { ...actor(roles), office: undefined }, undefined];
  for (const who of nobody) expect(names.filter((permission) => may(who, permission))).toEqual([]);
});
