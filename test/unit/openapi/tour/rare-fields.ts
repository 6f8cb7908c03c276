/** Requests whose answers have what others seldom have. */
import type { Point } from "../../../../src/lib/fleet/restore-point.ts";
import { diskLocksKey } from "../../../../src/lib/grants/disk-locks.ts";
import { ulidOfOperation } from "../../../../src/lib/operations/operation-id.ts";
import { allRoutes } from "../../../../tools/all-routes.ts";
import type { ApiAsked, ApiScene } from "../../../fakes/api-scene.ts";
import { fixedPolicies } from "../../../fakes/fixed-policies.ts";
import { sampleOf } from "../../../fixtures/api-samples.ts";
import {
  COPIED,
  GRANTED,
  NEWEST,
  OTHER_PARTNER,
  POINTS,
  REGION,
  RESTORED,
} from "../../../fixtures/filled-tables.ts";
import { grant } from "../../../fixtures/grants.ts";
import { writtenPartner } from "../../../fixtures/partners.ts";
import { copyOf, point } from "../../../fixtures/points.ts";
import {
  operation,
  operationId,
  policies,
  policy,
  protection,
  SUBSCRIPTION,
  vmKey,
} from "../../../fixtures/records.ts";

const vm = vmKey();
const rich = vmKey("rich-01");
const at = "2026-03-01T00:00:00.000Z";
const error = { code: "AllocationFailed", message: "No room.", advice: "Try another size." };
const wholeVm = { kind: "vm", dryRun: true };
const deletion = {
  ...{ operation: operationId(20), reason: "Too old.", decidedAt: at, endsGrants: true },
  ...{ error, retryAt: at },
};
const legalHold = { reason: "A dispute.", by: "alice", since: at };

/** A failed restore point of which everything is on record that can be. */
const richPoint: Point = point(0, {
  ...{ vm: rich, state: "Failed", error, outcomeUnknown: true, deletion, removedAt: at },
  ...{ replaces: ["s1"], caveat: "Only the first disk.", keepUntil: at },
  ...{ copyTo: [REGION], onlyIn: REGION, partial: true },
  excludedDisks: [{ id: "/disk", name: "scratch", lun: 1, reason: "Left out." }],
});

async function fillRich({ tables }: ApiScene): Promise<void> {
  await tables.protections.insert(protection({ vm: rich }));
  await tables.points.insert(richPoint);
  await tables.copies.insert(
    copyOf(richPoint, REGION, {
      ...{ state: "Failed", error, deletion, legalHold, removedAt: at },
      ...{ keepUntil: at, requested: true, partial: true },
    }),
  );
}

const ended = (status: "Succeeded" | "Failed", number: number) => async (scene: ApiScene) => {
  const id = operationId(number);
  const made = status === "Succeeded" ? { restorePoint: NEWEST } : { error };
  await scene.tables.requests.insert({
    ...{ id, vm, kind: "copyRestorePoint", point: NEWEST, region: REGION },
    ...{ by: { id: "alice", kind: "person" }, correlationId: ulidOfOperation(id) },
    ...{ requestedAt: at, outcome: { status, ...made, endedAt: at } },
  });
};

/** A policy that says everything, in one of the ways in which it can. */
const written = (more: object) => ({
  ...{ description: "All.", consistency: "CrashConsistent", onEvents: ["started"] },
  select: {
    ...{ subscriptions: [SUBSCRIPTION], resourceGroups: ["shop"], locations: ["westeurope"] },
    tags: { stage: ["prod"] },
  },
  excludeDisks: [{ lun: 3 }, { disk: "scratch" }],
  schedule: { cron: "0 3 * * *", timeZone: "Europe/Berlin" },
  retention: { ...kept, hourly: 2 },
  copies: [{ region: "northeurope", retention: { ...kept, hourly: 2 } }],
  grants: { allowed: true, longest: "P1D", whenDeleted: "wait" },
  rpoTarget: "P2D",
  ...more,
});
const kept = {
  ...{ last: 3, daily: 3, weekly: 3, monthly: 3, yearly: 3 },
  ...{ maxAge: "P4000D", floor: 1, timeZone: "Europe/Berlin" },
};

export type Step = (scene: ApiScene) => Promise<unknown>;
const ask =
  (name: string, asked: ApiAsked = {}): Step =>
  (scene) =>
    scene.ask(name, { ...sampleOf(name), ...asked });
const put = (outcome: object): Step =>
  ask("PutPolicy", {
    params: { name: "all" },
    body: written({ whenUntagged: outcome, whenVmDeleted: outcome }),
  });

const lists = allRoutes.filter(({ query }) => query && "continuation" in query.shape);

/** Each on tables of its own. */
export const rareFields: Readonly<Record<string, readonly Step[]>> = {
  ...Object.fromEntries(
    lists.map(({ name }) => {
      const query = { ...(sampleOf(name).query as object), top: "1" };
      return [`a page of ${name} that is not the last`, [changesOfDisks, ask(name, { query })]];
    }),
  ),
  "a restore point and a copy with all there is to them": [
    fillRich,
    ask("GetRestorePoint", { params: { vm: rich, point: richPoint.name } }),
    ask("ListCopies", { params: { vm: rich, point: richPoint.name } }),
  ],
  "a request that came to its end": [
    ...[ended("Succeeded", 30), ask("GetOperation", { params: { operation: operationId(30) } })],
    ...[ended("Failed", 31), ask("GetOperation", { params: { operation: operationId(31) } })],
  ],
  "a restore with all there is to it": [
    ask("GetOperation", { params: { operation: RESTORED.id } }),
    ask("PostRestore", {
      params: { vm, point: COPIED },
      body: { ...wholeVm, region: REGION, zone: "2", disks: [{ lun: 1, sizeInGB: 64 }] },
    }),
  ],
  "an operation about a copy": [
    async ({ tables }) => {
      const { kind: _, request: __, ...common } = operation({ id: operationId(32) });
      await tables.operations.insert({
        ...{ ...common, kind: "deleteRestorePoint", region: REGION, reason: "Too old." },
        request: { location: REGION },
      });
    },
    ask("GetOperation", { params: { operation: operationId(32) } }),
    ask("ListOperations", { query: { top: "1" } }),
  ],
  "access that was given": [
    async ({ tables }) => {
      const { kind: _, request: __, ...common } = operation({ id: operationId(33) });
      await tables.operations.insert({
        ...{ ...common, kind: "grantAccess", state: "Succeeded", endedAt: at, step: "begin" },
        request: { grant: grant().id },
      });
    },
    ask("GetOperation", { params: { operation: operationId(33) } }),
  ],
  "a grant on all disks": [
    async (scene) => {
      const body = { vm, restorePoint: NEWEST, reason: "All of it." };
      const { group } = (await scene.ask("PostGrant", { body })).body as { group: string };
      await scene.ask("GetOperation", { params: { operation: group } });
    },
  ],
  "a policy with all that can be said": [
    put({ outcome: "keep" }),
    put({ outcome: "ageOut" }),
    put({ outcome: "delete", after: "P30D" }),
    ask("DeletePolicy", { params: { name: "all" }, query: { outcome: "delete", after: "P1D" } }),
    ask("GetPolicy", { params: { name: "all" }, query: { retired: "true" } }),
    ask("PutPolicy", {
      params: { name: "there" },
      body: written({ region: "northeurope", copies: [] }),
    }),
  ],
  partners: [
    ask("GetPartner", { params: { id: OTHER_PARTNER } }),
    ask("PutPartner", {
      body: writtenPartner({
        scope: [{ subscriptionId: SUBSCRIPTION, resourceGroup: "a", vm: "b" }],
      }),
    }),
  ],
  "a hold that comes too late for a copy": [
    ask("DeleteCopy"),
    ask("PutLegalHold", { params: { vm, point: COPIED } }),
  ],
  "a deletion that costs something": [
    startOfChain,
    ask("DeleteRestorePoint", { params: { vm, point: GRANTED } }),
  ],
};

/** The first restore point of those that a policy has copied, which nobody may read any more. */
async function startOfChain(scene: ApiScene): Promise<void> {
  const copies = [{ region: REGION, retention: { last: 9 } }];
  await scene.replace({ policies: fixedPolicies(policies(policy("hourly", { copies }))) });
  for (const each of POINTS) await scene.tables.copies.upsert(copyOf(each, REGION));
  await scene.tables.locks.remove(diskLocksKey(vm));
}

async function changesOfDisks(scene: ApiScene): Promise<void> {
  const ranges = [{ start: 0, count: 512, kind: "changed" as const }];
  const changedRanges = async () => ({ kind: "page" as const, ranges, continuation: "next" });
  await scene.replace({ disks: { changedRanges } });
}
