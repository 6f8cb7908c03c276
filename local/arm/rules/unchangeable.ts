/** What of a virtual machine cannot change once it is made. */
import { ArmError } from "../http/arm-error.ts";
import { sameId } from "../paths.ts";
import type { VirtualMachineBody } from "../resources/virtual-machines/body.ts";
import { customDataHashOf } from "../resources/virtual-machines/os-secrets.ts";
import type { VirtualMachine } from "../state/state.ts";

const UNCHANGEABLE = [
  ["osProfile", "computerName"],
  ["osProfile", "adminUsername"],
  ["availabilitySet"],
  ["priority"],
] as const;

/** Throws Compute's error for the first property that differs. What the body leaves out stays as it is. */
export function demandUnchanged(before: VirtualMachine, body: VirtualMachineBody): void {
  for (const path of UNCHANGEABLE) {
    const asked = valueAt(body.properties, path);
    if (asked === undefined || same(asked, valueAt(before.properties, path))) continue;
    throw changed(path.join("."));
  }
  const customData = customDataHashOf(body);
  if (customData && customData !== before.customDataHash) throw changed("osProfile.customData");
  const { osDisk } = body.properties.storageProfile;
  const os = before.disks[0];
  if (osDisk.osType && os?.osType && osDisk.osType !== os.osType) throw changed("osDisk.osType");
  if (osDisk.name && os && osDisk.managedDisk?.id === undefined && osDisk.name !== os.name) {
    throw changed("osDisk.name");
  }
  if (body.zones && !same(body.zones, before.zones ?? [])) throw changed("zones");
}

const changed = (path: string): ArmError =>
  new ArmError(409, "PropertyChangeNotAllowed", `Changing property '${path}' is not allowed.`, {
    target: path,
  });

function valueAt(from: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return from;
  if (typeof from !== "object" || from === null) return undefined;
  return valueAt(Object.entries(from).find(([key]) => key === name)?.[1], rest);
}

function same(one: unknown, other: unknown): boolean {
  if (typeof one === "string" && typeof other === "string") return sameId(one, other);
  return JSON.stringify(one) === JSON.stringify(other);
}
