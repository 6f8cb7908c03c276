/** Legal holds over HTTP. */
import { expect, test } from "vitest";
import { deleteLegalHold, getLegalHold, putLegalHold } from "../../../src/functions/legal-hold.ts";
import type { Caller } from "../../../src/lib/api/caller.ts";
import {
  deleteLegalHoldRoute,
  getLegalHoldRoute,
  putLegalHoldRoute,
} from "../../../src/lib/api/routes/restore-point-changes.ts";
import { handled } from "../../fakes/handled.ts";
import { request } from "../../fakes/invocation.ts";
import { memoryLegalHolds } from "../../fakes/memory-legal-holds.ts";
import { hourly } from "../../fixtures/points.ts";
import { RequestScene } from "../requests/upkeep-scene.ts";

const operator: Caller = { id: "alice", kind: "person", roles: ["Operator"] };
const points = hourly(3);
const [first] = points as [(typeof points)[0]];

async function scene() {
  const it = await new RequestScene().record({ points });
  const services = { tables: it.tables, now: it.now, legalHolds: memoryLegalHolds() };
  const sent: object[] = [];
  const invocation = { id: "request-1", send: (followUp: object) => sent.push(followUp) };
  const handlers = {
    GET: handled(getLegalHoldRoute, getLegalHold(services)),
    PUT: handled(putLegalHoldRoute, putLegalHold(services)),
    DELETE: handled(deleteLegalHoldRoute, deleteLegalHold(services)),
  };
  const ask = (method: keyof typeof handlers, body?: unknown, point = first.name) => {
    const params = { vm: it.vm, point };
    const path = `vms/${it.vm}/restore-points/${point}/legal-hold?api-version=2026-11-01`;
    return handlers[method](request(path, { method, params, body }), operator, it.log, invocation);
  };
  return { it, ask, sent };
}

test("a hold is placed, told, kept by who comes second, and lifted", async () => {
  const { it, ask, sent } = await scene();
  const placed = await ask("PUT", { reason: "A lawsuit." });
  expect(placed.jsonBody).toEqual({
    ...{ reason: "A lawsuit.", by: "alice" },
    since: it.now().toISOString(),
  });
  expect((await ask("PUT", { reason: "Another." })).jsonBody).toEqual(placed.jsonBody);
  expect((await ask("GET")).jsonBody).toEqual(placed.jsonBody);
  expect(await it.delete(first.name)).toMatchObject({ kind: "refused", code: "LegalHold" });
  expect(await ask("DELETE")).toEqual({ status: 204 });
  expect(sent).toEqual([{ points: [{ vm: it.vm }] }]);
  await expect(ask("GET")).rejects.toMatchObject({ status: 404 });
  expect(await ask("DELETE")).toEqual({ status: 204 });
});

test("a hold on what is not there is not found", async () => {
  const { ask } = await scene();
  for (const method of ["GET", "PUT", "DELETE"] as const) {
    const body = method === "PUT" ? { reason: "A lawsuit." } : undefined;
    await expect(ask(method, body, "s202601010000-a1")).rejects.toMatchObject({ status: 404 });
  }
});

test("a hold on what is being deleted is refused", async () => {
  const { it, ask } = await scene();
  await it.delete(first.name);
  await expect(ask("PUT", { reason: "A lawsuit." })).rejects.toMatchObject({
    ...{ status: 409, code: "BeingDeleted" },
  });
});

test.each([{}, { reason: "" }, { reason: "x".repeat(501) }, { reason: "sv=2026&sig=abc" }])(
  "a hold for %j is refused",
  async (body) => {
    const { ask } = await scene();
    await expect(ask("PUT", body)).rejects.toMatchObject({
      ...{ status: 400, details: [{ target: "reason" }] },
    });
  },
);
