import type { Arm, ArmFailure } from "../operations/arm.ts";
import type { DelayedMessages } from "../operations/messages.ts";
import type { ReadVmDeps } from "../plan/read-and-plan.ts";
import type { Tables } from "../state/tables.ts";

export interface ReconcileDeps {
  readonly tables: Pick<
    Tables,
    "protections" | "points" | "foreignPoints" | "passes" | "seen" | "drift"
  >;
  readonly arm: Pick<
    Arm,
    | "listVirtualMachines"
    | "listRestorePointCollections"
    | "getRestorePointCollection"
    | "getRestorePoint"
  >;
  readonly policies: ReadVmDeps["policies"];
  readonly tagName: string;
  readonly delayed: Pick<DelayedMessages, "planVm" | "reconcile">;
  readonly now: () => Date;
}

export type StepOutcome =
  | { readonly kind: "done"; readonly continuation?: string }
  | { readonly kind: "failed"; readonly failure: ArmFailure };
