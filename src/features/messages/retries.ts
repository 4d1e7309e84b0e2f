const minute = 60_000;

/** After the first refusals for now; afterwards every six hours. */
const firstDelays = [1, 5, 15, 60, 180];
const laterDelay = 360;

/** Five delays of 4 h 21 min in all, and eleven of six hours: about three days, as RFC 5321 §4.5.4.1 gives up after 4–5. */
const mostAttempts = 17;

/**
 * When a message that was refused for now is tried again, or undefined when it has been tried for long enough.
 * @param attempts that have failed, this one among them
 */
export function nextAttempt(attempts: number, now: Date): Date | undefined {
  if (attempts >= mostAttempts) return undefined;
  return new Date(now.getTime() + (firstDelays[attempts - 1] ?? laterDelay) * minute);
}

/** When a server that takes nothing from us is asked again, from a minute up to half an hour. */
export function nextLook(troubleSince: Date, now: Date): Date {
  const lasted = now.getTime() - troubleSince.getTime();
  return new Date(now.getTime() + Math.min(30 * minute, Math.max(minute, lasted / 2)));
}
