/** What is restored from is not deleted meanwhile. */
import { allIn, partition } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import { isReading, type Restore } from "./restore.ts";

/** Whether a restore is under way from a restore point, or from its copy in the region. */
export async function isBeingRestored(
  { restores }: Pick<Tables, "restores">,
  { vm, point, region }: Pick<Restore, "vm" | "point" | "region">,
): Promise<boolean> {
  const all = await allIn(restores, partition(vm));
  return all.some((each) => isReading(each) && each.point === point && each.region === region);
}
