/** The routes' handlers, behind the caller check. */
import { describe, expect, test } from "vitest";
import { getOperation } from "../../../src/functions/get-operation.ts";
import { health } from "../../../src/functions/health.ts";
import { listRestorePoints } from "../../../src/functions/list-restore-points.ts";
import { listVms } from "../../../src/functions/list-vms.ts";
import type { Caller } from "../../../src/lib/api/caller.ts";
import { getOperationRoute } from "../../../src/lib/api/routes/operations.ts";
import { listRestorePointsRoute } from "../../../src/lib/api/routes/restore-points.ts";
import { listVmsRoute } from "../../../src/lib/api/routes/vms.ts";
import { attemptOf } from "../../../src/lib/plan/plan-operation.ts";
import { handled } from "../../fakes/handled.ts";
import { invocation, request, silent } from "../../fakes/invocation.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";
import { grant } from "../../fixtures/grants.ts";
import {
  openSlot,
  operation,
  operationId,
  protection,
  SUBSCRIPTION,
  virtualMachine,
  vmKey,
} from "../../fixtures/records.ts";

const log = new RecordingLog();
const reader: Caller = { id: "a-person", kind: "person", roles: ["Reader"] };
const stranger: Caller = { id: "a-person", kind: "person", roles: [] };
const notFound = { status: 404, code: "NotFound" };

async function fleet() {
  const tables = memoryTables();
  const record = protection({ openSlots: [openSlot({ operation: operationId() })] });
  const attempt = attemptOf(record, virtualMachine(), new Date("2026-01-31T10:00:00.000Z"));
  await tables.protections.insert(record);
  await tables.protections.insert(protection({ vm: vmKey("web-02") }));
  await tables.operations.insert(operation());
  if (attempt) await tables.points.insert(attempt.point);
  return { tables };
}

const ids = (page: { value?: { id: string }[] }) => page.value?.map(({ id }) => id);

describe("the VMs", () => {
  test.each([
    ["vms", [vmKey(), vmKey("web-02")]],
    [`vms?subscriptionId=${SUBSCRIPTION.toUpperCase()}`, [vmKey(), vmKey("web-02")]],
    ["vms?subscriptionId=another", []],
  ])("%s are %j", async (path, expected) => {
    const { jsonBody } = await handled(listVmsRoute, listVms(await fleet()))(
      request(path),
      reader,
      log,
      silent,
    );
    expect(ids(jsonBody)).toEqual(expected);
  });
});

describe("the restore points of a VM", () => {
  const list = async (vm: string, caller = reader) =>
    await handled(listRestorePointsRoute, listRestorePoints(await fleet()))(
      request("points", { params: { vm } }),
      caller,
      log,
      silent,
    );

  test("are listed, whatever the casing of the VM", async () => {
    const { jsonBody } = await list(vmKey().toUpperCase());
    expect(jsonBody).toMatchObject({ value: [{ name: "t1-a1", operationId: operationId() }] });
  });

  test("may be none", async () => {
    expect(await list(vmKey("web-02"))).toMatchObject({ jsonBody: { value: [] } });
  });

  test.each(["", "web-01", vmKey("web-99"), `${SUBSCRIPTION}~shop~../web-01`])(
    "of %j are not found",
    async (vm) => {
      await expect(list(vm)).rejects.toMatchObject(notFound);
    },
  );

  test("are not found by who may not see the VM", async () => {
    await expect(list(vmKey(), stranger)).rejects.toMatchObject(notFound);
  });
});

describe("an operation", () => {
  const get = async (id: string, caller = reader) =>
    await handled(getOperationRoute, getOperation(await fleet()))(
      request("operations", { params: { operation: id } }),
      caller,
      log,
      silent,
    );

  test("is found by its id", async () => {
    const { jsonBody } = await get(operationId());
    expect(jsonBody).toMatchObject({ id: operationId(), status: "NotStarted", vm: vmKey() });
  });

  test.each(["", "nonsense", operationId(9), operationId().toLowerCase().replace("0", "i")])(
    "%j is not found",
    async (id) => {
      await expect(get(id)).rejects.toMatchObject(notFound);
    },
  );

  test("tells, once it has succeeded, where the grant is that was asked for", async () => {
    const tables = memoryTables();
    const { kind: _kind, request: _request, ...common } = operation();
    const { id: grantId } = grant();
    const asking = { ...common, kind: "grantAccess" as const, request: { grant: grantId } };
    const told = async (state: "InProgress" | "Succeeded") => {
      await tables.operations.upsert({ ...asking, state, step: "begin" });
      const params = { operation: asking.id };
      const path = `operations/${asking.id}?api-version=2026-11-01`;
      const answer = handled(getOperationRoute, getOperation({ tables }));
      return (await answer(request(path, { params }), reader, log, silent)).jsonBody;
    };
    expect(await told("InProgress")).not.toHaveProperty("resourceLocation");
    expect(await told("Succeeded")).toMatchObject({
      resourceLocation: `https://app.test/api/grants/${grantId}?api-version=2026-11-01`,
    });
  });

  test("is not found by who may not see its VM", async () => {
    await expect(get(operationId(), stranger)).rejects.toMatchObject(notFound);
  });
});

test("health says that the app serves, and nothing else", async () => {
  expect(await health(request("health"), invocation().context)).toEqual({
    headers: expect.objectContaining({ "Cache-Control": "no-store" }),
    jsonBody: { status: "ok" },
  });
});
