import { describe, expect, test } from "vitest";
import { headerOf } from "./ask.ts";
import { givenProtectedVm, givenVm } from "./given.ts";
import { collectionId, computePath, diskId, restorePointId, vmId } from "./names.ts";
import { azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

describe("a request", () => {
  test("without a token is refused before anything else is looked at", async () => {
    const { ask } = await start();
    const asked = { token: null, query: "" };
    expect(await ask("GET", "/nowhere", asked)).toMatchObject({
      status: 401,
      body: {
        error: {
          code: "AuthenticationFailed",
          message: "Authentication failed. The 'Authorization' header is missing.",
        },
      },
    });
  });

  test("with a token that is refused is 401, and does nothing", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    expect(await arm.ask("DELETE", vmId("web-01"), { token: "another" })).toMatchObject({
      status: 401,
      body: { error: { code: "InvalidAuthenticationToken" } },
    });
    expect((await arm.ask("GET", vmId("web-01"))).status).toBe(200);
  });

  test("without an api-version is refused with Azure's words", async () => {
    const { ask } = await start();
    expect(await ask("GET", vmId("web-01"), { query: "" })).toMatchObject({
      status: 400,
      body: {
        error: {
          code: "MissingApiVersionParameter",
          message: "The api-version query parameter (?api-version=) is required for all requests.",
        },
      },
    });
  });

  test("with a malformed api-version is refused", async () => {
    const { ask } = await start();
    for (const version of ["latest", "2026", "2026-04-01-rc", "2026-4-1"]) {
      const answer = await ask("GET", vmId("web-01"), { query: `?api-version=${version}` });
      expect(answer).toMatchObject({
        status: 400,
        body: { error: { code: "InvalidApiVersionParameter" } },
      });
    }
  });

  test("for restore points with an api-version before them is refused with Azure's words", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    for (const path of [collectionId("web-01-rpc"), restorePointId("web-01-rpc", "rp-1")]) {
      expect(await arm.ask("GET", path, { query: "?api-version=2020-12-01" })).toMatchObject({
        status: 400,
        body: {
          error: {
            code: "BadRequest",
            message: "This request can be made with api-version '2021-03-01' or newer",
          },
        },
      });
    }
    const query = "?api-version=2021-03-01";
    expect((await arm.ask("GET", collectionId("web-01-rpc"), { query })).status).toBe(200);
    const older = { query: "?api-version=2020-12-01" };
    expect((await arm.ask("GET", vmId("web-01"), older)).status).toBe(200);
  });

  test("that the emulator does not know says so", async () => {
    const { ask } = await start();
    const path = computePath("snapshots/one");
    expect(await ask("GET", path)).toMatchObject({
      status: 404,
      body: {
        error: {
          code: "InvalidResourceType",
          message: expect.stringContaining(`The emulator has no GET ${path}`),
        },
      },
    });
    expect(await ask("POST", vmId("web-01"))).toMatchObject({
      status: 405,
      body: { error: { code: "MethodNotAllowed" } },
    });
  });

  test("whose body is no JSON, or not what is asked for, is refused with the property's name", async () => {
    const { ask } = await start();
    expect(await ask("PUT", diskId("data"), { body: "{" })).toMatchObject({
      status: 400,
      body: { error: { code: "InvalidRequestContent" } },
    });
    const body = { location: "westeurope", properties: { diskSizeGB: 0 } };
    expect(await ask("PUT", diskId("data"), { body })).toMatchObject({
      status: 400,
      body: {
        error: {
          code: "InvalidParameter",
          message: expect.stringContaining("properties.diskSizeGB: "),
        },
      },
    });
  });

  test("whose path is none that Azure has is not found", async () => {
    const { ask } = await start();
    for (const path of ["//", "///", "/\\", "/%", "/subscriptions//resourceGroups"]) {
      expect((await ask("GET", path)).status).toBe(404);
    }
  });

  test("with a name that is not percent-encoded well is not found", async () => {
    const { ask } = await start();
    expect((await ask("GET", vmId("100%"))).status).toBe(404);
  });
});

describe("an answer", () => {
  test("has ARM's headers, with an id of its own", async () => {
    const { ask } = await start();
    const [one, two] = [await ask("GET", vmId("web-01")), await ask("GET", vmId("web-01"))];
    expect(headerOf(one, "Strict-Transport-Security")).toContain("max-age=");
    expect(headerOf(one, "X-Content-Type-Options")).toBe("nosniff");
    expect(headerOf(one, "Content-Type")).toBe("application/json; charset=utf-8");
    expect(headerOf(one, "x-ms-request-id")).not.toBe(headerOf(two, "x-ms-request-id"));
    expect(headerOf(one, "x-ms-routing-request-id")).toContain(headerOf(one, "x-ms-request-id"));
    expect(headerOf(one, "x-ms-correlation-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("tells how many reads, writes and deletes are left", async () => {
    const { ask } = await start();
    const read = await ask("GET", vmId("web-01"));
    expect(headerOf(read, "x-ms-ratelimit-remaining-subscription-reads")).toBe("249");
    const deleted = await ask("DELETE", vmId("web-01"));
    expect(headerOf(deleted, "x-ms-ratelimit-remaining-subscription-deletes")).toBe("199");
    expect(deleted.headers.has("x-ms-ratelimit-remaining-subscription-reads")).toBe(false);
    const wrote = await ask("PUT", vmId("web-01"), { body: {} });
    const left = Number(headerOf(wrote, "x-ms-ratelimit-remaining-subscription-writes"));
    expect(left).toBeGreaterThanOrEqual(198);
  });
});
