import { describe, expect, test } from "vitest";
import { headerOf } from "./ask.ts";
import { vmModel } from "./given.ts";
import { LOCATION, networkInterfaceId, TOKEN, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

const VM = { location: LOCATION, properties: { storageProfile: vmModel().storageProfile } };
const NIC = {
  location: LOCATION,
  properties: { ipConfigurations: [{ name: "one", properties: {} }] },
};

/** Resources that have an ETag. */
const KINDS = [
  ["a VM", vmId("web-01"), VM, "2026-04-01"],
  ["a network interface", networkInterfaceId("nic-01"), NIC, "2024-05-01"],
] as const;

type Header = "If-Match" | "If-None-Match";

describe.each(KINDS)("%s", (_, id, body, version) => {
  const send = async (
    arm: Arm,
    method: string,
    sent: object | undefined,
    header: Header,
    tag: string,
  ) => {
    const response = await fetch(`${arm.emulator.url}${id}?api-version=${version}`, {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        "content-type": "application/json",
        [header]: tag,
      },
      ...(sent ? { body: JSON.stringify(sent) } : {}),
    });
    const text = await response.text();
    await arm.emulator.emulator.operations.idle();
    return { status: response.status, code: text && JSON.parse(text).error?.code };
  };

  const etagOf = async (arm: Arm): Promise<string> => {
    const { body: read } = await arm.ask("GET", id);
    return (read as { etag: string }).etag;
  };

  const FAILED = { status: 412, code: "PreconditionFailed" };

  test("is made only if there is none", async () => {
    const arm = await start();
    expect((await send(arm, "PUT", body, "If-None-Match", "*")).status).toBe(201);
    expect(await send(arm, "PUT", body, "If-None-Match", "*")).toEqual(FAILED);
  });

  test("is changed only if it is there, and the one that was read", async () => {
    const arm = await start();
    expect(await send(arm, "PUT", body, "If-Match", "*")).toEqual(FAILED);
    expect((await arm.ask("GET", id)).status).toBe(404);
    await send(arm, "PUT", body, "If-None-Match", "*");
    const read = await etagOf(arm);
    expect((await send(arm, "PUT", body, "If-Match", read)).status).toBe(200);
    expect(await send(arm, "PUT", body, "If-Match", read)).toEqual(FAILED);
    const now = await etagOf(arm);
    expect(await send(arm, "PATCH", { tags: {} }, "If-Match", read)).toEqual(FAILED);
    expect((await send(arm, "PATCH", { tags: {} }, "If-Match", now)).status).toBe(200);
    expect(await etagOf(arm)).not.toBe(now);
  });

  test("has another ETag after its tags were changed at the Tags API", async () => {
    const arm = await start();
    await send(arm, "PUT", body, "If-None-Match", "*");
    const read = await etagOf(arm);
    const properties = { tags: { env: "prod" } };
    await arm.ask("PUT", `${id}/providers/Microsoft.Resources/tags/default`, {
      body: { properties },
    });
    expect(await send(arm, "PATCH", { tags: {} }, "If-Match", read)).toEqual(FAILED);
  });

  test("takes several ETags, weak ones, and quotes", async () => {
    const arm = await start();
    await send(arm, "PUT", body, "If-None-Match", "*");
    const [number = ""] = /\d+/.exec(await etagOf(arm)) ?? [];
    const sent = `"nope", W/"${number}"`;
    expect((await send(arm, "PATCH", { tags: {} }, "If-Match", sent)).status).toBe(200);
  });
});

test("a VM's ETag is also a header of its GET", async () => {
  const arm = await start();
  await arm.ask("PUT", vmId("web-01"), { body: VM });
  const read = await arm.ask("GET", vmId("web-01"));
  expect(read.body).toMatchObject({ etag: headerOf(read, "ETag") });
});
