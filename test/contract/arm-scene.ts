/** One VM with an OS disk, a data disk and perhaps a shared one: in the fake ARM, and in the emulator behind `AzureArm`. */
import type { AzureArmOptions } from "../../src/lib/azure/arm-client.ts";
import { AzureArm } from "../../src/lib/azure/azure-arm.ts";
import { type VmKey, vmKeyOf } from "../../src/lib/fleet/vm-key.ts";
import type { Arm } from "../../src/lib/operations/arm.ts";
import type { ArmProblem } from "../../src/lib/operations/arm-problem.ts";
import { FakeArm } from "../fakes/fake-arm.ts";
import { disk, virtualMachine } from "../fixtures/records.ts";
import { vmModel } from "../integration/arm/given.ts";
import { collectionId, diskId, GROUP, LOCATION, TOKEN, vmId } from "../integration/arm/names.ts";
import type { Arm as RealScene } from "../integration/arm/scene.ts";

export interface ArmScene {
  readonly arm: Arm;
  readonly vm: VmKey;
  readonly collection: {
    readonly id: string;
    readonly location: string;
    readonly sourceId: string;
  };
  /** Of an operation that never was. */
  unknownStatusUrl(known: string): string;
  /** How long a restore point takes from now on. */
  setCreateMs(ms: number): void;
  /** How long a copy takes to be complete. */
  setCopyMs(ms: number): void;
  /** How long the deletion of a restore point takes. */
  setDeleteMs(ms: number): void;
  /** How long a beginGetAccess or endGetAccess takes. */
  setAccessMs(ms: number): void;
  /** Moves ARM's clock on. */
  advance(ms: number): void;
  /** Whether a SAS opens a disk now. */
  opens(url: string): Promise<boolean>;
  failNextCreate(error: ArmProblem): void;
  loseNextAnswerToPut(): void;
  deleteVm(): Promise<void>;
  /** Under the same name, after it was deleted. */
  recreateVm(): Promise<void>;
  addSharedDisk(): Promise<void>;
}

export const NEVER = 3_600_000;

function keyOf(id: string): VmKey {
  const key = vmKeyOf(id);
  if (key === undefined) throw new Error(`Not a VM: ${id}`);
  return key;
}

const vm = keyOf(vmId("web-01"));
const collection = {
  id: collectionId("rpc-web-01"),
  location: LOCATION,
  sourceId: vmId("web-01"),
};

export async function fakeScene(): Promise<ArmScene & { readonly arm: FakeArm }> {
  let ahead = 0;
  const arm = new FakeArm(() => Date.now() + ahead);
  const disks = [
    disk("web-01-os", { id: diskId("web-01-os") }),
    disk("web-01-data", { id: diskId("web-01-data"), lun: 0 }),
  ];
  const tags = { "restore-points": "hourly" };
  const model = { name: "web-01", id: vmId("web-01"), location: LOCATION, tags };
  const put = (vmGuid: string, all = disks) =>
    void arm.vms.set(vm, virtualMachine({ ...model, vmId: vmGuid, disks: all }));
  put("guid-1");
  return {
    arm,
    vm,
    collection,
    unknownStatusUrl: (known) => `${known}0`,
    setCreateMs: (ms) => {
      arm.createMs = ms;
    },
    setCopyMs: (ms) => {
      arm.copyMs = ms;
    },
    setDeleteMs: (ms) => {
      arm.deleteMs = ms;
    },
    setAccessMs: (ms) => {
      arm.accessMs = ms;
    },
    advance: (ms) => {
      ahead += ms;
    },
    opens: async (url) => arm.opens(url),
    failNextCreate: (error) => failNext(arm, { kind: "failLater", error }),
    loseNextAnswerToPut: () => failNext(arm, { kind: "answerLost" }),
    deleteVm: async () => void arm.vms.delete(vm),
    recreateVm: async () => put("guid-2"),
    addSharedDisk: async () => {
      const id = diskId("web-01-shared");
      arm.sharedDisks.set(id.toLowerCase(), 2);
      put("guid-1", [...disks, disk("web-01-shared", { id, lun: 1 })]);
    },
  };
}

function failNext(arm: FakeArm, fault: NonNullable<ReturnType<FakeArm["fault"]>>): void {
  arm.fault = (method) => {
    if (method !== "putRestorePoint") return undefined;
    arm.fault = () => undefined;
    return fault;
  };
}

const storageProfile = (shared: boolean) => ({
  osDisk: {
    createOption: "FromImage",
    deleteOption: "Delete",
    osType: "Linux" as const,
    name: "web-01-os",
  },
  dataDisks: [
    {
      lun: 0,
      createOption: "Empty",
      deleteOption: "Delete",
      diskSizeGB: 8,
      name: "web-01-data",
    },
    ...(shared
      ? [{ lun: 1, createOption: "Attach", managedDisk: { id: diskId("web-01-shared") } }]
      : []),
  ],
});

/** The app's own client, against the emulator. */
export const azureArm = (endpoint: string, more: Partial<AzureArmOptions> = {}): AzureArm =>
  new AzureArm({
    endpoint,
    audience: "https://management.azure.com",
    credential: {
      getToken: async () => ({ token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 }),
    },
    timeoutMs: 10_000,
    ...more,
  });

export async function realScene({ emulator, client, ask }: RealScene): Promise<ArmScene> {
  const { settings, faults } = emulator;
  settings.linuxConsistency = "ApplicationConsistent";
  const putVm = async (shared = false) => {
    const tags = { "restore-points": "hourly" };
    const model = vmModel({ tags, storageProfile: storageProfile(shared) });
    await client.virtualMachines.createOrUpdate(GROUP, "web-01", model, { updateIntervalInMs: 10 });
  };
  await putVm();
  return {
    arm: azureArm(emulator.url),
    vm,
    collection,
    unknownStatusUrl: (known) => known.replace(/operations\/[^?]+/i, "operations/unknown"),
    setCreateMs: (ms) => {
      settings.crashConsistentCreateMs = ms;
      settings.applicationConsistentCreateMs = ms;
    },
    setCopyMs: (ms) => {
      settings.copyMs = ms;
      settings.copyStartMs = Math.min(20, ms);
      settings.copyProgressStepMs = 10;
    },
    setDeleteMs: (ms) => {
      settings.deleteMs = ms;
    },
    setAccessMs: (ms) => {
      settings.accessMs = ms;
    },
    advance: (ms) => emulator.advance(ms),
    opens: async (url) => (await fetch(url, { method: "HEAD" })).ok,
    failNextCreate: ({ code, message }) =>
      faults.failNextOperation({ kind: "createRestorePoint", code, message }),
    loseNextAnswerToPut: () =>
      faults.add({ method: "PUT", path: /\/restorePoints\//i, answer: "drop-response" }),
    deleteVm: async () => {
      await ask("DELETE", vmId("web-01"));
      await emulator.emulator.operations.idle();
    },
    recreateVm: () => putVm(),
    addSharedDisk: async () => {
      const properties = { creationData: { createOption: "Empty" }, diskSizeGB: 8, maxShares: 2 };
      const body = { location: LOCATION, sku: { name: "Premium_LRS" }, properties };
      await ask("PUT", diskId("web-01-shared"), { body });
      await putVm(true);
    },
  };
}
