/** Whether more than `most` things happened within any `ms`. */
export class SlidingWindow {
  readonly #times: Float64Array;
  readonly #ms: number;
  #next = 0;

  constructor(most: number, ms: number) {
    this.#times = new Float64Array(most).fill(Number.NEGATIVE_INFINITY);
    this.#ms = ms;
  }

  /** One more, at `now`. True: it is one too many. */
  add(now: number): boolean {
    const { length } = this.#times;
    const earliest = this.#times[this.#next] ?? 0;
    this.#times[this.#next] = now;
    this.#next = (this.#next + 1) % length;
    return now - earliest < this.#ms;
  }
}
