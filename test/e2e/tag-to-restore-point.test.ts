import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { vmIdOf } from "../../local/stack/vm-address.ts";
import { listedVm, restorePointPuts, restorePoints, succeededPoint, toldOf } from "./api.ts";
import { waitFor } from "./wait-for.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    arm: {
      crashConsistentCreateMs: 500,
      applicationConsistentCreateMs: 500,
      stoppedVirtualMachine: "agentError",
    },
  });
});
afterAll(() => stack?.close());

describe("tagging a VM", () => {
  test("through the Tags API gives it a restore point with all its disks", async () => {
    await stack.tagVm("db-01", "daily", "tags");
    const point = await succeededPoint(stack, "db-01");
    expect(point).toMatchObject({ slot: "t1", consistencyMode: "ApplicationConsistent" });
    expect(point.disks.map(({ name }) => name)).toEqual(["db-01-os", "db-01-data", "db-01-log"]);
    expect(point.disks.every(({ diskRestorePointId }) => diskRestorePointId !== undefined)).toBe(
      true,
    );
  });

  test("tells operators of its restore point, under the id of its operation", async () => {
    const { name, operationId, resourceId } = await succeededPoint(stack, "db-01");
    const [told] = await toldOf(stack, operationId);
    expect(told).toMatchObject({
      type: "VmRestorePoints.RestorePointCreated",
      source: "/vm-restore-points",
      subject: vmIdOf("db-01"),
      data: { restorePoint: name, consistencyMode: "ApplicationConsistent" },
    });
    expect(told?.data).toHaveProperty("restorePointId", resourceId);
  });

  test("through the VM itself gives it a crash-consistent restore point, tracked to its end", async () => {
    await stack.tagVm("web-01", "hourly", "vm");
    const point = await succeededPoint(stack, "web-01");
    expect(point).toMatchObject({ slot: "t1", consistencyMode: "CrashConsistent" });
    // The restore point says so first, then its operation.
    await waitFor("the operation to have succeeded", async () => {
      const operation = await stack.api(`/operations/${point.operationId}`);
      const { kind, status, resourceId } = (await operation.json()) as Record<string, unknown>;
      expect({ kind, resourceId }).toEqual({
        kind: "createRestorePoint",
        resourceId: point.resourceId,
      });
      return status === "Succeeded" || undefined;
    });
    expect(await listedVm(stack, "web-01")).toMatchObject({
      state: "Protected",
      policies: ["hourly"],
      openSlots: [],
    });
  });

  test("leaves a shared disk out, and says so", async () => {
    await stack.tagVm("app-01", "hourly");
    const point = await succeededPoint(stack, "app-01");
    expect(point.disks.map(({ name }) => name)).toEqual(["app-01-os"]);
    expect(point.excludedDisks).toEqual([
      expect.objectContaining({
        name: "app-01-shared",
        reason: "A shared disk has no restore points.",
      }),
    ]);
  });

  test("with a value that cannot be read shows the VM as misconfigured, and its protection stays", async () => {
    await succeededPoint(stack, "web-01");
    await stack.tagVm("web-01", "hurly");
    const vm = await waitFor("web-01 to be misconfigured", async () => {
      const listed = await listedVm(stack, "web-01");
      return listed?.state === "Misconfigured" ? listed : undefined;
    });
    expect(vm.reason).toContain("No policy is named `hurly`");
    expect(vm.policies).toEqual(["hourly"]);
    await stack.tagVm("web-01", "hourly");
    await waitFor("web-01 to be protected again", async () =>
      (await listedVm(stack, "web-01"))?.state === "Protected" ? true : undefined,
    );
    // The tag never left: no new protection, so no new restore point.
    expect(await restorePoints(stack, "web-01")).toHaveLength(1);
  });

  test("with application consistency while it is deallocated fails with ARM's code and what would mend it", async () => {
    await stack.tagVm("batch-01", "daily");
    const failed = await waitFor("the failure", async () =>
      (await restorePoints(stack, "batch-01")).find(({ state }) => state === "Failed"),
    );
    expect(failed.error).toMatchObject({
      code: "VMAgentStatusCommunicationError",
      advice: expect.stringContaining("Start the VM"),
    });
    expect((await toldOf(stack, failed.operationId))[0]).toMatchObject({
      type: "VmRestorePoints.RestorePointFailed",
      data: { error: failed.error },
    });
    await stack.tagVm("batch-01", "hourly;consistency=crash");
    expect(restorePointPuts(stack, "batch-01")).toEqual(["t1-a1"]);
  });
});

describe("the API", () => {
  test("answers nobody without a token, and says nothing but that", async () => {
    const [host] = stack.hosts;
    for (const path of ["/vms", "/vms/a~b~c/restore-points", "/operations/x"]) {
      const response = await fetch(new URL(`/api${path}?api-version=2026-11-01`, host?.url));
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      expect(await response.json()).toEqual({
        error: { code: "Unauthorized", message: "A bearer token is required." },
      });
    }
    const health = await fetch(new URL("/api/health", host?.url));
    expect(await health.json()).toEqual({ status: "ok" });
  });

  test("answers a caller without a role like one who may do nothing", async () => {
    const response = await stack.api("/vms", { caller: "partner-contoso" });
    expect(response.status).toBe(403);
  });
});
