/**
 * Asynchronous operations: accepted now, ended later, each by the behaviour of its kind.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations
 */
import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { ResourceMap } from "../state/resource-map.ts";
import type { Json } from "../state/state.ts";
import type { Operation, OperationError, OperationKind } from "./operation.ts";

/** The error that it ends with, or what it gives, or nothing. */
type Outcome = OperationError | { readonly output: Json } | undefined;

export interface Behaviour {
  /** Ends it. Done twice, it must not do harm: a kill may come between. */
  readonly finish: (operation: Operation) => Promise<Outcome> | Outcome;
  /** Sets right what was begun when it ends with an error. */
  readonly fail?: (operation: Operation, error: OperationError) => Promise<void> | void;
}

export type Accepted = Omit<Operation, "id" | "startTime" | "status" | "dueAt">;

export class Operations {
  readonly #kept: ResourceMap<Operation>;
  readonly #clock: Clock;
  readonly #keptForMs: () => number;
  readonly #behaviours = new Map<OperationKind, Behaviour>();
  readonly #ending = new Map<string, Promise<void>>();
  readonly #waiting = new Map<string, () => void>();
  #ended: Operation[] = [];
  #idle: (() => void)[] = [];
  #frozen = false;

  constructor(kept: ResourceMap<Operation>, clock: Clock, keptForMs: () => number) {
    this.#kept = kept;
    this.#clock = clock;
    this.#keptForMs = keptForMs;
  }

  behave(kind: OperationKind, behaviour: Behaviour): void {
    this.#behaviours.set(kind, behaviour);
  }

  /** Undefined also when it ended too long ago. */
  get(id: string): Operation | undefined {
    this.#forgetOld();
    return this.#kept.get(id);
  }

  /** Ends after `ms`; undefined: it hangs. */
  start(accepted: Accepted, ms: number | undefined): Operation {
    this.#forgetOld();
    const operation = this.#kept.set({
      ...accepted,
      id: randomUUID(),
      startTime: this.#clock.iso(),
      status: "InProgress",
      ...(ms === undefined ? {} : { dueAt: this.#clock.now() + ms }),
    });
    this.#schedule(operation);
    return operation;
  }

  /** After a restart, or when a state was loaded: what was under way goes on. */
  resume(): void {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
    this.#ended = [];
    for (const operation of this.#kept.all()) {
      if (operation.status === "InProgress") this.#schedule(operation);
      else this.#ended.push(operation);
    }
    this.#ended.sort((one, other) => ((one.endTime ?? "") < (other.endTime ?? "") ? -1 : 1));
  }

  /** Nothing ends until it is released. */
  freeze(): void {
    this.#frozen = true;
  }

  /** What is due ends now, and so does what hangs. */
  release(): void {
    this.#frozen = false;
    for (const operation of this.#kept.all()) {
      if (operation.status !== "InProgress" || this.#isUnderWay(operation)) continue;
      this.#schedule({ ...operation, dueAt: operation.dueAt ?? this.#clock.now() });
    }
  }

  /** Resolves when nothing is under way that ends by itself. */
  async idle(): Promise<void> {
    if (this.#waiting.size + this.#ending.size === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Nothing ends any more, except what is about to. */
  async close(): Promise<void> {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
    await Promise.all(this.#ending.values());
  }

  #isUnderWay({ id }: Operation): boolean {
    return this.#waiting.has(id) || this.#ending.has(id);
  }

  #schedule(operation: Operation): void {
    if (operation.dueAt === undefined) return;
    const cancel = this.#clock.at(operation.dueAt, () => {
      this.#waiting.delete(operation.id);
      if (this.#frozen) return;
      const ending = this.#end(operation).finally(() => {
        this.#ending.delete(operation.id);
        this.#tellIdle();
      });
      this.#ending.set(operation.id, ending);
    });
    this.#waiting.set(operation.id, cancel);
  }

  async #end(operation: Operation): Promise<void> {
    const behaviour = this.#behaviours.get(operation.kind);
    if (behaviour === undefined) throw new Error(`Nothing is known of ${operation.kind}.`);
    const outcome = operation.fault ?? (await outcomeOf(() => behaviour.finish(operation)));
    const error = outcome && "code" in outcome ? outcome : undefined;
    if (error) await outcomeOf(async () => await behaviour.fail?.(operation, error));
    // Deleted meanwhile: the whole emulator was reset.
    if (this.#kept.get(operation.id) === undefined) return;
    const ended = this.#kept.set({
      ...operation,
      endTime: this.#clock.iso(),
      status: error ? "Failed" : "Succeeded",
      ...(outcome === undefined ? {} : "code" in outcome ? { error: outcome } : outcome),
    });
    this.#ended.push(ended);
  }

  #tellIdle(): void {
    if (this.#waiting.size + this.#ending.size > 0) return;
    for (const resolve of this.#idle) resolve();
    this.#idle = [];
  }

  #forgetOld(): void {
    const before = new Date(this.#clock.now() - this.#keptForMs()).toISOString();
    let old = 0;
    for (const { id, endTime = "" } of this.#ended) {
      if (endTime >= before) break;
      this.#kept.delete(id);
      old += 1;
    }
    // All at once: to take the first out of a long list costs as much as to take a thousand out.
    if (old > 0) this.#ended.splice(0, old);
  }
}

async function outcomeOf<T>(run: () => Promise<T> | T): Promise<T | OperationError> {
  try {
    return await run();
  } catch (error) {
    // A bug of the emulator, or storage that is gone. The client must not wait for ever.
    console.error(error);
    return { code: "EmulatorError", message: String(error) };
  }
}
