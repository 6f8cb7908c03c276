/** Starts an operation, with the fault that was asked for, if any. */
import type { Emulator } from "../../emulator.ts";
import type {
  Operation,
  OperationError,
  OperationKind,
  RequestFacts,
} from "../../operations/operation.ts";
import { partsOf } from "../../paths.ts";
import type { Json } from "../../state/state.ts";

export interface Started {
  readonly kind: OperationKind;
  readonly target: string;
  readonly location: string;
  readonly input?: Json;
  readonly request: RequestFacts;
  readonly ms: number;
  /** The error that it will end with, when it is known already. */
  readonly fault?: OperationError | undefined;
  /** Faults may name this instead of the target. */
  readonly vmId?: string;
}

export function startOperation(
  { operations, faults }: Pick<Emulator, "operations" | "faults">,
  { kind, target, location, input = {}, request, ms, fault: known, vmId }: Started,
): Operation {
  const outcome = faults.takeOperation(kind, target, ...(vmId ? [vmId] : []));
  const fault = typeof outcome === "object" ? outcome : known;
  const { subscriptionId } = partsOf(target);
  const told = typeof outcome === "string" ? { ...input, outcome } : input;
  return operations.start(
    { kind, target, subscriptionId, location, input: told, request, fault },
    outcome === "hang" ? undefined : ms,
  );
}
