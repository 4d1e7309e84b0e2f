import { z } from 'zod';
import { choice, email, many, optionalText, recordId, required } from '../../web/form.js';
import { roles } from './permissions.js';
import { isCommonPassword, longestPassword, shortestPassword } from './passwords.js';

const typedPassword = z
  .string({ error: 'error.required' })
  .min(1, { error: 'error.required' })
  .max(longestPassword, { error: 'error.too_long' });

const freshPassword = typedPassword.min(shortestPassword, { error: 'error.password_short' });

const nameParts = { nameBefore: optionalText(50), name: required(120), nameAfter: optionalText(80) };

const officeName = required(150);
const shortName = required(40);
const regionCode = z.string({ error: 'error.choose' }).regex(/^\d{2}(\.\d{2})?$/, { error: 'error.choose' });

/** A new password typed twice; `email` of the form, where it has one, must not be the password. */
const passwordTwice = { password: freshPassword, passwordAgain: z.string({ error: 'error.required' }) };

type Typed = { password: string; passwordAgain: string; email?: unknown };

function judgePassword({ password, passwordAgain, email: address }: Typed, context: z.RefinementCtx): void {
  const own = typeof address === 'string' ? [address, address.split('@')[0] ?? ''] : [];
  if (isCommonPassword(password, own))
    context.addIssue({ code: 'custom', path: ['password'], message: 'error.password_common' });
  if (password !== passwordAgain)
    context.addIssue({ code: 'custom', path: ['passwordAgain'], message: 'error.password_differs' });
}

export const signInForm = z.object({ email, password: typedPassword });

export const setupForm = z
  .object({
    code: required(40),
    officeName,
    shortName,
    regionCode,
    ...nameParts,
    email,
    ...passwordTwice,
  })
  .superRefine(judgePassword);
export type SetupForm = z.output<typeof setupForm>;

export const accessForm = z.object(passwordTwice).superRefine(judgePassword);

export const profileForm = z.object({ ...nameParts, email, language: choice(['id', 'en']) });
export type ProfileForm = z.output<typeof profileForm>;

export const passwordForm = z.object({ current: typedPassword, ...passwordTwice }).superRefine(judgePassword);

export const officeChoice = z.object({ officeId: recordId });

const roleList = many(choice(roles), roles.length).refine((chosen) => chosen.length > 0, {
  error: 'error.roles_needed',
});

export const rolesForm = z.object({ roles: roleList });

export const inviteForm = z.object({ ...nameParts, email, roles: roleList });
export type InviteForm = z.output<typeof inviteForm>;

export const newOfficeForm = z.object({ officeName, shortName, regionCode, ...nameParts, email });
export type NewOfficeForm = z.output<typeof newOfficeForm>;

export const resetForm = z.object({ email });

export const forgottenForm = z.object({ email });
