/** Disks, network interfaces and VMs in memory, and the operations that make and remove them. */
import type { Accepted, ArmFailure, Look } from "../../../src/lib/operations/arm.ts";
import { type Asked, type Ending, type FakeResource, isThere, uses } from "./fake-resource.ts";
import { type Fault, missing } from "./fault.ts";

export const RESOURCES = "https://arm.test/resources/";

export class FakeResources {
  readonly #now: () => number;
  readonly #byId = new Map<string, FakeResource>();
  readonly #operations: Ending[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  get(id: string): FakeResource | undefined {
    const found = this.#byId.get(id.toLowerCase());
    return found && isThere(found, this.#now()) ? found : undefined;
  }

  get all(): FakeResource[] {
    return [...this.#byId.values()].filter((each) => isThere(each, this.#now()));
  }

  /** The VM that has this disk or network interface. */
  userOf(id: string): FakeResource | undefined {
    return this.all.find((each) => uses(each, id));
  }

  /** Without `ms` it is done at once, unless it fails later. */
  put(asked: Asked, ms: number, fault: Fault | undefined): Accepted | { kind: "done" } {
    const { id } = asked.request;
    const writing = this.#endingIn(ms, fault);
    const before = this.get(id);
    const madeAt = before?.madeAt ?? this.#now();
    // A VM that is deallocated is not started by a PUT.
    const stopped = before?.deallocation ? { deallocation: before.deallocation } : {};
    this.#byId.set(id.toLowerCase(), { ...asked, id, madeAt, writing, ...stopped });
    return ms === 0 && !writing.failure ? { kind: "done" } : this.#accept(writing);
  }

  deallocate(vm: FakeResource, ms: number, fault: Fault | undefined): Accepted {
    vm.deallocation = this.#endingIn(ms, fault);
    return this.#accept(vm.deallocation);
  }

  remove(resource: FakeResource, ms: number, fault: Fault | undefined): Accepted {
    const pending = resource.removal && resource.removal.endsAt > this.#now();
    const removal = pending && resource.removal ? resource.removal : this.#endingIn(ms, fault);
    resource.removal = removal;
    return this.#accept(removal);
  }

  look(url: string): Look | ArmFailure {
    const operation = this.#operations[Number(url.slice(RESOURCES.length))];
    if (operation === undefined) return missing;
    if (operation.endsAt > this.#now()) return { kind: "running" };
    return operation.failure ? { kind: "failed", error: operation.failure } : { kind: "succeeded" };
  }

  #endingIn(ms: number, fault: Fault | undefined): Ending {
    const failure = fault?.kind === "failLater" ? { failure: fault.error } : {};
    return { endsAt: this.#now() + ms, ...failure };
  }

  #accept(operation: Ending): Accepted {
    const number = this.#operations.push(operation) - 1;
    return { kind: "accepted", statusUrl: `${RESOURCES}${number}` };
  }
}
