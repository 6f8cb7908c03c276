/** What a PUT of a virtual machine changes: the VM, the disks it makes, attaches and lets go, its network interfaces. */
import { randomUUID } from "node:crypto";
import type { Emulator } from "../../emulator.ts";
import { ArmError } from "../../http/arm-error.ts";
import type { Behaviour } from "../../operations/operations.ts";
import { sameId } from "../../paths.ts";
import { demandRegion, demandSameRegion } from "../../region.ts";
import { report } from "../../report.ts";
import { demandUnchanged } from "../../rules/unchangeable.ts";
import type { Disk, DiskReference, VirtualMachine } from "../../state/state.ts";
import { demandSize } from "../skus/demand-offered.ts";
import { demandZones } from "../skus/zones.ts";
import { attachDisks } from "./attach-disks.ts";
import type { VirtualMachineBody } from "./body.ts";
import { demandNetworkInterfaces } from "./network-interfaces-of.ts";
import { customDataHashOf, withoutSecrets } from "./os-secrets.ts";
import { renderVirtualMachine, VIRTUAL_MACHINE_TYPE } from "./render.ts";

export interface VirtualMachineWrite {
  readonly id: string;
  readonly name: string;
  readonly body: VirtualMachineBody;
  readonly before: VirtualMachine | undefined;
}

/** Throws before anything is changed; all of it counts, or nothing. */
export function writeVirtualMachine(
  emulator: Emulator,
  write: VirtualMachineWrite,
): VirtualMachine {
  const { state, journal } = emulator;
  const { body, before } = write;
  const { location, zones } = body;
  demandRegion(location);
  demandZones({ resource: `${VIRTUAL_MACHINE_TYPE}/${write.name}`, location, zones });
  const size = body.properties.hardwareProfile?.vmSize;
  demandSize({ id: write.id, location, zones, size });
  if (before) {
    demandSameRegion(before, body.location);
    demandUnchanged(before, body);
  }
  if (before?.provisioningState === "Deleting") {
    throw new ArmError(409, "OperationNotAllowed", `VM '${before.name}' is being deleted.`);
  }
  demandNetworkInterfaces(emulator, write.id, body);
  const { references, newDisks } = attachDisks(emulator, write);
  const vm = virtualMachineOf(emulator, write, references);
  return journal.commit(() => {
    for (const disk of newDisks) state.disks.set({ ...disk, managedBy: [vm.id] });
    for (const disk of changedOwners(emulator, vm, before)) state.disks.set(disk);
    return state.virtualMachines.set(vm);
  });
}

const READ_ONLY = ["vmId", "provisioningState", "timeCreated", "instanceView", "resources"];

function virtualMachineOf(
  { clock }: Emulator,
  { id, name, body, before }: VirtualMachineWrite,
  disks: readonly DiskReference[],
): VirtualMachine {
  const { storageProfile, osProfile, ...others } = body.properties;
  const properties = { ...others, ...(osProfile ? { osProfile: withoutSecrets(osProfile) } : {}) };
  const given = Object.entries(properties).filter(
    ([key, value]) => !READ_ONLY.includes(key) && value !== null,
  );
  return {
    id,
    name,
    location: before?.location ?? body.location,
    tags: body.tags,
    zones: body.zones ?? undefined,
    identity: body.identity ?? undefined,
    plan: body.plan ?? undefined,
    vmId: before?.vmId ?? randomUUID(),
    timeCreated: before?.timeCreated ?? clock.iso(),
    revision: (before?.revision ?? 0) + 1,
    properties: Object.fromEntries(given),
    customDataHash: customDataHashOf(body) ?? before?.customDataHash,
    imageReference: storageProfile.imageReference ?? before?.imageReference,
    disks,
    powerState: before?.powerState ?? "running",
    provisioningState: before ? "Updating" : "Creating",
    ...(before?.fallbacksLeft === undefined ? {} : { fallbacksLeft: before.fallbacksLeft }),
  };
}

/** Disks that were attached or let go. */
function changedOwners(
  { state }: Emulator,
  vm: VirtualMachine,
  before: VirtualMachine | undefined,
): Disk[] {
  const isIn = (disks: readonly DiskReference[], id: string) =>
    disks.some(({ diskId }) => sameId(diskId, id));
  const attached = vm.disks.filter(({ diskId }) => !isIn(before?.disks ?? [], diskId));
  const detached = (before?.disks ?? []).filter(({ diskId }) => !isIn(vm.disks, diskId));
  const find = ({ diskId }: DiskReference) => state.disks.get(diskId) ?? [];
  return [
    ...attached
      .flatMap(find)
      .filter(({ managedBy }) => !managedBy.some((id) => sameId(id, vm.id)))
      .map((disk) => ({ ...disk, managedBy: [...disk.managedBy, vm.id] })),
    ...detached.flatMap(find).map((disk) => released(disk, vm.id)),
  ];
}

/** Without this owner. */
export const released = (disk: Disk, vmId: string): Disk => ({
  ...disk,
  managedBy: disk.managedBy.filter((id) => !sameId(id, vmId)),
});

/** The end of a PUT or PATCH. */
export const writtenVirtualMachine = (emulator: Emulator): Behaviour => {
  const settle = (
    target: string,
    vmId: unknown,
    provisioningState: "Succeeded" | "Failed",
  ): VirtualMachine | undefined => {
    const vm = emulator.state.virtualMachines.get(target);
    if (vm === undefined || vm.vmId !== vmId || vm.provisioningState === "Deleting")
      return undefined;
    return emulator.state.virtualMachines.set({ ...vm, provisioningState });
  };
  const tell = (vm: VirtualMachine, request: Parameters<typeof report>[1], more: object) =>
    report(emulator, request, {
      operationName: `${VIRTUAL_MACHINE_TYPE}/write`,
      resource: renderVirtualMachine(emulator, vm),
      ...more,
    });
  return {
    finish: ({ target, input, request }) => {
      const vm = settle(target, input["vmId"], "Succeeded");
      if (vm) tell(vm, request, { existed: input["existed"] === true });
      return undefined;
    },
    fail: ({ target, input, request }) => {
      const vm = settle(target, input["vmId"], "Failed");
      if (vm) tell(vm, request, { existed: input["existed"] === true, failed: true });
    },
  };
};
