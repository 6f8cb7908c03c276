/** What a SAS opens, for the disk endpoint: found by the token in its path, each time anew. */
import type { GrantedBytes } from "./disk-endpoint/granted-bytes.ts";
import type { Emulator } from "./emulator.ts";
import { bytesOfDiskRestorePoint, findDiskRestorePoint } from "./resources/restore-points/find.ts";

/** The footer of a VHD, which is uploaded with the disk and is not part of it. */
const FOOTER = 512;

export function grantedBytes(emulator: Emulator, token: string): GrantedBytes | undefined {
  const { state, bytes, changes } = emulator;
  const access = state.accesses.find((each) => each.token === token);
  if (access === undefined) return undefined;
  const disk = state.disks.get(access.id);
  if (disk) {
    const sizeInBytes = disk.sizeInBytes + (access.level === "Write" ? FOOTER : 0);
    const identity = { uniqueId: disk.uniqueId, sizeInBytes };
    return {
      access,
      at: bytes.current(identity),
      ...(access.level === "Write" ? { disk: identity } : {}),
      etag: disk.uniqueId,
      modifiedAt: disk.timeCreated,
    };
  }
  const found = findDiskRestorePoint(emulator, access.id);
  if (found === undefined) return undefined;
  const { source, epoch } = found.disk;
  const { uniqueId, sizeInBytes } = source;
  return {
    access,
    at: bytesOfDiskRestorePoint(found.disk) ?? { blob: "", sizeInBytes },
    etag: `${uniqueId}-${epoch}`,
    modifiedAt: found.point.timeCreated,
    point: {
      familyId: found.disk.familyId,
      epoch,
      changedSince: (older) => changes.between(uniqueId, older, epoch),
    },
  };
}
