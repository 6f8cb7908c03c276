/** Everything that the upkeep of a VM goes by, from our own tables: four ranges of one partition each, and a row. */
import type { Protection } from "../fleet/protection.ts";
import { copiesOf } from "../fleet/restore-point-copy.ts";
import { diskLocksKey } from "../grants/disk-locks.ts";
import type { AzureLimits } from "../policy/azure-limits.ts";
import type { PolicyStore } from "../policy/policy-store.ts";
import { allIn, partition } from "../state/entity-table.ts";
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
  const points = await allIn(tables.points, partition(vm));
  const copies = await allIn(tables.copies, copiesOf(vm));
  const foreign = await allIn(tables.foreignPoints, partition(vm));
  const others = foreign.reduce((sum, collection) => sum + collection.points, 0);
  const policySet = await policies.inForce(at);
  const locks = (await tables.locks.get(diskLocksKey(vm)))?.record.locks ?? [];
  return { protection, policies: policySet, points, copies, locks, others, limits, now: at };
}
