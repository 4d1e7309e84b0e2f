import { z } from 'zod';
import { checkbox, choice, clockTime, seenVersion, wholeNumber } from '../../web/form.js';
import { slots, type Rule, type Slot } from './rules.js';

const ruleFields = (slot: Slot) => ({
  [`${slot}_active`]: checkbox,
  // The bounds of the column too.
  [`${slot}_days`]: wholeNumber(0, 60),
  [`${slot}_hour`]: clockTime,
});

type Fields = Record<`${Slot}_active`, boolean> &
  Record<`${Slot}_days`, number> &
  Record<`${Slot}_hour`, string>;

/** The rules of an event, as one form. */
export const rulesSchema = z
  .object({ version: seenVersion, ...(Object.assign({}, ...slots.map(ruleFields)) as z.ZodRawShape) })
  .transform((typed) => {
    const fields = typed as unknown as Fields & { version: number };
    const ruleOf = (slot: Slot): Rule => ({
      active: fields[`${slot}_active`],
      days: fields[`${slot}_days`],
      hour: fields[`${slot}_hour`],
    });
    const rules = Object.fromEntries(slots.map((slot) => [slot, ruleOf(slot)])) as Record<Slot, Rule>;
    return { version: fields.version, rules };
  });
export type RulesForm = z.output<typeof rulesSchema>;

export const stopSchema = z.object({
  act: choice(['stop', 'resume']),
  /** Where the button stood that leads back. */
  from: z.enum(['list']).optional().catch(undefined),
});
