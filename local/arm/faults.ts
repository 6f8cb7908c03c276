/** Bad weather on demand: what shall happen to the next requests that match, and to the next operations. */
import type { ArmAnswer } from "./http/arm-request.ts";

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
  readonly answer: FaultAnswer;
}

export interface OperationFault {
  readonly kind: OperationKind;
  readonly code: string;
  readonly message: string;
  /** Name of the VM; left out: any. */
  readonly vm?: string;
}

export type OperationKind = "createRestorePoint" | "deleteRestorePoint" | "virtualMachineAction";

export class Faults {
  #faults: { fault: Fault; left: number }[] = [];
  #operations: OperationFault[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  /** The next operation of this kind is accepted, and ends Failed. */
  failNextOperation(fault: OperationFault): void {
    this.#operations.push(fault);
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
        (fault.path?.test(path) ?? true),
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.fault.answer;
  }

  /** For the resource providers: the error that this operation shall end with. */
  takeOperation(kind: OperationKind, vm: string): OperationFault | undefined {
    const index = this.#operations.findIndex(
      (fault) =>
        fault.kind === kind &&
        (fault.vm === undefined || fault.vm.toLowerCase() === vm.toLowerCase()),
    );
    return index < 0 ? undefined : this.#operations.splice(index, 1)[0];
  }
}
