/** What the emulator was asked, for tests and benchmarks. Paths only: a query could hold what must not be kept. */

export interface LoggedRequest {
  /** When it was received, in milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Absent while it is handled, and for ever when the connection was cut. */
  readonly status?: number;
}

/** Enough for any test; an emulator that runs for weeks must not keep every request. */
const KEPT = 20_000;

export class RequestLog {
  #requests: LoggedRequest[] = [];

  /** Oldest first. */
  get requests(): readonly LoggedRequest[] {
    return this.#requests;
  }

  received(method: string, path: string): { answered(status: number): void } {
    const entry: { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] } = {
      at: Date.now(),
      method,
      path,
    };
    this.#requests.push(entry);
    if (this.#requests.length > KEPT) this.#requests.shift();
    return {
      answered: (status) => {
        entry.status = status;
      },
    };
  }

  clear(): void {
    this.#requests = [];
  }
}
