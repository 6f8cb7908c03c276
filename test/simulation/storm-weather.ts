/**
 * Faults drawn from a seed: now and then one, and about every tenth day an hour of storm. Each VM has its own stream,
 * so that it meets the same faults whichever other VMs there are; each fault has a number, so that a run can be
 * repeated with fewer of them.
 */
import type { Fault } from "../fakes/fake-arm/fault.ts";
import { oneOf, type Random, seeded } from "./random.ts";
import type { Sky, Weather } from "./weather.ts";

interface Stream {
  /** A VM, or a timer. */
  readonly about: string;
  readonly random: Random;
  faults: number;
}

export interface StormOptions {
  readonly seed: number;
  /** Only faults with a number from `from` up to, not including, `to` happen. */
  readonly from?: number;
  readonly to?: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STORM = { every: 240, times: 15 };
const MOST_EFFECTS = 30;
const ON_TIME = [0];

/** Of each invocation, request or message. */
const CHANCE = { crash: 0.002, request: 0.004, message: 0.002, clock: 0.01 };

export class StormWeather implements Weather {
  clockErrorMs = 0;
  /** How many faults there would have been so far. */
  faults = 0;
  /** The queues whose messages may be lost. */
  loses: ReadonlySet<string> = new Set();
  /** How many there were. */
  happened = 0;
  log: (line: string) => void = () => undefined;
  /** Nothing goes wrong any more. */
  isOver = false;
  readonly #options: Required<StormOptions>;
  readonly #streams = new Map<string, Stream>();
  #stream: Stream;
  #times = 1;
  #hour = 0;

  constructor(options: StormOptions) {
    this.#options = { from: 0, to: Number.POSITIVE_INFINITY, ...options };
    this.#stream = this.#streamOf("");
  }

  /** The stream of something, always the same from the same seed. */
  stream(name: string): Random {
    let hash = this.#options.seed;
    for (let index = 0; index < name.length; index++) {
      hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
    }
    return seeded(hash);
  }

  enter(about: string, { now, boundaries }: Sky): number {
    this.#stream = this.#streamOf(about);
    this.#lookUp(now);
    // Every instance has its own clock.
    const clock = this.#strike(CHANCE.clock, "the clock is wrong");
    this.clockErrorMs = clock ? (clock() - 0.5) * 6 * SECOND : 0;
    const crash = this.#strike(CHANCE.crash, "a crash may come");
    return crash ? boundaries + Math.ceil(crash() * MOST_EFFECTS) : 0;
  }

  readonly request = (): Fault | undefined => {
    const random = this.#strike(CHANCE.request, "a request goes wrong");
    return random && faultFrom(random);
  };

  /** By the stream of the VM that the message is about, whoever sends it. */
  deliveries(queue: string, about: string): readonly number[] {
    const sender = this.#stream;
    this.#stream = this.#streamOf(about);
    const deliveries = this.#deliveries(queue);
    this.#stream = sender;
    return deliveries;
  }

  #deliveries(queue: string): readonly number[] {
    const random = this.#strike(CHANCE.message, `${queue} loses, delays or doubles`);
    if (random === undefined) return ON_TIME;
    const late = random() * 5 * MINUTE;
    return oneOf(random, [this.loses.has(queue) ? [] : ON_TIME, [late], [0, late]]);
  }

  #streamOf(about: string): Stream {
    const known = this.#streams.get(about);
    if (known) return known;
    const stream = { about, random: this.stream(about), faults: 0 };
    this.#streams.set(about, stream);
    return stream;
  }

  /** What to draw a fault from, if there is one: never from the VM's own stream, which a fault left out must not move. */
  #strike(chance: number, what: string): Random | undefined {
    if (this.isOver || this.#stream.random() >= chance * this.#times) return undefined;
    const number = this.faults++;
    const { about } = this.#stream;
    const ofVm = this.#stream.faults++;
    if (number < this.#options.from || number >= this.#options.to) return undefined;
    this.happened++;
    this.log(`fault ${number} about ${about}: ${what}`);
    return this.stream(`fault ${ofVm} of ${about}`);
  }

  #lookUp(now: number): void {
    const hour = Math.floor(now / HOUR);
    if (hour === this.#hour) return;
    this.#hour = hour;
    this.#times = this.stream(`hour ${hour}`)() < 1 / STORM.every ? STORM.times : 1;
  }
}

const FAILURES = [
  "VMRestorePointInternalError",
  "VMAgentStatusCommunicationError",
  "AllocationFailed",
  "OSProvisioningClientError",
] as const;

function faultFrom(random: Random): Fault {
  const error = { code: "InternalError", message: "An internal execution error occurred." };
  return oneOf<() => Fault>(random, [
    () => ({ kind: "unsettled", error }),
    () => ({ kind: "answerLost" }),
    () => ({ kind: "failLater", error: { ...error, code: oneOf(random, FAILURES) } }),
    () => ({
      kind: "throttled",
      retryAfterMs: random() * 2 * MINUTE,
      subscriptionWide: random() < 0.2,
      error: { code: "OperationNotAllowed", message: "Too many requests." },
    }),
  ])();
}
