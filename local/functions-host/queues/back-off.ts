/** How long an idle queue listener waits: randomised exponential steps up to a maximum, back to the minimum on work. */

const MINIMUM_MS = 100;
/** Each step varies by a fifth, so that many listeners do not poll in step. */
const VARIATION = 0.2;

export interface BackOff {
  readonly delayMs: number;
  /** Steps taken since the last message. */
  readonly steps: number;
}

export const NO_BACK_OFF: BackOff = { delayMs: 0, steps: 0 };

/** `random` is in [0, 1). A message found since the last wait starts the steps again. */
export function nextBackOff(
  last: BackOff,
  hasFound: boolean,
  maximumMs: number,
  random: number,
): BackOff {
  if (hasFound) return { delayMs: Math.min(MINIMUM_MS, maximumMs), steps: 1 };
  if (last.delayMs >= maximumMs) return { ...last, delayMs: maximumMs };
  const factor = 1 - VARIATION + random * 2 * VARIATION;
  const extra = last.steps === 0 ? 0 : factor * 2 ** (last.steps - 1) * MINIMUM_MS;
  return { delayMs: Math.min(MINIMUM_MS + extra, maximumMs), steps: last.steps + 1 };
}
