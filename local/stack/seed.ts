/** Creates the fleet the way anybody would: with requests to Azure Resource Manager. */
import type { ArmRequest } from "./arm-client.ts";
import { fleet, type SeedDisk, type SeedVm } from "./fleet.ts";
import { diskIdOf, LOCATION, RESOURCE_GROUP, SUBSCRIPTION_ID, vmIdOf } from "./vm-address.ts";

const GROUP_VERSION = "api-version=2021-04-01";
const DISK_VERSION = "api-version=2026-03-02";
const VM_VERSION = "api-version=2026-04-01";

export async function seedFleet(arm: ArmRequest): Promise<void> {
  const group = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/${RESOURCE_GROUP}`;
  await arm("PUT", `${group}?${GROUP_VERSION}`, { location: LOCATION });
  await Promise.all(fleet.map((vm) => seedVm(arm, vm)));
}

async function seedVm(arm: ArmRequest, vm: SeedVm): Promise<void> {
  await Promise.all([vm.osDisk, ...vm.dataDisks].map((disk) => seedDisk(arm, disk, vm.zone)));
  await arm("PUT", `${vmIdOf(vm.name)}?${VM_VERSION}`, vmBody(vm));
  if (vm.deallocated) await arm("POST", `${vmIdOf(vm.name)}/deallocate?${VM_VERSION}`);
}

async function seedDisk(arm: ArmRequest, disk: SeedDisk, zone: string | undefined): Promise<void> {
  const path = diskIdOf(disk.name);
  await arm("PUT", `${path}?${DISK_VERSION}`, {
    location: LOCATION,
    sku: { name: disk.sku },
    ...(zone && { zones: [zone] }),
    properties: {
      creationData: { createOption: "Empty" },
      diskSizeGB: disk.sizeGB,
      ...(disk.maxShares && { maxShares: disk.maxShares }),
    },
  });
}

function vmBody(vm: SeedVm): object {
  const windows = vm.os === "Windows";
  return {
    location: LOCATION,
    ...(vm.zone && { zones: [vm.zone] }),
    properties: {
      hardwareProfile: { vmSize: vm.size },
      storageProfile: {
        osDisk: {
          osType: vm.os,
          name: vm.osDisk.name,
          createOption: "Attach",
          caching: windows ? "ReadWrite" : "ReadOnly",
          managedDisk: { id: diskIdOf(vm.osDisk.name), storageAccountType: vm.osDisk.sku },
        },
        dataDisks: vm.dataDisks.map((disk, lun) => ({
          lun,
          name: disk.name,
          createOption: "Attach",
          caching: "None",
          managedDisk: { id: diskIdOf(disk.name), storageAccountType: disk.sku },
        })),
      },
    },
  };
}
