/** Creates the fleet the way anybody would, with requests to Azure Resource Manager; the bytes come by the back door. */
import { setTimeout as delay } from "node:timers/promises";
import type { ArmEmulator } from "../arm/start-arm.ts";
import type { ArmRequest } from "./arm-client.ts";
import { recognisableBytes } from "./disk-bytes.ts";
import { fleet, type SeedDisk, type SeedVm } from "./fleet.ts";
import { seedNetwork, seedNetworkInterface } from "./seed-network.ts";
import {
  diskIdOf,
  LOCATION,
  networkInterfaceIdOf,
  RESOURCE_GROUP,
  SUBSCRIPTION_ID,
  vmIdOf,
} from "./vm-address.ts";

export interface SeedDeps {
  readonly arm: Pick<ArmEmulator, "settings" | "disk" | "emulator">;
  readonly armRequest: ArmRequest;
}

const GROUP_VERSION = "api-version=2021-04-01";
const DISK_VERSION = "api-version=2026-03-02";
const VM_VERSION = "api-version=2026-04-01";
const INSTANT = { virtualMachineActionMs: 0, virtualMachineWriteMs: 0, diskWriteMs: 0 };
/** 16 KiB of each disk. */
const WRITTEN_PAGES = 32;

export async function seedFleet(deps: SeedDeps): Promise<void> {
  const { arm, armRequest } = deps;
  const { virtualMachineActionMs, virtualMachineWriteMs, diskWriteMs } = arm.settings;
  // The fleet is as if it had always been there: nobody waits for it to be made, or switched off.
  Object.assign(arm.settings, INSTANT);
  const group = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/${RESOURCE_GROUP}`;
  await armRequest("PUT", `${group}?${GROUP_VERSION}`, { location: LOCATION });
  await seedNetwork(armRequest);
  await Promise.all(fleet.map((vm) => seedVm(deps, vm)));
  await arm.emulator.operations.idle();
  Object.assign(arm.settings, { virtualMachineActionMs, virtualMachineWriteMs, diskWriteMs });
}

async function seedVm(deps: SeedDeps, vm: SeedVm): Promise<void> {
  const { armRequest } = deps;
  await Promise.all([
    seedNetworkInterface(armRequest, vm.name),
    ...[vm.osDisk, ...vm.dataDisks].map((disk) => seedDisk(deps, disk, vm.zone)),
  ]);
  await armRequest("PUT", `${vmIdOf(vm.name)}?${VM_VERSION}`, vmBody(vm));
  if (vm.deallocated) await deallocate(armRequest, vm.name);
}

async function deallocate(armRequest: ArmRequest, vm: string): Promise<void> {
  const { headers } = await armRequest("POST", `${vmIdOf(vm)}/deallocate?${VM_VERSION}`);
  const statusUrl = headers.get("azure-asyncoperation") ?? "";
  while ((await statusAt(armRequest, statusUrl)) === "InProgress") await delay(10);
}

async function statusAt(armRequest: ArmRequest, url: string): Promise<string> {
  // ARM's own shape.
  const { status } = (await (await armRequest("GET", url)).json()) as { status: string };
  return status;
}

async function seedDisk(
  { arm, armRequest }: SeedDeps,
  disk: SeedDisk,
  zone: string | undefined,
): Promise<void> {
  const id = diskIdOf(disk.name);
  await armRequest("PUT", `${id}?${DISK_VERSION}`, {
    location: LOCATION,
    sku: { name: disk.sku },
    ...(zone && { zones: [zone] }),
    properties: {
      creationData: { createOption: "Empty" },
      diskSizeGB: disk.sizeGB,
      ...(disk.maxShares && { maxShares: disk.maxShares }),
    },
  });
  const bytes = recognisableBytes(disk.name, WRITTEN_PAGES);
  await arm.disk(id).write(0, bytes);
}

function vmBody(vm: SeedVm): object {
  const windows = vm.os === "Windows";
  return {
    location: LOCATION,
    ...(vm.zone && { zones: [vm.zone] }),
    properties: {
      hardwareProfile: { vmSize: vm.size },
      networkProfile: { networkInterfaces: [{ id: networkInterfaceIdOf(vm.name) }] },
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
