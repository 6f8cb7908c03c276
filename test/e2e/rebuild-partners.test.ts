/** The partners' table is lost, and comes back from the blobs, on the whole local stack. */
import { TableClient } from "@azure/data-tables";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callerNamed } from "../../local/identity/callers.ts";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { SUBSCRIPTION_ID, vmKeyOf } from "../../local/stack/vm-address.ts";
import { azureRecordCopies } from "../../src/lib/azure/azure-record-copies.ts";
import type { Partner } from "../../src/lib/partners/partner.ts";
import { partnerContainer } from "../../src/names.ts";
import { storageCredential } from "../contract/real-storage.ts";
import { waitFor } from "./wait-for.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

const idOf = (caller: string) => callerNamed(caller).clientId;
const administer = (method: string, caller: string, body?: unknown) =>
  stack.api(`/partners/${idOf(caller)}`, { caller: "policy-admin", method, body });

async function loseTable(): Promise<void> {
  const { table: url } = stack.azurite.urls(stack.azurite.account);
  const table = new TableClient(url, "partners", storageCredential);
  for await (const { partitionKey = "", rowKey = "" } of table.listEntities()) {
    await table.deleteEntity(partitionKey, rowKey);
  }
}

/** The app copies a partner a moment after it has answered. A change that loses a race skips a generation. */
async function copied(caller: string, generation: number): Promise<Partner> {
  const { blob } = stack.azurite.urls(stack.azurite.account);
  const copies = azureRecordCopies<Partner>(blob, partnerContainer, storageCredential);
  const isWithheld = ({ state, disabledBy }: Partner) =>
    state === "disabled" && disabledBy === undefined;
  return await waitFor(`the copy of ${caller}`, async () => {
    const copy = (await copies.get(idOf(caller)))?.document as Partner | undefined;
    return copy && copy.generation >= generation && !isWithheld(copy) ? copy : undefined;
  });
}

/** Whether the caller is let in; nothing is asked of the VM. */
async function isLetIn(caller: string): Promise<boolean> {
  const { status } = await stack.api(`/vms/${vmKeyOf("web-01")}/restore-points`, { caller });
  return status !== 403;
}
const waitUntil = (what: string, isSo: () => Promise<boolean>) =>
  waitFor(what, async () => ((await isSo()) ? true : undefined));

test("a partner is let in again after a loss of the tables, and one that was disabled or deleted is not", async () => {
  const scope = [{ subscriptionId: SUBSCRIPTION_ID }];
  const fabrikam = { name: "Fabrikam", contact: "backup@fabrikam.example", scope };
  expect((await administer("PUT", "partner-fabrikam", fabrikam)).status).toBe(201);
  expect((await administer("DELETE", "partner-fabrikam")).status).toBe(204);
  const partnerB = (await (await administer("GET", "partner-b")).json()) as object;
  const disabled = await administer("PUT", "partner-b", { ...partnerB, state: "disabled" });
  expect(disabled.status).toBe(200);
  expect(await copied("partner-a", 1)).toMatchObject({ state: "enabled" });
  expect(await copied("partner-b", 2)).toMatchObject({ state: "disabled" });
  expect(await copied("partner-fabrikam", 2)).toMatchObject({ deletedAt: expect.any(String) });
  expect(await isLetIn("partner-a")).toBe(true);

  await loseTable();
  await waitUntil("the partner to be refused", async () => !(await isLetIn("partner-a")));
  const rebuilt = await stack.api("/rebuild", { caller: "policy-admin", method: "POST" });
  expect(await rebuilt.json()).toMatchObject({ partnersRestored: 3 });
  await waitUntil("the partner to be let in", () => isLetIn("partner-a"));

  expect(await isLetIn("partner-b")).toBe(false);
  expect(await isLetIn("partner-fabrikam")).toBe(false);
  expect(await (await administer("GET", "partner-b")).json()).toMatchObject({
    ...{ name: "Partner B", state: "disabled", disabledBy: expect.any(String) },
  });
  expect((await administer("GET", "partner-fabrikam")).status).toBe(404);
});
