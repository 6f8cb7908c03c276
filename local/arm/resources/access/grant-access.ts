/**
 * The ends of beginGetAccess and endGetAccess. There is one SAS for a disk or disk restore point: a second beginGetAccess
 * extends it and gives the same URL.
 * https://learn.microsoft.com/azure/virtual-machines/manage-restore-points
 */
import { type Access, newAccess } from "../../disk-endpoint/access.ts";
import type { Emulator } from "../../emulator.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Behaviour } from "../../operations/operations.ts";
import { report } from "../../report.ts";
import { isActive } from "../../rules/active-access.ts";
import { diskAccessRefusal } from "../../rules/disk-access.ts";
import { tooManyInFamily } from "../../rules/exportable.ts";
import type { Disk } from "../../state/state.ts";
import { renderDisk } from "../disks/render.ts";
import { findDiskRestorePoint } from "../restore-points/find.ts";
import { renderDiskRestorePoint } from "../restore-points/render-disk-restore-point.ts";

export const grantedAccess = (emulator: Emulator): Behaviour => {
  const { state, journal } = emulator;
  return {
    finish: (operation) => {
      const { target } = operation;
      const found = findDiskRestorePoint(emulator, target);
      const disk = diskOf(emulator, operation);
      if (found === undefined && disk === undefined) {
        return { code: "NotFound", message: "The entity was not found in this Azure location." };
      }
      if (found?.point.provisioningState === "Deleting" || disk?.provisioningState === "Deleting") {
        return { code: "OperationNotAllowed", message: `${target} is being deleted.` };
      }
      const tooMany = found && tooManyInFamily(emulator, found);
      if (tooMany) return tooMany;
      const access = accessOf(emulator, operation);
      // It may have been attached meanwhile, or its upload been ended.
      const refusal = disk && diskAccessRefusal(emulator, disk, access.level);
      if (refusal) return refusal;
      journal.commit(() => {
        state.accesses.set(access);
        if (disk && access.level === "Write") state.disks.set({ ...disk, upload: "ActiveUpload" });
      });
      tell(emulator, operation, "beginGetAccess");
      return { output: { ...access } };
    },
    fail: (operation) => tell(emulator, operation, "beginGetAccess", true),
  };
};

/** Undefined also when it was deleted, and another one made under its name. */
function diskOf({ state }: Emulator, { target, input }: Operation): Disk | undefined {
  const disk = state.disks.get(target);
  return disk?.uniqueId === input["uniqueId"] ? disk : undefined;
}

function accessOf(emulator: Emulator, { target, input }: Operation): Access {
  const { state, settings, clock } = emulator;
  const before = state.accesses.get(target);
  const level = input["level"] === "Write" ? "Write" : "Read";
  const asked = Number(input["seconds"]) * 1000;
  if (before === undefined || before.level !== level || !isActive(emulator, before)) {
    return newAccess({ id: target, level, now: clock.now(), durationMs: asked });
  }
  const left = Math.max(0, Date.parse(before.expiresAt) - clock.now());
  const lasts = settings.extendAccess === "add" ? left + asked : Math.max(left, asked);
  return { ...before, expiresAt: new Date(clock.now() + lasts).toISOString() };
}

export const revokedAccess = (emulator: Emulator): Behaviour => {
  const { state, bytes } = emulator;
  return {
    finish: async (operation) => {
      const { target } = operation;
      // Another disk was made under the name: its access is its own.
      if (state.disks.get(target) !== diskOf(emulator, operation)) return undefined;
      const level = state.accesses.get(target)?.level;
      state.accesses.delete(target);
      // What was written is there then, and nothing comes after it.
      if (level === "Write") await bytes.still(async () => undefined);
      const disk = diskOf(emulator, operation);
      const isOver = state.accesses.get(target) === undefined;
      if (isOver && disk?.upload === "ActiveUpload")
        state.disks.set({ ...disk, upload: undefined });
      tell(emulator, operation, "endGetAccess");
      return undefined;
    },
    fail: (operation) => tell(emulator, operation, "endGetAccess", true),
  };
};

function tell(
  emulator: Emulator,
  { target, request, location }: Operation,
  action: string,
  failed = false,
): void {
  const disk = emulator.state.disks.get(target);
  const found = findDiskRestorePoint(emulator, target);
  if (disk) {
    const operationName = `Microsoft.Compute/disks/${action}/action`;
    const resource = renderDisk(emulator, disk);
    report(emulator, request, { operationName, resource, existed: true, failed });
  }
  if (found) {
    const type = "Microsoft.Compute/restorePointCollections/restorePoints/diskRestorePoints";
    const operationName = `${type}/${action}/action`;
    const rendered = renderDiskRestorePoint(emulator, found.point, found.disk);
    const resource = { ...rendered, type, location };
    report(emulator, request, { operationName, resource, existed: true, failed });
  }
}
