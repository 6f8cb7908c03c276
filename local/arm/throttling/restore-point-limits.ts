/**
 * How often restore points may be made. Azure documents it twice: three an hour for a VM and consistency mode, and for
 * a target collection of copies, or else 429; and a shortest interval, or else failure. The first is the default, since
 * it says what is answered; the second is there by setting.
 * https://learn.microsoft.com/azure/virtual-machines/virtual-machines-create-restore-points
 * https://learn.microsoft.com/azure/virtual-machines/concepts-restore-points
 */
import { type ArmError, notAllowed } from "../http/arm-error.ts";
import type { Limit } from "./limit.ts";

export type CreateMode = "ApplicationConsistent" | "CrashConsistent" | "Copy";

const MINUTE = 60_000;

const INTERVALS = { ApplicationConsistent: 180 * MINUTE, CrashConsistent: 60 * MINUTE };

export const hourlyLimit = (mode: CreateMode): Limit => ({
  // Recorded as `CreateCrashConsistentRestorePoint`; a copy has no such counter, so its name is the emulator's.
  name: mode === "Copy" ? "CopyRestorePoint" : `Create${mode}RestorePoint`,
  capacity: 3,
  lengthMs: 60 * MINUTE,
});

/** Undefined for what may be made at any interval. */
export const intervalLimit = (mode: CreateMode): Limit | undefined =>
  mode === "Copy" ? undefined : { name: `${mode}Interval`, capacity: 1, lengthMs: INTERVALS[mode] };

/** Documented is only that it fails: the code and the status are the emulator's. */
export const tooSoon = (waitMs: number): ArmError =>
  notAllowed(
    `Restore points of this VM are created more often than is supported. Please retry in ${Math.ceil(waitMs / MINUTE)} minutes.`,
  );
