/** Refusals on demand: calls that get a 429 although there is room. */

export interface ForcedRefusal {
  /** As headers and bodies call it, such as `PutVMResource` or `writes`; left out: any. */
  readonly policy?: string | undefined;
  readonly retryAfterSeconds: number;
  /** How many calls; default 1. */
  readonly times?: number | undefined;
}

export class Forced {
  #refusals: { refusal: ForcedRefusal; left: number }[] = [];

  add(refusal: ForcedRefusal): void {
    this.#refusals.push({ refusal, left: refusal.times ?? 1 });
  }

  /** The refusal that meets a call which takes from these policies. */
  take(policies: readonly string[]): ForcedRefusal | undefined {
    if (this.#refusals.length === 0 || policies.length === 0) return undefined;
    const found = this.#refusals.find(
      ({ refusal: { policy } }) => policy === undefined || policies.includes(policy),
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#refusals = this.#refusals.filter((each) => each !== found);
    return found.refusal;
  }

  clear(): void {
    this.#refusals = [];
  }
}
