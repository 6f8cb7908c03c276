/**
 * beginGetAccess and endGetAccess in memory. Each takes effect when its operation ends, in that order: one that lands
 * late undoes what came before it.
 */
import { Sas } from "../../../src/lib/grants/sas.ts";
import type { AccessAccepted, ArmFailure, Look } from "../../../src/lib/operations/arm.ts";
import {
  type FakeAccess,
  type FakeAccessOperation,
  fakeSasUrl,
  familyOf,
  findDiskRestorePoint,
} from "./fake-access.ts";
import type { FakeStore } from "./fake-store.ts";
import { type Fault, missing } from "./fault.ts";
import { reasonAgainstAccess } from "./refusals.ts";

export const ACCESSES = "https://arm.test/accesses/";
const MONITOR = "?monitor=true";
/** For so long ARM knows an operation, and its result. */
const KEPT_MS = 24 * 3_600_000;

export class FakeAccesses {
  readonly #store: FakeStore;
  readonly #now: () => number;
  readonly #ignoresExpiry: () => boolean;
  readonly #open = new Map<string, FakeAccess>();
  readonly #operations = new Map<number, FakeAccessOperation>();
  /** Operations without their effect yet. */
  #pending: FakeAccessOperation[] = [];
  #count = 0;

  constructor(store: FakeStore, now: () => number, ignoresExpiry: () => boolean) {
    this.#store = store;
    this.#now = now;
    this.#ignoresExpiry = ignoresExpiry;
  }

  /** What is open now; below `prefix` only. */
  live(prefix = ""): FakeAccess[] {
    this.#settle();
    return this.#liveAt(this.#now()).filter(({ id }) => id.startsWith(prefix.toLowerCase()));
  }

  /** Without `seconds` it ends what there is. `ms`: how long it takes to have its effect. */
  start(
    { id, seconds }: { readonly id: string; readonly seconds?: number },
    ms: number,
    fault: Fault | undefined,
  ): AccessAccepted | ArmFailure {
    this.#settle();
    const now = this.#now();
    const found = findDiskRestorePoint(this.#store, id, now);
    if (found === undefined) return missing;
    const isBegin = seconds !== undefined;
    const reason = isBegin && reasonAgainstAccess(id, found, this.#liveAt(now), now);
    if (reason) return { kind: "refused", conflict: true, error: reason };
    const number = ++this.#count;
    const operation: FakeAccessOperation = {
      number,
      id: id.toLowerCase(),
      endsAt: now + (fault?.kind === "late" ? fault.ms : ms),
      ...(isBegin ? { seconds } : {}),
      ...(fault?.kind === "failLater" ? { failure: fault.error } : {}),
    };
    this.#operations.set(number, operation);
    this.#pending.push(operation);
    const statusUrl = `${ACCESSES}${number}`;
    const resultUrl = `${statusUrl}${MONITOR}`;
    return { kind: "accepted", statusUrl, ...(isBegin ? { resultUrl } : {}) };
  }

  look(statusUrl: string): Look | ArmFailure {
    const operation = this.#operationAt(statusUrl);
    if (operation === undefined) return missing;
    if (operation.endsAt > this.#now()) return { kind: "running" };
    const { failure } = operation;
    return failure ? { kind: "failed", error: failure } : { kind: "succeeded" };
  }

  /** The SAS that a beginGetAccess came to. */
  result(resultUrl: string): { kind: "found"; sas: Sas } | ArmFailure {
    const operation = this.#operationAt(resultUrl);
    const failure = operation?.failure;
    if (operation && failure && operation.endsAt <= this.#now()) {
      return { kind: "refused", conflict: true, error: failure };
    }
    return operation?.url ? { kind: "found", sas: new Sas(operation.url) } : missing;
  }

  #operationAt(url: string): FakeAccessOperation | undefined {
    this.#settle();
    return this.#operations.get(Number(url.slice(ACCESSES.length).replace(MONITOR, "")));
  }

  #liveAt(at: number): FakeAccess[] {
    const ignoresExpiry = this.#ignoresExpiry();
    return [...this.#open.values()].filter(
      ({ id, expiresAt }) =>
        (ignoresExpiry || expiresAt > at) && findDiskRestorePoint(this.#store, id, at),
    );
  }

  #settle(): void {
    const now = this.#now();
    const due = this.#pending.filter(({ endsAt }) => endsAt <= now);
    this.#pending = this.#pending.filter(({ endsAt }) => endsAt > now);
    due.sort((one, other) => one.endsAt - other.endsAt || one.number - other.number);
    for (const operation of due) this.#take(operation);
    for (const { id } of this.#open.values()) {
      if (!findDiskRestorePoint(this.#store, id, now)) this.#open.delete(id);
    }
    for (const [number, { endsAt }] of this.#operations) {
      if (endsAt + KEPT_MS < now) this.#operations.delete(number);
    }
  }

  #take(operation: FakeAccessOperation): void {
    const { id, seconds, endsAt: at, number } = operation;
    if (operation.failure) return;
    if (seconds === undefined) {
      this.#open.delete(id);
      return;
    }
    const found = findDiskRestorePoint(this.#store, id, at);
    const live = this.#liveAt(at);
    const reason = found ? reasonAgainstAccess(id, found, live, at) : missing.error;
    if (found === undefined || reason) {
      operation.failure = reason ?? missing.error;
      return;
    }
    const before = live.find((each) => each.id === id);
    const url = before?.url ?? fakeSasUrl(number, at, seconds);
    const expiresAt = Math.max(before?.expiresAt ?? 0, at + 1000 * seconds);
    this.#open.set(id, { id, family: familyOf(found), url, expiresAt });
    operation.url = url;
  }
}
