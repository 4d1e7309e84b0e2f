/** Roles of a person in an office, and who may do what: the table of rules.md, word for word. */
export const roles = ['administrator', 'organizer', 'secretary', 'leader'] as const;
export type Role = (typeof roles)[number];

const everyone: readonly Role[] = roles;

export const permissions = {
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
  'minutes.publish': everyone,
  'action.write': ['administrator', 'organizer', 'secretary'],
  'action.verify': ['administrator', 'organizer', 'leader'],
  'action.drop': ['leader'],
  'needs.read': ['administrator', 'organizer'],
  'persons.export': ['administrator', 'organizer', 'secretary'],
  'audit.read': ['administrator', 'leader'],
  'settings.read': ['administrator', 'organizer', 'leader'],
  'office.read': everyone,
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** Who is signed in, and for which of their offices they are acting now. */
export interface Actor {
  userId: number;
  name: string;
  email: string;
  isInstallationAdmin: boolean;
  office: ActingOffice | undefined;
  /** In how many offices the person has a role: with more than one, the page offers to switch. */
  officeCount: number;
}

export interface ActingOffice {
  id: number;
  name: string;
  shortName: string;
  regionCode: string;
  zone: string;
  accent: string;
  roles: readonly Role[];
}

/** An actor with an office: what every record of an office is found through. */
export type OfficeActor = Actor & { office: ActingOffice };

export function may(actor: Actor | undefined, permission: Permission): boolean {
  const allowed: readonly Role[] = permissions[permission];
  return actor?.office?.roles.some((role) => allowed.includes(role)) ?? false;
}
