/**
 * Access in the way of a deletion. The deletion was marked on the restore point before, and a grant looks for that mark
 * once it has its lock: so what has no lock by now never gets the disk.
 */
import type { ArmFailure } from "../operations/arm.ts";
import type { DeleteOperation } from "../operations/operation.ts";
import type { Log } from "../telemetry.ts";
import { type DiskLock, diskLocksKey, locksOn } from "./disk-locks.ts";
import { endGrant } from "./end-grant.ts";
import { type Grant, isOver } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { grantKey } from "./grant-id.ts";

/** `wait`: for a grant to end, or to be given up; `refused`: the deletion is decided anew when it has ended. */
export type Way =
  | { readonly kind: "free" }
  | { readonly kind: "wait"; readonly retryAfterMs: number }
  | (ArmFailure & { readonly kind: "refused" });

const SECOND = 1000;

export async function makeWay(
  deps: GrantDeps,
  { vm, point, region, request }: DeleteOperation,
  log: Log,
): Promise<Way> {
  const row = (await deps.tables.locks.get(diskLocksKey(vm)))?.record;
  const grants = row === undefined ? [] : await grantsOf(deps, locksOn(row, point, region));
  if (grants.length === 0) return { kind: "free" };
  if (request.endsGrants) {
    for (const { id } of grants) {
      const reason = { cause: "restorePointDeleted", at: deps.now() } as const;
      const { isNew } = await endGrant(deps, id, reason, log);
      if (isNew) await deps.delayed.revokeGrant({ grant: id }, 0);
    }
    return { kind: "wait", retryAfterMs: 5 * SECOND };
  }
  // Requests that have their locks, and have not looked for the mark yet.
  return grants.every(({ state }) => state === "Requested")
    ? { kind: "wait", retryAfterMs: 10 * SECOND }
    : { kind: "refused", conflict: false, error: granted };
}

/**
 * Read once, so that one verdict goes by one state. A lock whose grant is over, or was given back, is none: nothing is
 * open, and the record of a grant is there before its lock is.
 */
async function grantsOf({ tables }: GrantDeps, locks: readonly DiskLock[]): Promise<Grant[]> {
  const stored = await Promise.all(locks.map(({ grant }) => tables.grants.get(grantKey(grant))));
  return stored.flatMap((each) => (each && !isOver(each.record) ? each.record : []));
}

const granted = {
  code: "GrantActive",
  message: "Access to its disks is granted.",
  advice: "It is deleted when the access has ended. End the grant to have it deleted sooner.",
};
