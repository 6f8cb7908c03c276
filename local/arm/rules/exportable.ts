/**
 * Whether the bytes of a disk restore point can be read through a SAS now.
 * https://learn.microsoft.com/azure/virtual-machines/disks-incremental-snapshots
 */
import type { Access } from "../disk-endpoint/access.ts";
import type { Emulator } from "../emulator.ts";
import { invalidParameter, notAllowed } from "../http/arm-error.ts";
import type { OperationError } from "../operations/operation.ts";
import { sameId } from "../paths.ts";
import type { GrantAccessBody } from "../resources/access/body.ts";
import {
  type FoundDisk,
  findDiskRestorePoint,
  idOfDisk,
} from "../resources/restore-points/find.ts";
import { isActive } from "./active-access.ts";
import { provisioningStateOf } from "./replication.ts";
import { sectorSizeOf } from "./sector-size.ts";
import { snapshotAccessStateOf } from "./snapshot-access-state.ts";

/** Throws the first rule that is broken. */
export function demandExportable(
  emulator: Emulator,
  found: FoundDisk,
  { access, fileFormat }: GrantAccessBody,
): void {
  const { settings, clock } = emulator;
  const { point, disk } = found;
  if (access !== "Read") {
    throw invalidParameter(
      "access",
      `'${access}' is not allowed on a disk restore point, only Read.`,
    );
  }
  if (provisioningStateOf(settings, point, clock.now()) !== "Succeeded") {
    throw notAllowed(`Restore point '${point.name}' is not in provisioningState Succeeded.`);
  }
  const state = snapshotAccessStateOf(settings, point, disk, clock.now());
  if (state !== "Available" && state !== "AvailableWithInstantAccess") {
    throw notAllowed(
      `Disk restore point '${disk.name}' cannot be exported while its snapshotAccessState is ${state}.`,
    );
  }
  const { networkAccessPolicy, publicNetworkAccess } = disk.source.properties;
  if (networkAccessPolicy === "DenyAll" || networkAccessPolicy === "AllowPrivate") {
    throw notAllowed(
      `Disk restore point '${disk.name}' cannot be exported: its networkAccessPolicy is ${networkAccessPolicy}.`,
    );
  }
  if (publicNetworkAccess === "Disabled") {
    throw notAllowed(
      `Disk restore point '${disk.name}' cannot be exported: its publicNetworkAccess is Disabled.`,
    );
  }
  demandFileFormat(found, fileFormat ?? undefined);
}

/** Sectors of 4096 bytes are exported as VHDX, sectors of 512 bytes as VHD. */
function demandFileFormat({ disk }: FoundDisk, asked: "VHD" | "VHDX" | undefined): void {
  const format = sectorSizeOf(disk.source) === 4096 ? "VHDX" : "VHD";
  if (asked === undefined || asked === format) return;
  throw invalidParameter("fileFormat", `disk restore point '${disk.name}' is a ${format}.`);
}

/** At most so many points of one disk are read at once. Azure's code for it is not documented. */
export function tooManyInFamily(
  emulator: Pick<Emulator, "state" | "settings" | "clock">,
  { point, disk }: FoundDisk,
): OperationError | undefined {
  const { state, settings } = emulator;
  const id = idOfDisk(point, disk);
  const inFamily = (access: Access): boolean =>
    !sameId(access.id, id) &&
    isActive(emulator, access) &&
    findDiskRestorePoint(emulator, access.id)?.disk.familyId === disk.familyId;
  if (state.accesses.all().filter(inFamily).length < settings.activeSasPerFamily) return undefined;
  return {
    code: "OperationNotAllowed",
    message: `At most ${settings.activeSasPerFamily} snapshots of one family can have an active shared access signature. Call EndGetAccess on another disk restore point of disk '${disk.source.name}' first.`,
  };
}
