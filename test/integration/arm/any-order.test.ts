import fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer } from "./ask.ts";
import { countBlobs } from "./count-blobs.ts";
import {
  collectionId,
  diskId,
  GROUP,
  groupPath,
  LOCATION,
  networkInterfaceId,
  restorePointId,
  vmId,
} from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

type Step = (arm: Arm) => Promise<Answer | undefined>;

const put =
  (path: string, body: object): Step =>
  async ({ ask }) =>
    await ask("PUT", path, { body });
const patch =
  (path: string, body: object): Step =>
  async ({ ask }) =>
    await ask("PATCH", path, { body });
const remove =
  (path: string): Step =>
  async ({ ask }) =>
    await ask("DELETE", path);
const advance =
  (ms: number): Step =>
  async ({ emulator }) => {
    emulator.advance(ms);
    return undefined;
  };

const settle: Step = async ({ emulator }) => {
  await emulator.emulator.operations.idle();
  return undefined;
};

const write =
  (disk: string): Step =>
  async ({ emulator }) => {
    if (emulator.emulator.state.disks.get(diskId(disk)) === undefined) return undefined;
    const written = emulator.disk(diskId(disk)).write(0, Buffer.alloc(512, disk));
    await written.catch((error: unknown) => expect(`${error}`).toContain("is deleted"));
    return undefined;
  };

/** On the first disk of the restore point. */
const access =
  (collection: string, action: "beginGetAccess" | "endGetAccess"): Step =>
  async ({ ask, emulator }) => {
    const id = restorePointId(collection, "rp-0");
    const [disk] = emulator.emulator.state.restorePoints.get(id)?.disks ?? [];
    if (disk === undefined) return undefined;
    const body = { access: "Read", durationInSeconds: 600 };
    return await ask("POST", `${id}/diskRestorePoints/${disk.name}/${action}`, {
      ...(action === "beginGetAccess" ? { body } : {}),
    });
  };

const restore =
  (name: string, collection: string, location: string): Step =>
  async ({ ask, emulator }) => {
    const id = restorePointId(collection, "rp-0");
    const [disk] = emulator.emulator.state.restorePoints.get(id)?.disks ?? [];
    if (disk === undefined) return undefined;
    const sourceResourceId = `${id}/diskRestorePoints/${disk.name}`;
    const properties = { creationData: { createOption: "Restore", sourceResourceId } };
    return await ask("PUT", diskId(name), { body: { location, properties } });
  };

const vm = (name: string, dataDisks: readonly string[]): Step =>
  put(vmId(name), {
    location: LOCATION,
    properties: {
      networkProfile: { networkInterfaces: [{ id: networkInterfaceId(`${name}-nic`) }] },
      storageProfile: {
        osDisk: {
          createOption: "FromImage",
          name: `${name}-os`,
          diskSizeGB: 1,
          deleteOption: "Delete",
        },
        dataDisks: dataDisks.map((disk, lun) => ({
          lun,
          createOption: "Attach",
          managedDisk: { id: diskId(disk) },
        })),
      },
    },
  });

const nic = (name: string): Step =>
  put(networkInterfaceId(`${name}-nic`), {
    location: LOCATION,
    properties: { ipConfigurations: [{ name: "one", properties: {} }] },
  });

const disk = (name: string, sizeInGB: number): Step =>
  put(diskId(name), {
    location: LOCATION,
    properties: { creationData: { createOption: "Empty" }, diskSizeGB: sizeInGB },
  });

const collection = (name: string, location: string, source: string): Step =>
  put(collectionId(name), { location, properties: { source: { id: source } } });

const copy = (name: string): Step =>
  put(restorePointId("copies", name), {
    properties: { sourceRestorePoint: { id: restorePointId("points", name) } },
  });

const VM = fc.constantFrom("vm-1", "vm-2");
const DISK = fc.constantFrom("data-1", "data-2");
const POINT = fc.constantFrom("rp-0", "rp-1");
const COLLECTION = fc.constantFrom("points", "copies");

const step: fc.Arbitrary<Step> = fc.oneof(
  VM.map(nic),
  fc.tuple(VM, fc.uniqueArray(DISK)).map(([name, disks]) => vm(name, disks)),
  VM.map((name) => patch(vmId(name), { properties: { storageProfile: { dataDisks: [] } } })),
  VM.map((name) => remove(vmId(name))),
  VM.map((name) => remove(networkInterfaceId(`${name}-nic`))),
  fc.tuple(DISK, fc.integer({ min: 1, max: 3 })).map(([name, size]) => disk(name, size)),
  DISK.map(write),
  DISK.map((name) => remove(diskId(name))),
  fc.constant(collection("points", LOCATION, vmId("vm-1"))),
  fc.constant(collection("copies", "eastus", collectionId("points"))),
  COLLECTION.map((name) => remove(collectionId(name))),
  POINT.map((name) => put(restorePointId("points", name), { properties: {} })),
  POINT.map(copy),
  fc.tuple(COLLECTION, POINT).map(([name, point]) => remove(restorePointId(name, point))),
  fc
    .tuple(COLLECTION, fc.constantFrom("beginGetAccess" as const, "endGetAccess" as const))
    .map(([name, action]) => access(name, action)),
  fc.constantFrom(restore("data-1", "points", LOCATION), restore("restored", "copies", "eastus")),
  fc.constantFrom(10, 1000, 3_600_000).map(advance),
  { weight: 4, arbitrary: fc.constant(settle) },
  fc.constant(remove(groupPath(GROUP))),
  fc.constant(put(groupPath(GROUP), { location: LOCATION })),
);

/** What is said of one resource fits what is said of the others. */
function demandWhole({ emulator }: Arm): void {
  const { virtualMachines, disks, collections, restorePoints } = emulator.emulator.state;
  for (const each of disks.all()) {
    for (const owner of each.managedBy) {
      expect(virtualMachines.get(owner)?.disks.map(({ diskId: id }) => id)).toContain(each.id);
    }
  }
  for (const each of virtualMachines.all()) {
    for (const { diskId: id } of each.disks) expect(disks.get(id)?.managedBy).toContain(each.id);
  }
  for (const { id } of restorePoints.all()) {
    expect(collections.get(id.replace(/\/restorePoints\/.*/, ""))).toBeDefined();
  }
}

/** What most steps need. */
const BEGIN: readonly Step[] = [
  put(groupPath(GROUP), { location: LOCATION }),
  nic("vm-1"),
  disk("data-1", 1),
  write("data-1"),
  settle,
  vm("vm-1", ["data-1"]),
  settle,
  collection("points", LOCATION, vmId("vm-1")),
  collection("copies", "eastus", collectionId("points")),
  put(restorePointId("points", "rp-0"), { properties: {} }),
  settle,
];

test("whatever is asked in whatever order, it all fits together, and nothing is left in the end", async () => {
  const arm = await start({ throttlingFactor: 0, minimumIntervals: "none" });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      for (const each of [...BEGIN, ...steps]) {
        const answer = await each(arm);
        if (answer) expect(answer.status).toBeLessThan(500);
        demandWhole(arm);
      }
      await arm.emulator.emulator.operations.idle();
      arm.emulator.advance(24 * 3_600_000);
      await arm.ask("DELETE", groupPath(GROUP));
      await arm.emulator.emulator.operations.idle();
      expect(arm.emulator.emulator.state.disks.all()).toEqual([]);
      expect(arm.emulator.emulator.state.restorePoints.all()).toEqual([]);
      expect(arm.emulator.emulator.state.accesses.all()).toEqual([]);
      expect(await countBlobs(arm)).toBe(0);
    }),
    { numRuns: 40, endOnFailure: true },
  );
}, 120_000);
