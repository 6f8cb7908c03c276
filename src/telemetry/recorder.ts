/**
 * Takes what is to be told about the app, as plain data, and hands it on in the background: nothing that a function does
 * waits for it, or fails with it. What sends it is loaded after the first invocation that had something to tell, since
 * loading it takes longer than most invocations do.
 */
import type { Measurement } from "../lib/metrics.ts";
import { once } from "../lib/once.ts";
import type { Span } from "../lib/span.ts";
import type { SendBatch } from "../lib/telemetry-batch.ts";

/** What comes in meanwhile is sent together. */
const EVERY_MS = 5000;
/** Of each: what comes beyond them is dropped. At half a kilobyte a span this is a megabyte. */
export const MOST_WAITING = 2000;
/** A process that is never idle loads the sender all the same. */
const LATEST_LOAD_MS = 30_000;
/** A batch that is not sent by then keeps no other from being sent, unless there are several. */
const GIVEN_UP_AFTER_MS = 30_000;
const MOST_UNSETTLED = 3;

interface RecorderOptions {
  /** Of what sends. */
  readonly load: () => Promise<SendBatch>;
  readonly tracesPercent?: number;
  readonly everyMs?: number;
}

export class Recorder {
  readonly #load: () => Promise<SendBatch>;
  readonly #everyMs: number;
  /** Of all traces, how many are recorded. */
  readonly tracesPercent: number;
  #hasLoaded = false;
  #spans: Span[] = [];
  #measurements: Measurement[] = [];
  #running = 0;
  #timer: NodeJS.Timeout | undefined;
  #waitingSince = 0;
  #sending: Promise<void> | undefined;
  #unsettled = 0;

  constructor({ load, tracesPercent = 100, everyMs = EVERY_MS }: RecorderOptions) {
    this.#load = once(load);
    this.#everyMs = everyMs;
    this.tracesPercent = tracesPercent;
  }

  span(span: Span): void {
    if (isSampled(span) && this.#spans.length < MOST_WAITING) this.#spans.push(span);
  }

  measure(...measurements: readonly Measurement[]): void {
    const room = MOST_WAITING - this.#measurements.length;
    this.#measurements.push(...measurements.slice(0, room));
  }

  began(): void {
    this.#running += 1;
  }

  ended(): void {
    this.#running -= 1;
    if (this.#timer !== undefined) return;
    this.#waitingSince = Date.now();
    this.#wait();
  }

  /** Resolves when all that was told has been sent, or is lost; after `atMostMs` in any case. */
  async flush(atMostMs: number): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // What hangs keeps nothing else from being sent.
    await within(
      atMostMs,
      Promise.all([this.#sending, this.#send()]).then(() => undefined),
    );
  }

  #wait(): void {
    // The process may end meanwhile.
    this.#timer = setTimeout(() => this.#onTime(), this.#everyMs).unref();
  }

  #onTime(): void {
    const isEarly = Date.now() < this.#waitingSince + LATEST_LOAD_MS;
    if (this.#sending || (!this.#hasLoaded && this.#running > 0 && isEarly)) {
      this.#wait();
      return;
    }
    this.#timer = undefined;
    this.#sending = within(GIVEN_UP_AFTER_MS, this.#send()).finally(() => {
      this.#sending = undefined;
    });
  }

  async #send(): Promise<void> {
    const batch = { spans: this.#spans, measurements: this.#measurements };
    const isEmpty = batch.spans.length === 0 && batch.measurements.length === 0;
    if (isEmpty || this.#unsettled >= MOST_UNSETTLED) return;
    this.#unsettled += 1;
    this.#spans = [];
    this.#measurements = [];
    try {
      const send = await this.#load();
      this.#hasLoaded = true;
      await send(batch);
    } catch {
      // Lost, and nobody to tell: this is what tells.
    } finally {
      this.#unsettled -= 1;
    }
  }
}

/** Whole traces are recorded or left out: by their ids, so that all processes decide alike. */
const isSampled = ({ traceId, percent }: Span): boolean =>
  Number.parseInt(traceId.slice(0, 8), 16) < (percent / 100) * 2 ** 32;

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds).unref();
  await Promise.race([work, over]);
  clearTimeout(timer);
}
