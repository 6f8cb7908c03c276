/** Copies and deletions that somebody asks for, over HTTP. */
import { describe, expect, test } from "vitest";
import { deleteCopy, deleteRestorePoint } from "../../../src/functions/delete-restore-point.ts";
import { getOperation } from "../../../src/functions/get-operation.ts";
import { postCopy } from "../../../src/functions/post-copy.ts";
import type { Caller } from "../../../src/lib/api/caller.ts";
import { getOperationRoute } from "../../../src/lib/api/routes/operations.ts";
import {
  deleteCopyRoute,
  deleteRestorePointRoute,
  postCopyRoute,
} from "../../../src/lib/api/routes/restore-point-changes.ts";
import { noOperation } from "../../../src/lib/operations/operation-id.ts";
import { switchOff } from "../../../src/lib/state/switches.ts";
import { handled } from "../../fakes/handled.ts";
import { request } from "../../fakes/invocation.ts";
import { partnerCaller } from "../../fixtures/partners.ts";
import { copyOf, DAY, hourly, timeAt } from "../../fixtures/points.ts";
import { operationId, vmKey } from "../../fixtures/records.ts";
import { RequestScene } from "../requests/upkeep-scene.ts";

const operator: Caller = { id: "alice", kind: "person", roles: ["Operator"] };
const elsewhere = partnerCaller({ verbs: ["deleteRestorePoints"], scope: [] });

const points = hourly(3);
const [first, , last] = points as [(typeof points)[0], (typeof points)[0], (typeof points)[0]];

async function scene(rows: Parameters<RequestScene["record"]>[0] = { points }) {
  const it = await new RequestScene().record(rows);
  const sent: object[] = [];
  const invocation = { id: "request-1", send: (followUp: object) => sent.push(followUp) };
  interface Named {
    readonly point: string;
    readonly region?: string;
  }
  const asked = (method: "POST" | "DELETE", params: Named, body?: unknown) => {
    const { vm } = it;
    const { point, region } = params;
    const copies = method === "POST" ? "/copies" : region ? `/copies/${region}` : "";
    const path = `vms/${vm}/restore-points/${point}${copies}?api-version=2026-11-01`;
    return request(path, { method, params: { vm, ...params }, body });
  };
  const rest = (caller: Caller) => [caller, it.log, invocation] as const;
  return {
    it,
    sent,
    remove: (point: string, caller = operator) =>
      handled(deleteRestorePointRoute, deleteRestorePoint(it))(
        asked("DELETE", { point }),
        ...rest(caller),
      ),
    removeCopy: (point: string, region: string) =>
      handled(deleteCopyRoute, deleteCopy(it))(
        asked("DELETE", { point, region }),
        ...rest(operator),
      ),
    look: async (id: string) =>
      (
        await handled(getOperationRoute, getOperation(it))(
          request(`operations/${id}?api-version=2026-11-01`, { params: { operation: id } }),
          ...rest(operator),
        )
      ).jsonBody,
    copy: (point: string, body: unknown) =>
      handled(postCopyRoute, postCopy(it))(asked("POST", { point }, body), ...rest(operator)),
  };
}

describe("a deletion", () => {
  test("is an operation, and the same one when it is asked for again", async () => {
    const { it, remove, sent } = await scene();
    const answer = await remove(first.name);
    expect(answer).toMatchObject({ status: 202, headers: { "Retry-After": "2" } });
    const id = (await it.point(first.name))?.deletion?.operation;
    expect(answer.jsonBody).toMatchObject({ id });
    expect((await remove(first.name)).jsonBody).toMatchObject({ id });
    expect(sent[0]).toEqual({ start: [{ operation: id }] });
  });

  test("of what is not there is done", async () => {
    const { remove, removeCopy } = await scene();
    expect(await remove("s202601010000-a1")).toEqual({ status: 204 });
    expect(await removeCopy(first.name, "northeurope")).toEqual({ status: 204 });
  });

  test("of the newest good restore point is refused", async () => {
    const { remove } = await scene();
    await expect(remove(last.name)).rejects.toMatchObject({ status: 409, target: "point" });
  });

  test("is refused while deletions are off, with the reason", async () => {
    const { it, remove } = await scene();
    await switchOff(it.tables, "An audit.", it.now());
    const message = expect.stringContaining("An audit.");
    await expect(remove(first.name)).rejects.toMatchObject({ code: "DeletionsOff", message });
  });

  test("is not found by who may not see the VM, whether or not there is such a restore point", async () => {
    const { remove } = await scene();
    for (const name of [first.name, "s202601010000-a1"]) {
      await expect(remove(name, elsewhere)).rejects.toMatchObject({ status: 404 });
    }
  });
});

describe("a copy", () => {
  test("is an operation, and named when it is asked for again", async () => {
    const { it, copy, sent } = await scene();
    const answer = await copy(last.name, { region: "NorthEurope" });
    expect(answer).toMatchObject({
      status: 202,
      jsonBody: { kind: "copyRestorePoint", status: "NotStarted" },
    });
    expect(sent).toEqual([{ points: [{ vm: it.vm }] }]);
  });

  test.each([
    ["ended long ago", operationId(99)],
    ["nobody knows", noOperation(vmKey())],
  ])("that is there, by an operation that %s, is an operation of its own", async (_, operation) => {
    const endedAt = timeAt(-30 * DAY).toISOString();
    const made = copyOf(last, "northeurope", { operation, endedAt });
    const { it, copy, look, sent } = await scene({ points, copies: [made] });
    const { status, jsonBody } = await copy(last.name, { region: "northeurope" });
    const told = { status: "Succeeded", restorePoint: last.name, endedAt: it.at.toISOString() };
    expect({ status, jsonBody }).toMatchObject({ status: 202, jsonBody: told });
    expect(sent).toEqual([{}]);
    await it.upkeep();
    it.at = new Date(it.at.getTime() + 6 * DAY);
    await it.upkeep();
    expect(await look(jsonBody.id)).toEqual(jsonBody);
  });

  test("that is being made for a policy is an operation of its own, and ends with it", async () => {
    const made = copyOf(last, "northeurope", { state: "Copying" });
    const { it, copy, look } = await scene({ points, copies: [made] });
    const { jsonBody } = await copy(last.name, { region: "northeurope" });
    expect(jsonBody).toMatchObject({ status: "Running", restorePoint: last.name });
    await it.tables.copies.upsert({ ...made, state: "Succeeded", endedAt: it.at.toISOString() });
    expect(await look(jsonBody.id)).toMatchObject({ id: jsonBody.id, status: "Succeeded" });
  });

  test("older than one that is there is refused, as is one to its own region", async () => {
    const { copy } = await scene({ points, copies: [copyOf(last, "northeurope")] });
    const refused = { status: 409, target: "region" };
    await expect(copy(first.name, { region: "northeurope" })).rejects.toMatchObject(refused);
    await expect(copy(first.name, { region: first.location })).rejects.toMatchObject(refused);
  });

  test("of what is not there is not found", async () => {
    const { copy } = await scene();
    await expect(copy("s202601010000-a1", { region: "northeurope" })).rejects.toMatchObject({
      status: 404,
    });
  });
});
