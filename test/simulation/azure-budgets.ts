/**
 * The budgets of Azure that a burst meets, in one subscription and region: what it was seen to allow of restore points
 * in 3 and in 30 minutes, and ARM's buckets of reads, writes and deletes. Whoever exceeds one gets 429, and is counted.
 */
import type { Arm, ArmFailure } from "../../src/lib/operations/arm.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** So many in any window. */
class Window {
  readonly #most: number;
  readonly #ms: number;
  #times: number[] = [];
  #first = 0;

  constructor(most: number, minutes: number) {
    this.#most = most;
    this.#ms = minutes * MINUTE;
  }

  take(now: number): boolean {
    while ((this.#times[this.#first] ?? now) <= now - this.#ms) this.#first++;
    if (this.#first > 10_000) {
      this.#times = this.#times.slice(this.#first);
      this.#first = 0;
    }
    this.#times.push(now);
    return this.#times.length - this.#first <= this.#most;
  }
}

/** So many at once, and so many more each second. */
class Bucket {
  readonly #size: number;
  readonly #refill: number;
  #left: number;
  #at = 0;

  constructor(size: number, refill: number) {
    this.#size = size;
    this.#refill = refill;
    this.#left = size;
  }

  take(now: number): boolean {
    const refilled = ((now - this.#at) / SECOND) * this.#refill;
    this.#left = Math.min(this.#size, this.#left + refilled) - 1;
    this.#at = now;
    return this.#left >= 0;
  }
}

export class AzureBudgets {
  /** How often each method met an empty budget. */
  readonly exceeded = new Map<keyof Arm, number>();
  readonly #creates = [new Window(120, 3), new Window(600, 30)];
  readonly #deletes = [new Window(350, 3), new Window(1000, 30)];
  readonly #reads = new Bucket(250, 25);
  readonly #writes = new Bucket(200, 10);
  readonly #armDeletes = new Bucket(200, 10);
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The answer instead of the usual one; undefined: there is budget. */
  readonly request = (method: keyof Arm): ArmFailure | undefined => {
    const now = this.#now();
    const allowed = this.#budgetsOf(method).map((budget) => budget.take(now));
    if (allowed.every(Boolean)) return undefined;
    this.exceeded.set(method, (this.exceeded.get(method) ?? 0) + 1);
    const error = { code: "TooManyRequests", message: "The budget is used up." };
    return { kind: "throttled", retryAfterMs: 30 * SECOND, subscriptionWide: true, error };
  };

  #budgetsOf(method: keyof Arm): readonly (Window | Bucket)[] {
    switch (method) {
      case "putRestorePoint":
      case "copyRestorePoint":
        return [...this.#creates, this.#writes];
      case "putRestorePointCollection":
      case "beginGetAccess":
      case "endGetAccess":
      case "putDisk":
      case "putNetworkInterface":
      case "putVirtualMachine":
      case "deallocate":
        return [this.#writes];
      case "deleteRestorePoint":
        return [...this.#deletes, this.#armDeletes];
      case "deleteRestorePointCollection":
      case "deleteResource":
        return [this.#armDeletes];
      default:
        return [this.#reads];
    }
  }
}

/** When the last of `count` can start at the earliest, if at most so many may in 3 and in 30 minutes. */
export function leastMs(count: number, inThree: number, inThirty: number): number {
  const last = count - 1;
  return (
    Math.floor(last / inThirty) * 30 * MINUTE + Math.floor((last % inThirty) / inThree) * 3 * MINUTE
  );
}
