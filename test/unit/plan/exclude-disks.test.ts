import { describe, expect, test } from "vitest";
import type { AttachedDisk } from "../../../src/lib/fleet/virtual-machine.ts";
import { excludeDisks } from "../../../src/lib/plan/exclude-disks.ts";
import type { DiskSelector, RequestedConsistency } from "../../../src/lib/policy/policy.ts";
import { disk, diskId } from "../../fixtures/records.ts";

const reasonFor = (
  one: AttachedDisk,
  consistency: RequestedConsistency = "CrashConsistent",
  selectors: readonly DiskSelector[] = [],
) => excludeDisks([one], selectors, consistency)[0]?.reason;

const everyConsistency: RequestedConsistency[] = [
  "CrashConsistent",
  "ApplicationConsistent",
  "ApplicationThenCrashConsistent",
];

describe("disks that Azure cannot put into any restore point", () => {
  test.each(everyConsistency)("an ephemeral OS disk is left out of a %s one", (consistency) => {
    expect(reasonFor(disk("os", { ephemeral: true }), consistency)).toMatch(/ephemeral/);
  });

  test.each(everyConsistency)("a shared disk is left out of a %s one", (consistency) => {
    expect(reasonFor(disk("data", { lun: 0, maxShares: 2 }), consistency)).toMatch(/shared/);
  });

  test("a disk that one VM may attach is in", () => {
    expect(reasonFor(disk("data", { lun: 0, maxShares: 1 }))).toBeUndefined();
  });
});

describe("disks that need application consistency", () => {
  const demanding: [string, Partial<AttachedDisk>][] = [
    ["an Ultra disk", { storageAccountType: "UltraSSD_LRS" }],
    ["a Premium SSD v2 disk", { storageAccountType: "PremiumV2_LRS" }],
    ["a Premium SSD v2 disk in another casing", { storageAccountType: "premiumv2_lrs" }],
    ["a write-accelerated disk", { writeAccelerator: true }],
  ];

  test.each(demanding)("%s is left out of a crash-consistent point", (_what, more) => {
    expect(reasonFor(disk("data", { lun: 0, ...more }))).toMatch(/application consistency/);
  });

  test.each(demanding)("%s is in an application-consistent point", (_what, more) => {
    const one = disk("data", { lun: 0, ...more });
    expect(reasonFor(one, "ApplicationConsistent")).toBeUndefined();
    expect(reasonFor(one, "ApplicationThenCrashConsistent")).toBeUndefined();
  });

  test.each(["Premium_LRS", "StandardSSD_ZRS", "Standard_LRS", undefined])(
    "a %s disk is in either",
    (storageAccountType) => {
      const { storageAccountType: _, ...one } = disk("data", { lun: 0 });
      const sku = storageAccountType === undefined ? {} : { storageAccountType };
      expect(reasonFor({ ...one, ...sku })).toBeUndefined();
    },
  );
});

describe("disks that the tag or the policy leaves out", () => {
  const disks = [disk("os"), disk("data-0", { lun: 0 }), disk("Scratch", { lun: 1 })];
  test.each<[string, DiskSelector[], string[]]>([
    ["nothing", [], []],
    ["a lun", [{ lun: 1 }], ["Scratch"]],
    ["a name, in any casing", [{ disk: "SCRATCH" }], ["Scratch"]],
    ["the OS disk by its name", [{ disk: "os" }], ["os"]],
    ["a lun and a name", [{ lun: 0 }, { disk: "os" }], ["os", "data-0"]],
    ["what is not there", [{ lun: 7 }, { disk: "gone" }], []],
  ])("selecting %s", (_what, selectors, names) => {
    const excluded = excludeDisks(disks, selectors, "CrashConsistent");
    expect(excluded.map(({ name }) => name)).toEqual(names);
  });

  test("are recorded with their id, name, lun and reason", () => {
    expect(excludeDisks(disks, [{ lun: 1 }, { disk: "os" }], "CrashConsistent")).toEqual([
      { id: diskId("os"), name: "os", reason: "Excluded by the tag or the policy." },
      {
        id: diskId("Scratch"),
        name: "Scratch",
        lun: 1,
        reason: "Excluded by the tag or the policy.",
      },
    ]);
  });
});

test("an unmanaged disk has no id that a request could name, so it is not listed", () => {
  const { id: _, ...unmanaged } = disk("data", { lun: 0 });
  expect(excludeDisks([unmanaged], [{ lun: 0 }], "CrashConsistent")).toEqual([]);
});
