/**
 * What one restore point of a one-disk VM costs when Azure takes three minutes: calls to ARM, and function time. The
 * official SDK's create-and-wait does the same in the same run, in another subscription, for comparison.
 */

import { setTimeout as delay } from "node:timers/promises";
import { ComputeManagementClient } from "@azure/arm-compute";
import { ARM_AUDIENCE } from "../local/identity/audience.ts";
import { addVm } from "../local/stack/add-vm.ts";
import { type Stack, startStack } from "../local/stack/start-stack.ts";
import { LOCATION, SUBSCRIPTION_ID, vmIdOf, vmKeyOf } from "../local/stack/vm-address.ts";
import { vmKeySchema } from "../src/lib/fleet/vm-key.ts";
import { HOUR, MINUTE } from "../src/lib/policy/duration.ts";
import { nextSlotOf } from "../src/lib/policy/schedule.ts";
import { atRest } from "./at-rest.ts";
import { metrics } from "./invocations.ts";
import { conclude, printTable, rounded } from "./report.ts";

const CREATE_MS = 180_000;
const SDK_SUBSCRIPTION = "00000000-0000-0000-0000-00000000005d";
const SDK_GROUP = "rg-sdk";

/** Timers run whether there is a restore point or not; the API is the benchmark looking on. */
const NOT_PER_POINT = /^(DueVms|CleanUp|FindBreaches|Sweep|List|Get|Health)/;

type Functions = Awaited<ReturnType<typeof metrics>>["functions"];

const stack = await startStack({
  seed: false,
  notifications: false,
  arm: { crashConsistentCreateMs: 500 },
  // Its lists are read every quarter of an hour, of the whole subscription, whether there are restore points or not.
  env: { "AzureWebJobs.ReconcileFleet.Disabled": "true" },
});
try {
  const [appVm, warmUp] = [quietVm("app-vm"), quietVm("warm-up")];
  await addVm(stack, vmIdOf(appVm));
  const sdkVm = vmIdOf("sdk-vm")
    .replace(SUBSCRIPTION_ID, SDK_SUBSCRIPTION)
    .replace(/resourceGroups\/[^/]+/, `resourceGroups/${SDK_GROUP}`);
  await addVm(stack, sdkVm);
  // What a running app has done before is not part of the bill: its token, connections and tables.
  await addVm(stack, vmIdOf(warmUp));
  await byTheApp(stack, warmUp);
  // The policies, too, that are deployed with the app have been gone through the fleet with by then.
  await atRest(stack);
  stack.arm.settings.crashConsistentCreateMs = CREATE_MS;
  stack.arm.clearRequests();
  const before = (await metrics(stack)).functions;
  console.log(
    `Each create takes ${CREATE_MS / 1000} s. The app and the SDK make one at the same time.\n`,
  );
  await Promise.all([byTheApp(stack, appVm), byTheSdk(stack, sdkVm)]);
  // What follows from a restore point belongs to it.
  await atRest(stack);
  await report(stack, before);
} finally {
  await stack.close();
}

async function byTheApp(running: Stack, vm: string): Promise<void> {
  await running.tagVm(vm, "hourly");
  for (;;) {
    await delay(500);
    const response = await running.api(`/vms/${vmKeyOf(vm)}/restore-points`);
    if ((await response.text()).includes('"state":"Succeeded"')) return;
  }
}

/** The name of a VM whose hourly slot does not fall into the measured minutes: its own restore point is another one. */
function quietVm(prefix: string): string {
  const [from, until] = [Date.now(), Date.now() + CREATE_MS + 5 * MINUTE];
  for (let number = 1; ; number++) {
    const name = `${prefix}-${number}`;
    const key = vmKeySchema.parse(vmKeyOf(name));
    const slot = nextSlotOf({ every: HOUR, spread: HOUR }, key, new Date(from));
    if (slot.getTime() > until) return name;
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

async function report(running: Stack, before: Functions): Promise<void> {
  // The tag itself is the operator's call, whoever protects the VM afterwards.
  const calls = running.arm.requests.filter(
    ({ path }) => !path.includes("Microsoft.Resources/tags"),
  );
  const ofSdk = calls.filter(({ path }) => path.includes(SDK_SUBSCRIPTION));
  const ofApp = calls.filter(({ path }) => !path.includes(SDK_SUBSCRIPTION));
  const { functions } = await metrics(running);
  const costs = Object.entries(functions)
    .filter(([name]) => !NOT_PER_POINT.test(name))
    .map(([name, { count, totalMs }]) => {
      const spent = before[name] ?? { count: 0, totalMs: 0 };
      return { name, count: count - spent.count, totalMs: totalMs - spent.totalMs };
    });
  const totalMs = costs.reduce((sum, cost) => sum + cost.totalMs, 0);
  printTable([
    ["ARM calls", "app", "SDK create-and-wait"],
    ...kindsOf(calls).map((kind) => [kind, countOf(ofApp, kind), countOf(ofSdk, kind)]),
    ["all", ofApp.length, ofSdk.length],
  ]);
  printTable([
    ["function", "runs", "ms"],
    ...costs.map((cost) => [cost.name, cost.count, rounded(cost.totalMs)]),
    ["all", costs.reduce((sum, { count }) => sum + count, 0), rounded(totalMs)],
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
  if (/networkInterfaces\//i.test(path)) return `${method} network interface`;
  const type = /restorePoints\//i.test(path) ? "restore point" : "restore point collection";
  return `${method} ${/virtualMachines\//i.test(path) ? "virtual machine" : type}`;
}

function kindsOf(requests: readonly Request[]): string[] {
  return [...new Set(requests.map(kindOf))].sort();
}

function countOf(requests: readonly Request[], kind: string): number {
  return requests.filter((request) => kindOf(request) === kind).length;
}
