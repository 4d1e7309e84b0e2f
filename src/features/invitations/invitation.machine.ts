import type { InvitationState } from './invitation.entity.js';
import type { InvitationPurpose } from '../messages/purposes.js';

/** By which way a change comes: the institution's link, the office, or time itself. */
export type Way = 'link' | 'office' | 'clock';

interface Transition {
  from: readonly InvitationState[];
  to: InvitationState;
  by: readonly Way[];
  /** What the institution is told afterwards; nothing where it has just seen it itself. */
  message?: InvitationPurpose;
}

const anyone: readonly Way[] = ['link', 'office'];

/**
 * The life of an invitation, row by row as in rules.md and docs/states.md. Nothing changes a state but through
 * this table.
 */
export const transitions = {
  publish: { from: ['draft'], to: 'open', by: ['office'], message: 'invitation' },
  offer: {
    from: ['draft', 'reserve', 'waiting'],
    to: 'offered',
    by: ['office', 'clock', 'link'],
    message: 'offer',
  },
  offer_more: { from: ['accepted'], to: 'accepted', by: ['office', 'clock', 'link'], message: 'offer' },
  accept: { from: ['open', 'offered', 'declined', 'lapsed', 'accepted'], to: 'accepted', by: anyone },
  wait: { from: ['open', 'declined', 'lapsed'], to: 'waiting', by: anyone },
  promote: {
    from: ['waiting', 'accepted'],
    to: 'accepted',
    by: ['clock', 'link', 'office'],
    message: 'promotion',
  },
  decline: { from: ['open', 'offered', 'waiting', 'accepted', 'reconfirm'], to: 'declined', by: anyone },
  give_back: { from: ['accepted'], to: 'accepted', by: anyone },
  walk_in: {
    from: ['reserve', 'draft', 'open', 'offered', 'waiting', 'accepted', 'reconfirm', 'declined', 'lapsed'],
    to: 'accepted',
    by: ['office'],
  },
  stop_waiting: { from: ['accepted'], to: 'accepted', by: ['link', 'office', 'clock'] },
  void_offer: { from: ['accepted'], to: 'accepted', by: ['clock'], message: 'offer_ended' },
  lapse: { from: ['open', 'waiting'], to: 'lapsed', by: ['clock'] },
  lapse_held: { from: ['offered', 'reconfirm'], to: 'lapsed', by: ['clock'], message: 'offer_ended' },
  ask_again: { from: ['accepted', 'reconfirm'], to: 'reconfirm', by: ['office'], message: 'day_changed' },
  confirm: { from: ['reconfirm'], to: 'accepted', by: anyone },
  revoke: {
    from: ['reserve', 'draft', 'open', 'offered', 'waiting', 'accepted', 'reconfirm', 'declined', 'lapsed'],
    to: 'revoked',
    by: ['office'],
    message: 'revocation',
  },
} as const satisfies Record<string, Transition>;

export type Verb = keyof typeof transitions;

/** May this happen to an invitation in that state, by that way? Guards the change and hides the button. */
export function allows(verb: Verb, state: InvitationState, way: Way): boolean {
  const { from, by }: Transition = transitions[verb];
  return from.includes(state) && by.includes(way);
}
