/** Copies and deletions that somebody asks for, over HTTP. */
import { describe, expect, test } from "vitest";
import { deleteCopy, deleteRestorePoint } from "../../../src/functions/delete-restore-point.ts";
import { postCopy } from "../../../src/functions/post-copy.ts";
import type { Caller } from "../../../src/lib/api/caller.ts";
import {
  deleteCopyRoute,
  deleteRestorePointRoute,
  postCopyRoute,
} from "../../../src/lib/api/routes/restore-point-changes.ts";
import { switchOff } from "../../../src/lib/state/switches.ts";
import { handled } from "../../fakes/handled.ts";
import { request } from "../../fakes/invocation.ts";
import { partnerCaller } from "../../fixtures/partners.ts";
import { copyOf, hourly } from "../../fixtures/points.ts";
import { RequestScene } from "../upkeep/request-scene.ts";

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

  test("that is there is told by the operation that made it", async () => {
    const made = copyOf(last, "northeurope");
    const { copy } = await scene({ points, copies: [made] });
    expect(await copy(last.name, { region: "northeurope" })).toMatchObject({
      ...{ status: 202 },
      jsonBody: { id: made.operation, status: "Succeeded", restorePoint: last.name },
    });
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
