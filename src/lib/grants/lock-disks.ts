/** Locks disks for grants, all or none; the records of the grants are there before the lock is. */
import { changeRecord } from "../state/change-record.ts";
import {
  type DiskLock,
  type DiskLocks,
  diskLocksKey,
  type Refusal,
  takeLocks,
  withoutLock,
} from "./disk-locks.ts";
import type { Grant } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { type GrantDue, grantDueAt, grantDueTable } from "./grant-due.ts";
import { type GrantId, grantKey } from "./grant-id.ts";
import { abandon } from "./grant-moves.ts";

export type Locked =
  | {
      readonly kind: "locked";
      /** Those of the wanted grants that have their disk now. */
      readonly taken: readonly Grant[];
      /** Grants that the same holder has on the other disks. */
      readonly held: readonly GrantId[];
      /** Gives everything back. */
      undo(): Promise<void>;
    }
  | { readonly kind: "refused"; readonly refusals: readonly Refusal[] };

/** A writer that loses this often is not racing, it is looping. */
const MOST_TRIES = 40;

/** `grants`: of one VM. */
export async function lockDisks(deps: GrantDeps, grants: readonly Grant[]): Promise<Locked> {
  const [{ vm } = { vm: undefined }] = grants;
  if (vm === undefined) return { kind: "refused", refusals: [] };
  const wanted = grants.map(lockOf);
  await Promise.all(grants.map((grant) => record(deps, grant)));
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const stored = await deps.tables.locks.get(diskLocksKey(vm));
    const { locks, held, refusals } = takeLocks(stored?.record.locks ?? [], wanted);
    const others = new Set(held.map(({ wanted: { grant } }) => grant));
    if (refusals.length > 0) {
      await forget(deps, grants);
      return { kind: "refused", refusals };
    }
    const row: DiskLocks = { vm, locks };
    const written = stored
      ? await deps.tables.locks.replace(row, stored.etag)
      : await deps.tables.locks.insert(row);
    if (written === "conflict" || written === "exists") continue;
    const taken = grants.filter(({ id }) => !others.has(id));
    await forget(
      deps,
      grants.filter(({ id }) => others.has(id)),
    );
    const undo = async () => {
      for (const grant of taken) await giveBack(deps, grant);
    };
    return { kind: "locked", taken, held: held.map(({ lock }) => lock.grant), undo };
  }
  throw new Error(`Lost the race for the disks of ${vm} ${MOST_TRIES} times.`);
}

const lockOf = ({ id, point, region, disk, family, expiresAt }: Grant): DiskLock => ({
  grant: id,
  point,
  ...(region === undefined ? {} : { region }),
  disk: disk.name.toLowerCase(),
  family,
  until: expiresAt,
});

/** The row for the sweep comes first: nothing that follows it can be lost. */
async function record({ tables }: GrantDeps, grant: Grant): Promise<void> {
  await tables.grantDue.upsert(dueOf(grant));
  await tables.grants.insert(grant);
}

const dueOf = ({ id, requestedAt }: Grant): GrantDue => grantDueAt(id, new Date(requestedAt));

/** Unless another request of the same holder has started it meanwhile: then it is that one's. */
async function giveBack(deps: GrantDeps, { id, vm, operation }: Grant): Promise<void> {
  const now = deps.now();
  const asked = { cause: "failed", at: now, now, operation } as const;
  const after = await changeRecord(deps.tables.grants, grantKey(id), (current) =>
    abandon(current, asked),
  );
  if (after?.state !== "Failed") return;
  await unlock(deps, vm, id);
  await deps.tables.grants.remove(grantKey(id));
}

const unlock = ({ tables }: GrantDeps, vm: Grant["vm"], id: GrantId) =>
  changeRecord(tables.locks, diskLocksKey(vm), (row) => withoutLock(row, id));

/** What was refused leaves nothing but its entry in the audit log. */
async function forget({ tables }: GrantDeps, grants: readonly Grant[]): Promise<void> {
  for (const grant of grants) {
    await tables.grants.remove(grantKey(grant.id));
    await tables.grantDue.remove(grantDueTable.keyOf(dueOf(grant)));
  }
}
