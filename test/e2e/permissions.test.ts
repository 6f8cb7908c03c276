/**
 * The app does everything it can do with the roles of infra/bicep/roles and nothing else, part by part: no call is
 * refused, none is missing in the table of docs/permissions.md, and no role has an action that nothing takes.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { vmKeyOf } from "../../local/stack/vm-address.ts";
import type { RoleName } from "../../tools/permissions/arm-call.ts";
import { armCalls } from "../../tools/permissions/arm-calls.ts";
import { listedVm, restorePoints, succeededPoint } from "./api.ts";
import { GrantsScene } from "./grants-scene.ts";
import {
  actionsOf,
  addOrphans,
  ask,
  asked,
  equip,
  gone,
  pointsOf,
  rebuild,
  recorded,
  rolesOfApp,
  runTimer,
} from "./permissions-scene.ts";
import { forbidden, type RecordedCall, uncalled, unlisted, untaken } from "./recorded-calls.ts";
import { waitFor } from "./wait-for.ts";

const VM = "web-01";
/** Has a shared disk. */
const FAR_VM = "app-01";
const OLD_VM = "db-01";

const HOLDER = "partner-a";

let stack: Stack;
let scene: GrantsScene;
beforeAll(async () => {
  stack = await startStack({
    arm: {
      roles: rolesOfApp("orchestrate"),
      ...{ crashConsistentCreateMs: 300, deleteMs: 100, virtualMachineActionMs: 2000 },
      ...{ copyStartMs: 100, copyMs: 500, copyProgressStepMs: 100 },
    },
  });
  scene = new GrantsScene(stack);
  await equip(stack, VM);
});
afterAll(() => stack?.close());

function expectExactly(calls: readonly RecordedCall[], ...roles: readonly RoleName[]): void {
  const own = roles.at(-1) ?? "orchestrate";
  const table = armCalls.filter((row) => row.roles.some((role) => roles.includes(role)));
  const ofOwn = armCalls.filter((row) => row.roles.includes(own));
  expect({
    forbidden: forbidden(calls),
    unlisted: unlisted(calls, table),
    uncalled: uncalled(calls, ofOwn),
    untaken: untaken(calls, ofOwn, actionsOf(own)),
  }).toEqual({ forbidden: [], unlisted: [], uncalled: [], untaken: [] });
}

test("restore points are made, copied, kept, deleted and found again by the role for that alone", async () => {
  const calls = await recorded(stack, ["orchestrate"], async () => {
    const [every, retention] = ["P7D", { last: 1 }];
    const newest = { schedule: { every }, consistency: "CrashConsistent", retention };
    await ask(stack, "PUT", "/policies/newest", newest);
    const copies = [{ region: "northeurope", retention }];
    await ask(stack, "PUT", "/policies/far", { ...newest, copies });
    await Promise.all([copyAndRetire(), outlive(), makeAndDelete(), removeOrphan()]);
    await rebuild(stack);
  });
  expectExactly(calls, "orchestrate");
});

/** A point and its copy; then a last point of the VM, before it is deleted. */
async function copyAndRetire(): Promise<void> {
  await stack.tagVm(FAR_VM, "far");
  const { name } = await succeededPoint(stack, FAR_VM);
  await waitFor("the copy to be complete", async () => {
    const answer = await (await stack.api(`${pointsOf(FAR_VM)}/${name}/copies`)).json();
    const { value } = answer as { value: { state: string }[] };
    return value.some(({ state }) => state === "Succeeded") || undefined;
  });
  await ask(stack, "POST", `/vms/${vmKeyOf(FAR_VM)}/retire`);
  await waitFor("the last restore point", async () => {
    const points = await restorePoints(stack, FAR_VM);
    return points.some((point) => point.name !== name && point.state === "Succeeded") || undefined;
  });
}

/** Its policy keeps one restore point. */
async function outlive(): Promise<void> {
  await stack.tagVm(OLD_VM, "newest");
  await succeededPoint(stack, OLD_VM);
  await stack.tagVm(OLD_VM, undefined);
  await waitFor("the VM to be unprotected", async () =>
    (await listedVm(stack, OLD_VM))?.state === "Unprotected" ? true : undefined,
  );
  await stack.tagVm(OLD_VM, "newest");
  await waitFor("the older restore point to go", async () => {
    const points = await restorePoints(stack, OLD_VM);
    return points.every(({ slot }) => slot === "t2") || undefined;
  });
}

async function makeAndDelete(): Promise<void> {
  const make = ["POST", pointsOf(VM), { consistency: "CrashConsistent" }] as const;
  await asked(stack, make);
  const [first] = await restorePoints(stack, VM);
  await asked(stack, make);
  await asked(stack, ["DELETE", `${pointsOf(VM)}/${first?.name}`]);
}

async function removeOrphan(): Promise<void> {
  const orphans = await addOrphans(stack, "batch-01");
  await runTimer(stack, "ReconcileFleet");
  await waitFor("an empty collection to go", async () => {
    const states = await Promise.all(orphans.map((id) => gone(stack, id)));
    return states.some(Boolean) || undefined;
  });
}

/** Asked for before the app has the role. */
let early: string;

test("without their roles a grant comes to nothing and a restore is refused, and both say why", async () => {
  const { name } = await succeededPoint(stack, FAR_VM);
  const asked = await scene.request(HOLDER, FAR_VM, name);
  early = z.looseObject({ id: z.string() }).parse(asked.body).id;
  const grant = await waitFor("the grant to be refused", async () => {
    const { state, error } = await scene.grant(HOLDER, early);
    return error && { state, error };
  });
  expect(grant).toMatchObject({ state: "Revoking", error: { code: "AuthorizationFailed" } });
  const path = `${pointsOf(FAR_VM)}/${name}/restores`;
  const restore = await scene.ask("operator", "POST", path, { kind: "disks" });
  expect(restore).toMatchObject({ status: 409, body: { error: { code: "RestoreRefused" } } });
  const { error } = restore.body as { error: { details: { code: string }[] } };
  expect(new Set(error.details.map(({ code }) => code))).toEqual(new Set(["NotReadable"]));
});

test("grants begin, are extended, read and ended with one role more", async () => {
  const calls = await recorded(stack, ["orchestrate", "export"], async () => {
    const { name } = await succeededPoint(stack, VM);
    const { id } = await scene.granted(HOLDER, VM, name);
    await scene.granted(HOLDER, VM, name, "PT2H");
    const sas = await scene.sas(HOLDER, id);
    await scene.ask(HOLDER, "DELETE", `/grants/${id}`);
    await scene.shut(sas);
    await scene.revoked(HOLDER, id);
    await waitFor("the grant of before to be over", async () => {
      const { state } = await scene.grant(HOLDER, early);
      return state === "Failed" || undefined;
    });
  });
  expectExactly(calls, "orchestrate", "export");
});

test("disks and VMs are restored, and what failed is removed, with another", async () => {
  const calls = await recorded(stack, ["orchestrate", "restore"], async () => {
    const { name } = await succeededPoint(stack, VM);
    const path = `${pointsOf(VM)}/${name}/restores`;
    await ask(stack, "POST", path, { kind: "vm", dryRun: true });
    await Promise.all([
      asked(stack, ["POST", path, { kind: "disks" }]),
      restoreStopped(path),
      failToRestore(path),
    ]);
  });
  expectExactly(calls, "orchestrate", "restore");
});

const refusal = (status: number, code: string) => ({
  status,
  body: { error: { code, message: "It cannot be done." } },
});

/** Its status is lost, so that the VM itself is asked whether it is stopped. */
async function restoreStopped(path: string): Promise<void> {
  const body = { kind: "vm", name: "stopped-01", powerState: "stopped" };
  const restored = asked(stack, ["POST", path, body]);
  const isAsked = () =>
    stack.arm.requests.some(({ path }) => path.endsWith("/stopped-01/deallocate")) || undefined;
  await Promise.race([restored, waitFor("the VM to be deallocated", isAsked)]);
  const status = /Microsoft\.Compute\/locations\/[^/]+\/operations\//;
  stack.arm.faults.add({ path: status, times: 100, answer: refusal(404, "NotFound") });
  await restored;
}

/** Everything is there, and then its last step is refused. */
async function failToRestore(path: string): Promise<void> {
  const deallocate = { method: "POST", path: /\/failing-01\/deallocate$/ };
  stack.arm.faults.add({ ...deallocate, answer: refusal(409, "OperationNotAllowed") });
  const body = { kind: "vm", name: "failing-01", powerState: "stopped" };
  const { resources = [] } = await asked(stack, ["POST", path, body], "Failed");
  expect(resources.length).toBeGreaterThan(2);
  for (const { resourceId } of resources) {
    await waitFor(`${resourceId} to go`, () => gone(stack, resourceId));
  }
}
