/**
 * Access in the way of a deletion. The deletion was marked on the restore point before, and a grant looks for that mark
 * once it has its lock: so what has no lock by now never gets the disk.
 */
import type { ArmFailure } from "../operations/arm.ts";
import type { DeleteOperation } from "../operations/operation.ts";
import type { Log } from "../telemetry.ts";
import { type DiskLock, diskLocksKey, locksOn } from "./disk-locks.ts";
import { endGrant } from "./end-grant.ts";
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
  const locks = row === undefined ? [] : await held(deps, locksOn(row, point, region));
  if (locks.length === 0) return { kind: "free" };
  if (request.endsGrants) {
    for (const { grant } of locks) {
      const reason = { cause: "restorePointDeleted", at: deps.now() } as const;
      const { isNew } = await endGrant(deps, grant, reason, log);
      if (isNew) await deps.delayed.revokeGrant({ grant }, 0);
    }
    return { kind: "wait", retryAfterMs: 5 * SECOND };
  }
  return (await areUndecided(deps, locks))
    ? { kind: "wait", retryAfterMs: 10 * SECOND }
    : { kind: "refused", conflict: false, error: granted };
}

/** A lock whose grant was given back is none. The record of a grant is there before its lock is. */
async function held({ tables }: GrantDeps, locks: readonly DiskLock[]): Promise<DiskLock[]> {
  const grants = await Promise.all(locks.map(({ grant }) => tables.grants.get(grantKey(grant))));
  return locks.filter((_, index) => grants[index] !== undefined);
}

/** Requests that have their locks, and have not looked for the mark yet. */
async function areUndecided({ tables }: GrantDeps, locks: readonly DiskLock[]): Promise<boolean> {
  const grants = await Promise.all(locks.map(({ grant }) => tables.grants.get(grantKey(grant))));
  return grants.every((stored) => stored?.record.state === "Requested");
}

const granted = {
  code: "GrantActive",
  message: "Access to its disks is granted.",
  advice: "It is deleted when the access has ended. End the grant to have it deleted sooner.",
};
