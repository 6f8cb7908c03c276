/** Lets events of one subscription overtake each other: every other one waits until the next has been tried. */
import type { Clock } from "../arm/clock.ts";

/** Nobody waits for ever for an event that may not come. */
const LONGEST_WAIT = 5000;

export class Overtaking {
  #release: (() => void) | undefined;

  /** Resolves when it is the event's turn; what it answers is to be called once the event was tried. */
  async turn(clock: Clock, signal: AbortSignal): Promise<() => void> {
    const release = this.#release;
    this.#release = undefined;
    if (release) return release;
    const { promise, resolve } = Promise.withResolvers<void>();
    const go = () => resolve();
    this.#release = go;
    const takeBack = clock.at(clock.now() + LONGEST_WAIT, go);
    signal.addEventListener("abort", go, { once: true });
    await promise;
    takeBack();
    signal.removeEventListener("abort", go);
    if (this.#release === go) this.#release = undefined;
    return () => undefined;
  }
}
