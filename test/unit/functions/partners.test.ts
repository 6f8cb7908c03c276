import { describe, expect, test } from "vitest";
import type { Caller } from "../../../src/lib/api/caller.ts";
import { PARTNER_ID, writtenPartner } from "../../fixtures/partners.ts";
import { admin, other, scene } from "./partner-scene.ts";

const conditionNotMet = { status: 412, code: "ConditionNotMet" };

describe("a partner that is put", () => {
  test("is created, and answers with its defaults", async () => {
    const { ask, log } = scene();
    const created = await ask("PUT", { id: PARTNER_ID.toUpperCase() });
    expect(created).toEqual({
      ...{ status: 201, headers: { ETag: '"1"' } },
      jsonBody: {
        ...writtenPartner(),
        ...{ id: PARTNER_ID, etag: '"1"', state: "enabled", verbs: ["read"] },
        grants: { longest: "P1D", mostActive: 50 },
        rateLimit: { requestsPerMinute: 600, burst: 60 },
        createdAt: "2026-01-31T10:00:01.000Z",
        updatedAt: "2026-01-31T10:00:01.000Z",
      },
    });
    expect(await ask("GET", { id: PARTNER_ID.toUpperCase() })).toEqual({ ...created, status: 200 });
    expect(log.entries).toEqual([
      {
        event: "partnerWritten",
        fields: { partner: PARTNER_ID, state: "enabled", generation: 1, by: "an-admin" },
      },
    ]);
  });

  test("may be the answer of a GET, changed", async () => {
    const { ask } = scene();
    await ask("PUT", { body: writtenPartner({ state: "disabled" }) });
    const { jsonBody } = await ask("GET");
    const replaced = await ask("PUT", { body: { ...jsonBody, name: "Contoso" } });
    expect(replaced).toMatchObject({ status: 200, jsonBody: { name: "Contoso", etag: '"2"' } });
  });

  test("without a change stays what it is", async () => {
    const { ask, log } = scene();
    const [first, second] = [await ask("PUT"), await ask("PUT")];
    expect(second).toEqual({ ...first, status: 200 });
    expect(log.events).toEqual(["partnerWritten"]);
  });

  test("tells since when it is disabled, and by whom, until it is enabled", async () => {
    const { ask } = scene();
    const put = async (caller: Caller, more: object) =>
      (await ask("PUT", { caller, body: writtenPartner({ ...more }) })).jsonBody;
    await put(admin, {});
    const disabled = { disabledAt: "2026-01-31T10:00:02.000Z", disabledBy: "an-admin" };
    expect(await put(admin, { state: "disabled" })).toMatchObject(disabled);
    expect(await put(other, { state: "disabled", name: "C" })).toMatchObject(disabled);
    expect(await put(other, {})).not.toHaveProperty("disabledAt");
  });

  test("is refused with everything that is wrong, each with its field", async () => {
    const body = { scope: [{ subscriptionId: "x" }], verbs: ["write"], colour: "red" };
    const refusal = scene().ask("PUT", { id: "partner-a", body });
    await expect(refusal).rejects.toMatchObject({ status: 400, code: "InvalidPartner" });
    const { details } = await refusal.catch((error) => error);
    expect(details.map(({ target }: { target: string }) => target).sort()).toEqual([
      ...["colour", "contact", "id", "name", "scope.0.subscriptionId", "verbs.0"],
    ]);
  });
});

describe("a condition", () => {
  test.each(["PUT", "DELETE"] as const)(
    "of %s holds for the ETag that was read",
    async (method) => {
      const { ask } = scene();
      await ask("PUT");
      await ask("PUT", { body: writtenPartner({ name: "Changed since" }) });
      const change = (etag: string) => ask(method, { headers: { "if-match": etag } });
      await expect(change('"1"')).rejects.toMatchObject(conditionNotMet);
      expect((await change('"2"')).status).toBe(method === "PUT" ? 200 : 204);
    },
  );

  test("creates only what is not there; a deleted one goes on with the next ETag", async () => {
    const { ask } = scene();
    const create = () => ask("PUT", { headers: { "if-none-match": "*" } });
    await create();
    await expect(create()).rejects.toMatchObject(conditionNotMet);
    await ask("DELETE");
    expect(await create()).toMatchObject({ status: 201, headers: { ETag: '"3"' } });
  });

  test("replaces and deletes only what is there", async () => {
    const { ask } = scene();
    for (const method of ["PUT", "DELETE"] as const) {
      const change = ask(method, { headers: { "if-match": "*" } });
      await expect(change).rejects.toMatchObject(conditionNotMet);
    }
  });

  test("lets one of two who change the same partner win", async () => {
    const { ask } = scene();
    await ask("PUT");
    const change = (name: string) =>
      ask("PUT", { headers: { "if-match": '"1"' }, body: writtenPartner({ name }) });
    const outcomes = await Promise.allSettled([change("A"), change("B")]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("a partner that is deleted", () => {
  test("is gone from everywhere", async () => {
    const { ask, list, log, partners } = scene();
    await ask("PUT");
    expect(await ask("DELETE")).toEqual({ status: 204 });
    await expect(ask("GET")).rejects.toMatchObject({ status: 404 });
    expect(await list()).toEqual({ value: [] });
    expect(await partners.findFresh(PARTNER_ID)).toBeUndefined();
    expect(log.entries.at(-1)).toEqual({
      event: "partnerDeleted",
      fields: { partner: PARTNER_ID, by: "an-admin" },
    });
  });

  test("may be deleted again, and so may one that never was", async () => {
    const { ask, log } = scene();
    await ask("PUT");
    for (const id of [PARTNER_ID, PARTNER_ID, PARTNER_ID.replace(/a$/, "b")]) {
      expect(await ask("DELETE", { id })).toEqual({ status: 204 });
    }
    expect(log.events).toEqual(["partnerWritten", "partnerDeleted"]);
  });

  test("comes back when it is put again, as a new one", async () => {
    const { ask } = scene();
    await ask("PUT");
    await ask("DELETE");
    const again = await ask("PUT");
    expect(again).toMatchObject({
      ...{ status: 201, headers: { ETag: '"3"' } },
      jsonBody: { state: "enabled", createdAt: "2026-01-31T10:00:03.000Z" },
    });
    expect(again.jsonBody).not.toHaveProperty("disabledAt");
  });

  test.each(["partner-a", "", "a/b"])("is never named %j", async (id) => {
    for (const method of ["GET", "DELETE"] as const) {
      await expect(scene().ask(method, { id })).rejects.toMatchObject({ status: 404 });
    }
  });
});

test("partners are listed page by page", async () => {
  const { ask, list } = scene();
  const ids = ["a", "b", "c"].map((last) => PARTNER_ID.replace(/a$/, last));
  for (const id of ids) await ask("PUT", { id });
  const first = await list("?top=2");
  expect(first.value.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
  const rest = await list(new URL(first.nextLink).search);
  expect(rest.value.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2));
});
