/**
 * A disk from a disk restore point, in the same region.
 * https://learn.microsoft.com/azure/virtual-machines/manage-restore-points
 */

import { zoneOfDisk } from "../../restores/disk-skus.ts";
import { RESTORE_TAG, restoredId } from "../../restores/restore.ts";
import type { Arm } from "../arm.ts";
import type { DiskRequest } from "../arm-resources.ts";
import type { CreateDiskOperation } from "../operation.ts";
import type { Found, OperationKind, Submitted, Surroundings } from "./operation-kind.ts";
import {
  findCreated,
  orLater,
  outOfDate,
  reasonAgainst,
  type Step,
  stepEvents,
  stepOf,
  writeBudget,
} from "./restore-step.ts";

export const createDisk: OperationKind<CreateDiskOperation> = {
  events: stepEvents,
  firstWait: 2000,
  // Somebody waits for it.
  longestWait: 10_000,
  endsWithStatus: ({ hydrates }) => !hydrates,
  budget: writeBudget,
  submit,
  find,
};

async function submit(
  { tables, arm }: Surroundings,
  operation: CreateDiskOperation,
): Promise<Submitted> {
  const step = await stepOf(tables, operation);
  const request = step && requestOf(step);
  if (request === undefined) return outOfDate;
  return (await reasonAgainst(arm, operation)) ?? orLater(await arm.putDisk(request));
}

async function find(arm: Arm, operation: CreateDiskOperation): Promise<Found> {
  const found = await findCreated(arm, operation);
  if (found.kind !== "succeeded" || !operation.hydrates) return found;
  const reading = await arm.getResource(operation.target);
  const percent = reading.kind === "found" ? (reading.resource.completionPercent ?? 100) : 0;
  return percent < 100 ? { kind: "running", percent } : found;
}

function requestOf({ restore, resource }: Step): DiskRequest | undefined {
  const { disk } = resource;
  return (
    disk && {
      id: restoredId(restore, resource),
      location: restore.location,
      sku: disk.sku,
      zone: zoneOfDisk(disk.sku, restore.zone),
      sizeInGB: disk.sizeInGB,
      diskRestorePointId: `${restore.restorePointId}/diskRestorePoints/${disk.from}`,
      tags: { [RESTORE_TAG]: restore.id },
    }
  );
}
