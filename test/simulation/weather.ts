/** What goes wrong, and when. Each fault has a number, so that a run can be repeated with fewer of them. */
import type { FakeArm } from "../fakes/fake-arm.ts";
import type { Effects } from "./crash.ts";

interface Sky {
  readonly arm: FakeArm;
  readonly effects: Effects;
  readonly now: number;
}

export interface Weather {
  /** Before each invocation: what it is about. */
  enter(about: string, sky: Sky): void;
  /** How late each delivery of a message is: none if it is lost. */
  deliveries(): readonly number[];
  /** How far the process's clock is off, in milliseconds. */
  readonly clockError: number;
}

const ON_TIME = [0];

export const calm: Weather = { enter: () => undefined, deliveries: () => ON_TIME, clockError: 0 };
