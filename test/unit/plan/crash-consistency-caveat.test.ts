import { describe, expect, test } from "vitest";
import { crashConsistencyCaveat } from "../../../src/lib/plan/crash-consistency-caveat.ts";
import { attemptOf } from "../../../src/lib/plan/plan-operation.ts";
import { disk, openSlot, operationId, protection, virtualMachine } from "../../fixtures/records.ts";

const dataDisks = (count: number) =>
  Array.from({ length: count }, (_, lun) => disk(`data-${lun}`, { lun }));
const caveat = (vmSize: string, disks = [disk("os"), ...dataDisks(2)]) =>
  crashConsistencyCaveat({ vmSize }, disks);

describe("that all disks are of the same moment", () => {
  test.each(["Standard_D4s_v6", "Standard_E8-4ds_v6", "Standard_D4as_v7", "Standard_M16s_v8"])(
    "is not guaranteed of several data disks on Azure Boost: %s",
    (size) => {
      expect(caveat(size)).toBe(
        `Azure does not guarantee that its disks are of the same moment: ${size} runs on Azure Boost and has 2 data disks.`,
      );
      expect(caveat(size, [disk("os"), ...dataDisks(1)])).toBeUndefined();
    },
  );

  test.each(["Standard_D4s_v5", "Standard_D4as_v6", "Standard_D4ps_v6", "Standard_DS2", "", "odd"])(
    "is guaranteed on other sizes: %j",
    (size) => {
      expect(caveat(size)).toBeUndefined();
    },
  );

  test("is not guaranteed with read/write host caching", () => {
    const os = disk("os", { caching: "ReadWrite" });
    expect(caveat("Standard_D4s_v5", [os, ...dataDisks(1)])).toContain("os has read/write host");
    expect(caveat("Standard_D4s_v5", [os])).toBeUndefined();
  });
});

test("a crash-consistent restore point carries the caveat, an application-consistent one does not", () => {
  const vm = virtualMachine({ vmSize: "Standard_D4s_v6", disks: [disk("os"), ...dataDisks(3)] });
  const pointOf = (consistency: "CrashConsistent" | "ApplicationConsistent") => {
    const slot = openSlot({ consistency, operation: operationId() });
    return attemptOf(protection({ openSlots: [slot] }), vm, new Date(0))?.point;
  };
  expect(pointOf("CrashConsistent")?.caveat).toContain("3 data disks");
  expect(pointOf("ApplicationConsistent")).not.toHaveProperty("caveat");
});
