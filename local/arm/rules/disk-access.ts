/** Whether the bytes of a disk can be read, or uploaded, through a SAS now. */
import type { Emulator } from "../emulator.ts";
import type { OperationError } from "../operations/operation.ts";
import { diskStateOf } from "../resources/disks/render.ts";
import type { Disk } from "../state/state.ts";

/** Write is for uploads only; what a running VM uses is not read from outside. */
export function diskAccessRefusal(
  emulator: Pick<Emulator, "state" | "settings" | "clock">,
  disk: Disk,
  level: "Read" | "Write",
): OperationError | undefined {
  const { networkAccessPolicy, publicNetworkAccess } = disk.properties;
  const state = diskStateOf(emulator, disk);
  const uploads = state === "ReadyToUpload" || state === "ActiveUpload";
  if (level === "Write" && !uploads) {
    return refused(
      `Disk '${disk.name}' is in state ${state}: write access is for disks made by createOption Upload.`,
    );
  }
  if (level === "Read" && (uploads || state === "Attached")) {
    return refused(`Disk '${disk.name}' cannot be read while it is in state ${state}.`);
  }
  if (networkAccessPolicy === "DenyAll" || networkAccessPolicy === "AllowPrivate") {
    return refused(`Disk '${disk.name}': its networkAccessPolicy is ${networkAccessPolicy}.`);
  }
  if (publicNetworkAccess === "Disabled") {
    return refused(`Disk '${disk.name}': its publicNetworkAccess is Disabled.`);
  }
  return undefined;
}

const refused = (message: string): OperationError => ({ code: "OperationNotAllowed", message });
