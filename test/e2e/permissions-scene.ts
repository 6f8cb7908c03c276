/** Every capability of the app on the whole local stack, a part at a time, with no more than the part's roles. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { appIdentity } from "../../local/identity/callers.ts";
import type { Stack } from "../../local/stack/start-stack.ts";
import {
  LOCATION,
  NETWORK_ID,
  networkInterfaceIdOf,
  vmIdOf,
  vmKeyOf,
} from "../../local/stack/vm-address.ts";
import { OWNER_TAG } from "../../src/lib/azure/owner-tag.ts";
import { isTurnOf } from "../../src/lib/reconcile/pass.ts";
import type { RoleName } from "../../tools/permissions/arm-call.ts";
import type { Role } from "../../tools/permissions/roles.ts";
import type { RecordedCall } from "./recorded-calls.ts";
import { waitFor } from "./wait-for.ts";

const VERSION = "api-version=2026-04-01";
const NETWORK_VERSION = "api-version=2024-05-01";
const QUARTER = 15 * 60_000;
const GROUP = vmIdOf("").split("/providers/")[0];

/** As the deployment gives it. */
export const actionsOf = (role: RoleName): Role["actions"] =>
  JSON.parse(readFileSync(new URL(`../../infra/bicep/roles/${role}.json`, import.meta.url), "utf8"))
    .actions;

/** The emulator's setting: the app has these roles and nothing else. */
export const rolesOfApp = (...roles: readonly RoleName[]) => ({
  [appIdentity.objectId]: { actions: roles.flatMap(actionsOf), notActions: [] },
});

/** What the app asks ARM for meanwhile. */
export async function recorded(
  { arm }: Stack,
  roles: readonly RoleName[],
  run: () => Promise<void>,
): Promise<RecordedCall[]> {
  arm.settings.roles = rolesOfApp(...roles);
  const since = arm.requests.length;
  await run();
  return arm.requests.slice(since).filter(({ caller }) => caller === appIdentity.objectId);
}

/** A network security group at its interface, and an identity: what a restored VM gets again. */
export async function equip({ armRequest }: Stack, vm: string): Promise<void> {
  const securityGroup = `${GROUP}/providers/Microsoft.Network/networkSecurityGroups/guard`;
  const subnet = { id: `${NETWORK_ID}/subnets/vms` };
  await armRequest("PUT", `${networkInterfaceIdOf(vm)}?${NETWORK_VERSION}`, {
    location: LOCATION,
    properties: {
      networkSecurityGroup: { id: securityGroup },
      ipConfigurations: [{ name: "primary", properties: { subnet, primary: true } }],
    },
  });
  const identity = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/worker`;
  await armRequest("PATCH", `${vmIdOf(vm)}?${VERSION}`, {
    identity: { type: "UserAssigned", userAssignedIdentities: { [identity]: {} } },
  });
}

const answerSchema = z.looseObject({
  id: z.string().optional(),
  name: z.string().optional(),
  status: z.string().optional(),
  resources: z.array(z.looseObject({ resourceId: z.string() })).optional(),
});
export type Answer = z.infer<typeof answerSchema>;

/** As a policy admin, who may do everything. */
export async function ask(stack: Stack, method: string, path: string, body?: unknown) {
  const response = await stack.api(path, { caller: "policy-admin", method, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return { headers: response.headers, answer: answerSchema.parse(text ? JSON.parse(text) : {}) };
}

/** Asks, and waits until the operation that the answer names has come to this end. */
export async function asked(
  stack: Stack,
  [method, path, body]: readonly [method: string, path: string, body?: unknown],
  end = "Succeeded",
): Promise<Answer> {
  const { headers } = await ask(stack, method, path, body);
  const { pathname } = new URL(headers.get("operation-location") ?? "");
  return await waitFor(`${method} ${path} to end`, async () => {
    const { answer } = await ask(stack, "GET", pathname.replace(/^\/api/, ""));
    if (answer.status === "Succeeded" || answer.status === "Failed") {
      if (answer.status !== end) throw new Error(JSON.stringify(answer));
      return answer;
    }
    return undefined;
  });
}

/** Of ours, empty, and of no use any more: as if its VM had been made anew. Each is looked at once in six hours. */
export async function addOrphans({ armRequest }: Stack, vm: string): Promise<string[]> {
  const ids = [0, QUARTER].map((later) => {
    const pass = new Date(Date.now() + later).toISOString();
    const names = Array.from({ length: 1000 }, (_, count) => `rpc-${vm}-${later}-${count}`);
    const id = (name: string) =>
      `${GROUP}/providers/Microsoft.Compute/restorePointCollections/${name}`;
    const due = names.find((name) =>
      isTurnOf(id(name), { pass, subscriptionId: "", step: "collections", page: 0 }),
    );
    return id(due ?? "");
  });
  for (const id of ids) {
    await armRequest("PUT", `${id}?${VERSION}`, {
      location: LOCATION,
      tags: OWNER_TAG,
      properties: { source: { id: vmIdOf(vm) } },
    });
  }
  return ids;
}

export const gone = ({ armRequest }: Stack, id: string): Promise<true | undefined> =>
  armRequest("GET", `${id}?${versionOf(id)}`).then(
    () => undefined,
    ({ status }) => status === 404 || undefined,
  );

function versionOf(id: string): string {
  if (id.includes("/Microsoft.Network/")) return NETWORK_VERSION;
  return id.includes("/disks/") ? "api-version=2026-03-02" : VERSION;
}

export async function rebuild(stack: Stack): Promise<void> {
  await ask(stack, "POST", "/rebuild");
  await waitFor("the rebuild to end", async () => {
    const answer = await stack.api("/reports/reconciliations", { caller: "operator" });
    const { value } = (await answer.json()) as { value: { rebuild?: boolean; state: string }[] };
    return value.some((pass) => pass.rebuild && pass.state === "Finished") || undefined;
  });
  await ask(stack, "PUT", "/switches/deletions", { value: "on", reason: "Looked over." });
}

/** As an operator runs a timer's function by hand. */
export const runTimer = ({ hosts }: Stack, name: string) =>
  fetch(new URL(`/admin/functions/${name}`, hosts[0]?.url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });

export const pointsOf = (vm: string): string => `/vms/${vmKeyOf(vm)}/restore-points`;
