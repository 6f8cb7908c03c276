/**
 * What may be asked how often, and how that is counted.
 *
 *   bucket  holds `capacity` tokens; every `everyMs` it gets `refill` more, at once, until it is full again
 *   window  at most `capacity` in any stretch of `lengthMs`
 *
 * Numbers scale with a factor: 100 is a hundred times as many, refilled a hundred times as fast.
 */

interface Bucket {
  /** As Azure calls it in headers and bodies. */
  readonly name: string;
  readonly capacity: number;
  readonly refill: number;
  readonly everyMs: number;
}

interface Window {
  readonly name: string;
  readonly capacity: number;
  readonly lengthMs: number;
}

export type Limit = Bucket | Window;

/** Of a bucket, the tokens taken and when it was last refilled; of a window, when it was asked. JSON can hold it. */
export type Count = readonly number[];

export interface Measure {
  /** What is left before this call. */
  readonly left: number;
  /** Until there is room; 0: there is. */
  readonly waitMs: number;
  /** When the calls counted began. */
  readonly sinceMs: number;
  /** With this call counted. */
  readonly next: Count;
  /** When `next` is as good as none. */
  readonly idleAt: number;
}

/** `count` is undefined when nothing is counted. All times in milliseconds. */
export const measure = (
  limit: Limit,
  count: Count | undefined,
  factor: number,
  now: number,
): Measure =>
  "refill" in limit
    ? measureBucket(limit, count, factor, now)
    : measureWindow(limit, count ?? [], factor, now);

/** A budget is never scaled down to nothing. */
export const capacityOf = ({ capacity }: Limit, factor: number): number =>
  Math.max(capacity === 0 ? 0 : 1, Math.floor(capacity * factor));

/** Adding and subtracting fractions leaves less than this of a token. */
const NOTHING = 1e-6;

function measureBucket(
  bucket: Bucket,
  count: Count | undefined,
  factor: number,
  now: number,
): Measure {
  const { everyMs } = bucket;
  const capacity = capacityOf(bucket, factor);
  const refill = bucket.refill * factor;
  const [takenBefore = 0, refilledAt = now] = count ?? [];
  const steps = Math.max(0, Math.floor((now - refilledAt) / everyMs));
  // Never below empty, so that a factor made smaller is not paid for.
  const taken = Math.max(0, Math.min(takenBefore, capacity) - steps * refill);
  const lastRefill = taken > NOTHING ? refilledAt + steps * everyMs : now;
  /** When no more than `rest` are taken. */
  const down = (from: number, rest: number) =>
    lastRefill + Math.ceil((from - rest - NOTHING) / refill) * everyMs;
  const hasRoom = taken + 1 <= capacity + NOTHING;
  return {
    left: Math.max(0, capacity - taken),
    waitMs: hasRoom ? 0 : Math.max(1, down(taken, capacity - 1) - now),
    sinceMs: lastRefill,
    next: [taken + 1, lastRefill],
    idleAt: down(taken + 1, 0),
  };
}

function measureWindow(window: Window, count: Count, factor: number, now: number): Measure {
  const capacity = capacityOf(window, factor);
  const recent = count.filter((at) => at > now - window.lengthMs);
  const hasRoom = recent.length < capacity;
  // There is room again when so many have passed that fewer than the limit are left.
  const blocking = recent[recent.length - capacity] ?? now;
  return {
    left: Math.max(0, capacity - recent.length),
    waitMs: hasRoom ? 0 : Math.max(1, blocking + window.lengthMs - now),
    sinceMs: recent[0] ?? now,
    next: [...recent, now],
    idleAt: now + window.lengthMs,
  };
}
