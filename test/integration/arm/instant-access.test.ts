import { describe, expect, test } from "vitest";
import { all, givenRestorePoint, givenVm, POLL, vmModel } from "./given.ts";
import { collectionId, diskId, GROUP, LOCATION, restorePointId, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();
const MINUTE = 60_000;
/** Longer than instant access lasts at most. */
const BACKGROUND = { backgroundCopyMs: 600 * MINUTE };

/** web-01 with a data disk of Premium SSD v2. */
async function givenFastVm(arm: Arm, instantAccess?: boolean): Promise<void> {
  const managedDisk = { storageAccountType: "PremiumV2_LRS" };
  await givenVm(arm, "web-01", {
    storageProfile: {
      ...vmModel().storageProfile,
      dataDisks: [{ lun: 0, name: "fast", createOption: "Empty", diskSizeGB: 8, managedDisk }],
    },
  });
  await arm.client.restorePointCollections.createOrUpdate(GROUP, "web-01-rpc", {
    location: LOCATION,
    source: { id: vmId("web-01") },
    ...(instantAccess === undefined ? {} : { instantAccess }),
  });
}

async function fastDisk({ client }: Arm) {
  const disks = await all(client.diskRestorePoint.listByRestorePoint(GROUP, "web-01-rpc", "rp-1"));
  return disks.find(({ name }) => name?.startsWith("fast"));
}

const accessState = async (arm: Arm) => (await fastDisk(arm))?.snapshotAccessState;

/** A disk made from the fast disk's restore point. */
const restored = async (arm: Arm, sku: string, more: object = {}) =>
  await arm.ask("PUT", diskId("restored"), {
    body: {
      location: LOCATION,
      sku: { name: sku },
      properties: {
        creationData: { createOption: "Restore", sourceResourceId: (await fastDisk(arm))?.id },
        ...more,
      },
    },
  });

describe("a restore point of a Premium SSD v2 disk", () => {
  test("is pending until it is copied in the background: no restore, no export", async () => {
    const arm = await start(BACKGROUND);
    await givenFastVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1", {});
    expect(await accessState(arm)).toBe("Pending");
    expect((await restored(arm, "PremiumV2_LRS")).status).toBe(409);
    const begin = `${(await fastDisk(arm))?.id}/beginGetAccess`;
    const body = { access: "Read", durationInSeconds: 600 };
    expect((await arm.ask("POST", begin, { body })).status).toBe(409);
    arm.emulator.advance(300 * MINUTE);
    expect((await fastDisk(arm))?.completionPercent).toBe(50);
    arm.emulator.advance(300 * MINUTE);
    expect(await accessState(arm)).toBe("Available");
    expect((await restored(arm, "PremiumV2_LRS")).status).toBe(202);
    expect(await finished(arm, await arm.ask("POST", begin, { body }))).toMatchObject({
      status: "Succeeded",
    });
  });

  test("has instant access for as long as was asked: restore, but no export", async () => {
    const arm = await start(BACKGROUND);
    await givenFastVm(arm, true);
    const point = { instantAccessDurationMinutes: 120 };
    expect(await givenRestorePoint(arm, "web-01-rpc", "rp-1", point)).toMatchObject(point);
    expect(await accessState(arm)).toBe("InstantAccess");
    expect((await restored(arm, "Premium_LRS")).status).toBe(409);
    expect((await restored(arm, "UltraSSD_LRS", { diskSizeGB: 16 })).status).toBe(409);
    const body = { access: "Read", durationInSeconds: 600 };
    const begin = `${(await fastDisk(arm))?.id}/beginGetAccess`;
    expect((await arm.ask("POST", begin, { body })).status).toBe(409);
    expect((await restored(arm, "UltraSSD_LRS")).status).toBe(202);
    arm.emulator.advance(121 * MINUTE);
    expect(await accessState(arm)).toBe("Pending");
  });

  test("has both once it is copied while instant access lasts", async () => {
    const arm = await start({ backgroundCopyMs: 60 * MINUTE });
    await givenFastVm(arm, true);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1", {});
    arm.emulator.advance(61 * MINUTE);
    expect(await accessState(arm)).toBe("AvailableWithInstantAccess");
    arm.emulator.advance(240 * MINUTE);
    expect(await accessState(arm)).toBe("Available");
  });

  test("has sectors that only such disks can have", async () => {
    const arm = await start({ backgroundCopyMs: 0 });
    await givenFastVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1", {});
    expect((await fastDisk(arm))?.logicalSectorSize).toBe(4096);
    expect((await restored(arm, "Premium_LRS")).status).toBe(409);
  });
});

describe("asking for instant access is refused", () => {
  const put = ({ ask }: Arm, properties: object) =>
    ask("PUT", restorePointId("web-01-rpc", "rp-1"), { body: { properties } });

  test("outside of 60 to 300 minutes", async () => {
    const arm = await start();
    await givenFastVm(arm, true);
    for (const instantAccessDurationMinutes of [59, 301]) {
      expect(await put(arm, { instantAccessDurationMinutes })).toMatchObject({
        status: 400,
        body: { error: { target: "properties.instantAccessDurationMinutes" } },
      });
    }
  });

  test("with crash consistency, and in a collection without it", async () => {
    const arm = await start();
    await givenFastVm(arm, false);
    const minutes = { instantAccessDurationMinutes: 60 };
    expect((await put(arm, minutes)).status).toBe(400);
    const body = { properties: { instantAccess: true } };
    await arm.ask("PATCH", collectionId("web-01-rpc"), { body });
    const crash = { consistencyMode: "CrashConsistent", excludeDisks: [{ id: diskId("fast") }] };
    expect((await put(arm, { ...minutes, ...crash })).status).toBe(400);
    await arm.client.restorePoints.create(GROUP, "web-01-rpc", "rp-2", minutes, POLL);
  });
});
