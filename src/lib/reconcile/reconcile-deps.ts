import type { RecordedVms } from "../fleet/recorded-vm.ts";
import type { LegalHolds } from "../holds/legal-holds.ts";
import type { Arm, ArmFailure } from "../operations/arm.ts";
import type { DelayedMessages } from "../operations/messages.ts";
import type { ReadVmDeps } from "../plan/read-and-plan.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import type { ReconcileMessage } from "./pass.ts";

export interface ReconcileDeps {
  readonly tables: Pick<
    Tables,
    "protections" | "points" | "copies" | "foreignPoints" | "passes" | "seen" | "drift" | "switches"
  >;
  readonly arm: Pick<
    Arm,
    | "getVirtualMachine"
    | "listVirtualMachines"
    | "listRestorePointCollections"
    | "getRestorePointCollection"
    | "getReplication"
    | "deleteRestorePointCollection"
  >;
  readonly recordedVms: RecordedVms;
  readonly legalHolds: Pick<LegalHolds, "get">;
  readonly policies: ReadVmDeps["policies"];
  readonly tagName: string;
  readonly delayed: Pick<DelayedMessages, "planVm" | "planPoints" | "reconcile">;
  readonly now: () => Date;
}

/** What every step of a pass is about. */
export interface ReconcileScope {
  readonly deps: ReconcileDeps;
  readonly message: ReconcileMessage;
  readonly log: Log;
}

export type StepOutcome =
  | {
      readonly kind: "done";
      /** Of the next page. */
      readonly continuation?: string;
      /** The same page again, of which so many collections are done. */
      readonly done?: number;
    }
  | { readonly kind: "failed"; readonly failure: ArmFailure };
