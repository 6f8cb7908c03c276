/** How an operation ended, as far as its records go by it. */
import type { RecordedVms } from "../../fleet/recorded-vm.ts";
import type { GrantDeps } from "../../grants/grant-deps.ts";
import type { LegalHolds } from "../../holds/legal-holds.ts";
import type { Tables } from "../../state/tables.ts";
import type { RestorePointReading } from "../arm.ts";
import type { ArmProblem } from "../arm-problem.ts";

export interface EndDeps extends GrantDeps {
  readonly tables: GrantDeps["tables"] &
    Pick<Tables, "points" | "copies" | "protections" | "due" | "restores">;
  readonly recordedVms: Pick<RecordedVms, "remove">;
  readonly legalHolds: Pick<LegalHolds, "remove">;
}

export type Ending =
  | {
      readonly kind: "succeeded";
      /** What Azure made; absent where something was deleted. */
      readonly restorePoint?: RestorePointReading;
    }
  | {
      readonly kind: "failed";
      readonly error: ArmProblem;
      /**
       * `never`: nobody knows whether the restore point is there, and another attempt could make a second one.
       * `later`: it is known not to be there, and the error says nothing about the VM. Left out: the error decides.
       */
      readonly again?: "never" | "later";
      /** Azure itself says of its operation that it failed: nothing of it takes effect any more. */
      readonly isFinal?: boolean;
    };

/** The deadline has passed, and Azure could not be asked. */
export const unknownOutcome = ({ code, message }: ArmProblem): Ending => ({
  kind: "failed",
  again: "never",
  error: {
    code,
    message,
    advice:
      "Azure could not be asked before the deadline; the restore point may be there after all.",
  },
});
