import { describe, expect, test } from "vitest";
import { headerOf } from "../ask.ts";
import { givenSas, HOUR, sasOf, statusOf } from "../disk-endpoint/sas.ts";
import { GROUP, restorePointId } from "../names.ts";
import { azuriteOfThisFile } from "../scene.ts";
import { finished } from "../wait.ts";
import { begin, diskPath, end } from "./requests.ts";

const start = azuriteOfThisFile();

describe("beginGetAccess on a disk restore point", () => {
  test("is accepted with both addresses, and the SAS is at each of them when it has ended", async () => {
    const { arm, disk } = await givenSas(start);
    await end(arm, "rp-1", disk);
    const accepted = await begin(arm, "rp-1", disk);
    expect(accepted.status).toBe(202);
    expect(headerOf(accepted, "Azure-AsyncOperation")).toContain("/DiskOperations/");
    const location = headerOf(accepted, "Location");
    const status = await finished(arm, accepted);
    expect(status).toMatchObject({
      status: "Succeeded",
      properties: { output: { accessSAS: expect.stringContaining("sig=") } },
    });
    const { body } = await arm.ask("GET", location);
    expect(body).toEqual(Reflect.get(Reflect.get(status, "properties"), "output"));
  });

  test("once more extends it, and gives the same URL", async () => {
    const { arm, disk, sas } = await givenSas(start);
    arm.emulator.advance(HOUR / 2);
    expect(await sasOf(arm, "rp-1", disk)).toBe(sas);
    arm.emulator.advance(HOUR - 60_000);
    expect(await statusOf(sas)).toBe(200);
    arm.emulator.advance(120_000);
    expect(await statusOf(sas)).toBe(403);
  });

  test("once more adds to what is left, by setting", async () => {
    const { arm, disk, sas } = await givenSas(() => start({ extendAccess: "add" }));
    await sasOf(arm, "rp-1", disk);
    arm.emulator.advance(2 * HOUR - 60_000);
    expect(await statusOf(sas)).toBe(200);
    arm.emulator.advance(120_000);
    expect(await statusOf(sas)).toBe(403);
  });

  test("never takes away what was granted for longer", async () => {
    const { arm, disk, sas } = await givenSas(start);
    await finished(arm, await begin(arm, "rp-1", disk, { durationInSeconds: 1 }));
    arm.emulator.advance(HOUR / 2);
    expect(await statusOf(sas)).toBe(200);
  });

  test("takes the duration as a string", async () => {
    const { arm, disk } = await givenSas(start);
    expect((await begin(arm, "rp-1", disk, { durationInSeconds: "3600" })).status).toBe(202);
  });

  test("gives its result for as long as is set, and then no more", async () => {
    const { arm, disk } = await givenSas(() => start({ accessResultMs: HOUR }));
    const accepted = await begin(arm, "rp-1", disk);
    await finished(arm, accepted);
    const location = headerOf(accepted, "Location");
    expect((await arm.ask("GET", location)).status).toBe(200);
    arm.emulator.advance(2 * HOUR);
    expect((await arm.ask("GET", location)).status).toBe(404);
    const { body } = await arm.ask("GET", headerOf(accepted, "Azure-AsyncOperation"));
    expect(body).not.toHaveProperty("properties");
  });

  test("that ends after endGetAccess opens the bytes again, as in Azure", async () => {
    const { arm, disk, sas } = await givenSas(start);
    arm.emulator.settings.accessMs = HOUR;
    const late = await begin(arm, "rp-1", disk);
    arm.emulator.settings.accessMs = 0;
    await finished(arm, await end(arm, "rp-1", disk));
    expect(await statusOf(sas)).toBe(403);
    arm.emulator.advance(HOUR);
    const status = await finished(arm, late);
    const again = Reflect.get(
      Reflect.get(Reflect.get(status, "properties"), "output"),
      "accessSAS",
    );
    expect(await statusOf(String(again))).toBe(200);
    expect(await statusOf(sas)).toBe(403);
  });

  test("keeps nothing that opens the bytes: not in the state, not in the log", async () => {
    const { arm, disk, sas } = await givenSas(start);
    await begin(arm, "rp-1", disk);
    const signature = encodeURIComponent(new URL(sas).searchParams.get("sig") ?? "none");
    const kept = [...arm.emulator.emulator.journal.dump(), ...arm.emulator.log.lines()].join("\n");
    expect(kept).not.toContain(signature);
    expect(kept).not.toContain("sig=");
  });
});

describe("endGetAccess", () => {
  test("without an access is accepted, and changes nothing", async () => {
    const { arm, disk } = await givenSas(start);
    for (let count = 0; count < 2; count++) {
      expect(await finished(arm, await end(arm, "rp-1", disk))).toMatchObject({
        status: "Succeeded",
      });
    }
  });

  test("of a disk restore point that is not there is 404", async () => {
    const { arm } = await givenSas(start);
    expect((await end(arm, "rp-1", "nope")).status).toBe(404);
    expect((await arm.ask("POST", `${diskPath("rp-9", "nope")}/endGetAccess`)).status).toBe(404);
  });
});

describe("a restore point with an active SAS", () => {
  const refused = { code: "DiskRestorePointUsedByCustomer", message: expect.any(String) };
  const collection = restorePointId("web-01-rpc", "x").replace(/\/restorePoints\/x$/, "");

  test.each([
    ["it", restorePointId("web-01-rpc", "rp-1")],
    ["its collection", collection],
  ])("keeps %s from being deleted, until the access ends", async (_, id) => {
    const { arm, disk } = await givenSas(start);
    expect(await arm.ask("DELETE", id)).toMatchObject({ status: 409, body: { error: refused } });
    await finished(arm, await end(arm, "rp-1", disk));
    expect(await finished(arm, await arm.ask("DELETE", id))).toMatchObject({ status: "Succeeded" });
  });

  test("may, by setting, fail the deletion later, and then stays as it was", async () => {
    const { arm } = await givenSas(start);
    arm.emulator.settings.refusals.activeSas = "failedOperation";
    const deleted = await arm.ask("DELETE", restorePointId("web-01-rpc", "rp-1"));
    expect(await finished(arm, deleted)).toMatchObject({ status: "Failed", error: refused });
    const point = await arm.client.restorePoints.get(GROUP, "web-01-rpc", "rp-1");
    expect(point.provisioningState).toBe("Succeeded");
  });

  test.each([
    [false, 202],
    [true, 409],
  ])(
    "when it has expired (expiredSasBlocksDelete: %s) answers %i",
    async (expiredSasBlocksDelete, status) => {
      const { arm } = await givenSas(() => start({ expiredSasBlocksDelete }));
      arm.emulator.advance(2 * HOUR);
      const deleted = await arm.ask("DELETE", restorePointId("web-01-rpc", "rp-1"));
      expect(deleted.status).toBe(status);
    },
  );

  test.each([
    ["has ended", 0, "NotFound"],
    ["goes on", 2 * HOUR, "OperationNotAllowed"],
  ])("is not granted any more when its deletion %s before the grant", async (_, deleteMs, code) => {
    const { arm, disk } = await givenSas(start);
    await finished(arm, await end(arm, "rp-1", disk));
    Object.assign(arm.emulator.settings, { accessMs: HOUR, deleteMs });
    const granting = await begin(arm, "rp-1", disk);
    const deleting = await arm.ask("DELETE", restorePointId("web-01-rpc", "rp-1"));
    expect(deleting.status).toBe(202);
    if (deleteMs === 0) await finished(arm, deleting);
    arm.emulator.advance(HOUR);
    expect(await finished(arm, granting)).toMatchObject({ status: "Failed", error: { code } });
    arm.emulator.advance(HOUR);
    expect(await finished(arm, deleting)).toMatchObject({ status: "Succeeded" });
    expect(arm.emulator.emulator.state.accesses.size).toBe(0);
  });
});
