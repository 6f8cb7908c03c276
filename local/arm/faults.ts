/** Bad weather on demand: what shall happen to the next requests that match, and to the next operations. */
import type { ArmAnswer } from "./http/arm-request.ts";
import type { OperationError, OperationKind } from "./operations/operation.ts";

export type FaultAnswer =
  /** This answer instead of handling the request. */
  | ArmAnswer
  /** The connection is cut before the request is handled. */
  | "reset"
  /** The request is handled, and the connection cut before it is answered. */
  | "drop-response"
  /** The request is handled this much later. */
  | { readonly delayMs: number };

export interface Fault {
  /** Left out: any. */
  readonly method?: string;
  readonly path?: RegExp;
  /** How many requests it meets; default 1. */
  readonly times?: number;
  /** The share of the matching requests that it meets, 0 to 1; default all. */
  readonly rate?: number;
  readonly answer: FaultAnswer;
}

export interface OperationFault {
  readonly kind: OperationKind;
  /** Part of the ARM id that it works on, or of its VM's; left out: any. */
  readonly target?: string;
  /** How many operations it meets; default 1. */
  readonly times?: number;
  readonly outcome: OperationOutcome;
}

export type OperationOutcome =
  /** It ends Failed with this error. */
  | OperationError
  /** It does not end until operations are released. */
  | "hang"
  /** A copy begins, stops half-way, and is Failed. */
  | "fail-half-way"
  /** VSS failed: file-system-consistent restore points, three times. */
  | "fall-back";

export interface FailedOperation extends OperationError {
  readonly kind: OperationKind;
  /** Name of the VM; left out: any. */
  readonly vm?: string;
}

interface Pending<T> {
  readonly fault: T;
  left: number;
}

export class Faults {
  #faults: Pending<Fault>[] = [];
  #operations: Pending<OperationFault>[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  addToOperations(fault: OperationFault): void {
    this.#operations.push({ fault, left: fault.times ?? 1 });
  }

  /** What is still to happen. */
  get requests(): readonly Pending<Fault>[] {
    return this.#faults;
  }

  get operations(): readonly Pending<OperationFault>[] {
    return this.#operations;
  }

  /** The next operation of this kind is accepted, and ends Failed. */
  failNextOperation({ kind, vm, code, message }: FailedOperation): void {
    this.addToOperations({
      kind,
      ...(vm === undefined ? {} : { target: `/virtualMachines/${vm}` }),
      outcome: { code, message },
    });
  }

  clear(): void {
    this.#faults = [];
    this.#operations = [];
  }

  /** For the server: what happens to this request, if anything does. */
  take(method: string, path: string): FaultAnswer | undefined {
    const found = this.#faults.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.method === undefined || fault.method === method) &&
        (fault.path?.test(path) ?? true) &&
        (fault.rate === undefined || Math.random() < fault.rate),
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#faults = this.#faults.filter((each) => each !== found);
    return found.fault.answer;
  }

  /** For the resource providers: how this operation shall end. `ids`: what it works on, and the VM that is behind it. */
  takeOperation(kind: OperationKind, ...ids: readonly string[]): OperationOutcome | undefined {
    const found = this.#operations.find(
      ({ fault }) => fault.kind === kind && (fault.target === undefined || isIn(fault.target, ids)),
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#operations = this.#operations.filter((each) => each !== found);
    return found.fault.outcome;
  }
}

const isIn = (part: string, ids: readonly string[]): boolean =>
  ids.some((id) => id.toLowerCase().includes(part.toLowerCase()));
