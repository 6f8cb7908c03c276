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
import type { Point } from "../fleet/restore-point.ts";
import { pointKey } from "../fleet/restore-point.ts";
import { type Copy, copyKey } from "../fleet/restore-point-copy.ts";
import type { FollowUp } from "../operations/messages.ts";
import { mergeFollowUps } from "../operations/messages.ts";
import { operationIdOf } from "../operations/operation-id.ts";
import { recordOperation } from "../operations/record-operation.ts";
import type { Policy } from "../policy/policy.ts";
import type { PolicyStore } from "../policy/policy-store.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import { auditGrant } from "./audit-grant.ts";
import type { Refusal } from "./disk-locks.ts";
import { extendGrant } from "./extend-grant.ts";
import type { Grant, Holder } from "./grant.ts";
import { type Cap, capOf } from "./grant-caps.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { grantIdOf, grantKey } from "./grant-id.ts";
import { confirm } from "./grant-moves.ts";
import { askingOf } from "./grant-operations.ts";
import type { GrantRequest } from "./grant-request.ts";
import { lockDisks } from "./lock-disks.ts";
import { type ReadableDisk, readableDisks } from "./readable-disks.ts";
import { wakeAtExpiry } from "./wake-grant.ts";

export interface RequestDeps extends GrantDeps {
  readonly tables: GrantDeps["tables"] & Pick<Tables, "points" | "copies">;
  readonly policies: PolicyStore;
}

export interface Asking {
  readonly holder: Holder;
  readonly request: GrantRequest;
  /** What the partner record allows; undefined for others. */
  readonly partnerLongestMs: number | undefined;
  readonly correlationId: string;
}

export type Requested =
  | { readonly kind: "granted"; readonly grants: readonly Grant[]; readonly followUp: FollowUp }
  | { readonly kind: "notFound" }
  | { readonly kind: "noSuchDisk"; readonly names: readonly string[] }
  | { readonly kind: "notAllowed"; readonly policies: readonly string[] }
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
  const current = await rowOf(deps, request);
  const still = current && readableDisks(current, request.disk);
  if (still?.kind !== "disks") {
    await locked.undo();
    return still ?? { kind: "notFound" };
  }
  const until = new Date(deps.now().getTime() + cap.effectiveMs);
  const extended = await Promise.all(
    locked.held.map((id) => extendGrant(deps, id, { until, asking }, log)),
  );
  const refusals = extended.flatMap((each) => (each.kind === "refused" ? [each.refusal] : []));
  if (refusals.length > 0) {
    await locked.undo();
    return { kind: "refused", refusals };
  }
  const taken = await Promise.all(locked.taken.map((grant) => start(deps, grant, log)));
  const all = [...taken, ...extended.filter((each) => each.kind === "extended")];
  return {
    kind: "granted",
    grants: all.map(({ grant }) => grant),
    followUp: mergeFollowUps(all.map(({ followUp }) => followUp)),
  };
}

const rowOf = async (
  { tables }: RequestDeps,
  { vm, restorePoint, region }: GrantRequest,
): Promise<Point | Copy | undefined> =>
  region === undefined
    ? (await tables.points.get(pointKey(vm, restorePoint)))?.record
    : (await tables.copies.get(copyKey(vm, region, restorePoint)))?.record;

/** Those that the restore point was made for; one that nobody knows any more has no say. */
async function policiesOf({ policies, now }: RequestDeps, row: Point | Copy): Promise<Policy[]> {
  const { active, retired } = await policies.inForce(now());
  return row.policies.flatMap((name) => active.get(name) ?? retired.get(name)?.policy ?? []);
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

/** The disk is locked for the grant: Azure is asked. */
async function start(deps: RequestDeps, grant: Grant, log: Log) {
  const { holder, requestedAt: at, id, vm, point, disk } = grant;
  await auditGrant(deps, grant, { action: "grantRequested", at, actor: holder });
  await wakeAtExpiry(deps, grant);
  const confirmed = await changeRecord(deps.tables.grants, grantKey(id), confirm);
  const operation = confirmed && askingOf(confirmed, deps.now());
  if (confirmed === undefined || operation === undefined) {
    throw new Error(`The grant ${id} was given up before it was confirmed.`);
  }
  log.info("grantRequested", { grant: id, vm, point, disk: disk.name, by: holder.id });
  return { grant: confirmed, followUp: await recordOperation(deps, operation) };
}
