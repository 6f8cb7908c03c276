/** The network interfaces that a virtual machine names: they must be there, in its region, and be of no other VM. */
import type { Emulator } from "../../emulator.ts";
import { ArmError, invalidParameter, invalidReference } from "../../http/arm-error.ts";
import { sameId } from "../../paths.ts";
import { regionOf } from "../../region.ts";
import type { Json, NetworkInterface } from "../../state/state.ts";
import type { NetworkProfile, VirtualMachineBody } from "./body.ts";

export function demandNetworkInterfaces(
  { state }: Emulator,
  vmId: string,
  { location, properties }: VirtualMachineBody,
): void {
  const path = "properties.networkProfile.networkInterfaces";
  for (const [index, { id }] of (properties.networkProfile?.networkInterfaces ?? []).entries()) {
    if (id === undefined) throw invalidParameter(`${path}[${index}].id`, "is required.");
    const found = state.networkInterfaces.get(id);
    if (found?.location !== regionOf(location))
      throw invalidReference(id, vmId, `${path}[${index}].id`);
    const owner = ownerOf(state, found);
    if (owner === undefined || sameId(owner, vmId)) continue;
    const message = `Network Interface ${id} is used by existing VM ${owner}. All network interfaces specified in the VM should be associated with the VM.`;
    throw new ArmError(409, "NicInUse", message, { target: `${path}[${index}].id` });
  }
}

/** The id of the VM that has it. */
export function ownerOf(
  { virtualMachines }: Emulator["state"],
  { id }: NetworkInterface,
): string | undefined {
  return virtualMachines.find(({ properties }) => namesInterface(properties, id))?.id;
}

const namesInterface = (properties: Json, id: string): boolean =>
  interfacesIn(properties).some((each) => sameId(each.id, id));

/** What a VM's properties say of its network interfaces. They were checked when they were written. */
export function interfacesIn(properties: Json) {
  const profile = properties["networkProfile"] as NetworkProfile | undefined;
  return (profile?.networkInterfaces ?? []).flatMap(({ id, properties: more }) =>
    id === undefined ? [] : [{ id, deleteOption: more?.deleteOption }],
  );
}
