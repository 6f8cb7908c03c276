/**
 * What the invocations of this process cost: the local stand-in for the platform's execution metrics. Each is
 * measured from its arguments until its outputs are sent.
 */

const RECENT = 1000;

interface Totals {
  count: number;
  failures: number;
  totalMs: number;
}

interface Recent {
  readonly name: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly failed: boolean;
}

export class Metrics {
  readonly #functions: Record<string, Totals> = {};
  readonly #recent: Recent[] = [];

  record(name: string, startedAt: Date, durationMs: number, failed: boolean): void {
    this.#functions[name] ??= { count: 0, failures: 0, totalMs: 0 };
    const totals = this.#functions[name];
    totals.count += 1;
    totals.failures += failed ? 1 : 0;
    totals.totalMs += durationMs;
    this.#recent.push({ name, startedAt: startedAt.toISOString(), durationMs, failed });
    if (this.#recent.length > RECENT) this.#recent.shift();
  }

  /** Totals by function, and the last thousand invocations, oldest first. */
  report(): { functions: Record<string, Totals>; recent: readonly Recent[] } {
    return { functions: this.#functions, recent: this.#recent };
  }
}
