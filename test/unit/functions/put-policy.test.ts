import { describe, expect, test } from "vitest";
import { deployment, written } from "./policy-deployment.ts";

describe("a policy that is put", () => {
  test("is created, and answers as it was written", async () => {
    const { ask, log } = deployment();
    const created = await ask("PUT", "gold", { body: written });
    expect(created).toMatchObject({
      status: 201,
      headers: { ETag: '"1"' },
      jsonBody: { ...written, name: "gold", etag: '"1"', state: "Active" },
    });
    expect(await ask("GET", "gold")).toEqual({ ...created, status: 200 });
    expect(log.entries.at(-1)).toEqual({
      event: "policyWritten",
      fields: { policy: "gold", generation: 1, by: "a-person" },
    });
  });

  test("is replaced, under another ETag", async () => {
    const { ask } = deployment();
    await ask("PUT", "gold", { body: written });
    const body = { ...written, name: "gold", retention: { last: 48 } };
    expect(await ask("PUT", "gold", { body })).toMatchObject({
      status: 200,
      headers: { ETag: '"2"' },
      jsonBody: { retention: { last: 48 } },
    });
  });

  test("may be the answer of a GET, changed", async () => {
    const { ask } = deployment();
    await ask("PUT", "gold", { body: written });
    const { jsonBody } = await ask("GET", "gold");
    const body = { ...jsonBody, description: "The best." };
    expect(await ask("PUT", "gold", { body })).toMatchObject({
      status: 200,
      jsonBody: { description: "The best.", etag: '"2"' },
    });
  });

  test("without a change stays what it is", async () => {
    const { ask } = deployment();
    const [first, second] = [
      await ask("PUT", "gold", { body: written }),
      await ask("PUT", "gold", { body: written }),
    ];
    expect(second).toEqual({ ...first, status: 200 });
  });

  test("has its VMs planned when every process knows of it", async () => {
    const { ask, delayed } = deployment();
    await ask("PUT", "gold", { body: written });
    expect(delayed.sent.at(-1)).toEqual({
      queue: "plan-fleet",
      message: { policy: "gold" },
      delayMs: 15_000,
    });
  });

  test("is not overwritten by a file of the same name that was not applied yet", async () => {
    const { ask, policies, now } = deployment();
    const body = { ...written, retention: { last: 99 } };
    expect(await ask("PUT", "shipped", { body })).toMatchObject({ status: 200 });
    const { active } = await policies.inForce(new Date(now().getTime() + 60_000));
    expect(active.get("shipped")?.retention.last).toBe(99);
  });
});

describe("a policy that is wrong", () => {
  const put = (name: string, body: unknown) => deployment().ask("PUT", name, { body });

  test("is refused with everything that is wrong, each with its field", async () => {
    const body = {
      schedule: { every: "often" },
      consistency: "some",
      retention: { last: 0 },
      colour: "red",
    };
    const refusal = put("gold", body);
    await expect(refusal).rejects.toMatchObject({ status: 400, code: "InvalidPolicy" });
    const { details } = await refusal.catch((error) => error);
    expect(details.map(({ target }: { target: string }) => target).sort()).toEqual([
      "colour",
      "consistency",
      "retention.last",
      "schedule.every",
    ]);
  });

  test("is refused with the arithmetic when Azure cannot carry it out", async () => {
    await expect(put("gold", { ...written, schedule: { every: "PT10M" } })).rejects.toMatchObject({
      details: [
        { target: "schedule", message: expect.stringContaining("6 restore points an hour") },
      ],
    });
  });

  test.each([
    ["under the name of another", "gold", { ...written, name: "silver" }],
    ["under `none`, which opts out", "none", written],
    ["under a name that no tag can have", "Gold!", written],
  ])("is refused %s", async (_what, name, body) => {
    await expect(put(name, body)).rejects.toMatchObject({
      status: 400,
      details: [expect.objectContaining({ target: "name" })],
    });
  });

  test.each([
    ["", 400, "InvalidJson"],
    ["{", 400, "InvalidJson"],
    ["[]", 400, "InvalidPolicy"],
    ["null", 400, "InvalidPolicy"],
    [" ".repeat(262_145), 413, "RequestBodyTooLarge"],
    [`{"schedule":${"[".repeat(60_000)}${"]".repeat(60_000)}}`, 400, "InvalidJson"],
  ])("is refused as %j", async (body, status, code) => {
    await expect(put("gold", body)).rejects.toMatchObject({ status, code });
  });
});

describe("a condition", () => {
  const conditionNotMet = { status: 412, code: "ConditionNotMet" };

  test.each(["PUT", "DELETE"] as const)(
    "of %s holds for the ETag that was read",
    async (method) => {
      const { ask } = deployment();
      await ask("PUT", "gold", { body: written });
      await ask("PUT", "gold", { body: { ...written, description: "Changed since." } });
      const change = (etag: string) =>
        ask(method, "gold", { headers: { "if-match": etag }, body: written });
      await expect(change('"1"')).rejects.toMatchObject(conditionNotMet);
      expect((await change('"2"')).status).toBe(method === "PUT" ? 200 : 204);
    },
  );

  test("creates only what is not there", async () => {
    const { ask } = deployment();
    const create = () => ask("PUT", "gold", { headers: { "if-none-match": "*" }, body: written });
    expect(await create()).toMatchObject({ status: 201 });
    await expect(create()).rejects.toMatchObject(conditionNotMet);
    await ask("DELETE", "gold");
    expect(await create()).toMatchObject({ status: 201, headers: { ETag: '"3"' } });
  });

  test("replaces and deletes only what is there", async () => {
    const { ask } = deployment();
    for (const method of ["PUT", "DELETE"] as const) {
      const change = ask(method, "gold", { headers: { "if-match": "*" }, body: written });
      await expect(change).rejects.toMatchObject(conditionNotMet);
    }
  });

  test("lets one of two who change the same policy win", async () => {
    const { ask } = deployment();
    await ask("PUT", "gold", { body: written });
    const change = (last: number) =>
      ask("PUT", "gold", {
        headers: { "if-match": '"1"' },
        body: { ...written, retention: { last } },
      });
    const outcomes = await Promise.allSettled([change(1), change(2)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
