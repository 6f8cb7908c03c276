/** Restores on the whole local stack: every byte of every disk comes back, from here and from another region. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { RESOURCE_GROUP, SUBSCRIPTION_ID, vmKeyOf } from "../../local/stack/vm-address.ts";
import { succeededPoint } from "./api.ts";
import {
  addVault,
  contentsBefore,
  contentsOf,
  deleteVault,
  type RestoreAnswer,
  restored,
  VM,
} from "./restores-scene.ts";
import { waitFor } from "./wait-for.ts";

const FAR = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg-far`;
const FAR_NETWORK = `${FAR}/providers/Microsoft.Network/virtualNetworks/far-net`;
const subnetId = `${FAR_NETWORK}/subnets/vms`;

let stack: Stack;
let point: string;

beforeAll(async () => {
  stack = await startStack({
    arm: { crashConsistentCreateMs: 300, copyStartMs: 100, copyMs: 500, copyProgressStepMs: 100 },
  });
  await addVault(stack);
  const far = { location: "northeurope" };
  await stack.armRequest("PUT", `${FAR}?api-version=2021-04-01`, far);
  await stack.armRequest("PUT", `${FAR_NETWORK}?api-version=2024-05-01`, {
    ...far,
    properties: {
      addressSpace: { addressPrefixes: ["10.9.0.0/16"] },
      subnets: [{ name: "vms", properties: { addressPrefix: "10.9.1.0/24" } }],
    },
  });
  const policy = {
    schedule: { every: "P7D" },
    consistency: "CrashConsistent",
    retention: { last: 3 },
    copies: [{ region: "northeurope", retention: { last: 3 } }],
  };
  await stack.api("/policies/vaults", { caller: "policy-admin", method: "PUT", body: policy });
  await stack.tagVm(VM, "vaults");
  point = (await succeededPoint(stack, VM)).name;
  await waitFor("the copy to be complete", async () => {
    const path = `/vms/${vmKeyOf(VM)}/restore-points/${point}/copies`;
    const { value } = (await (await stack.api(path)).json()) as { value: { state: string }[] };
    return value.some(({ state }) => state === "Succeeded") || undefined;
  });
});
afterAll(() => stack?.close());

async function vmOf({ resources }: RestoreAnswer): Promise<unknown> {
  const { resourceId } = resources.find(({ role }) => role === "virtualMachine") ?? {};
  return await (await stack.armRequest("GET", `${resourceId}?api-version=2026-04-01`)).json();
}

test("a VM with three data disks is restored from its restore point, side by side, as it was", async () => {
  const restore = await restored(stack, point, { kind: "vm", powerState: "stopped" });
  expect(await contentsOf(stack, restore)).toEqual(contentsBefore());
  expect(await vmOf(restore)).toMatchObject({
    location: "westeurope",
    tags: { team: "vaults", "vm-restore-points-restore": restore.id },
    properties: {
      hardwareProfile: { vmSize: "Standard_D4s_v5" },
      licenseType: "RHEL_BYOS",
      securityProfile: { securityType: "TrustedLaunch", uefiSettings: { vTpmEnabled: true } },
      storageProfile: {
        osDisk: { osType: "Linux", caching: "ReadOnly" },
        dataDisks: [{ lun: 0 }, { lun: 1 }, { lun: 2 }],
      },
    },
  });
});

test("and from its copy in another region, into a resource group and a subnet there", async () => {
  const restore = await restored(stack, point, {
    ...{ kind: "vm", region: "northeurope", resourceGroup: "rg-far", subnetId },
    ...{ name: VM, powerState: "stopped", sku: "StandardSSD_LRS" },
  });
  expect(await contentsOf(stack, restore)).toEqual(contentsBefore());
  expect(await vmOf(restore)).toMatchObject({ name: VM, location: "northeurope" });
});

test("what cannot be carried out is refused with all reasons, and nothing is made", async () => {
  const path = `/vms/${vmKeyOf(VM)}/restore-points/${point}/restores`;
  const body = {
    ...{ kind: "vm", name: VM, resourceGroup: RESOURCE_GROUP, zone: "1", size: "Standard_None" },
    ...{ subnetId: `${subnetId}-not`, disks: [{ lun: 0, sizeInGB: 8 }] },
  };
  const before = await resourceIds();
  const plan = await stack.api(path, {
    caller: "operator",
    method: "POST",
    body: { ...body, dryRun: true },
  });
  const refused = await stack.api(path, { caller: "operator", method: "POST", body });
  const codes = ["NameTaken", "SizeNotAvailable", "SubnetNotFound"];
  const { problems, possible } = (await plan.json()) as {
    problems: { code: string }[];
    possible: boolean;
  };
  expect([plan.status, possible]).toEqual([200, false]);
  expect(problems.map(({ code }) => code).sort()).toEqual(codes);
  const { error } = (await refused.json()) as {
    error: { code: string; details: { code: string }[] };
  };
  expect([refused.status, error.code]).toEqual([409, "RestoreRefused"]);
  expect(error.details.map(({ code }) => code).sort()).toEqual(codes);
  expect(await resourceIds()).toEqual(before);
});

test("after the source and its disks are gone, everything comes back under the old name", async () => {
  await deleteVault(stack);
  const local = await restored(stack, point, { kind: "vm", name: VM, powerState: "stopped" });
  expect(await contentsOf(stack, local)).toEqual(contentsBefore());
  const far = await restored(stack, point, {
    ...{ kind: "disks", region: "northeurope", resourceGroup: "rg-far" },
  });
  expect(await contentsOf(stack, far)).toEqual(contentsBefore());
});

async function resourceIds(): Promise<string[]> {
  const lists = ["disks", "virtualMachines"].map(async (type) => {
    const path = `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.Compute/${type}`;
    const version = type === "disks" ? "2026-03-02" : "2026-04-01";
    const answer = await (await stack.armRequest("GET", `${path}?api-version=${version}`)).json();
    return (answer as { value: { id: string }[] }).value.map(({ id }) => id);
  });
  return (await Promise.all(lists)).flat();
}
