/** Every route as a partner meets it: what is out of its scope cannot be told from what is not there. */
import type { HttpHandler, HttpMethod, HttpResponseInit } from "@azure/functions";
import { describe, expect, test } from "vitest";
import type { Principal } from "../../src/lib/api/principal.ts";
import type { Services } from "../../src/services.ts";
import { allRoutes } from "../../tools/all-routes.ts";
import { invocation, request } from "../fakes/invocation.ts";
import { memoryTables } from "../fakes/memory-tables.ts";
import { registrations } from "../fakes/registered-app.ts";
import { PARTNER_ID, partner } from "../fixtures/partners.ts";
import { copyOf, HOUR, point } from "../fixtures/points.ts";
import { operation, operationId, protection, SUBSCRIPTION, vmKey } from "../fixtures/records.ts";

const app: Principal = { id: "an-object", kind: "app", roles: [], clientId: PARTNER_ID };
const group = { subscriptionId: SUBSCRIPTION, resourceGroup: "shop" };
/** Of web-01 and of web-50, which is not there; with every verb. */
const record = partner({
  scope: [
    { ...group, vm: "web-01" },
    { ...group, vm: "web-50" },
  ],
  verbs: ["read", "createRestorePoints", "deleteRestorePoints", "grants", "restores"],
});

const HELD = "s1-a2";
const HOLD = { reason: "A lawsuit.", by: "alice", since: "2026-03-01T00:00:00.000Z" };
/** Of the routes that take no empty one. */
const BODIES: Readonly<Record<string, unknown>> = {
  PostCopy: { region: "northeurope" },
  PostRestore: { kind: "disks", dryRun: true },
};

/** Tables with web-01 and web-02, and the tables that were asked. */
async function scene() {
  const tables = memoryTables();
  for (const vm of [vmKey("web-01"), vmKey("web-02")]) {
    await tables.protections.insert(protection({ vm }));
    await tables.operations.insert({ ...operation(), vm, id: operationId(1, vm) });
    const made = point(0, { vm, name: "s1-a1" });
    await tables.points.insert(made);
    const held = point(HOUR, { vm, name: HELD, legalHold: HOLD });
    await tables.points.insert(held);
    await tables.copies.insert(copyOf(held, "northeurope"));
    await tables.copies.insert(copyOf(made, "northeurope"));
  }
  const asked: string[] = [];
  for (const [name, table] of Object.entries(tables)) {
    const [get, list] = [table.get.bind(table), table.list.bind(table)];
    table.get = (key) => {
      asked.push(name);
      return get(key) as never;
    };
    table.list = (...range) => {
      asked.push(name);
      return list(...range) as never;
    };
  }
  const services: Partial<Services> = {
    tables,
    authenticate: async () => app,
    partners: { find: async () => record, findFresh: async () => record },
  };
  return { services, asked };
}

/** Asks a route about a VM, in each parameter that it may have. */
async function ask(name: string, vm: string) {
  const { services, asked } = await scene();
  const { handler, methods } = registrations(services).get(name)?.options ?? { handler: undefined };
  const [method] = methods as [HttpMethod];
  const id = vm === "" ? "" : operationId(1, vmKey(vm));
  const of = name === "GetLegalHold" ? HELD : "s1-a1";
  const named = { operation: id, id, name: "hourly", point: of, region: "northeurope" };
  const params = { vm: vm === "" ? "" : vmKey(vm), ...named };
  const asking = request("x?api-version=2026-11-01", {
    ...{ method, params },
    ...(method === "GET" ? {} : { body: BODIES[name] ?? {} }),
  });
  // Every route is registered with a handler that `checked` made.
  const answer = await (handler as HttpHandler)(asking, invocation().context);
  return { answer: answer as HttpResponseInit, asked };
}

const names = allRoutes.map(({ name }) => name);
/** The routes about one VM. Whoever adds one that partners may use adds it here. */
const ofVms = [
  ...["GetVm", "ExplainVm", "GetOperation"],
  ...["ListRestorePoints", "GetRestorePoint", "ListDisks", "ListCopies"],
  ...["PostRestorePoint", "DeleteRestorePoint", "PostCopy", "DeleteCopy", "GetLegalHold"],
  ...["PostRestore", "ListRestores"],
];
/** The lists in which a partner has its scope. */
const ofScope = ["ListVms", "ListOperations", "ReportCompliance"];

/** The routes of grants name their VM in the body, or their holder in the id; they have tests of their own. */
const ofGrants = [
  ...["PostGrant", "ListGrants", "GetGrant", "DeleteGrant"],
  ...["PostAccess", "ListChanges"],
];
const others = names.filter((name) => ![...ofVms, ...ofScope, ...ofGrants].includes(name));

describe("a partner with every verb", () => {
  test.each(others)("is refused %s", async (name) => {
    const { answer, asked } = await ask(name, "web-01");
    expect(answer).toMatchObject({ status: 403, jsonBody: { error: { code: "Forbidden" } } });
    expect(asked).toEqual([]);
  });

  test.each(ofScope)("is told by %s of its scope alone", async (name) => {
    const { answer } = await ask(name, "web-01");
    const text = JSON.stringify(answer.jsonBody);
    expect(text).toContain(vmKey("web-01"));
    expect(text).not.toContain(vmKey("web-02"));
  });

  test.each(ofVms)("may ask %s of a VM in its scope", async (name) => {
    const { answer } = await ask(name, "web-01");
    expect(answer.jsonBody ?? {}).not.toHaveProperty("error");
  });

  test.each(ofVms)(
    "is told the same by %s of what is out of scope and what is not there",
    async (name) => {
      const [outOfScope, absent, malformed] = [
        await ask(name, "web-02"),
        await ask(name, "web-50"),
        await ask(name, ""),
      ];
      expect(outOfScope.answer).toMatchObject({
        status: 404,
        headers: { "x-ms-error-code": "NotFound" },
      });
      expect(outOfScope.answer).toEqual(absent.answer);
      expect(outOfScope.answer).toEqual(malformed.answer);
      expect([outOfScope.asked, malformed.asked]).toEqual([[], []]);
    },
  );
});
