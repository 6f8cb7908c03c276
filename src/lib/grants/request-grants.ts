/**
 * A request for grants on the disks of one restore point, all or none of them.
 *
 * The records come first, then the lock on the disks, then a second look at the restore point: a deletion marks the
 * restore point first and looks at the lock afterwards, so that of the two at least one sees the other.
 *
 *     record (Requested) ── lock ── restore point still there? ── Granting ── operation
 *
 * What dies in between is found by the sweep, and fails after a minute: nothing was asked of Azure by then.
 */
import { protectionKey } from "../fleet/protection.ts";
import type { Point } from "../fleet/restore-point.ts";
import { pointKey } from "../fleet/restore-point.ts";
import { type Copy, copyKey } from "../fleet/restore-point-copy.ts";
import type { FollowUp } from "../operations/messages.ts";
import { mergeFollowUps } from "../operations/messages.ts";
import { type OperationId, operationIdOf } from "../operations/operation-id.ts";
import { isRequestedSlot } from "../plan/slot.ts";
import type { Policy } from "../policy/policy.ts";
import type { PolicyStore } from "../policy/policy-store.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import { countOpen } from "./count-open.ts";
import type { Refusal } from "./disk-locks.ts";
import { endingRefusal, extendGrant } from "./extend-grant.ts";
import type { Grant, Holder } from "./grant.ts";
import { type Cap, capOf } from "./grant-caps.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { grantIdOf, grantKey } from "./grant-id.ts";
import type { GrantRequest } from "./grant-request.ts";
import { type Locked, lockDisks } from "./lock-disks.ts";
import { type ReadableDisk, readableDisks } from "./readable-disks.ts";
import { startGrant } from "./start-grant.ts";

export interface RequestDeps extends GrantDeps {
  readonly tables: GrantDeps["tables"] & Pick<Tables, "points" | "copies" | "protections">;
  readonly policies: PolicyStore;
}

export interface Asking {
  readonly holder: Holder;
  readonly request: GrantRequest;
  /** What the partner record allows; undefined for others. */
  readonly partnerLongestMs: number | undefined;
  readonly partnerMost: number | undefined;
  readonly correlationId: string;
}

export type Requested =
  | {
      readonly kind: "granted";
      readonly grants: readonly Grant[];
      /** Of the grants that are new, if the request was for several disks; of all of them, if none is. */
      readonly group: OperationId | undefined;
      readonly followUp: FollowUp;
    }
  | { readonly kind: "notFound" }
  | { readonly kind: "noSuchDisk"; readonly names: readonly string[] }
  | { readonly kind: "notAllowed"; readonly policies: readonly string[] }
  | { readonly kind: "tooMany"; readonly most: number }
  | { readonly kind: "notNow"; readonly code: string; readonly message: string }
  | { readonly kind: "refused"; readonly refusals: readonly Refusal[] };

export async function requestGrants(
  deps: RequestDeps,
  asking: Asking,
  log: Log,
): Promise<Requested> {
  const { request } = asking;
  const row = await rowOf(deps, request);
  if (row === undefined) return { kind: "notFound" };
  const readable = readableDisks(row, request.disk);
  if (readable.kind !== "disks") return readable;
  const policies = await policiesOf(deps, row);
  const cap = capOf(request.duration, { policies, partnerLongestMs: asking.partnerLongestMs });
  if (cap === undefined) {
    const forbidding = policies.filter(({ grants }) => !grants.allowed);
    return { kind: "notAllowed", policies: forbidding.map(({ name }) => name) };
  }
  const wanted = readable.disks.map((disk) => newGrant(deps, asking, row, disk, cap));
  const group = wanted.length > 1 ? operationIdOf(request.vm, deps.newUlid(deps.now())) : undefined;
  const records = wanted.map((grant) => (group === undefined ? grant : { ...grant, group }));
  const locked = await lockDisks(deps, records);
  if (locked.kind === "refused") return locked;
  const refused = await reasonToGiveBack(deps, asking, locked);
  if (refused) {
    await locked.undo();
    return refused;
  }
  return await grantAll(deps, asking, locked, cap, log);
}

/** What is found out only once the disks are locked, so that nobody else can change it any more. */
async function reasonToGiveBack(
  deps: RequestDeps,
  { request, holder, partnerMost }: Asking,
  { taken, held }: Locked & { kind: "locked" },
): Promise<Exclude<Requested, { kind: "granted" }> | undefined> {
  const current = await rowOf(deps, request);
  const still = current && readableDisks(current, request.disk);
  if (still?.kind !== "disks") return still ?? { kind: "notFound" };
  if (taken.length > 0 && partnerMost !== undefined) {
    // Those that are taken now are among them. Two requests at once may both be one too many.
    const open = await countOpen(deps.tables, holder.id);
    if (open > partnerMost) return { kind: "tooMany", most: partnerMost };
  }
  const before = await Promise.all(held.map((id) => deps.tables.grants.get(grantKey(id))));
  const refusals = before.flatMap((stored) => (stored ? endingRefusal(stored.record) : []));
  return refusals.length > 0 ? { kind: "refused", refusals } : undefined;
}

async function grantAll(
  deps: RequestDeps,
  { request, correlationId }: Asking,
  { taken, held, undo }: Locked & { kind: "locked" },
  { effectiveMs }: Cap,
  log: Log,
): Promise<Requested> {
  const until = new Date(deps.now().getTime() + effectiveMs);
  const extension = { until, request, correlationId };
  const extended = await Promise.all(held.map((id) => extendGrant(deps, id, extension, log)));
  const refusals = extended.flatMap((each) => (each.kind === "refused" ? [each.refusal] : []));
  if (refusals.length > 0) {
    await undo();
    return { kind: "refused", refusals };
  }
  const started = await Promise.all(taken.map((grant) => startGrant(deps, grant, log)));
  const all = [...started, ...extended].flatMap((each) => ("grant" in each ? [each] : []));
  if (all.length < taken.length + held.length) return endedMeanwhile;
  return {
    kind: "granted",
    grants: all.map(({ grant }) => grant),
    group: taken[0]?.group ?? groupOf(all.map(({ grant }) => grant)),
    followUp: mergeFollowUps(all.map(({ followUp }) => followUp)),
  };
}

/** Of one request that this one repeats; what is extended may have come from several. */
function groupOf(grants: readonly Grant[]): OperationId | undefined {
  const groups = new Set(grants.map(({ group }) => group));
  return groups.size === 1 ? grants[0]?.group : undefined;
}

/** By its holder, or by whoever takes its rights away: nothing was asked of Azure. */
const endedMeanwhile: Requested = {
  kind: "notNow",
  code: "GrantEnded",
  message: "It was ended in the moment of its request.",
};

const rowOf = async (
  { tables }: RequestDeps,
  { vm, restorePoint, region }: GrantRequest,
): Promise<Point | Copy | undefined> =>
  region === undefined
    ? (await tables.points.get(pointKey(vm, restorePoint)))?.record
    : (await tables.copies.get(copyKey(vm, region, restorePoint)))?.record;

/**
 * Those that the restore point was made for; of one on demand, which may be made for none, also those of its VM. One
 * that nobody knows any more has no say.
 */
async function policiesOf(
  { tables, policies, now }: RequestDeps,
  { vm, slot, policies: own }: Point | Copy,
): Promise<Policy[]> {
  const { active, retired } = await policies.inForce(now());
  const stored = isRequestedSlot(slot)
    ? await tables.protections.get(protectionKey(vm))
    : undefined;
  const names = new Set([...own, ...(stored?.record.policies ?? [])]);
  return [...names].flatMap((name) => active.get(name) ?? retired.get(name)?.policy ?? []);
}

function newGrant(
  deps: RequestDeps,
  { holder, request, correlationId }: Asking,
  row: Point | Copy,
  disk: ReadableDisk,
  { effectiveMs, cappedBy }: Cap,
): Grant {
  const now = deps.now();
  const { vm, restorePoint, region, reason, ticket, duration } = request;
  return {
    id: grantIdOf(holder.id, deps.newUlid(now)),
    holder,
    vm,
    point: restorePoint,
    slot: row.slot,
    ...(region === undefined ? {} : { region }),
    ...disk,
    reason,
    ...(ticket === undefined ? {} : { ticket }),
    requestedMs: duration,
    effectiveMs,
    ...(cappedBy === undefined ? {} : { cappedBy }),
    state: "Requested",
    requestedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + effectiveMs).toISOString(),
    operation: operationIdOf(vm, deps.newUlid(now)),
    isAsking: true,
    extensions: 0,
    readings: 0,
    readAt: [],
    correlationId,
  };
}
