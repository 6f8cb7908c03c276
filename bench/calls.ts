/**
 * What one restore point of a one-disk VM costs when Azure takes three minutes: calls to ARM, and function time. The
 * official SDK's create-and-wait does the same in the same run, in another subscription, for comparison.
 */

import { setTimeout as delay } from "node:timers/promises";
import { ComputeManagementClient } from "@azure/arm-compute";
import { ARM_AUDIENCE } from "../local/identity/audience.ts";
import { addVm } from "../local/stack/add-vm.ts";
import { type Stack, startStack } from "../local/stack/start-stack.ts";
import { LOCATION, SUBSCRIPTION_ID, vmIdOf } from "../local/stack/vm-address.ts";
import { metrics } from "./invocations.ts";
import { conclude, printTable, rounded } from "./report.ts";

const CREATE_MS = 180_000;
const SDK_SUBSCRIPTION = "00000000-0000-0000-0000-00000000005d";
const SDK_GROUP = "rg-sdk";

const stack = await startStack({
  seed: false,
  arm: { crashConsistentCreateMs: CREATE_MS, applicationConsistentCreateMs: CREATE_MS },
});
try {
  await addVm(stack, vmIdOf("app-vm"));
  const sdkVm = vmIdOf("sdk-vm")
    .replace(SUBSCRIPTION_ID, SDK_SUBSCRIPTION)
    .replace(/resourceGroups\/[^/]+/, `resourceGroups/${SDK_GROUP}`);
  await addVm(stack, sdkVm);
  // Both VMs' own creation is not part of the bill; nor is the event that it raised.
  await stack.eventGrid.idle();
  stack.arm.clearRequests();
  console.log(
    `Each create takes ${CREATE_MS / 1000} s. The app and the SDK make one at the same time.\n`,
  );
  await Promise.all([byTheApp(stack), byTheSdk(stack, sdkVm)]);
  await report(stack);
} finally {
  await stack.close();
}

async function byTheApp(running: Stack): Promise<void> {
  await running.tagVm("app-vm", "hourly");
  for (;;) {
    await delay(500);
    const response = await running.api("/vms");
    if ((await response.text()).includes('"state":"Succeeded"')) return;
  }
}

async function byTheSdk({ arm, identity }: Stack, vmId: string): Promise<void> {
  const credential = {
    getToken: async () => ({
      token: await identity.issueToken("operator", { audience: ARM_AUDIENCE }),
      expiresOnTimestamp: Date.now() + 3_000_000,
    }),
  };
  const client = new ComputeManagementClient(credential, SDK_SUBSCRIPTION, { endpoint: arm.url });
  await client.virtualMachines.get(SDK_GROUP, "sdk-vm");
  await client.restorePointCollections.createOrUpdate(SDK_GROUP, "rpc", {
    location: LOCATION,
    source: { id: vmId },
  });
  await client.restorePoints.create(SDK_GROUP, "rpc", "one", {
    consistencyMode: "CrashConsistent",
  });
}

async function report(running: Stack): Promise<void> {
  // The tag itself is the operator's call, whoever protects the VM afterwards.
  const calls = running.arm.requests.filter(
    ({ path }) => !path.includes("Microsoft.Resources/tags"),
  );
  const ofSdk = calls.filter(({ path }) => path.includes(SDK_SUBSCRIPTION));
  const ofApp = calls.filter(({ path }) => !path.includes(SDK_SUBSCRIPTION));
  const { functions } = await metrics(running);
  const timers = ["DueVms", "SweepOperations"];
  const costs = Object.entries(functions).filter(
    ([name]) => !timers.includes(name) && !name.startsWith("List"),
  );
  const totalMs = costs.reduce((sum, [, { totalMs }]) => sum + totalMs, 0);
  printTable([
    ["ARM calls", "app", "SDK create-and-wait"],
    ...kindsOf(calls).map((kind) => [kind, countOf(ofApp, kind), countOf(ofSdk, kind)]),
    ["all", ofApp.length, ofSdk.length],
  ]);
  printTable([
    ["function", "runs", "ms"],
    ...costs.map(([name, { count, totalMs }]) => [name, count, rounded(totalMs)]),
    ["all", costs.reduce((sum, [, { count }]) => sum + count, 0), rounded(totalMs)],
  ]);
  conclude({
    bench: "calls",
    figures: { armCalls: ofApp.length, sdkArmCalls: ofSdk.length, functionMs: rounded(totalMs) },
    targets: [
      { figure: "armCalls", atMost: 12 },
      { figure: "functionMs", below: 1000 },
    ],
  });
}

type Request = Stack["arm"]["requests"][number];

function kindOf({ method, path }: Request): string {
  if (/\/operations\//i.test(path)) return "GET operation status";
  const type = /restorePoints\//i.test(path) ? "restore point" : "restore point collection";
  return `${method} ${/virtualMachines\//i.test(path) ? "virtual machine" : type}`;
}

function kindsOf(requests: readonly Request[]): string[] {
  return [...new Set(requests.map(kindOf))].sort();
}

function countOf(requests: readonly Request[], kind: string): number {
  return requests.filter((request) => kindOf(request) === kind).length;
}
