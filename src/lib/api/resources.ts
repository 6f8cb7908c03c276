/** The shapes of the HTTP API, made from the records. */
import { type Protection, protectionState } from "../fleet/protection.ts";
import type { Point } from "../fleet/restore-point.ts";
import type { Operation } from "../operations/operation.ts";

export interface VmResource {
  readonly id: string;
  readonly resourceId: string;
  readonly location: string;
  readonly state: string;
  /** Why the state is what it is, where that needs saying. */
  readonly reason?: string;
  readonly tag?: string;
  readonly policies: readonly string[];
  readonly nextSlotAt?: string;
  readonly excludedDisks: Protection["excludedDisks"];
  readonly lastSlot?: Protection["lastSlot"];
  /** The slots without a restore point yet, and the operation that makes it. */
  readonly openSlots: readonly {
    slot: string;
    attempt: number;
    notBefore: string;
    operationId?: string;
  }[];
}

export function vmResource(protection: Protection): VmResource {
  const { vm, resourceId, location, policies, excludedDisks, lastSlot } = protection;
  const { misconfiguration, tag, nextSlotAt } = protection;
  return {
    id: vm,
    resourceId,
    location,
    state: protectionState(protection),
    ...(misconfiguration ? { reason: misconfiguration.reason } : {}),
    ...optional("tag", misconfiguration?.tag ?? tag),
    policies,
    ...optional("nextSlotAt", nextSlotAt),
    excludedDisks,
    ...optional("lastSlot", lastSlot),
    openSlots: protection.openSlots.map(({ slot, attempt, notBefore, operation }) => ({
      slot,
      attempt,
      notBefore,
      ...optional("operationId", operation),
    })),
  };
}

export type RestorePointResource = Omit<Point, "vm" | "operation" | "restorePointId" | "name"> & {
  readonly name: string;
  /** ARM id of the restore point. */
  readonly resourceId: string;
  readonly operationId: string;
};

export function restorePointResource(point: Point): RestorePointResource {
  const { vm: _, name, restorePointId: resourceId, operation: operationId, ...rest } = point;
  return { name, resourceId, operationId, ...rest };
}

type OperationStatus = "NotStarted" | "Running" | "Succeeded" | "Failed" | "Canceled";

const STATUS: Readonly<Record<Operation["state"], OperationStatus>> = {
  Planned: "NotStarted",
  Submitting: "Running",
  InProgress: "Running",
  Succeeded: "Succeeded",
  Failed: "Failed",
  Canceled: "Canceled",
};

export interface OperationResource {
  readonly id: string;
  readonly kind: Operation["kind"];
  readonly status: OperationStatus;
  readonly vm: string;
  /** ARM id of what the operation makes. */
  readonly resourceId: string;
  readonly restorePoint: string;
  readonly looks: number;
  readonly createdAt: string;
  readonly submittedAt?: string;
  readonly nextLookAt?: string;
  readonly endedAt?: string;
  readonly error?: Operation["error"];
}

export function operationResource(operation: Operation): OperationResource {
  const { id, kind, vm, target, point, look, createdAt } = operation;
  return {
    id,
    kind,
    status: STATUS[operation.state],
    vm,
    resourceId: target,
    restorePoint: point,
    looks: look,
    createdAt,
    ...optional("submittedAt", operation.submittedAt),
    ...optional("nextLookAt", operation.nextLookAt),
    ...optional("endedAt", operation.endedAt),
    ...optional("error", operation.error),
  };
}

const optional = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
