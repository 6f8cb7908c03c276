/** A restore point on demand, as an operator and a partner ask for it. */
import { describe, expect, test } from "vitest";
import { getOperation } from "../../../src/functions/get-operation.ts";
import { postRestorePoint } from "../../../src/functions/post-restore-point.ts";
import type { Caller } from "../../../src/lib/api/caller.ts";
import { getOperationRoute } from "../../../src/lib/api/routes/operations.ts";
import { postRestorePointRoute } from "../../../src/lib/api/routes/restore-point-changes.ts";
import type { Protection } from "../../../src/lib/fleet/protection.ts";
import { every } from "../../../src/lib/state/entity-table.ts";
import { handled } from "../../fakes/handled.ts";
import { request } from "../../fakes/invocation.ts";
import { PARTNER_ID, partnerCaller } from "../../fixtures/partners.ts";
import { vmKey } from "../../fixtures/records.ts";
import { Scene } from "../requests/point-scene.ts";

const operator: Caller = { id: "alice", kind: "person", roles: ["Operator"] };
const maker = partnerCaller({ verbs: ["createRestorePoints"] });

async function scene(more: Partial<Protection> = {}) {
  const it = await new Scene().record(more);
  const sent: unknown[] = [];
  const invocation = { id: "request-1", send: (followUp: unknown) => sent.push(followUp) };
  const post = (body: unknown, caller = operator, vm: string = it.vm) =>
    handled(postRestorePointRoute, postRestorePoint(it))(
      request(`vms/${vm}/restore-points?api-version=2026-11-01`, {
        ...{ method: "POST", params: { vm }, body },
      }),
      ...([caller, it.log, invocation] as const),
    );
  const look = async (id: string, caller = operator) =>
    (
      await handled(getOperationRoute, getOperation(it))(
        request(`operations/${id}?api-version=2026-11-01`, { params: { operation: id } }),
        ...([caller, it.log, invocation] as const),
      )
    ).jsonBody;
  return { it, sent, post, look };
}

describe("a restore point on demand", () => {
  test("is an operation from the moment that it is asked for", async () => {
    const { it, sent, post, look } = await scene();
    const { status, headers, jsonBody } = await post({ keepFor: "P30D" });
    expect({ status, headers }).toMatchObject({ status: 202, headers: { "Retry-After": "2" } });
    const { "Operation-Location": location = "" } = headers as Record<string, string>;
    const { pathname } = new URL(location);
    expect(pathname).toBe(`/api/operations/${encodeURIComponent(jsonBody.id)}`);
    expect(jsonBody).toMatchObject({ kind: "createRestorePoint", status: "NotStarted" });
    expect(await look(jsonBody.id)).toEqual(jsonBody);
    expect(sent).toEqual([{ plan: [{ vm: it.vm }] }]);
  });

  test("says where it is once it is there", async () => {
    const { it, post, look } = await scene();
    const { jsonBody } = await post({});
    await it.plan();
    for await (const point of every(it.tables.points, {})) {
      await it.tables.points.upsert({ ...point, state: "Succeeded" });
    }
    const [slot] = await it.slots();
    await it.record();
    const name = `${slot?.slot}-a1`;
    expect(await look(jsonBody.id)).toMatchObject({
      ...{ status: "Succeeded", restorePoint: name },
      resourceLocation: `https://app.test/api/vms/${encodeURIComponent(it.vm)}/restore-points/${name}?api-version=2026-11-01`,
    });
  });

  test("is told to the partner that asked for it, and to no other without the verb to read", async () => {
    const { post, look } = await scene();
    const { jsonBody } = await post({}, maker);
    expect(await look(jsonBody.id, maker)).toMatchObject({ id: jsonBody.id });
    const other = { ...maker, id: PARTNER_ID.replaceAll("a", "b") };
    await expect(look(jsonBody.id, other)).rejects.toMatchObject({ status: 404 });
    const reader = partnerCaller({ id: other.id, verbs: ["read"] });
    expect(await look(jsonBody.id, reader)).toMatchObject({ id: jsonBody.id });
  });

  test("is not to be had of a VM that is not there, or out of scope", async () => {
    const { post, sent } = await scene();
    await expect(post({}, operator, vmKey("web-99"))).rejects.toMatchObject({ status: 404 });
    const elsewhere = partnerCaller({ ...maker.partner, scope: [] });
    await expect(post({}, elsewhere)).rejects.toMatchObject({ status: 404 });
    expect(sent).toEqual([]);
  });

  test("is put on hold by operators only", async () => {
    const { post, sent } = await scene();
    const body = { legalHold: { reason: "A lawsuit." } };
    await expect(post(body, maker)).rejects.toMatchObject({ status: 403, code: "Forbidden" });
    expect(sent).toEqual([]);
    expect(await post(body)).toMatchObject({ status: 202 });
  });

  test("is refused when the VM is deleted", async () => {
    const { post } = await scene({ status: "VmDeleted" });
    await expect(post({})).rejects.toMatchObject({ status: 409, code: "VmDeleted" });
  });

  test("is refused when so many wait already", async () => {
    const { post } = await scene();
    for (let count = 0; count < 20; count++) await post({});
    await expect(post({})).rejects.toMatchObject({ status: 409, code: "TooManyRequestsOfVm" });
  });

  test("is refused to all but twenty of a hundred that ask at once", async () => {
    const { it, post, sent } = await scene();
    const asked = await Promise.allSettled(Array.from({ length: 100 }, () => post({})));
    const refused = asked.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
    expect(refused).toHaveLength(80);
    for (const reason of refused) {
      expect(reason).toMatchObject({ status: 409, code: "TooManyRequestsOfVm" });
    }
    expect(await it.slots()).toHaveLength(20);
    expect(sent).toHaveLength(20);
  });

  test.each([
    [{ keepFor: "PT1H" }, "keepFor"],
    [{ copies: ["westeurope", "westeurope"] }, "copies"],
    [{ region: "west europe" }, "region"],
    [{ consistency: "Perfect" }, "consistency"],
    [{ legalHold: {} }, "legalHold.reason"],
    [{ legalHold: { reason: "sv=2026&sig=abc" } }, "legalHold.reason"],
    [{ name: "mine" }, "name"],
  ])("is refused for %j", async (body, target) => {
    const { post } = await scene();
    await expect(post(body)).rejects.toMatchObject({ status: 400, details: [{ target }] });
  });
});
