/**
 * Where Azure does not guarantee that a crash-consistent restore point shows all disks of a VM at the same moment.
 * https://learn.microsoft.com/azure/virtual-machines/virtual-machines-restore-points-overview
 */
import type { AttachedDisk, VirtualMachine } from "../fleet/virtual-machine.ts";

/** Azure Boost: Intel sizes from v6 on, AMD sizes from v7 on. */
const FIRST_BOOST = { intel: 6, amd: 7 };

/** A sentence, or undefined where Azure guarantees it. `disks` are those in the restore point. */
export function crashConsistencyCaveat(
  { vmSize = "" }: Pick<VirtualMachine, "vmSize">,
  disks: readonly AttachedDisk[],
): string | undefined {
  const dataDisks = disks.filter(({ lun }) => lun !== undefined).length;
  const cached = disks.filter(({ caching }) => caching?.toLowerCase() === "readwrite");
  const reasons = [
    ...(dataDisks > 1 && isOnBoost(vmSize)
      ? [`${vmSize} runs on Azure Boost and has ${dataDisks} data disks`]
      : []),
    ...(disks.length > 1 && cached.length > 0
      ? [`${cached.map(({ name }) => name).join(", ")} has read/write host caching`]
      : []),
  ];
  if (reasons.length === 0) return undefined;
  return `Azure does not guarantee that its disks are of the same moment: ${reasons.join("; ")}.`;
}

/** `Standard_D4s_v6` is Intel, `Standard_D4as_v7` AMD; of Arm sizes (`p`) nothing is documented. */
function isOnBoost(vmSize: string): boolean {
  const [, features = "", version = ""] =
    /^standard_[a-z]+\d+(?:-\d+)?([a-z]*)_v(\d+)$/i.exec(vmSize) ?? [];
  const letters = features.toLowerCase();
  if (version === "" || letters.includes("p")) return false;
  return Number(version) >= (letters.includes("a") ? FIRST_BOOST.amd : FIRST_BOOST.intel);
}
