/**
 * The emulator's time: real time, and as much more as it was told to advance. Everything that ends later is scheduled
 * here, so that operations, copies, limits and SAS follow when time is advanced.
 */
import { SortedMap } from "./state/sorted-map.ts";

/** When it is due, and what makes it different from others that are due then. */
type Key = readonly [dueAt: number, order: number];

/** Longer waits than a timer of Node can hold are taken in steps. */
const LONGEST_WAIT = 2 ** 31 - 1;

export class Clock {
  #ahead: number;
  #order = 0;
  readonly #scheduled = new SortedMap<Key, () => void>(undefined, compare);
  #timer: NodeJS.Timeout | undefined;

  /** `ahead`: milliseconds that it is in front of real time. */
  constructor(ahead = 0) {
    this.#ahead = ahead;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  iso(): string {
    return new Date(this.now()).toISOString();
  }

  get ahead(): number {
    return this.#ahead;
  }

  /** What is due by then runs, in the order in which it is due. */
  advance(ms: number): void {
    this.setAhead(this.#ahead + ms);
  }

  setAhead(ms: number): void {
    this.#ahead = ms;
    this.#runDue();
  }

  /** Never runs before this call has returned. The answer takes it back. */
  at(dueAt: number, run: () => void): () => void {
    this.#order += 1;
    const key: Key = [dueAt, this.#order];
    this.#scheduled.set(key, run);
    if (this.#scheduled.minKey() === key) this.#arm();
    return () => {
      this.#scheduled.delete(key);
    };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#scheduled.clear();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const [next] = this.#scheduled.minKey() ?? [];
    if (next === undefined) return;
    const wait = Math.min(Math.max(0, next - this.now()), LONGEST_WAIT);
    this.#timer = setTimeout(() => this.#runDue(), wait);
  }

  /** The first that is due, of those that were scheduled up to `last`. */
  #nextDue(now: number, last: number): Key | undefined {
    for (const [key] of this.#scheduled.entries()) {
      if (key[0] > now) return undefined;
      if (key[1] <= last) return key;
    }
    return undefined;
  }

  #runDue(): void {
    const now = this.now();
    const last = this.#order;
    try {
      // One at a time: what runs may take back what would have been next. What it schedules itself comes later.
      for (let key = this.#nextDue(now, last); key !== undefined; key = this.#nextDue(now, last)) {
        const run = this.#scheduled.get(key);
        this.#scheduled.delete(key);
        run?.();
      }
    } finally {
      this.#arm();
    }
  }
}

const compare = ([oneDue, one]: Key, [otherDue, other]: Key): number =>
  oneDue - otherDue || one - other;
