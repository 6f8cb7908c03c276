/** Restores as somebody asks for them over HTTP, followed to their end. */
import { describe, expect, test } from "vitest";
import { MINUTE, REGION } from "../../simulation/restores-scene.ts";
import { RestoreApi } from "./restores-scene.ts";

describe("a restore", () => {
  test("of a VM is an operation, and is followed to its end", async () => {
    const api = await RestoreApi.begun();
    const { status, headers, body } = await api.restore({ kind: "vm" });
    expect(status).toBe(202);
    expect(headers).toMatchObject({ "Retry-After": "2" });
    expect(headers["Operation-Location"]).toContain(`/operations/${encodeURIComponent(body.id)}?`);
    expect(body).toMatchObject({
      ...{ kind: "restore", restores: "vm", status: "Running", phase: "Creating" },
      ...{ vm: api.it.vm, restorePoint: api.it.point, resourceGroup: "rg-1", attempt: 1 },
      ...{ location: "westeurope", size: "Standard_D2s_v5", percentComplete: 0 },
    });
    expect((await api.look(body.id)).body).toEqual(body);
    await api.world.pass(5 * MINUTE);
    const ended = (await api.look(body.id)).body;
    expect(ended).toMatchObject({ status: "Succeeded", percentComplete: 100 });
    expect(ended.resources).toMatchObject([
      { role: "disk", source: "web-01-os", status: "Created" },
      { role: "disk", source: "web-01-data-0", lun: 0, status: "Created" },
      { role: "disk", source: "web-01-data-1", lun: 1, status: "Created" },
      { role: "networkInterface", status: "Created" },
      { role: "virtualMachine", status: "Created" },
    ]);
    await api.it.expectSettled();
  });

  test("tells how far it is, and of what it consists of, whose operations can be looked at", async () => {
    const api = await RestoreApi.begun();
    const { body } = await api.restore({ kind: "vm" });
    // By then the disks and the network interface are there, and the VM is being made.
    await api.world.pass(20_000);
    const half = (await api.look(body.id)).body as never as Half;
    expect(half).toMatchObject({ status: "Running", percentComplete: 80 });
    const step = await api.look(half.resources.at(-1)?.operationId ?? "");
    expect(step.body).toMatchObject({ kind: "createVirtualMachine", status: "Running" });
  });

  test("tells nothing of who asked, nor of the VM's identity and tags", async () => {
    const api = await RestoreApi.begun();
    const { body } = await api.restore({ kind: "vm", tags: { secret: "sauce" } });
    expect(JSON.stringify((await api.look(body.id)).body)).not.toMatch(/alice|sauce|identity/);
  });

  test("that Azure cannot be asked about now is accepted, checked later, and carried out", async () => {
    const api = await RestoreApi.begun();
    throttle(api);
    const { status, body } = await api.restore({ kind: "disks" });
    expect({ status, body }).toMatchObject({
      status: 202,
      body: { status: "NotStarted", phase: "Checking" },
    });
    api.world.arm.fault = () => undefined;
    await api.world.pass(5 * MINUTE);
    expect((await api.look(body.id)).body).toMatchObject({ status: "Succeeded" });
  });

  test("of a restore point that there is none of, or no copy in the region, is not found", async () => {
    const api = await RestoreApi.begun();
    for (const dryRun of [true, false]) {
      const asked = { kind: "disks", dryRun };
      expect(await api.restore(asked, { point: "t9-a1" })).toMatchObject({ status: 404 });
      expect(await api.restore({ ...asked, region: REGION })).toMatchObject({ status: 404 });
    }
  });

  test("that cannot be asked for names each field", async () => {
    const api = await RestoreApi.begun();
    const asked = { kind: "vm", size: "not a size", zone: "7", colour: "red" };
    const { status, body } = await api.restore(asked);
    expect({ status, fields: targetsIn(body) }).toEqual({
      ...{ status: 400, fields: ["colour", "size", "zone"] },
    });
  });
});

interface Half {
  readonly resources: readonly { readonly operationId: string }[];
}

const targetsIn = (body: unknown): string[] => {
  const { error } = body as { error: { details: { target: string }[] } };
  return error.details.map(({ target }) => target).sort();
};

describe("what is against a restore", () => {
  test("on record is told at once, with what is against it in Azure, and nothing is recorded", async () => {
    const api = await RestoreApi.begun();
    api.world.arm.surroundings.missingGroups.add("rg-1");
    const disks = [{ lun: 0 }, { disk: "web-01-data-0" }, { disk: "scratch" }];
    expect(await api.restore({ kind: "disks", disks })).toMatchObject({
      status: 409,
      body: {
        error: {
          ...{ code: "RestoreRefused", message: expect.stringContaining("3 reasons") },
          target: "disks[1]",
          details: [
            { code: "DiskNamedTwice", target: "disks[1]" },
            { code: "DiskNotInRestorePoint", target: "disks[2]" },
            { code: "ResourceGroupNotFound", target: "resourceGroup" },
          ],
        },
      },
    });
    expect(api.makings).toEqual([]);
    expect((await api.list()).body.value).toEqual([]);
  });

  test("in Azure is told all at once, and nothing is made; it can be read again", async () => {
    const api = await RestoreApi.begun();
    api.world.arm.surroundings.missingGroups.add("new");
    const asked = { kind: "vm", size: "Standard_M128", sku: "Premium_ZRS", resourceGroup: "new" };
    const { status, headers, body } = await api.restore(asked);
    const codes = ["SkuNotAvailable", "SizeNotAvailable", "ResourceGroupNotFound"];
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { error: { target: "sku", details: codes.map((code) => ({ code })) } },
    });
    expect(headers).not.toHaveProperty("Retry-After");
    expect(api.makings).toEqual([]);
    const { value } = (await api.list()).body;
    const refused = { status: "Failed", percentComplete: 0 };
    expect(value).toMatchObject([{ ...refused, problems: codes.map((code) => ({ code })) }]);
    await api.world.pass(MINUTE);
    await api.it.expectSettled();
  });

  test("and passes by itself is told with the time after which to ask again", async () => {
    const api = await RestoreApi.copying();
    const answer = await api.restore({ kind: "disks", region: REGION });
    const incomplete = expect.objectContaining({ code: "CopyIncomplete", target: "region" });
    expect(answer).toMatchObject({
      ...{ status: 409, headers: { "Retry-After": "60" } },
      body: { error: { target: "region", details: expect.arrayContaining([incomplete]) } },
    });
  });

  test("is that ten of the VM are under way", async () => {
    const api = await RestoreApi.begun();
    for (let number = 0; number < 10; number++) {
      expect((await api.restore({ kind: "disks" })).status).toBe(202);
    }
    const tooMany = { status: 409, body: { error: { code: "TooManyRestoresOfVm" } } };
    expect(await api.restore({ kind: "disks" })).toMatchObject(tooMany);
  });
});

describe("a dry run", () => {
  test("tells what would be made, and makes nothing", async () => {
    const api = await RestoreApi.begun();
    const headers = api.repeatably();
    const { status, body } = await api.restore({ kind: "vm", dryRun: true }, { headers });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ kind: "vm", restorePoint: api.it.point, location: "westeurope", possible: true },
      ...{ size: "Standard_D2s_v5", problems: [] },
      network: { subnetId: expect.stringMatching(/\/vnet\/subnets\/default$/) },
    });
    expect(body.resources).toHaveLength(5);
    await api.world.pass(5 * MINUTE);
    expect(api.makings).toEqual([]);
    expect(await api.it.rows()).toEqual([]);
    expect((await api.list()).body.value).toEqual([]);
  });

  test("tells of what is on record and of what Azure says at once, each once", async () => {
    const api = await RestoreApi.copying();
    const disks = [{ lun: 7 }];
    const asked = { kind: "vm", size: "Standard_M128", region: REGION, disks, dryRun: true };
    const { status, body } = await api.restore(asked);
    expect({ status, body }).toMatchObject({ status: 200, body: { possible: false } });
    const codes = body.problems.map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining(["CopyIncomplete", "DiskNotInRestorePoint", "SizeNotAvailable"]),
    );
    expect(codes.filter((code) => code === "CopyIncomplete")).toHaveLength(1);
  });

  test("is not possible to tell while Azure does not answer", async () => {
    const api = await RestoreApi.begun();
    throttle(api);
    expect(await api.restore({ kind: "disks", dryRun: true })).toMatchObject({
      ...{ status: 503, headers: { "Retry-After": "7" } },
      body: { error: { code: "AzureNotAvailable" } },
    });
  });
});

function throttle(api: RestoreApi): void {
  const error = { code: "TooManyRequests", message: "Later." };
  const throttled = { kind: "throttled", retryAfterMs: 7000, subscriptionWide: true } as const;
  api.world.arm.fault = (method) =>
    method === "getReplication" ? { ...throttled, error } : undefined;
}
