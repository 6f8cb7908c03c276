/** What is told of an operation that has ended. Pure. */
import type { Protection } from "../fleet/protection.ts";
import type { Point } from "../fleet/restore-point.ts";
import { vmIdOf } from "../fleet/vm-key.ts";
import type { Operation } from "../operations/operation.ts";
import { type Notification, SOURCE } from "./notification.ts";

interface Around {
  readonly point?: Point | undefined;
  readonly protection?: Protection | undefined;
}

/** Undefined: it has not ended, or nobody needs to know. */
export function describeOperation(operation: Operation, around: Around): Notification | undefined {
  const { id, vm, endedAt: time, state, error } = operation;
  const { point: restorePoint, target: restorePointId, slot } = operation;
  if (time === undefined) return undefined;
  const common = { id, source: SOURCE, subject: vmIdOf(vm), time } as const;
  const data = { vm, restorePoint, restorePointId, slot, operation: id };
  switch (operation.kind) {
    case "createRestorePoint": {
      if (error) {
        const type = "VmRestorePoints.RestorePointFailed";
        return { ...common, type, data: { ...data, error, ...nextAttempt(slot, around) } };
      }
      const type = "VmRestorePoints.RestorePointCreated";
      const { consistencyMode } = around.point ?? {};
      return {
        ...common,
        type,
        data: { ...data, ...(consistencyMode ? { consistencyMode } : {}) },
      };
    }
    case "copyRestorePoint": {
      const { region } = operation;
      return error
        ? { ...common, type: "VmRestorePoints.CopyFailed", data: { ...data, region, error } }
        : { ...common, type: "VmRestorePoints.CopyCompleted", data: { ...data, region } };
    }
    case "deleteRestorePoint": {
      if (state !== "Succeeded") return undefined;
      const { region, reason } = operation;
      const type = "VmRestorePoints.RestorePointDeleted";
      return { ...common, type, data: { ...data, reason, ...(region ? { region } : {}) } };
    }
    default:
      return undefined;
  }
}

/** Empty when the slot is closed, for good or by a later attempt. */
function nextAttempt(slot: string, { protection }: Around): { readonly nextAttemptAt?: string } {
  const open = protection?.openSlots.find((each) => each.slot === slot);
  return open ? { nextAttemptAt: open.notBefore } : {};
}
