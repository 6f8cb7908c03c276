/**
 * The emulator's time: real time, and as much more as it was told to advance. Everything that ends later is scheduled
 * here, so that operations, copies, limits and SAS follow when time is advanced.
 */

interface Scheduled {
  readonly dueAt: number;
  readonly run: () => void;
}

/** Longer waits than a timer of Node can hold are taken in steps. */
const LONGEST_WAIT = 2 ** 31 - 1;

export class Clock {
  #ahead: number;
  readonly #scheduled = new Set<Scheduled>();
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
    const scheduled = { dueAt, run };
    this.#scheduled.add(scheduled);
    this.#arm();
    return () => {
      this.#scheduled.delete(scheduled);
    };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#scheduled.clear();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = Math.min(...[...this.#scheduled].map(({ dueAt }) => dueAt));
    if (next === Number.POSITIVE_INFINITY) return;
    const wait = Math.min(Math.max(0, next - this.now()), LONGEST_WAIT);
    this.#timer = setTimeout(() => this.#runDue(), wait);
  }

  #runDue(): void {
    const now = this.now();
    const due = [...this.#scheduled].filter(({ dueAt }) => dueAt <= now);
    due.sort((one, other) => one.dueAt - other.dueAt);
    for (const each of due) this.#scheduled.delete(each);
    for (const { run } of due) run();
    this.#arm();
  }
}
