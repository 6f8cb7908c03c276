/** A stack whose functions host is killed, and what must hold afterwards. */
import { expect } from "vitest";
import { addVm } from "../../local/stack/add-vm.ts";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { vmIdOf } from "../../local/stack/vm-address.ts";
import { restorePoints, succeededPoint } from "./api.ts";

/**
 * A message whose function died is invisible for ten minutes in Azure, and an unanswered request to ARM counts as
 * lost after a minute. Here both are seconds; nothing else is different.
 */
export const startKillableStack = (): Promise<Stack> =>
  startStack({
    seed: false,
    arm: { crashConsistentCreateMs: 1500 },
    env: { LOCAL_QUEUE_VISIBILITY_SECONDS: "3", ARM_TIMEOUT_SECONDS: "1" },
  });

export async function killAndRestart(stack: Stack): Promise<void> {
  await stack.hosts[0]?.kill();
  await stack.restartHost(0);
}

export async function addTaggedVm(stack: Stack, name: string): Promise<void> {
  await addVm(stack, vmIdOf(name));
  await stack.tagVm(name, "hourly");
}

/** Exactly one succeeded restore point for the slot: in the catalogue, and in Azure. */
export async function expectOneRestorePoint(stack: Stack, name: string): Promise<void> {
  await succeededPoint(stack, name);
  const recorded = (await restorePoints(stack, name)).filter(({ slot }) => slot === "t1");
  expect(
    recorded.filter(({ state }) => state === "Succeeded"),
    name,
  ).toHaveLength(1);
  const inAzure = await Promise.all(
    recorded.map(({ resourceId }) => stateInAzure(stack, resourceId)),
  );
  expect(
    inAzure.filter((state) => state === "Succeeded"),
    name,
  ).toHaveLength(1);
  const accepted = stack.arm.requests.filter(
    ({ method, path }) =>
      method === "PUT" && new RegExp(`/rpc-${name}-[^/]+/restorePoints/`, "i").test(path),
  );
  const names = new Set(accepted.map(({ path }) => path.toLowerCase()));
  expect([...names], name).toHaveLength(recorded.length);
}

async function stateInAzure({ armRequest }: Stack, restorePointId: string): Promise<unknown> {
  const response = await armRequest("GET", `${restorePointId}?api-version=2026-04-01`);
  const body: { properties?: { provisioningState?: unknown } } = JSON.parse(await response.text());
  return body.properties?.provisioningState;
}
