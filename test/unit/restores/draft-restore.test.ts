import { describe, expect, test } from "vitest";
import { restoredId } from "../../../src/lib/restores/restore.ts";
import { drafted, ID, model, pointWithDisks, SHORT } from "./drafting.ts";

const names = (draft: ReturnType<typeof drafted>) =>
  draft.restore.resources.map(({ name }) => name);
const codes = (draft: ReturnType<typeof drafted>) =>
  draft.problems.map(({ code, target }) => `${code} ${target}`);

describe("disks", () => {
  test("are all restored, beside the VM, with the SKU and zone that they had", () => {
    const { restore, problems } = drafted({ kind: "disks" });
    expect(problems).toEqual([]);
    expect(restore).toMatchObject({
      id: ID,
      kind: "disks",
      resourceGroup: "shop",
      location: "westeurope",
      zone: "2",
      state: "Checking",
      resources: [
        {
          role: "disk",
          name: `web-01-os-${SHORT}`,
          disk: { source: "web-01-os", sku: "Premium_LRS", from: "web-01-os_1" },
          state: "Waiting",
        },
        { name: `web-01-data-${SHORT}`, disk: { source: "web-01-data", lun: 0 } },
        { name: `web-01-logs-${SHORT}`, disk: { source: "web-01-logs", lun: 1 } },
      ],
    });
  });

  test("are chosen by name, by lun and as the OS disk, each with a SKU and size of its own", () => {
    const { restore, problems } = drafted({
      kind: "disks",
      sku: "StandardSSD_LRS",
      disks: [{ os: true }, { lun: 1, sizeInGB: 128 }, { disk: "WEB-01-DATA", sku: "Premium_ZRS" }],
    });
    expect(problems).toEqual([]);
    expect(restore.resources.map(({ disk }) => disk)).toMatchObject([
      { source: "web-01-os", sku: "StandardSSD_LRS" },
      { source: "web-01-logs", sku: "StandardSSD_LRS", sizeInGB: 128 },
      { source: "web-01-data", sku: "Premium_ZRS" },
    ]);
  });

  test("of a VM that is not on record have a usual SKU and no zone", () => {
    const { restore } = drafted({ kind: "disks" }, { model: undefined });
    expect(restore.resources[0]?.disk?.sku).toBe("StandardSSD_LRS");
    expect(restore).not.toHaveProperty("zone");
  });

  test("are in the zone that is asked for, or in none", () => {
    expect(drafted({ kind: "disks", zone: "3" }).restore.zone).toBe("3");
    expect(drafted({ kind: "disks", zone: "none" }).restore).not.toHaveProperty("zone");
  });

  test.each([
    ["{disk}-{id}", `web-01-os-${SHORT}`],
    ["back-{vm}-{lun}", "back-web-01-os"],
    ["{id}.{lun}", `${SHORT}.os`],
  ])("are named by the pattern %s", (diskNames, expected) => {
    expect(names(drafted({ kind: "disks", diskNames }))[0]).toBe(expected);
  });

  test("with long names are named so that the restore can be told", () => {
    const name = "d".repeat(80);
    const [first] = pointWithDisks().disks;
    const row = pointWithDisks({ disks: [{ ...first, name, diskRestorePointId: "/x/y" }] });
    const [restored = ""] = names(drafted({ kind: "disks" }, { row }));
    expect(restored).toHaveLength(80);
    expect(restored.endsWith(`-${SHORT}`)).toBe(true);
  });
});

describe("a whole VM", () => {
  test("has all disks, a network interface and itself, as it was recorded", () => {
    const draft = drafted({ kind: "vm" });
    expect(draft.problems).toEqual([]);
    expect(names(draft)).toEqual([
      `web-01-os-${SHORT}`,
      `web-01-data-${SHORT}`,
      `web-01-logs-${SHORT}`,
      `web-01-${SHORT}-nic-${SHORT}`,
      `web-01-${SHORT}`,
    ]);
    expect(draft.restore).toMatchObject({ size: "Standard_D4s_v5", powerState: "running" });
  });

  test("may have another name, group, size, and its disks others than the source's", () => {
    const { restore, problems } = drafted({
      ...{ kind: "vm", name: "web-01", resourceGroup: "Lab", size: "Standard_D2s_v5" },
      disks: [{ lun: 0, sizeInGB: 100 }],
    });
    expect(problems).toEqual([]);
    expect(restore.size).toBe("Standard_D2s_v5");
    const vm = restore.resources.at(-1);
    expect(vm && restoredId(restore, vm)).toMatch(
      /\/resourceGroups\/Lab\/providers\/Microsoft\.Compute\/virtualMachines\/web-01$/,
    );
    expect(restore.resources[1]?.disk).toMatchObject({ lun: 0, sizeInGB: 100 });
  });
});

describe("what cannot be is told all at once", () => {
  test.each([
    [
      "a disk that is not in it",
      { kind: "disks", disks: [{ lun: 7 }] },
      "DiskNotInRestorePoint disks[0]",
    ],
    [
      "a disk named twice",
      { kind: "disks", disks: [{ lun: 0 }, { disk: "web-01-data" }] },
      "DiskNamedTwice disks[1]",
    ],
    [
      "a smaller disk",
      { kind: "disks", disks: [{ os: true, sizeInGB: 29 }] },
      "DiskSizeTooSmall disks[0].sizeInGB",
    ],
    ["disks of one name", { kind: "disks", diskNames: "all" }, "InvalidDiskNames diskNames"],
    [
      "names that Azure refuses",
      { kind: "disks", diskNames: "{disk}." },
      "InvalidDiskNames diskNames",
    ],
  ])("%s", (_what, asked, expected) => {
    expect(codes(drafted(asked))).toEqual([expected]);
  });

  test("of a restore point that is not ready, or on its way out", () => {
    const creating = { row: pointWithDisks({ state: "Creating" }) };
    expect(drafted({ kind: "disks" }, creating).problems).toMatchObject([
      { code: "RestorePointNotReady", retryAfterMs: 60_000 },
    ]);
    const failed = { row: pointWithDisks({ state: "Failed" }) };
    expect(codes(drafted({ kind: "disks" }, failed))).toEqual(["RestorePointFailed point"]);
    const deletion = { operation: ID, reason: "old", decidedAt: "2026-02-01T00:00:00.000Z" };
    const leaving = { row: pointWithDisks({ deletion }) };
    expect(codes(drafted({ kind: "disks" }, leaving))).toEqual(["RestorePointBeingDeleted point"]);
  });

  test("of a VM that is not on record", () => {
    expect(codes(drafted({ kind: "vm" }, { model: undefined }))).toEqual(["VmNotRecorded kind"]);
  });

  test("of a VM whose OS disk was left out", () => {
    const row = pointWithDisks({ disks: pointWithDisks().disks.slice(1) });
    expect(codes(drafted({ kind: "vm" }, { row }))).toEqual(["OsDiskNotInRestorePoint kind"]);
  });

  test("of a VM that was recorded without size, network and operating system", () => {
    const bare = model({ hardwareProfile: {}, networkProfile: {}, storageProfile: { osDisk: {} } });
    expect(codes(drafted({ kind: "vm" }, { model: bare }))).toEqual([
      "SizeUnknown size",
      "SubnetUnknown subnetId",
      "OsTypeUnknown point",
    ]);
  });

  test("of a VM with as many tags as Azure takes", () => {
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`t${n}`, "x"]));
    expect(codes(drafted({ kind: "vm" }, { model: model({ tags }) }))).toEqual([
      "TooManyTags tags",
    ]);
    expect(codes(drafted({ kind: "vm", tags: {} }, { model: model({ tags }) }))).toEqual([]);
  });

  test("of an OS disk of a kind that no VM starts from, or that is too large", () => {
    expect(codes(drafted({ kind: "vm", sku: "UltraSSD_LRS" }))).toEqual(["OsDiskSku sku"]);
    expect(codes(drafted({ kind: "vm", disks: [{ os: true, sizeInGB: 4096 }] }))).toEqual([
      "OsDiskTooLarge disks",
    ]);
    expect(codes(drafted({ kind: "disks", sku: "UltraSSD_LRS" }))).toEqual([]);
  });

  test("several things", () => {
    const draft = drafted(
      { kind: "vm", disks: [{ lun: 9 }, { os: true, sizeInGB: 1 }] },
      {
        model: undefined,
        row: pointWithDisks({ state: "Creating" }),
      },
    );
    expect(codes(draft)).toEqual([
      "RestorePointNotReady point",
      "DiskNotInRestorePoint disks[0]",
      "DiskSizeTooSmall disks[1].sizeInGB",
      "VmNotRecorded kind",
    ]);
  });
});
