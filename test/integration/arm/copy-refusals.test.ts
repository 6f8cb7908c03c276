import { describe, expect, test } from "vitest";
import { headerOf } from "./ask.ts";
import {
  copyBody,
  givenCopy,
  givenCopyable,
  givenTarget,
  putCopy,
  TARGET,
} from "./copies-scene.ts";
import { givenCollection, givenRestorePoint } from "./given.ts";
import { collectionId, diskId, GROUP, restorePointId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();
const HOUR = 3_600_000;

/** rp-1 and rp-2, the second an hour later. */
async function givenTwo(arm: Arm): Promise<void> {
  await givenCopyable(arm);
  arm.emulator.advance(HOUR);
  await givenRestorePoint(arm, "web-01-rpc", "rp-2");
}

const refusal = (status: number, code: string, words: RegExp) => ({
  status,
  body: { error: { code, message: expect.stringMatching(words) } },
});

describe("a collection for copies is refused", () => {
  test("in the region of its source", async () => {
    const arm = await start();
    await givenCopyable(arm);
    await expect(givenTarget(arm, "same", "West Europe")).rejects.toThrow(/another region only/);
  });

  test("when its source holds copies, or is not there", async () => {
    const arm = await start();
    await givenCopyable(arm);
    const put = (source: string) =>
      arm.ask("PUT", collectionId("third"), {
        body: { location: "eastus", properties: { source: { id: collectionId(source) } } },
      });
    expect(await put(TARGET)).toMatchObject(
      refusal(409, "OperationNotAllowed", /a copy cannot be copied again/),
    );
    expect(await put("nope")).toMatchObject({
      status: 404,
      body: { error: { code: "ResourceNotFound" } },
    });
  });
});

describe("a copy is refused", () => {
  test("of an older restore point than the latest that was copied", async () => {
    const arm = await start();
    await givenTwo(arm);
    await givenCopy(arm, "rp-2");
    arm.emulator.advance(HOUR);
    expect(await putCopy(arm, "rp-1")).toMatchObject(
      refusal(409, "OperationNotAllowed", /in the order of their creation/),
    );
  });

  test("of a restore point that was copied there already", async () => {
    const arm = await start();
    await givenCopyable(arm);
    await givenCopy(arm, "rp-1");
    arm.emulator.advance(HOUR);
    expect(await putCopy(arm, "again", { body: copyBody("rp-1") })).toMatchObject(
      refusal(409, "Conflict", /copied already/),
    );
  });

  test("while another one is on its way there", async () => {
    const arm = await start({ copyMs: 10 * HOUR });
    await givenTwo(arm);
    await givenCopy(arm, "rp-1");
    const second = refusal(409, "OperationNotAllowed", /one copy at a time/);
    expect(await putCopy(arm, "rp-2")).toMatchObject(second);
    arm.emulator.advance(10 * HOUR);
    expect((await putCopy(arm, "rp-2")).status).toBe(201);
  });

  test("with excluded disks or a consistency mode of its own", async () => {
    const arm = await start();
    await givenCopyable(arm);
    const { sourceRestorePoint } = copyBody("rp-1").properties;
    const excludeDisks = [{ id: diskId("web-01_DataDisk_0") }];
    for (const [name, value] of Object.entries({
      excludeDisks,
      consistencyMode: "CrashConsistent",
    })) {
      const body = { properties: { sourceRestorePoint, [name]: value } };
      expect(await putCopy(arm, "rp-1", { body })).toMatchObject(
        refusal(400, "InvalidParameter", new RegExp(`properties.${name}`)),
      );
    }
  });

  test("of a restore point of another collection, of none, and without a source", async () => {
    const arm = await start();
    await givenCopyable(arm);
    await givenCollection(arm, "other-rpc");
    await givenRestorePoint(arm, "other-rpc", "rp-9", {});
    const put = (body: object) => putCopy(arm, "rp-9", { body });
    expect(await put(copyBody("rp-9", "other-rpc"))).toMatchObject(
      refusal(400, "InvalidParameter", /sourceRestorePoint/),
    );
    expect(await put(copyBody("nope"))).toMatchObject({ status: 404 });
    expect(await put({})).toMatchObject(refusal(400, "InvalidParameter", /is required/));
  });

  test("of a restore point that has not succeeded", async () => {
    const arm = await start();
    await givenCopyable(arm);
    const error = { code: "InternalError", message: "No." };
    arm.emulator.faults.addToOperations({ kind: "createRestorePoint", outcome: error });
    const failed = await arm.ask("PUT", restorePointId("web-01-rpc", "rp-2"), { body: {} });
    await finished(arm, failed);
    expect(await putCopy(arm, "rp-2")).toMatchObject(
      refusal(409, "OperationNotAllowed", /not in provisioningState Succeeded/),
    );
  });

  test("in a collection of a VM", async () => {
    const arm = await start();
    await givenCopyable(arm);
    expect(
      await putCopy(arm, "copy", { body: copyBody("rp-1"), target: "web-01-rpc" }),
    ).toMatchObject(refusal(400, "InvalidParameter", /sourceRestorePoint/));
  });

  test("when the disk uses a private link", async () => {
    const arm = await start();
    await givenCopyable(arm);
    const properties = { networkAccessPolicy: "AllowPrivate" } as const;
    await arm.client.disks.update(GROUP, "web-01_OsDisk_1", properties);
    arm.emulator.advance(HOUR);
    await givenRestorePoint(arm, "web-01-rpc", "private");
    expect(await putCopy(arm, "private")).toMatchObject(
      refusal(409, "OperationNotAllowed", /private link/),
    );
  });

  test("the fourth time in an hour, with 429 and no counter of its own", async () => {
    const arm = await start({ copyMs: 1 });
    await givenCopyable(arm);
    for (const name of ["rp-2", "rp-3", "rp-4"]) {
      arm.emulator.advance(HOUR);
      await givenRestorePoint(arm, "web-01-rpc", name);
    }
    for (const name of ["rp-1", "rp-2", "rp-3"]) {
      await givenCopy(arm, name);
      arm.emulator.advance(1000);
    }
    const fourth = await putCopy(arm, "rp-4");
    expect(fourth.status).toBe(429);
    expect(Number(headerOf(fourth, "Retry-After"))).toBeGreaterThan(3000);
    expect(headerOf(fourth, "x-ms-ratelimit-remaining-resource")).not.toContain("Create");
    arm.emulator.advance(HOUR);
    expect((await putCopy(arm, "rp-4")).status).toBe(201);
  });
});
