/** Everything that the upkeep of a VM goes by, from our own tables: four ranges of one partition each, and a row. */
import type { Protection } from "../fleet/protection.ts";
import type { Point } from "../fleet/restore-point.ts";
import { type Copy, copiesOf } from "../fleet/restore-point-copy.ts";
import { diskLocksKey } from "../grants/disk-locks.ts";
import type { AzureLimits } from "../policy/azure-limits.ts";
import type { PolicyStore } from "../policy/policy-store.ts";
import { every, partition } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import type { UpkeepInput } from "./upkeep.ts";

export interface ReadUpkeepDeps {
  readonly tables: Pick<Tables, "points" | "copies" | "foreignPoints" | "locks">;
  readonly policies: PolicyStore;
  readonly limits: AzureLimits;
  readonly now: () => Date;
}

export async function readUpkeep(
  { tables, policies, limits, now }: ReadUpkeepDeps,
  protection: Protection,
): Promise<UpkeepInput> {
  const { vm } = protection;
  const at = now();
  const points: Point[] = [];
  const copies: Copy[] = [];
  let others = 0;
  for await (const point of every(tables.points, partition(vm))) points.push(point);
  for await (const copy of every(tables.copies, copiesOf(vm))) copies.push(copy);
  for await (const foreign of every(tables.foreignPoints, partition(vm))) others += foreign.points;
  const policySet = await policies.inForce(at);
  const locks = (await tables.locks.get(diskLocksKey(vm)))?.record.locks ?? [];
  return { protection, policies: policySet, points, copies, locks, others, limits, now: at };
}
