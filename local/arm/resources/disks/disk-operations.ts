/** The ends of a disk's PUT, PATCH and DELETE. */
import type { Emulator } from "../../emulator.ts";
import type { Behaviour } from "../../operations/operations.ts";
import { report } from "../../report.ts";
import { activeAccessOf } from "../../rules/active-access.ts";
import { DISK_TYPE, renderDisk } from "./render.ts";

export const writtenDisk = (emulator: Emulator): Behaviour => {
  const { state } = emulator;
  const operationName = `${DISK_TYPE}/write`;
  const settle = (target: string, uniqueId: unknown) => {
    const disk = state.disks.get(target);
    if (disk?.uniqueId !== uniqueId || disk === undefined) return undefined;
    if (disk.provisioningState === "Deleting") return undefined;
    return state.disks.set({ ...disk, provisioningState: "Succeeded" });
  };
  return {
    finish: ({ target, input, request }) => {
      const disk = settle(target, input["uniqueId"]);
      if (disk === undefined) return undefined;
      const existed = input["existed"] === true;
      report(emulator, request, { operationName, resource: renderDisk(emulator, disk), existed });
      return undefined;
    },
    fail: async ({ target, input, request }) => {
      const disk = settle(target, input["uniqueId"]);
      if (disk === undefined) return;
      const resource = renderDisk(emulator, disk);
      const existed = input["existed"] === true;
      if (!existed && disk.managedBy.length === 0) {
        state.accesses.delete(target);
        state.disks.delete(target);
        await emulator.bytes.diskDeleted(disk.uniqueId);
      }
      report(emulator, request, { operationName, resource, existed, failed: true });
    },
  };
};

const ACTIVE_SAS =
  "There is an active shared access signature outstanding for the disk. Call EndGetAccess before deleting the disk.";

/** The bytes stay while there are disk restore points, which are snapshots of them. */
export const deletedDisk = (emulator: Emulator): Behaviour => {
  const { state } = emulator;
  const operationName = `${DISK_TYPE}/delete`;
  return {
    finish: async ({ target, input, request }) => {
      const disk = state.disks.get(target);
      if (disk === undefined || disk.uniqueId !== input["uniqueId"]) return undefined;
      const [owner] = disk.managedBy;
      if (owner) {
        return {
          code: "OperationNotAllowed",
          message: `Disk ${disk.name} is attached to VM ${owner}.`,
        };
      }
      if (activeAccessOf(emulator, target)) {
        return { code: "OperationNotAllowed", message: ACTIVE_SAS };
      }
      const resource = renderDisk(emulator, disk);
      state.accesses.delete(target);
      state.disks.delete(target);
      await emulator.bytes.diskDeleted(disk.uniqueId);
      report(emulator, request, { operationName, resource, existed: true });
      return undefined;
    },
    fail: ({ target, request }) => {
      const disk = state.disks.get(target);
      if (disk === undefined) return;
      const kept = state.disks.set({ ...disk, provisioningState: "Succeeded" });
      const resource = renderDisk(emulator, kept);
      report(emulator, request, { operationName, resource, existed: true, failed: true });
    },
  };
};
