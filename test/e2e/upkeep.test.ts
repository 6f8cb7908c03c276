/** What becomes of restore points on the whole local stack: retention, copies, a lost event, and the answers about them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Subscription } from "../../local/event-grid/subscription.ts";
import { eventSubscriptions } from "../../local/stack/event-subscriptions.ts";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { vmIdOf, vmKeyOf } from "../../local/stack/vm-address.ts";
import { listedVm, restorePoints, succeededPoint } from "./api.ts";
import { officialClient, toItsEnd } from "./official-client.ts";
import { startTlsFront } from "./tls-front.ts";
import { waitFor } from "./wait-for.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    arm: {
      ...{ crashConsistentCreateMs: 300, applicationConsistentCreateMs: 300, deleteMs: 100 },
      ...{ copyMs: 1000, copyProgressStepMs: 100 },
      minimumIntervals: "none",
    },
    subscriptions: (webhook) => eventSubscriptions(webhook).map(withoutDeletions),
  });
});
afterAll(() => stack?.close());

/** What nobody hears of, the reconciliation has to find. */
const withoutDeletions = (subscription: Subscription): Subscription => ({
  ...subscription,
  filter: {
    ...subscription.filter,
    includedEventTypes: ["Write", "Action"].map(
      (what) => `Microsoft.Resources.Resource${what}Success`,
    ),
  },
});

interface Verdict {
  readonly name: string;
  readonly region?: string;
  readonly keep: boolean;
  readonly because: readonly string[];
}

interface Answer {
  readonly restorePoints: readonly Verdict[];
  readonly rule: string;
  readonly blocks: readonly string[];
  readonly vms: { readonly matched: number };
  readonly forecast: { readonly perVm: readonly { made: number; deleted: number }[] };
  readonly restorePoint: string;
  readonly value: readonly { readonly id?: string; readonly kind?: string; readonly vm?: string }[];
}

async function ask(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await stack.api(path, { caller: "policy-admin", method, body });
  const answer = (await response.json()) as Answer;
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

const explain = (vm: string) => ask("GET", `/vms/${vmKeyOf(vm)}/explain`);

/** As an operator runs a timer's function by hand. */
const runTimer = (name: string) =>
  fetch(new URL(`/admin/functions/${name}`, stack.hosts[0]?.url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });

const policy = (retention: object, more: object = {}) => ({
  schedule: { every: "P7D" },
  consistency: "CrashConsistent",
  retention,
  ...more,
});

test("a restore point that its policy no longer keeps is deleted from Azure and from the catalogue", async () => {
  await ask("PUT", "/policies/newest", policy({ last: 1 }));
  await stack.tagVm("web-01", "newest");
  const first = await succeededPoint(stack, "web-01");
  await stack.tagVm("web-01", undefined);
  await waitFor("the VM to be unprotected", async () =>
    (await listedVm(stack, "web-01"))?.state === "Unprotected" ? true : undefined,
  );
  await stack.tagVm("web-01", "newest");
  const left = await waitFor("the older restore point to go", async () => {
    const points = await restorePoints(stack, "web-01");
    const [only, ...others] = points;
    return only?.slot === "t2" && others.length === 0 ? only : undefined;
  });
  expect(left).toMatchObject({ state: "Succeeded" });
  const gone = stack.armRequest("GET", `${first.resourceId}?api-version=2026-04-01`);
  await expect(gone).rejects.toMatchObject({ status: 404 });
  expect(await explain("web-01")).toMatchObject({
    rule: "Its tag is `newest`.",
    restorePoints: [{ name: left.name, keep: true }],
    blocks: [],
  });
});

test("a policy with another region has its restore points copied there, and says when they are", async () => {
  const copies = [{ region: "northeurope", retention: { last: 3 } }];
  await ask("PUT", "/policies/far", policy({ last: 3 }, { copies }));
  await stack.tagVm("app-01", "far");
  const { name } = await succeededPoint(stack, "app-01");
  const copy = await waitFor("the copy to be complete", async () =>
    (await explain("app-01")).restorePoints.find(({ region }) => region === "northeurope"),
  );
  expect(copy).toMatchObject({ name, keep: true });
});

test("a VM whose deletion no event told of is found gone by the reconciliation, which says so", async () => {
  await stack.tagVm("db-01", "newest");
  await succeededPoint(stack, "db-01");
  const vm = `${vmIdOf("db-01")}?api-version=2026-04-01`;
  await stack.armRequest("DELETE", vm);
  await waitFor("Azure to have deleted the VM", () =>
    stack.armRequest("GET", vm).then(
      () => undefined,
      ({ status }) => status === 404 || undefined,
    ),
  );
  expect((await runTimer("ReconcileFleet")).status).toBe(202);
  await waitFor("the VM to be found gone", async () =>
    (await listedVm(stack, "db-01"))?.state === "VmDeleted" ? true : undefined,
  );
  const { value } = await ask("GET", "/reports/drift");
  expect(value).toMatchObject([{ kind: "missedDeletion", vm: vmKeyOf("db-01") }]);
  expect(await restorePoints(stack, "db-01")).toHaveLength(1);
});

test("a VM that is about to be deleted gets a last restore point", async () => {
  const { restorePoint } = await ask("POST", `/vms/${vmKeyOf("web-01")}/retire`);
  await waitFor("the last restore point", async () =>
    (await restorePoints(stack, "web-01")).find(
      ({ name, state }) => name === restorePoint && state === "Succeeded",
    ),
  );
});

test("a policy can be tried before it is in force", async () => {
  const asked = { policy: policy({ last: 2 }, { select: { tags: { "restore-points": ["*"] } } }) };
  const preview = await ask("POST", "/policies/tried/preview", { ...asked, days: 30 });
  const [forecast] = preview.forecast.perVm;
  expect(forecast).toMatchObject({ region: "westeurope", most: 3, left: 2 });
  // Of seven days each, in thirty.
  expect([4, 5]).toContain(forecast?.made);
  expect(forecast?.deleted).toBe((forecast?.made ?? 0) - 2);
  expect((await stack.api("/policies/tried")).status).toBe(404);
});

test("the fleet's compliance tells the age of each VM's last good restore point", async () => {
  const { value } = await ask("GET", "/reports/compliance");
  const web = value.find(({ id }) => id === vmKeyOf("web-01"));
  expect(web).toMatchObject({ compliant: true, rpoTarget: "P14D", lastGoodPoint: {} });
});

test("Azure's own clients make, read and delete restore points to the end of each operation, unchanged", async () => {
  const front = await startTlsFront(stack);
  try {
    const client = officialClient(stack, front.url, "partner-a");
    const [vm, consistency] = [vmKeyOf("batch-01"), "CrashConsistent"];
    const make = () => toItsEnd(client, "post", points, { body: { consistency } });
    const points = `/vms/${vm}/restore-points`;
    const made = [await make(), await make()];
    const good = { state: "Succeeded", consistencyMode: consistency };
    expect(made).toMatchObject([good, good]);
    const [first, newest] = made.map(
      (point) => z.looseObject({ name: z.string() }).parse(point).name,
    );

    const grant = await toItsEnd(client, "post", "/grants", {
      body: { vm, restorePoint: first, disk: "batch-01-os", duration: "PT1H", reason: "Backup" },
    });
    expect(grant).toMatchObject({ state: "Active", restorePoint: first });
    const { id } = z.looseObject({ id: z.string() }).parse(grant);
    expect(await toItsEnd(client, "delete", `/grants/${id}`)).toMatchObject({
      status: "Succeeded",
    });

    expect(await toItsEnd(client, "delete", `${points}/${first}`)).toMatchObject({
      kind: "deleteRestorePoint",
      status: "Succeeded",
    });
    expect(await restorePoints(stack, "batch-01")).toMatchObject([{ name: newest }]);
    const refused = toItsEnd(client, "delete", `${points}/${newest}`);
    await expect(refused).rejects.toMatchObject({ statusCode: 409, code: "NewestGood" });
  } finally {
    await front.close();
  }
});
