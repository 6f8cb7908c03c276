import { describe, expect, test } from "vitest";
import { givenProtectedVm, givenRestorePoint } from "./given.ts";
import { azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

const withOs = (osType: "Linux" | "Windows") => ({
  storageProfile: { osDisk: { createOption: "FromImage", osType } as const },
});

describe("a restore point", () => {
  test.each([
    ["Windows", "ApplicationConsistent"],
    ["Linux", "FileSystemConsistent"],
  ] as const)(
    "with an empty body is as consistent as %s can be",
    async (osType, consistencyMode) => {
      const arm = await start();
      const osDisk = { createOption: "FromImage", osType } as const;
      await givenProtectedVm(arm, { storageProfile: { osDisk } });
      expect(await givenRestorePoint(arm, "web-01-rpc", "rp-1", {})).toMatchObject({
        consistencyMode,
      });
    },
  );

  test("of Linux with scripts in the guest is application-consistent, by setting", async () => {
    const arm = await start({ linuxConsistency: "ApplicationConsistent" });
    await givenProtectedVm(arm, withOs("Linux"));
    const { consistencyMode } = await givenRestorePoint(arm, "web-01-rpc", "rp-1", {});
    expect(consistencyMode).toBe("ApplicationConsistent");
  });

  test("is file-system-consistent three times after VSS has failed, and then application-consistent again", async () => {
    const arm = await start({ throttlingFactor: 0 });
    await givenProtectedVm(arm, withOs("Windows"));
    arm.emulator.faults.addToOperations({ kind: "createRestorePoint", outcome: "fall-back" });
    const obtained: unknown[] = [];
    for (const name of ["rp-1", "rp-2", "rp-3", "rp-4"]) {
      obtained.push((await givenRestorePoint(arm, "web-01-rpc", name, {})).consistencyMode);
    }
    const fallen = Array.from({ length: 3 }, () => "FileSystemConsistent");
    expect(obtained).toEqual([...fallen, "ApplicationConsistent"]);
  });
});
