/** Partners with tokens of their own, on the whole local stack. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { callerNamed } from "../../local/identity/callers.ts";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { vmKeyOf } from "../../local/stack/vm-address.ts";
import { repeatably } from "../fixtures/repeatably.ts";
import { succeededPoint } from "./api.ts";
import { waitFor } from "./wait-for.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ arm: { crashConsistentCreateMs: 500 } });
});
afterAll(() => stack?.close());

const pointsOf = (vm: string, caller: string) =>
  stack.api(`/vms/${vmKeyOf(vm)}/restore-points`, { caller });

/** Everything that an answer tells, without what is different for each answer. */
async function told(response: Response) {
  const { status, headers } = response;
  const names = ["date", "x-ms-request-id", "traceparent"];
  return {
    status,
    headers: [...headers].filter(([name]) => !names.includes(name)),
    body: await response.text(),
  };
}

test("a partner sees the restore points of its VMs, and cannot tell others' VMs from none", async () => {
  await Promise.all([stack.tagVm("web-01", "hourly"), stack.tagVm("db-01", "hourly")]);
  const point = await succeededPoint(stack, "web-01");
  await succeededPoint(stack, "db-01");

  const own = await pointsOf("web-01", "partner-b");
  expect(await own.json()).toMatchObject({ value: [{ name: point.name, state: "Succeeded" }] });
  const operation = await stack.api(`/operations/${point.operationId}`, { caller: "partner-b" });
  expect(operation.status).toBe(200);
  expect((await pointsOf("db-01", "partner-a")).status).toBe(200);

  const outOfScope = await told(await pointsOf("db-01", "partner-b"));
  expect(outOfScope.status).toBe(404);
  expect(outOfScope).toEqual(await told(await pointsOf("db-99", "partner-b")));
  expect(outOfScope).toEqual(await told(await pointsOf("db-99", "partner-a")));
});

test("a request that is sent again with its id is answered with the grant that it made", async () => {
  const { name: restorePoint } = await succeededPoint(stack, "web-01");
  const headers = repeatably(Date.now());
  const send = async (reason: string) => {
    const body = { vm: vmKeyOf("web-01"), restorePoint, disk: "web-01-os", reason };
    const answer = await stack.api("/grants", {
      caller: "partner-a",
      method: "POST",
      body,
      headers,
    });
    const result = answer.headers.get("repeatability-result");
    return { status: answer.status, result, body: (await answer.json()) as { id?: string } };
  };
  const [one, other] = await Promise.all([send("Backup"), send("Backup")]);
  expect(one).toMatchObject({ status: 202, result: "accepted" });
  expect(other.body.id).toBe(one.body.id);
  expect(await send("Backup")).toMatchObject({ status: 202, body: { id: one.body.id } });
  expect(await send("Restore")).toMatchObject({
    ...{ status: 400, result: "rejected" },
    body: { error: { code: "RepeatabilityMismatch" } },
  });
});

test("a partner may ask for nothing about the fleet", async () => {
  for (const path of ["/policies", "/partners", "/reports/drift"]) {
    expect((await stack.api(path, { caller: "partner-a" })).status).toBe(403);
  }
});

test("a partner that is disabled is refused within a second, like an app that nobody knows", async () => {
  const path = `/partners/${callerNamed("partner-b").clientId}`;
  const read = await stack.api(path, { caller: "policy-admin" });
  const etag = read.headers.get("etag") ?? "";
  const body = { ...((await read.json()) as object), state: "disabled" };
  expect((await pointsOf("web-01", "partner-b")).status).toBe(200);
  const put = await stack.api(path, {
    ...{ caller: "policy-admin", method: "PUT", body },
    headers: { "if-match": etag },
  });
  expect([put.status, put.headers.get("etag")]).toEqual([200, '"2"']);

  const writtenAt = Date.now();
  const refusal = await waitFor("the partner to be refused", async () => {
    const askedAt = Date.now();
    const response = await pointsOf("web-01", "partner-b");
    if (response.status === 403) return response;
    expect(askedAt - writtenAt).toBeLessThan(1000);
    return undefined;
  });
  expect(await told(refusal)).toEqual(await told(await pointsOf("web-01", "partner-contoso")));
});
