/** What goes wrong around the app. */

export interface Sky {
  readonly now: number;
  /** How many boundaries between effects there were. */
  readonly boundaries: number;
}

export interface Weather {
  /** Before each invocation; returns the boundary at which the process dies, 0 for never. */
  enter(about: string, sky: Sky): number;
  /** How late each delivery of a message is; none if it is lost. */
  deliveries(queue: string, about: string): readonly number[];
  /** How far the process's clock is off, in milliseconds. */
  readonly clockErrorMs: number;
}
