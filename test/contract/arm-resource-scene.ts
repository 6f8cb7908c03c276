/** The scene of restores: a restore point of a VM, and a network that a restored VM may be in. */
import type { ArmProblem } from "../../src/lib/operations/arm-problem.ts";
import type { Permission } from "../../src/lib/operations/arm-resources.ts";
import { givenSubnet, SUBNET } from "../integration/arm/given.ts";
import {
  diskId,
  groupPath,
  LOCATION,
  networkId,
  networkInterfaceId,
} from "../integration/arm/names.ts";
import { azuriteOfThisFile, type Arm as RealScene } from "../integration/arm/scene.ts";
import { type ArmScene, fakeScene, realScene } from "./arm-scene.ts";

type Changing = "putDisk" | "putNetworkInterface" | "putVirtualMachine";
type Failing = "putDisk" | "putVirtualMachine" | "deallocate" | "deleteResource";

export interface ResourceScene extends ArmScene {
  /** How long the making or removal of a disk or VM takes from now on. */
  setResourceMs(ms: number): void;
  /** The next request of a kind is taken, and its operation fails. Deletions: of a disk. */
  failNext(what: Failing, error: ArmProblem): void;
  loseNextAnswerTo(what: Changing): void;
  /** No more than that. */
  permit(resourceGroup: string, permission: Permission): void;
}

/** Of the VM that restore points are made of. */
export const SOURCE_INTERFACE = networkInterfaceId("web-01-nic");
export const SECURITY_GROUP = `${groupPath("web-rg")}/providers/Microsoft.Network/networkSecurityGroups/web`;
export const DATA_DISK_GB = 8;

/** Every ARM that a test file holds its suite against, for `describe.each`. */
export function resourceKinds(): [string, () => Promise<ResourceScene>][] {
  const startEmulator = azuriteOfThisFile();
  const settings = { throttlingFactor: 0, restoreFromIncompleteCopy: "refused" } as const;
  return [
    ["in memory", fakeResourceScene],
    ["as the emulator has it", async () => await realResourceScene(await startEmulator(settings))],
  ];
}

async function fakeResourceScene(): Promise<ResourceScene> {
  const scene = await fakeScene();
  const { arm } = scene;
  const { networks, networkPlaces, missingGroups } = arm.surroundings;
  missingGroups.add("gone-rg");
  networks.set(networkId("net").toLowerCase(), {
    id: networkId("net"),
    location: LOCATION,
    subnets: ["web"],
  });
  networkPlaces.set(SOURCE_INTERFACE.toLowerCase(), {
    subnetId: SUBNET,
    networkSecurityGroupId: SECURITY_GROUP,
    acceleratedNetworking: true,
  });
  arm.diskSizes.set(diskId("web-01-data").toLowerCase(), DATA_DISK_GB);
  const next = (method: Changing | Failing, fault: ReturnType<typeof arm.fault>) => {
    arm.fault = (asked) => {
      if (asked !== method) return undefined;
      arm.fault = () => undefined;
      return fault;
    };
  };
  return {
    ...scene,
    setResourceMs: (ms) => {
      arm.diskMs = ms;
      arm.vmMs = ms;
      arm.deallocateMs = ms;
      arm.removeMs = ms;
    },
    failNext: (what, error) => next(what, { kind: "failLater", error }),
    loseNextAnswerTo: (what) => next(what, { kind: "answerLost" }),
    permit: (group, permission) =>
      void arm.surroundings.permissions.set(group.toLowerCase(), [permission]),
  };
}

const OPERATIONS = {
  putDisk: "writeDisk",
  putVirtualMachine: "writeVirtualMachine",
  deallocate: "actOnVirtualMachine",
  deleteResource: "deleteDisk",
} as const;

const PATHS = {
  putDisk: /\/disks\//i,
  putNetworkInterface: /\/networkInterfaces\//i,
  putVirtualMachine: /\/virtualMachines\//i,
};

async function realResourceScene(real: RealScene): Promise<ResourceScene> {
  const scene = await realScene(real);
  const { settings, faults } = real.emulator;
  await givenSubnet(real);
  const properties = {
    enableAcceleratedNetworking: true,
    networkSecurityGroup: { id: SECURITY_GROUP },
    ipConfigurations: [{ name: "ipconfig1", properties: { subnet: { id: SUBNET } } }],
  };
  await real.ask("PUT", SOURCE_INTERFACE, { body: { location: LOCATION, properties } });
  return {
    ...scene,
    setResourceMs: (ms) => {
      settings.diskWriteMs = ms;
      settings.virtualMachineWriteMs = ms;
      settings.virtualMachineActionMs = ms;
    },
    failNext: (what, error) => faults.failNextOperation({ kind: OPERATIONS[what], ...error }),
    loseNextAnswerTo: (what) =>
      faults.add({ method: "PUT", path: PATHS[what], answer: "drop-response" }),
    permit: (group, permission) => {
      settings.permissions = { [group]: permission };
    },
  };
}
