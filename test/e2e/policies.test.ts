/** Policies over HTTP, on the whole local stack. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { listedVm, succeededPoint } from "./api.ts";
import { waitFor } from "./wait-for.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ arm: { crashConsistentCreateMs: 500 } });
});
afterAll(() => stack?.close());

const compliance = {
  schedule: { cron: "0 2 * * *", timeZone: "Europe/Berlin" },
  consistency: "CrashConsistent",
  retention: { daily: 31 },
};

const put = (caller: string, body: unknown) =>
  stack.api("/policies/compliance", { caller, method: "PUT", body });

test("the policies of the deployment are there from the first request on", async () => {
  const response = await stack.api("/policies", { caller: "reader" });
  const { value } = (await response.json()) as { value: { name: string }[] };
  expect(value.map(({ name }) => name)).toEqual(["daily", "gold", "hourly"]);
});

test("only a policy administrator may write one, and a wrong one is refused with every problem", async () => {
  expect((await put("operator", compliance)).status).toBe(403);
  const refusal = await put("policy-admin", { ...compliance, consistency: "some", retention: 1 });
  expect(refusal.status).toBe(400);
  expect(await refusal.json()).toMatchObject({
    error: {
      code: "InvalidPolicy",
      details: [{ target: "consistency" }, { target: "retention" }],
    },
  });
});

test("a VM whose tag names a policy in vain is protected soon after the policy is written, and the policy then in use", async () => {
  await stack.tagVm("web-01", "compliance");
  await waitFor("the tag to be found wrong", async () => {
    const vm = await listedVm(stack, "web-01");
    return vm?.state === "Misconfigured" ? vm : undefined;
  });
  const created = await put("policy-admin", compliance);
  expect([created.status, created.headers.get("etag")]).toEqual([201, '"1"']);
  expect(await succeededPoint(stack, "web-01")).toMatchObject({ slot: "t1" });

  const remove = (query = "") =>
    stack.api(`/policies/compliance${query}`, { caller: "policy-admin", method: "DELETE" });
  const refusal = await remove();
  expect(refusal.status).toBe(409);
  expect(await refusal.json()).toMatchObject({ error: { code: "PolicyInUse" } });
  expect((await remove("?outcome=keep")).status).toBe(204);
  expect((await stack.api("/policies/compliance")).status).toBe(404);
  await waitFor("the tag to be found wrong again", async () => {
    const vm = await listedVm(stack, "web-01");
    return vm?.state === "Misconfigured" ? vm : undefined;
  });
});
