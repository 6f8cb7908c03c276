import type { ArmFailure, RestorePointReading } from "../arm.ts";
import type { Found } from "./operation-kind.ts";

/** What a reading of a restore point says about the operation that makes it. */
export function foundIn(
  reading: { readonly kind: "found"; readonly restorePoint: RestorePointReading } | ArmFailure,
): Found {
  if (reading.kind === "notFound") return { kind: "absent", error: reading.error };
  if (reading.kind !== "found") return reading;
  const { restorePoint } = reading;
  switch (restorePoint.provisioningState.toLowerCase()) {
    case "succeeded":
      return { kind: "succeeded", restorePoint };
    case "creating":
    case "updating":
      return { kind: "running" };
    default: {
      const state = restorePoint.provisioningState;
      const message = `Azure gives the state ${state} and no reason.`;
      return { kind: "failed", error: { code: `RestorePoint${state}`, message } };
    }
  }
}
