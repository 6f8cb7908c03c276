/**
 * How many calls ARM and Compute take: every call is counted here, or refused with 429 and, truthfully, how long to
 * wait. A refused call counts for nothing: it takes from all of its limits, or from none.
 */
import type { ArmSettings } from "../settings.ts";
import type { Journal, JournaledPart, JournalRecord } from "../state/journal.ts";
import { Counts } from "./counts.ts";
import { type Demand, demandsOf, type ThrottledCall } from "./demands.ts";
import { Forced, type ForcedRefusal } from "./forced.ts";
import { capacityOf, type Measure, measure } from "./limit.ts";
import { tooSoon } from "./restore-point-limits.ts";
import { armRefusal, computeRefusal } from "./too-many-requests.ts";

type ThrottlingSettings = Pick<ArmSettings, "throttlingFactor" | "minimumIntervals">;

export type ComputeOperation = NonNullable<ThrottledCall["operation"]>;

interface Measured extends Demand {
  readonly key: string;
  readonly found: Measure;
}

export class Throttling implements JournaledPart {
  readonly #settings: ThrottlingSettings;
  readonly #counts = new Counts();
  readonly #forced = new Forced();
  readonly #tell: (record: JournalRecord) => void;

  /** The settings are read at each call. */
  constructor(settings: ThrottlingSettings, journal: Journal) {
    this.#settings = settings;
    this.#tell = journal.register("throttling", this);
  }

  /** How many counts are held. */
  get size(): number {
    return this.#counts.size;
  }

  /** The next calls that take from this policy, or any, are refused although there is room. */
  throttleNext(refusal: ForcedRefusal): void {
    this.#forced.add(refusal);
  }

  /** Counts the call, in ms of the emulator's clock, and answers the headers of what is left; or throws. */
  take(call: ThrottledCall, now: number): Record<string, string> {
    const demands = demandsOf(call, this.#settings.minimumIntervals === "documented");
    const measured = demands.map((demand) => this.#measure(demand, now));
    this.#refuseOnDemand(call, measured, now);
    const longest = measured.reduce<Measured | undefined>(
      (one, other) => (other.found.waitMs > (one?.found.waitMs ?? 0) ? other : one),
      undefined,
    );
    if (longest) throw this.#refusal(call, longest, measured, now);
    if (this.#factor === undefined) return headersOf(measured, 0);
    for (const each of measured) this.#count(each, now);
    return headersOf(measured, 1);
  }

  dump(): Iterable<JournalRecord> {
    return this.#counts.dump();
  }

  apply(record: JournalRecord): void {
    this.#counts.apply(record);
  }

  clear(): void {
    this.#counts.clear();
    this.#forced.clear();
  }

  /** Undefined: no limits. */
  get #factor(): number | undefined {
    const { throttlingFactor } = this.#settings;
    return throttlingFactor > 0 && throttlingFactor < Infinity ? throttlingFactor : undefined;
  }

  /** An interval is what it is, however many calls are allowed. */
  #factorOf({ by }: Demand): number {
    return by === "interval" ? 1 : (this.#factor ?? 1);
  }

  #measure(demand: Demand, now: number): Measured {
    const key = `${demand.limit.name} ${demand.owner}`.toLowerCase();
    const count = this.#factor === undefined ? undefined : this.#counts.get(key, now);
    return { ...demand, key, found: measure(demand.limit, count, this.#factorOf(demand), now) };
  }

  #count({ key, limit, found }: Measured, now: number): void {
    const { next: count, idleAt } = found;
    this.#counts.set(key, { count, idleAt }, now);
    // What refills in minutes is not worth a line in the journal for every call.
    if ("lengthMs" in limit) this.#tell([key, count, idleAt]);
  }

  #refuseOnDemand(call: ThrottledCall, measured: readonly Measured[], now: number): void {
    const countable = measured.filter(({ by }) => by !== "interval");
    const forced = this.#forced.take(countable.map(({ limit }) => limit.name));
    if (forced === undefined) return;
    const refusing =
      countable.find(({ limit }) => limit.name === forced.policy) ?? countable.at(-1);
    if (refusing === undefined) return;
    const found = { ...refusing.found, waitMs: forced.retryAfterSeconds * 1000 };
    throw this.#refusal(call, { ...refusing, found }, measured, now);
  }

  #refusal(call: ThrottledCall, refusing: Measured, measured: readonly Measured[], now: number) {
    const { by, limit, found } = refusing;
    if (by === "interval") return tooSoon(found.waitMs);
    const retryAfterSeconds = Math.ceil(found.waitMs / 1000);
    const refused = { retryAfterSeconds, headers: headersOf(measured, 0) };
    if (by === "ARM") {
      const { subscriptionId, principal } = call;
      const actor = limit.name.startsWith("global-") ? undefined : principal;
      const kind = limit.name.replace(/^global-|s$/g, "");
      return armRefusal(refused, { kind, subscriptionId, actor });
    }
    const allowed = capacityOf(limit, this.#factorOf(refusing));
    const asked = Math.floor(allowed - found.left) + 1;
    return computeRefusal(refused, {
      policy: limit.name,
      startMs: found.sinceMs,
      endMs: now,
      allowed,
      asked,
    });
  }
}

/** `taken`: 1 when the call was counted. */
function headersOf(measured: readonly Measured[], taken: 0 | 1): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { by, limit, header, found } of measured) {
    if (header === undefined) continue;
    const left = Math.max(0, Math.floor(found.left + 1e-6) - taken);
    if (by === "ARM") headers[header] = `${left}`;
    else {
      const others = headers[header] === undefined ? "" : `${headers[header]},`;
      headers[header] = `${others}Microsoft.Compute/${limit.name};${left}`;
    }
  }
  return headers;
}
