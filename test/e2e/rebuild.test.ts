/** The tables are lost, and come back from Azure and the blobs, on the whole local stack. */
import { RestError, TableClient, TableServiceClient } from "@azure/data-tables";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { storageCredential } from "../contract/real-storage.ts";
import { listedVm, restorePoints, succeededPoint } from "./api.ts";
import { waitFor } from "./wait-for.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ arm: { crashConsistentCreateMs: 300 } });
});
afterAll(() => stack?.close());

/** All rows of all the app's tables. */
async function loseTables({ azurite }: Stack): Promise<void> {
  const { table: url } = azurite.urls(azurite.account);
  for await (const { name = "" } of new TableServiceClient(url, storageCredential).listTables()) {
    const table = new TableClient(url, name, storageCredential);
    for await (const { partitionKey = "", rowKey = "" } of table.listEntities()) {
      // The app may have taken it away in the meantime.
      await table.deleteEntity(partitionKey, rowKey).catch(ignoreMissing);
    }
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof RestError && error.statusCode === 404)) throw error;
}

interface Body {
  readonly value: readonly { readonly id: string; readonly state: string }[];
}

async function ask(method: string, path: string, body?: unknown) {
  const response = await stack.api(path, { caller: "policy-admin", method, body });
  return { status: response.status, body: (await response.json()) as Body };
}

test("a lost catalogue comes back, with its policies, and nothing is deleted until somebody says so", async () => {
  const mine = {
    schedule: { every: "PT4H" },
    consistency: "CrashConsistent",
    retention: { last: 7 },
  };
  expect((await ask("PUT", "/policies/mine", mine)).status).toBe(201);
  await stack.tagVm("web-01", "mine,hourly");
  const before = await succeededPoint(stack, "web-01");

  await loseTables(stack);
  expect((await ask("POST", "/rebuild")).body).toMatchObject({ policiesRestored: 4 });
  const [pass] = await waitFor("the rebuild to end", async () => {
    const { value } = (await ask("GET", "/reports/reconciliations")).body;
    return value[0]?.state === "Finished" ? value : undefined;
  });
  expect(pass).toMatchObject({ rebuild: true, adopted: 1 });

  const vm = await waitFor("the VM to be protected again", async () => {
    const listed = await listedVm(stack, "web-01");
    return listed?.nextSlotAt ? listed : undefined;
  });
  expect(vm).toMatchObject({ state: "Protected", policies: ["mine", "hourly"], openSlots: [] });
  const after = await restorePoints(stack, "web-01");
  expect(after.map(({ name, slot, state, resourceId }) => [name, slot, state, resourceId])).toEqual(
    [[before.name, before.slot, "Succeeded", before.resourceId]],
  );
  expect((await ask("GET", "/policies/mine")).body).toMatchObject(mine);
  expect((await ask("GET", "/switches/deletions")).body).toMatchObject({ value: "off" });

  const resume = { value: "on", reason: "Looked over." };
  expect((await ask("PUT", "/switches/deletions", resume)).body).toMatchObject(resume);
});

test("a VM that nothing protects is in the list of those, and leaves it with its tag", async () => {
  const unprotected = async () => {
    const subscription = (await listedVm(stack, "web-01"))?.id.split("~")[0];
    const { body } = await ask("GET", `/reports/unprotected?subscriptionId=${subscription}`);
    return body.value.map(({ id }) => id.split("~")[2]);
  };
  expect(await unprotected()).toContain("db-01");
  expect(await unprotected()).not.toContain("web-01");
  expect((await ask("GET", "/reports/unprotected")).status).toBe(400);
});
