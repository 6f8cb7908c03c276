import { describe, expect, test } from "vitest";
import { givenProtectedVm, givenRestorePoint } from "./given.ts";
import { collectionId, diskId, restorePointId, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();
const RP = restorePointId("web-01-rpc", "rp-1");
const EXCLUDED = { excludeDisks: [{ id: diskId("web-01_DataDisk_0") }] };

const read = async ({ ask }: Arm, path: string, version: string, more = "") =>
  (await ask("GET", path, { query: `?api-version=${version}${more}` })).body;

describe("a restore point", () => {
  test("of 2021-03-01 has its properties at the top, in the request and in the answer", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const query = "?api-version=2021-03-01";
    const accepted = await arm.ask("PUT", RP, { body: EXCLUDED, query });
    expect(accepted).toMatchObject({
      status: 201,
      body: { provisioningState: "Creating", ...EXCLUDED },
    });
    await finished(arm, accepted);
    const old = await read(arm, RP, "2021-03-01");
    expect(old).toMatchObject({
      provisioningState: "Succeeded",
      provisioningDetails: { creationTime: expect.any(String) },
    });
    expect(old).not.toHaveProperty("properties");
    expect(
      await read(arm, collectionId("web-01-rpc"), "2021-03-01", "&$expand=restorePoints"),
    ).toMatchObject({ properties: { restorePoints: [{ provisioningState: "Succeeded" }] } });
  });

  test("of later versions has them under properties, the newer the more", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    const view = (version: string) => read(arm, RP, version, "&$expand=instanceView");
    expect(await view("2024-07-01")).not.toHaveProperty(
      "properties.instanceView.diskRestorePoints.0.snapshotAccessState",
    );
    expect(await view("2026-04-01")).toHaveProperty(
      "properties.instanceView.diskRestorePoints.0.snapshotAccessState",
      "Available",
    );
  });

  test("takes consistencyMode since 2021-07-01", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const body = { properties: { consistencyMode: "CrashConsistent" } };
    const put = (version: string) => arm.ask("PUT", RP, { body, query: `?api-version=${version}` });
    expect(await put("2021-04-01")).toMatchObject({
      status: 400,
      body: {
        error: { message: "This request can be made with api-version '2021-07-01' or newer" },
      },
    });
    expect((await put("2021-07-01")).status).toBe(201);
  });
});

test("a version that Azure never published is refused with those that it did", async () => {
  const { ask } = await start();
  expect(await ask("GET", vmId("web-01"), { query: "?api-version=2024-02-29" })).toMatchObject({
    status: 400,
    body: {
      error: {
        code: "NoRegisteredProviderFound",
        message: expect.stringContaining("The supported api-versions are '"),
      },
    },
  });
});

test("a property is refused by a version that does not know it yet", async () => {
  const arm = await start();
  await givenProtectedVm(arm);
  const body = { properties: { instantAccess: true } };
  const query = "?api-version=2024-03-01";
  expect(await arm.ask("PATCH", collectionId("web-01-rpc"), { body, query })).toMatchObject({
    status: 400,
    body: { error: { message: expect.stringContaining("instantAccess") } },
  });
});
